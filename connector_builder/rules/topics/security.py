"""Rules for security definitions, and for the requirements that name them."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import found, quoted
from connector_builder.platform.oauth import FLOW
from connector_builder.platform.objects import SECURITY
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, rule


@rule(Severity.ERROR, Scope.PLATFORM, *SECURITY, faults=Fault.MISSING)
def security_scheme_property_required(node: Node, _: Context) -> Defects:
    """A security definition lacks a key that its type requires.

    An API key requires `name` and `in`. OAuth 2.0 requires `flow`, and with `accessCode` both addresses. Add the key.

    ```json bad
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header"}}}
    ```
    Finding: /securityDefinitions/key: 'name' is missing in this security definition

    ```json good
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    yield node.says(f"'{node.key}' is missing in this security definition")


@rule(Severity.ERROR, Scope.PLATFORM, *SECURITY, faults=Fault.UNKNOWN, explained_by=("AuthNotValid",))
def security_scheme_property_not_valid(node: Node, context: Context) -> Defects:
    """A security definition has a key that its type doesn't allow.

    Remove the key, correct its name, or change the type.

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
    help_ = context.suggest(str(node.key), node.owner.shape.keys)
    yield node.says(f"unknown key {quoted(node.key)} in this {node.owner.kind}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "security requirement")
def security_requirement_must_be_defined(node: Node, context: Context) -> Defects:
    """A security requirement names a security definition that doesn't exist.

    Correct the name, or define it under `securityDefinitions`.

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
            help_ = context.suggest(name, defined) or "define it under 'securityDefinitions'"
            yield node.says(f"there is no security definition {quoted(name)}", name, help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "security requirement", faults=Fault.TYPE)
def security_requirement_must_have_value(node: Node, _: Context) -> Defects:
    """A security requirement has no list of scopes.

    Swagger requires the list. If there are no scopes, write `[]`.

    ```json bad
    {"security": [{"key": null}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    Finding: /security/0/key: 'key' must be a list, not null

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    yield node.says(f"{quoted(node.key)} must be a list, not {found(node.value)}", help="write '[]'")


@rule(Severity.ERROR, Scope.PLATFORM, "scope names")
def security_requirement_must_have_empty_value(node: Node, context: Context) -> Defects:
    """A security requirement lists scopes, although its definition can't have any.

    Only OAuth 2.0 has scopes. Write `[]`.

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
        yield node.says(f"{quoted(node.key)} has no scopes", help="write '[]'")


@rule(Severity.WARNING, Scope.PLATFORM, "scope names")
def o_auth_security_requirement_value_must_be_scope_name(node: Node, context: Context) -> Defects:
    """A security requirement lists a scope that its security definition doesn't have.

    Correct the scope, or add it to the `scopes` of the definition.

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


def definitions(context: Context) -> dict[str, object]:
    """Returns the security definitions by name; none if they aren't a mapping."""
    definition = context.package.definition
    found_ = definition.get("securityDefinitions") if isinstance(definition, dict) else None
    return found_ if isinstance(found_, dict) else {}
