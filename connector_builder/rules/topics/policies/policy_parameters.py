"""Rules for the parameters of policies: their names, the types of their values, and closed lists."""

from typing import Any

from connector_builder.findings import Add, Defect, Fix, Pointer, Rename, Scope, Severity
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform.data.plain import ABSENT, as_text, mapping, text
from connector_builder.platform.policies.templates import (
    OPERATIONS,
    PARAMETER,
    SECTION,
    Parameter,
    Template,
    template_of,
)
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.policies import meant_by, parameters_of
from connector_builder.rules.rule import Defects, rule

_TYPES: dict[str, tuple[type[Any], str]] = {
    "text": (str, "a text"),
    "whole number": (int, "a whole number"),
    "object": (dict, "a mapping"),
}


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_parameter_not_known(node: Node, context: Context) -> Defects:
    """A policy has a parameter that its template doesn't have.

    The platform ignores it, and the policy does less than you mean. The names of most parameters begin with
    `x-ms-apimTemplateParameter.`. Correct the name, or remove the parameter.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.vaule": "flow"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.vaule: 'setheader' has no parameter 'vaule'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    """
    template, given = parameters_of(node)
    if template is None:
        return
    for name in given:
        if name in (OPERATIONS, SECTION) or (
            name.removeprefix(PARAMETER) in template.names and name.startswith(PARAMETER)
        ):
            continue
        meant = meant_by(name, template, given, context)
        fix = Fix(f"write '{meant}'", (Rename((*node.pointer, "parameters", name), meant),)) if meant else None
        help_ = f"write '{meant}'" if meant else f"it has {listed([*template.names], 'and')}"
        shown = quoted(name.removeprefix(PARAMETER))
        yield node.says(f"{quoted(template.id)} has no parameter {shown}", "parameters", name, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_parameter_not_valid(node: Node, context: Context) -> Defects:
    """The value of a policy's parameter has the wrong type, or isn't one of the values that the parameter takes.

    Most values are texts, also numbers and words such as `"true"`. `statusCode` is a whole number, `triggerConfig` an
    object, and the names of operations are a list.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplateParameter.existsAction": "overide"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.existsAction: 'existsAction' can't be 'overide'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplateParameter.existsAction": "override"}}]}}
    ```
    """
    template, given = parameters_of(node)
    for parameter in template.parameters if template is not None else ():
        if (name := PARAMETER + parameter.name) in given:
            yield from _of_parameter(node, name, parameter, given[name], context)
    operations = given.get(OPERATIONS)
    if operations is not None and not isinstance(operations, list):
        fix = (
            Fix("write it as a list", (_at(node, OPERATIONS).becomes([operations]),))
            if isinstance(operations, str)
            else None
        )
        message = f"the names of operations must be a list, not {found(operations)}"
        yield node.says(message, "parameters", OPERATIONS, help="write it as a list", fix=fix)
    for index, one in enumerate(operations if isinstance(operations, list) else ()):
        if not isinstance(one, str):
            message = f"the name of an operation must be a text, not {found(one)}"
            yield node.says(message, "parameters", OPERATIONS, index, help="write its operationId")


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_type_not_valid(node: Node, _: Context) -> Defects:
    """The `type` of a policy isn't the one of its template.

    The template `pollingtrigger` has the type `PollingTrigger`, without which the platform doesn't poll. The others have
    no type.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "type": "Request",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/type: 'setheader' has no type

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    """
    template = template_of(text(node.value.get("templateId")))
    kind = node.value.get("type")
    if template is None or (kind or "") == template.type:
        return
    if not template.type:
        yield node.says(
            f"{quoted(template.id)} has no type", "type", help="remove it", fix=node.without("remove it", "type")
        )
        return
    cure = f"write '{template.type}'"
    there = Node(node.value.get("type", ABSENT), node.shape, node, "type")
    fix = Fix(cure, (there.becomes(template.type),))
    message = f"{quoted(template.id)} has the type {quoted(template.type)}"
    yield node.says(
        message, *(("type",) if kind else ()), help=cure if kind else f'add "type": "{template.type}"', fix=fix
    )


@rule(Severity.WARNING, Scope.PRACTICE, "policy", fixable=True)
def policy_title_missing(node: Node, _: Context) -> Defects:
    """A policy has no `title`.

    The portal lists policies by their titles, and shows an empty line for this one. Say in a few words what it does.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0: this policy has no 'title'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    """
    if not text(node.value.get("title")):
        template = template_of(text(node.value.get("templateId")))
        help_ = f"add a title, such as '{template.title}'" if template else "add a title"
        fix = None
        if template:
            there = Node(node.value.get("title", ABSENT), node.shape, node, "title")
            fix = Fix(help_, (there.becomes(template.title),))
        yield node.says("this policy has no 'title'", help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", fixable=True)
def policy_section_not_valid(node: Node, context: Context) -> Defects:
    """A policy is to run at a time when its template can't run, or says nothing about that where there is a choice.

    A policy runs on the request or on the response, `setheader` also after a failure. Some templates have no choice: then
    remove the parameter. All others have it: the portal writes it, and no published policy of these templates lacks it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplate-policySection": "Before"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplate-policySection: 'setheader' can't run at 'Before'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplate-policySection": "Request"}}]}}
    ```
    """
    template, given = parameters_of(node)
    if template is not None and template.sections and SECTION not in given:
        yield _without_section(node, template)
        return
    if template is None or SECTION not in given or given[SECTION] in template.sections:
        return
    section = given[SECTION]
    if not template.sections:
        if section != "Request":
            message = f"{quoted(template.id)} runs on requests only"
            gone = node.without("remove the parameter", "parameters", SECTION)
            yield node.says(message, "parameters", SECTION, help="remove the parameter", fix=gone)
        return
    help_ = context.suggest(section, template.sections) if isinstance(section, str) else None
    certain = next((one for one in template.sections if text(section).lower() == one.lower()), None)
    fix = Fix(f"write '{certain}'", (_at(node, SECTION).becomes(certain),)) if certain else None
    message = f"{quoted(template.id)} can't run at {quoted(section)}"
    yield node.says(message, "parameters", SECTION, help=help_ or f"it is {listed(template.sections)}", fix=fix)


def _without_section(node: Node, template: Template) -> Defect[Pointer]:
    first, parameters = template.sections[0], node.value.get("parameters")
    help_ = f'add "{SECTION}": "{first}"'
    fix = Fix(help_, (Add((*node.pointer, "parameters", SECTION), first),)) if isinstance(parameters, dict) else None
    return node.says(f"{quoted(template.id)} doesn't say when it runs", help=help_, fix=fix)


def _of_parameter(node: Node, name: str, parameter: Parameter, value: Any, context: Context) -> Defects:
    kind, words = _TYPES[parameter.type]
    if not isinstance(value, kind) or isinstance(value, bool):
        certain = _converted(value, parameter)
        fix = None if certain is None else Fix(f"write {words}", (_at(node, name).becomes(certain),))
        message = f"{quoted(parameter.name)} must be {words}, not {found(value)}"
        quotes = "write it in quotes" if kind is str else f"write {words}"
        yield node.says(message, "parameters", name, help=quotes, fix=fix)
    elif parameter.values and value.lower() not in map(str.lower, parameter.values):
        help_ = context.suggest(value, parameter.values) or f"it is {listed(parameter.values)}"
        yield node.says(f"{quoted(parameter.name)} can't be {quoted(value)}", "parameters", name, help=help_)


def _converted(value: Any, parameter: Parameter) -> Any:
    """Returns what the value surely means in the type of a parameter; None if nothing is sure."""
    if parameter.type == "text":
        return as_text(value)
    if (
        parameter.type == "whole number"
        and isinstance(value, str)
        and len(value) < 10
        and value.isascii()
        and value.isdigit()
    ):
        return int(value)
    return None


def _at(node: Node, name: str) -> Node:
    owner = Node(mapping(node.value.get("parameters")), node.shape, node, "parameters")
    return Node(owner.value[name], node.shape, owner, name)
