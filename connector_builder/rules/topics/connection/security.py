"""Rules for security definitions, and for the requirements that name them."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform.auth.oauth import FLOW
from connector_builder.platform.swagger.objects import SECURITY
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, rule

_NEEDED = {
    "type": "add 'type': it is 'basic', 'apiKey' or 'oauth2'",
    "name": "add 'name', the name of the header or of the query parameter",
    "in": "add 'in': it is 'header' or 'query'",
    "flow": "add 'flow': connectors use 'accessCode'",
    "authorizationUrl": "add the address at which people sign in",
    "tokenUrl": "add the address that returns tokens",
}


@rule(Severity.ERROR, Scope.PLATFORM, *SECURITY, faults=Fault.MISSING, fixable=True)
def security_scheme_property_required(node: Node, _: Context) -> Defects:
    """A security definition lacks a key that its type requires.

    An API key requires `name` and `in`. OAuth 2.0 requires `flow`, and with `accessCode` both addresses. Add the key.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header"}}}
    ```
    Finding: /securityDefinitions/key: 'name' is missing in this security definition

    ```json good
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    given = node.owner.value
    has_both = node.key == "flow" and "authorizationUrl" in given and "tokenUrl" in given
    help_ = f"write '{FLOW}'" if has_both else _NEEDED[str(node.key)]
    fix = node.becoming(help_, FLOW) if has_both else None
    yield node.says(f"'{node.key}' is missing in this security definition", help=help_, fix=fix)


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    *SECURITY,
    faults=Fault.UNKNOWN,
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
    fixable=True,
)
def security_scheme_property_not_valid(node: Node, context: Context) -> Defects:
    """A security definition has a key that its type doesn't allow.

    The keys depend on the type: an API key has `name` and `in`, OAuth 2.0 has `flow`, `scopes` and addresses. Remove
    the key, correct its name, or change the type.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"securityDefinitions": {"basic": {"type": "basic", "in": "header"}}}
    ```
    Finding: /securityDefinitions/basic/in: unknown key 'in' in this basic security

    ```json good
    {"securityDefinitions": {"basic": {"type": "basic"}}}
    ```
    """
    if node.key in ("authorizationUrl", "tokenUrl") and node.owner.value.get("flow") not in (None, FLOW):
        return  # it is the flow that is wrong, which another rule says
    help_ = context.suggest(str(node.key), node.owner.shape.keys) or "remove it, or correct 'type'"
    yield node.says(f"unknown key {quoted(node.key)} in this {node.owner.kind}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "security requirement", told_once=True, fixable=True)
def security_requirement_must_be_defined(node: Node, context: Context) -> Defects:
    """A security requirement names a security definition that doesn't exist.

    apiProperties.json decides how connections sign in, so such a connector may work. But the portal, which reads the
    security definitions, finds none of this name. Correct the name, define it under `securityDefinitions`, or leave
    `security` out. One finding stands for all requirements of a document that have the name.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 29 of 1,013 connectors.

    ```json bad
    {"security": [{"key": []}]}
    ```
    Finding: /security/0/key: there is no security definition 'key'

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    defined = definitions(context)
    for name in node.value:
        if name not in defined:
            yield node.says(f"there is no security definition {quoted(name)}", name, help=_meant(name, context))


@rule(Severity.ERROR, Scope.PLATFORM, "security requirement", faults=Fault.TYPE, fixable=True)
def security_requirement_must_have_value(node: Node, _: Context) -> Defects:
    """A security requirement has no list of scopes.

    Swagger requires the list. If there are no scopes, write `[]`.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"security": [{"key": null}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    Finding: /security/0/key: 'key' must be a list, not null

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    fix = node.becoming("write '[]'", []) if node.value in (None, "", {}) else None
    yield node.says(f"{quoted(node.key)} must be a list, not {found(node.value)}", help="write '[]'", fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "scope names", fixable=True)
def security_requirement_must_have_empty_value(node: Node, context: Context) -> Defects:
    """A security requirement lists scopes, although its definition can't have any.

    Only OAuth 2.0 has scopes. Write `[]`.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"security": [{"key": ["read"]}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    Finding: /security/0/key: 'key' has no scopes

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    definition = definitions(context).get(str(node.key))
    if node.value and isinstance(definition, dict) and definition.get("type") in ("basic", "apiKey"):
        yield node.says(f"{quoted(node.key)} has no scopes", help="write '[]'", fix=node.becoming("write '[]'", []))


@rule(Severity.WARNING, Scope.PLATFORM, "scope names", fixable=True)
def o_auth_security_requirement_value_must_be_scope_name(node: Node, context: Context) -> Defects:
    """A security requirement lists a scope that its security definition doesn't have.

    The requirement means one of the scopes that its definition lists. Often several are written as one text, or with
    other capitals. Correct the scope, or add it to the `scopes` of the definition.

    Source: https://spec.openapis.org/oas/v2.0#security-definitions-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 6 of 1,013 connectors.

    ```json bad
    {"security": [{"oauth2": ["write"]}], "securityDefinitions": {"oauth2": {"type": "oauth2", "flow": "accessCode",
      "authorizationUrl": "https://contoso.example/authorize", "tokenUrl": "https://contoso.example/token",
      "scopes": {"read": "Read orders"}}}}
    ```
    Finding: /security/0/oauth2/0: 'oauth2' has no scope 'write'

    ```json good
    {"security": [{"oauth2": ["read"]}], "securityDefinitions": {"oauth2": {"type": "oauth2", "flow": "accessCode",
      "authorizationUrl": "https://contoso.example/authorize", "tokenUrl": "https://contoso.example/token",
      "scopes": {"read": "Read orders"}}}}
    ```
    """
    definition = definitions(context).get(str(node.key))
    if not isinstance(definition, dict) or definition.get("type") != "oauth2":
        return
    scopes = definition.get("scopes", {})
    for index, scope in enumerate(node.value):
        if isinstance(scope, str) and isinstance(scopes, dict) and scope not in scopes:
            help_ = context.suggest(scope, scopes) or "add it to the definition's 'scopes'"
            yield node.says(f"{quoted(node.key)} has no scope {quoted(scope)}", index, help=help_)


def _meant(name: str, context: Context) -> str:
    defined = definitions(context)
    if not defined:
        return "apiProperties.json decides how connections sign in: leave 'security' out"
    near = context.suggest(name, defined)
    if near is None and len(defined) == 1:
        return f"did you mean {quoted(next(iter(defined)))}?"
    return near or f"it is {listed(defined)}, or define it under 'securityDefinitions'"


def definitions(context: Context) -> dict[str, object]:
    """Returns the security definitions by name; none if they aren't a mapping."""
    definition = context.package.definition
    found_ = definition.get("securityDefinitions") if isinstance(definition, dict) else None
    return found_ if isinstance(found_, dict) else {}
