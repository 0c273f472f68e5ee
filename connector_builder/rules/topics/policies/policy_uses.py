"""Rules for what policies do to operations: routes, hosts, pages and polling."""

import re

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.policies.templates import NEXT_LINK, OPERATIONS, PARAMETER, POLLING, ROUTE, SET_HOST
from connector_builder.rules.calls import input_names, operations
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.policies import operations_in, parameters_of
from connector_builder.rules.policy_reach import polls_untold
from connector_builder.rules.rule import Defects, rule
from connector_builder.source.suggest import DidYouMean

_PLACE = regex(r"\{(\w+)\}")
_HOST = regex(r"https://\S|@|\{", re.IGNORECASE)
_OPEN = regex(r"http(?=://\S)", re.IGNORECASE)
MOST = 100
"""The most places of a path, and operations of a policy, that are compared with each other."""
_NEW_PATH, _URL = f"{PARAMETER}newPath", f"{PARAMETER}urlTemplate"


@rule(Severity.WARNING, Scope.PLATFORM, "policies")
def policy_route_duplicated(node: Node, context: Context) -> Defects:
    """Two policies route the same operation.

    Only one of the two addresses can be called. Leave the operation in the policy that you mean.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/routerequesttoendpoint/routerequesttoendpoint
    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
      {"templateId": "routerequesttoendpoint", "title": "Route", "parameters": {
        "x-ms-apimTemplateParameter.newPath": "/a", "x-ms-apimTemplate-operationName": ["Ping"]}},
      {"templateId": "routerequesttoendpoint", "title": "Route again", "parameters": {
        "x-ms-apimTemplateParameter.newPath": "/b", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    Finding: /properties/policyTemplateInstances/1/parameters/x-ms-apimTemplate-operationName/0: another policy routes 'Ping'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
      {"templateId": "routerequesttoendpoint", "title": "Route", "parameters": {
        "x-ms-apimTemplateParameter.newPath": "/a", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    """
    first: dict[str, tuple[str | int, ...]] = {}
    for index, one in enumerate(node.value):
        if text(mapping(one).get("templateId")).lower() != ROUTE:
            continue
        names = mapping(mapping(one).get("parameters")).get(OPERATIONS)
        for at, name in enumerate(names if isinstance(names, list) else ()):
            here = (*node.pointer, index, "parameters", OPERATIONS, at)
            if isinstance(name, str) and first.setdefault(name, here) != here:
                related = ((first[name], "the first one is here"),)
                yield node.says(
                    f"another policy routes {quoted(name)}",
                    *here[len(node.pointer) :],
                    help="leave it in one of the two",
                    related=related,
                )


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_route_place_not_found(node: Node, context: Context) -> Defects:
    """The new path of a route has a place such as `{id}` that isn't a parameter of the operation.

    The platform fills the places of a new path with the operation's parameters, and sends an unknown one as it is written.
    Correct the name.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/routerequesttoendpoint/routerequesttoendpoint
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
      {"templateId": "routerequesttoendpoint", "title": "Route", "parameters": {
        "x-ms-apimTemplateParameter.newPath": "/ping/{order}", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.newPath: 'Ping' has no parameter 'order'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
      {"templateId": "routerequesttoendpoint", "title": "Route", "parameters": {
        "x-ms-apimTemplateParameter.newPath": "/ping", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    """
    _, given = parameters_of(node)
    path = given.get(_NEW_PATH)
    if text(node.value.get("templateId")).lower() != ROUTE or not isinstance(path, str):
        return
    known, said = operations(context), set[str]()
    places = list(dict.fromkeys(_PLACE.findall(path)))[:MOST]
    for id_ in operations_in(given)[:MOST]:
        inputs = list(input_names(known[id_], context)) if id_ in known else places
        for name in places:
            if name in inputs or name in said:
                continue
            said.add(name)
            help_ = context.suggest(name, inputs) or "write a parameter of the operation, or leave it out"
            meant = help_.name if isinstance(help_, DidYouMean) else None
            written = path.replace("{" + name + "}", "{" + meant + "}") if meant else ""
            fix = Fix(str(help_), (Replace((*node.pointer, "parameters", _NEW_PATH), written),)) if meant else None
            message = f"{quoted(id_)} has no parameter {quoted(name)}"
            yield node.says(message, "parameters", _NEW_PATH, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_host_not_valid(node: Node, _: Context) -> Defects:
    """The address that a policy sets for the host isn't an address with `https://`.

    The platform sends each request to this address as it is. Begin it with `https://`, or with an expression such as
    `@connectionParameters('site')` whose value begins so.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/dynamichosturl/dynamichosturl
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host",
      "parameters": {"x-ms-apimTemplateParameter.urlTemplate": "eu.contoso.example"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.urlTemplate: 'eu.contoso.example' isn't an address

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host",
      "parameters": {"x-ms-apimTemplateParameter.urlTemplate": "https://eu.contoso.example"}}]}}
    ```
    """
    given = parameters_of(node)[1]
    url = given.get(_URL)
    if isinstance(url, str) and text(node.value.get("templateId")).lower() == SET_HOST and not _HOST.match(url):
        is_open = _OPEN.match(url) is not None
        host = re.fullmatch(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?:/\S*)?", url)
        edit = Replace((*node.pointer, "parameters", _URL), _OPEN.sub("https", url) if is_open else f"https://{url}")
        fix = Fix("begin it with https://", (edit,)) if host or is_open else None
        message = f"{quoted(url)} is an address without encryption" if is_open else f"{quoted(url)} isn't an address"
        yield node.says(message, "parameters", _URL, help="begin it with https://", fix=fix)


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "policy",
    names_operations=True,
    in_specs="add 'pageable: nextLink' to the operation",
    explained_by=(LEFT_OUT,),
)
def next_link_policy_unused(node: Node, context: Context) -> Defects:
    """A policy leads the link to the next page through the platform, but the operation has no pages.

    Only an operation with `x-ms-pageable` has a next link. Add it to the operation, or remove the operation from the policy.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/updatenextlink/updatenextlink
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "updatenextlink", "title": "Pages",
      "parameters": {"x-ms-apimTemplateParameter.nextLinkPropertyName": "nextLink", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplate-operationName/0: 'Ping' has no pages

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": []}}
    ```
    """
    _, given = parameters_of(node)
    if text(node.value.get("templateId")).lower() != NEXT_LINK or not isinstance(context.package.definition, dict):
        return
    known = operations(context)
    named = given.get(OPERATIONS)
    help_ = "add 'x-ms-pageable' with 'nextLinkName' to the operation"
    for at, name in enumerate(named if isinstance(named, list) else ()):
        if isinstance(name, str) and name in known and "x-ms-pageable" not in known[name].value:
            yield node.says(f"{quoted(name)} has no pages", "parameters", OPERATIONS, at, help=help_)
    if not named and not _has_pages(context):
        yield node.says("no operation has pages", "templateId", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", names_operations=True)
def polling_policy_unused(node: Node, context: Context) -> Defects:
    """A policy polls with an operation that isn't a trigger with a list of events.

    The policy `pollingtrigger` belongs to an operation with `x-ms-trigger: batch`. Mark the operation, or remove the policy.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-polling-trigger
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "pollingtrigger", "title": "Poll",
      "type": "PollingTrigger", "parameters": {"x-ms-apimTemplateParameter.triggerConfig": {"since": "@{triggerBody().last}"},
      "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody().value", "x-ms-apimTemplate-operationName": ["Ping"]}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplate-operationName/0: 'Ping' is no trigger that polls

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": []}}
    ```
    """
    _, given = parameters_of(node)
    if text(node.value.get("templateId")).lower() != POLLING:
        return
    known, named = operations(context), given.get(OPERATIONS)
    for at, name in enumerate(named if isinstance(named, list) else ()):
        if isinstance(name, str) and name in known and known[name].value.get("x-ms-trigger") != "batch":
            help_ = "add 'x-ms-trigger: batch' to the operation, or remove the policy"
            yield node.says(f"{quoted(name)} is no trigger that polls", "parameters", OPERATIONS, at, help=help_)


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "operation",
    keys="x-ms-trigger",
    explained_by=(
        LEFT_OUT,
        "TriggerNotValid",
    ),
    told_once=True,
)
def polling_policy_missing(node: Node, context: Context) -> Defects:
    """A trigger polls, but no policy says how, and the service doesn't say so itself.

    The policy `pollingtrigger` tells the platform which value to send with the next call. A service can do this by itself:
    it answers 202 with `Location` and `Retry-After` while there is nothing new. Then describe the response 202.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-polling-trigger
    Published: 7 of 335 connectors.

    ```json bad documents
    {"apiDefinition.swagger.json": {"paths": {"/orders": {"get": {"operationId": "OnOrders", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "New orders", "schema": {"type": "array", "items": {"type": "string"}}}}}}}},
     "apiProperties.json": {"properties": {"connectionParameters": {}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-trigger: nothing says how this trigger polls

    ```json good documents
    {"apiDefinition.swagger.json": {"paths": {"/orders": {"get": {"operationId": "OnOrders", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "New orders", "schema": {"type": "array", "items": {"type": "string"}}}}}}}},
     "apiProperties.json": {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "pollingtrigger",
      "title": "Poll", "type": "PollingTrigger", "parameters": {"x-ms-apimTemplate-operationName": ["OnOrders"],
       "x-ms-apimTemplateParameter.triggerConfig": {"since": "@{triggerBody()[0].changed}"},
       "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody()"}}]}}}
    ```
    """
    if node.value != "batch" or not polls_untold(node.owner.value, node.owner.owner.value, context):
        return
    help_ = "add the policy 'pollingtrigger' in apiProperties.json, or describe the response 202"
    yield node.says("nothing says how this trigger polls", help=help_)


@once
def _has_pages(context: Context) -> bool:
    return any("x-ms-pageable" in one.value for one in operations(context).values())
