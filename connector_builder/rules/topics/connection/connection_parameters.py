"""Rules for connection parameters: their names and types, and the values that people may choose."""

from typing import Any

from connector_builder.findings import Fix, Rename, Scope, Severity
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform.api_properties import OAUTH, PARAMETER_NAME, PARAMETER_TYPES, SECRET
from connector_builder.platform.auth.kinds import TOKEN
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import as_text, items, mapping, text
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, milder, rule
from connector_builder.secrets import is_sure, plain_name
from connector_builder.source.suggest import is_near

_CONSTRAINTS = ("uiDefinition", "constraints")


@rule(Severity.ERROR, Scope.PLATFORM, "connection parameter", keys="type", fixable=True)
def connection_parameter_type_not_valid(node: Node, context: Context) -> Defects:
    """A connection parameter has a type that the platform doesn't have.

    Types are written in the platform's own capitals: `securestring`, `oauthSetting`. Swagger's `integer` and `boolean` are
    `int` and `bool` here.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 1 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "text"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site')"}}]}}
    ```
    Finding: /properties/connectionParameters/site/type: a connection parameter can't have the type 'text'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site')"}}]}}
    ```
    """
    if node.value in PARAMETER_TYPES:
        return
    meant = {"integer": "int", "number": "int", "boolean": "bool", "password": SECRET, "text": "string"}
    meant |= {name.lower(): name for name in PARAMETER_TYPES}
    certain = meant.get(node.value.lower())
    fix = Fix(f"write '{certain}'", (node.becomes(certain),)) if certain else None
    help_ = f"write '{certain}'" if certain else context.suggest(node.value, PARAMETER_TYPES)
    yield node.says(
        f"a connection parameter can't have the type {quoted(node.value)}",
        help=help_ or f"it is {listed(PARAMETER_TYPES)}",
        fix=fix,
    )


@rule(Severity.ERROR, Scope.PLATFORM, "connection parameters")
def connection_parameter_name_not_valid(node: Node, _: Context) -> Defects:
    """The name of a connection parameter has other characters than letters, digits and `_`.

    Expressions and the platform's own tables use the name. A colon separates a part of a sign-in: `token:tenant`. What
    people see is `displayName`. A hyphen is only a warning, since two published connectors have it.

    Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas
    Published: 3 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"site name": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site name')"}}]}}
    ```
    Finding: /properties/connectionParameters/site name: 'site name' can't be the name of a connection parameter

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site_name": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site_name')"}}]}}
    ```
    """
    for name in node.value:
        if not PARAMETER_NAME.fullmatch(name.replace("-", "_")):
            help_ = "write letters, digits and '_', here and in every expression that names it"
            yield node.says(f"{quoted(name)} can't be the name of a connection parameter", name, help=help_)


@milder(Severity.WARNING, connection_parameter_name_not_valid, "connection parameters")
def connection_parameter_name_has_hyphens(node: Node, _: Context) -> Defects:
    """Finds names with hyphens, which Microsoft's schema refuses, but two published connectors have."""
    for name in node.value:
        if "-" in name and PARAMETER_NAME.fullmatch(name.replace("-", "_")):
            help_ = "write '_' instead of '-' in a new connector, here and in every expression that names it"
            yield node.says(f"{quoted(name)} should have letters, digits and '_' only", name, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameters", fixable=True)
def connection_parameter_owner_missing(node: Node, _: Context) -> Defects:
    """A connection parameter with a colon belongs to a sign-in that doesn't exist.

    `token:tenant` is a part of the parameter `token`, which must have the type `oauthSetting`. Correct the part before
    the colon.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"login:TenantId": {"type": "string"}}}}
    ```
    Finding: /properties/connectionParameters/login:TenantId: there is no parameter 'login' of the type 'oauthSetting'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "github"}},
      "token:TenantId": {"type": "string"}}}}
    ```
    """
    for name in node.value:
        owner, colon, part = name.partition(":")
        if colon and mapping(node.value.get(owner)).get("type") != OAUTH and PARAMETER_NAME.fullmatch(name):
            sign_in = next((other for other, one in node.value.items() if mapping(one).get("type") == OAUTH), None)
            help_ = f"call it '{sign_in}:{part}'" if sign_in else "write its name without a colon"
            named = f"{sign_in}:{part}"
            free = sign_in is not None and named not in node.value and is_near(owner, sign_in)
            fix = Fix(help_, (Rename((*node.pointer, name), named),)) if free else None
            message = f"there is no parameter {quoted(owner)} of the type {quoted(OAUTH)}"
            yield node.says(message, name, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "connection parameter")
def o_auth_settings_missing(node: Node, _: Context) -> Defects:
    """A connection parameter has the type `oauthSetting` without `oAuthSettings`, or has these with another type.

    The settings say where people sign in. Add them, or correct the type.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting"}}}}
    ```
    Finding: /properties/connectionParameters/token: 'oAuthSettings' is missing

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "github"}}}}}
    ```
    """
    settings, kind = node.value.get("oAuthSettings"), node.value.get("type")
    in_other_capitals = any(
        key.lower() == "oauthsettings" for key in node.value
    )  # another rule reports the unknown key
    if kind == OAUTH and settings is None and not in_other_capitals:
        yield node.says("'oAuthSettings' is missing", help="add 'oAuthSettings' with 'identityProvider' and 'clientId'")
    elif settings is not None and kind != OAUTH and kind in PARAMETER_TYPES:
        certain = node.key == TOKEN
        fix = Fix(f"write '{OAUTH}'", (Node(kind, node.shape, node, "type").becomes(OAUTH),)) if certain else None
        message = f"a parameter of the type {quoted(kind)} has no 'oAuthSettings'"
        yield node.says(message, "type", help=f"write '{OAUTH}', or remove 'oAuthSettings'", fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameter", fixable=True)
def allowed_value_not_valid(node: Node, _: Context) -> Defects:
    """An item of `allowedValues` has no `value`, or has the value of another item.

    People choose one of these values when they make a connection. Write each as `{"value": "eu"}`; in `constraints`, add
    the `text` that people see.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}, "region": {"type": "string",
      "allowedValues": [{"value": "eu"}, {"value": "eu"}]}},
     "policyTemplateInstances": [{"templateId": "setheader", "title": "Send both", "parameters": {
      "x-ms-apimTemplateParameter.name": "x-key",
      "x-ms-apimTemplateParameter.value": "@connectionParameters('region')/@connectionParameters('api_key')"}}]}}
    ```
    Finding: /properties/connectionParameters/region/allowedValues/1/value: the value 'eu' is listed twice

    ```json good apiProperties
    {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}, "region": {"type": "string",
      "allowedValues": [{"value": "eu"}, {"value": "us"}]}},
     "policyTemplateInstances": [{"templateId": "setheader", "title": "Send both", "parameters": {
      "x-ms-apimTemplateParameter.name": "x-key",
      "x-ms-apimTemplateParameter.value": "@connectionParameters('region')/@connectionParameters('api_key')"}}]}}
    ```
    """
    for steps in ((), _CONSTRAINTS):
        part: Any = node.value
        for step in steps:
            part = mapping(part).get(step)
        seen: set[str] = set()
        for index, one in enumerate(items(mapping(part).get("allowedValues"))):
            at = (*steps, "allowedValues", index)
            if not isinstance(one, dict):
                continue  # another rule says so
            if "value" not in one:
                yield node.says("an allowed value has no 'value'", *at, help='write {"value": …}')
            elif isinstance(one["value"], str) and one["value"] in seen:
                help_ = "remove it, or write another value"
                twice = any(same(one, other) for other in items(mapping(part).get("allowedValues"))[:index])
                fix = node.without("remove it", *at) if twice else None
                message = f"the value {quoted(one['value'])} is listed twice"
                yield node.says(message, *at, "value", help="remove it" if twice else help_, fix=fix)
            elif isinstance(one["value"], str):
                seen.add(one["value"])


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameter", fixable=True)
def connection_parameter_default_not_valid(node: Node, _: Context) -> Defects:
    """The `defaultValue` of a connection parameter isn't a text, doesn't fit the type, or isn't one of the allowed values.

    The platform keeps defaults as texts: write `"5"` and `"true"`. A secret has no default at all: everybody could read it.

    Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas
    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"days": {"type": "int", "defaultValue": 5}},
     "policyTemplateInstances": [{"templateId": "setqueryparameter", "title": "Set the days", "parameters": {
      "x-ms-apimTemplateParameter.name": "days", "x-ms-apimTemplateParameter.value": "@connectionParameters('days')"}}]}}
    ```
    Finding: /properties/connectionParameters/days/defaultValue: 'defaultValue' must be a text, not the number 5

    ```json good apiProperties
    {"properties": {"connectionParameters": {"days": {"type": "int", "defaultValue": "5"}},
     "policyTemplateInstances": [{"templateId": "setqueryparameter", "title": "Set the days", "parameters": {
      "x-ms-apimTemplateParameter.name": "days", "x-ms-apimTemplateParameter.value": "@connectionParameters('days')"}}]}}
    ```
    """
    value, kind = node.value.get("defaultValue"), node.value.get("type")
    if value is None:
        return
    if kind == SECRET:
        yield node.says("what is secret has no default", "defaultValue", help="remove it: people type it in")
    elif not isinstance(value, str):
        written, allowed = as_text(value), _allowed(node)
        fix = None
        if written is not None and (not allowed or written in allowed):
            fix = Fix("write it in quotes", (Node(value, node.shape, node, "defaultValue").becomes(written),))
        message = f"'defaultValue' must be a text, not {found(value)}"
        yield node.says(message, "defaultValue", help="write it in quotes", fix=fix)
    elif (kind == "int" and not value.lstrip("-").isdigit()) or (kind == "bool" and value not in ("true", "false")):
        help_ = "write a whole number in quotes" if kind == "int" else 'write "true" or "false"'
        yield node.says(f"the default {quoted(value)} doesn't fit the type '{kind}'", "defaultValue", help=help_)
    elif (allowed := _allowed(node)) and value not in allowed:
        help_ = f"write {listed(allowed)}"
        yield node.says(f"the default {quoted(value)} isn't an allowed value", "defaultValue", help=help_)


@rule(Severity.NOTE, Scope.PRACTICE, "connection parameters")
def secret_not_hidden(node: Node, _: Context) -> Defects:
    """A connection parameter is called like a secret, but its type shows what people type.

    `securestring` hides the value on the screen and in exports. Before you change the type of a published connector,
    consider that its connections must be made again.

    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"client_secret": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "setheader", "title": "Send the secret", "parameters": {
      "x-ms-apimTemplateParameter.name": "x-key", "x-ms-apimTemplateParameter.value": "@connectionParameters('client_secret')"}}]}}
    ```
    Finding: /properties/connectionParameters/client_secret/type: everybody can read 'client_secret' on the screen

    ```json good apiProperties
    {"properties": {"connectionParameters": {"client_secret": {"type": "securestring"}},
     "policyTemplateInstances": [{"templateId": "setheader", "title": "Send the secret", "parameters": {
      "x-ms-apimTemplateParameter.name": "x-key", "x-ms-apimTemplateParameter.value": "@connectionParameters('client_secret')"}}]}}
    ```
    """
    for name, one in node.value.items():
        if mapping(one).get("type") == "string" and _is_secret(name.rpartition(":")[2]):
            help_ = f"write the type '{SECRET}'"
            yield node.says(f"everybody can read {quoted(name)} on the screen", name, "type", help=help_)


def _is_secret(name: str) -> bool:
    """Checks whether people type a secret for this name. All published keys of an API are a `securestring`."""
    return is_sure(name) or plain_name(name).endswith("apikey")


def _allowed(node: Node) -> list[str]:
    constraints = mapping(mapping(node.value.get("uiDefinition")).get("constraints"))
    listed_ = [*items(node.value.get("allowedValues")), *items(constraints.get("allowedValues"))]
    return [text(mapping(one).get("value")) for one in listed_ if isinstance(mapping(one).get("value"), str)]
