"""Rules for what belongs together: security definitions, connection parameters, and what sends them."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import listed, quoted
from connector_builder.patterns import regex
from connector_builder.platform.api_properties import OAUTH, PARAMETER_NAME, TYPED_IN
from connector_builder.platform.auth.kinds import API_KEY, AUTH_TYPE, PASSWORD, TOKEN, TOKEN_SETTINGS, USERNAME
from connector_builder.platform.auth.oauth import PLACE
from connector_builder.platform.data.plain import mapping
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.sign_in import (
    has_properties,
    named_in_policies,
    parameters,
    properties,
    sign_ins,
    texts_in,
    typed_in,
    types_in,
)
from connector_builder.rules.topics.connection.security import definitions

_TIED = frozenset({API_KEY, USERNAME, PASSWORD, TOKEN, AUTH_TYPE})
"""The names that the platform ties to a security definition, or to a gateway."""
_WORD = regex(rb"\w+")
_SETTINGS = frozenset(map(str.lower, TOKEN_SETTINGS))


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "security definitions",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def security_parameter_missing(node: Node, context: Context) -> Defects:
    """A security definition has no connection parameter whose value it could send.

    People type a key, or a user name and a password, when they make a connection. The platform ties the parameter
    `api_key` to an API key, `username` and `password` to basic authentication, and `token` to OAuth. Add the parameter to
    apiProperties.json.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 3 of 1,013 connectors.

    ```json bad documents
    {"apiDefinition.swagger.json": {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}, "security": [{"key": []}]},
     "apiProperties.json": {"properties": {"connectionParameters": {}}}}
    ```
    Finding: /securityDefinitions/key: no connection parameter holds the API key

    ```json good documents
    {"apiDefinition.swagger.json": {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}, "security": [{"key": []}]},
     "apiProperties.json": {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}}}}}
    ```
    """
    if not has_properties(context) or (len(node.value) > 1 and "connectionParameterSets" not in properties(context)):
        return  # of several definitions only the first one counts, which another rule says
    names, kinds = parameters(context), types_in(parameters(context))
    for name, one in node.value.items():
        kind = mapping(one).get("type")
        if kind == "basic" and (missing := [part for part in (USERNAME, PASSWORD) if part not in names]):
            parts = f"{listed(missing, 'and')} {'is' if len(missing) == 1 else 'are'}"
            help_ = f"add {listed(missing, 'and')} of the type 'securestring' in apiProperties.json"
            yield node.says(f"{parts} missing among the connection parameters", name, help=help_)
        elif kind == "apiKey" and not typed_in(context):
            help_ = f"add {quoted(API_KEY)} of the type 'securestring' in apiProperties.json"
            yield node.says("no connection parameter holds the API key", name, help=help_)
        elif kind == "oauth2" and OAUTH not in kinds:
            help_ = f"add {quoted(TOKEN)} of the type {quoted(OAUTH)} in apiProperties.json"
            yield node.says("no connection parameter signs people in by OAuth", name, help=help_)


@rule(
    Severity.NOTE,
    Scope.PLATFORM,
    "security definitions",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def security_definitions_ambiguous(node: Node, context: Context) -> Defects:
    """There are several security definitions, but people can't choose between them.

    The portal imports the first one and drops the others. For several ways to sign in, describe each in
    `connectionParameterSets` of apiProperties.json; otherwise keep one definition.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/multi-auth
    Published: 4 of 335 connectors.

    ```json bad
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}, "basic": {"type": "basic"}}}
    ```
    Finding: /securityDefinitions/basic: the portal imports only the first of 2 security definitions

    ```json good
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    if len(node.value) > 1 and "connectionParameterSets" not in properties(context):
        second = list(node.value)[1]
        help_ = "keep one, or describe each way to sign in by 'connectionParameterSets'"
        message = f"the portal imports only the first of {len(node.value)} security definitions"
        yield node.says(message, second, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameters")
def password_missing(node: Node, context: Context) -> Defects:
    """There is a connection parameter `username`, but none for the password.

    The platform uses `username` and `password` together. Add `password`, or give the parameter another name.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"username": {"type": "string"}}}}
    ```
    Finding: /properties/connectionParameters/username: there is a user name without a password

    ```json good apiProperties
    {"properties": {"connectionParameters": {"username": {"type": "string"}, "password": {"type": "securestring"}}}}
    ```
    """
    tied = any(mapping(one).get("type") == "basic" for one in definitions(context).values())
    if (
        USERNAME in node.value
        and PASSWORD not in node.value
        and not tied
        and USERNAME not in named_in_policies(context)
    ):
        help_ = "add 'password' of the type 'securestring', or give the parameter another name"
        yield node.says("there is a user name without a password", USERNAME, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameters")
def api_key_unused(node: Node, context: Context) -> Defects:
    """People type an API key into `api_key`, but nothing sends it to the service.

    The platform sends it where a security definition of the type `apiKey` says so. Add one, or a policy that sends
    `@connectionParameters('api_key')`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 6 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}}}}
    ```
    Finding: /properties/connectionParameters/api_key: nothing sends 'api_key' to the service

    ```json good apiProperties
    {"properties": {"connectionParameters": {"api_key": {"type": "securestring"}},
     "policyTemplateInstances": [{"templateId": "setheader", "title": "Send the key", "parameters": {
      "x-ms-apimTemplateParameter.name": "x-key", "x-ms-apimTemplateParameter.value": "@connectionParameters('api_key')"}}]}}
    ```
    """
    if API_KEY not in node.value or context.package.definition is None:
        return
    keys = any(mapping(one).get("type") == "apiKey" for one in definitions(context).values())
    if not keys and API_KEY not in named_in_policies(context) and not _in_script(API_KEY, context):
        help_ = "add a security definition of the type 'apiKey' with 'in' and 'name'"
        yield node.says(f"nothing sends {quoted(API_KEY)} to the service", API_KEY, help=help_)


@rule(Severity.NOTE, Scope.PRACTICE, "connection parameters", told_once=True, explained_by=(LEFT_OUT,))
def connection_parameter_unused(node: Node, context: Context) -> Defects:
    """People fill in a connection parameter that nothing uses.

    A policy names it with `@connectionParameters('…')`, or a template of a sign-in with `{…}`. Use it, or remove it.

    Published: 8 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}}}}
    ```
    Finding: /properties/connectionParameters/site: nothing uses the connection parameter 'site'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site')"}}]}}
    ```
    """
    only_key = len(typed_in(context)) == 1 and _has_key(context)
    for name, one in node.value.items():
        if name in _TIED or mapping(one).get("type") not in TYPED_IN or only_key:
            continue
        if PARAMETER_NAME.fullmatch(name) is None:
            continue  # no expression can name it, which another rule says
        owner, _, part = name.partition(":")
        if part and (part.lower() in _SETTINGS or part.lower() in _places(context) or owner not in node.value):
            continue
        if name.lower() not in named_in_policies(context) and not _in_script(name, context):
            used = f"by '{{{part}}}' in a template of the sign-in" if part else f"by @connectionParameters('{name}')"
            help_ = f"use it in a policy or remove it; it is named {used}"
            yield node.says(f"nothing uses the connection parameter {quoted(name)}", name, help=help_)


def _has_key(context: Context) -> bool:
    return any(mapping(one).get("type") == "apiKey" for one in definitions(context).values())


@once
def _places(context: Context) -> frozenset[str]:
    """The places such as `{Host}` in the templates of the sign-ins, in small letters."""
    texts = (text for one in sign_ins(context) for text in texts_in(one.settings))
    # A parameter may also be called like the custom parameter that it is for.
    custom = {name for one in sign_ins(context) for name in one.custom}
    return frozenset(name.lower() for text in texts for name in PLACE.findall(text)) | custom


def _in_script(name: str, context: Context) -> bool:
    """Checks whether custom code contains the name: it can't read connection parameters, but headers with their names."""
    return name.rpartition(":")[2].encode() in _words(context)


@once
def _words(context: Context) -> frozenset[bytes]:
    return frozenset(_WORD.findall(context.package.script or b""))
