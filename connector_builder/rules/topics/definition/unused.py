"""Rules for what a definition contains and nothing uses."""

from typing import Any

from connector_builder.findings import Add, Fix, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import joined, listed, quoted
from connector_builder.platform.swagger.operations import operations as every_operation
from connector_builder.rules.context import Context, once
from connector_builder.rules.mentions import called_names, unused
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.source.suggest import is_near

_SHOWN = 5
"""The most names that a message lists."""
_WORDS = {"definitions": "definition", "parameters": "shared parameter", "responses": "shared response"}


@rule(
    Severity.NOTE,
    Scope.PRACTICE,
    "document",
    explained_by=(
        LEFT_OUT,
        "DescriptionIsSchema",
        "NameNotFound",
        "PartLeftOut",
        "ReferenceNotValid",
        "SchemaTooLarge",
    ),
)
def shared_part_not_used(node: Node, context: Context) -> Defects:
    """No operation uses a definition, a shared parameter or a shared response.

    They do nothing but make the file longer. Remove them. There is one finding for all.

    Published: 96 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object"}, "Buyer": {"type": "object"}}}
    ```
    Finding: /definitions/Order: no operation uses the definitions 'Order' and 'Buyer'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"$ref": "#/definitions/Order"}}}}}},
     "definitions": {"Order": {"type": "object", "properties": {"total": {"type": "number"}}}}}
    ```
    """
    found = {section: names for section, names in unused(context).items() if names}
    if not found:
        return
    what = [_named(_WORDS[section], names) for section, names in found.items()]
    section = next(iter(found))
    yield node.says(
        f"no operation uses {joined(what, 'and')}", section, found[section][0], help="remove what isn't used"
    )


@rule(Severity.NOTE, Scope.PRACTICE, "operation", explained_by=(LEFT_OUT,))
def internal_operation_not_called(node: Node, context: Context) -> Defects:
    """An operation is internal, and no other operation calls it.

    People don't see an internal operation, so it is only of use where an extension calls it, as for the values of a
    dropdown. Make it visible. Remove it only if no flow uses it: flows that exist go on calling it. Exempt are a DELETE, which the
    platform calls to end a webhook, and operations that are deprecated or one of several revisions.

    Published: 54 of 1,013 connectors.

    ```json bad
    {"paths": {"/buyers": {"get": {"operationId": "ListBuyers", "x-ms-visibility": "internal"}}}}
    ```
    Finding: /paths/~1buyers/get: 'ListBuyers' is internal, and nothing calls it

    ```json good
    {"paths": {"/buyers": {"get": {"operationId": "ListBuyers", "x-ms-visibility": "internal"}},
      "/orders": {"get": {"operationId": "ListOrders", "parameters": [{"name": "buyer", "in": "query", "type": "string",
        "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}}}}
    ```
    """
    name = node.value.get("operationId")
    if not isinstance(name, str) or name in called_names(context) or _is_called_otherwise(node):
        return
    if node.value.get("x-ms-visibility") == "internal" and not any(is_near(one, name) for one in _in_vain(context)):
        yield node.says(
            f"{quoted(name)} is internal, and nothing calls it", help="make it visible, or remove it if no flow uses it"
        )


@rule(Severity.NOTE, Scope.PRACTICE, "document", fixable=True)
def security_not_required(node: Node, context: Context) -> Defects:
    """The definition describes how to sign in, but neither the connector nor an operation requires it.

    The platform uses the first security definition anyway; other readers of the file think that the service is open to
    everybody. An empty requirement, as in `security: [{}]`, requires nothing. Write `security` at the top level, with the
    name of the definition.

    Published: 88 of 1,013 connectors.

    ```json bad
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    Finding: /securityDefinitions: nothing requires the security definition 'key'

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    defined = node.value.get("securityDefinitions")
    if isinstance(defined, dict) and defined and not _names_one(node.value) and not _requires(context):
        help_ = f"write 'security: [{{{next(iter(defined))}: []}}]' at the top level"
        what = f"security definition{'' if len(defined) == 1 else 's'} {listed(defined, 'and')}"
        required: list[dict[str, list[str]]] = [{next(iter(defined)): []}]
        edit = Replace(("security",), required) if "security" in node.value else Add(("security",), required)
        fix = Fix(help_, (edit,)) if len(defined) == 1 else None
        yield node.says(f"nothing requires the {what}", "securityDefinitions", help=help_, fix=fix)


def _named(word: str, names: list[str]) -> str:
    """Returns `the definition 'A'`, or `the definitions 'A' and 'B'`; of many the number."""
    if len(names) > _SHOWN:
        return f"{len(names)} {word}s, such as {quoted(names[0])}"
    return f"the {word}{'' if len(names) == 1 else 's'} {listed(names, 'and')}"


def _is_called_otherwise(node: Node) -> bool:
    """Checks whether the platform calls an operation, or flows that exist do."""
    older = node.value.get("deprecated") is True or "x-ms-api-annotation" in node.value
    return node.key == "delete" or older or "x-ms-trigger" in node.value


@once
def _in_vain(context: Context) -> frozenset[str]:
    """Returns the ids that extensions call and no operation has: another rule says which operation each is meant to be."""
    return called_names(context) - {
        str(one.value.get("operationId")) for one in every_operation(context.package.definition)
    }


@once
def _requires(context: Context) -> bool:
    return any(_names_one(one.value) for one in every_operation(context.package.definition))


def _names_one(part: dict[str, Any]) -> bool:
    """Checks whether `security` requires anything: an empty requirement, as in `[{}]`, lets everybody in."""
    required = part.get("security")
    return any(required) if isinstance(required, list) else bool(required)
