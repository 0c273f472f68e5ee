"""The rules that read the table for values: those of the wrong type, null, and those outside a closed list."""

from connector_builder.findings import Fix, Scope, Severity
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform import api_properties
from connector_builder.platform.swagger import extension_objects
from connector_builder.platform.swagger.extensions import AGENTIC
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, Fault, milder, rule
from connector_builder.rules.values import converted, written_as

_HOW = {
    "a text": 'write a text in quotes, such as "Orders"',
    "true or false": "write true or false, without quotes",
    "a number": "write a number, without quotes",
    "a whole number": "write a whole number, such as 10",
    "a mapping": "write keys with values, in braces",
    "a list": "write the values in brackets, such as [1, 2]",
    "null": "write null",
}
"""How to write what a shape's words name."""
_WANTED: tuple[tuple[str, frozenset[type]], ...] = (
    ("string", frozenset({str})),
    ("boolean", frozenset({bool})),
    ("number", frozenset({float})),
    ("integer", frozenset({int})),
)
"""Swagger's types, each with the types of a shape that require it."""


@rule(Severity.ERROR, Scope.PLATFORM, faults=Fault.TYPE, fixable=True)
def json_type_incorrect(node: Node, _: Context) -> Defects:
    """A value has the wrong type, such as a number instead of a text.

    Swagger has no null and no lists of types. Leave out a key without a value, and mark a schema whose values can be
    null with `x-nullable: true`. In apiProperties.json, null means the same as no key, and is only a note.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 3 of 1,031 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": null}}}}
    ```
    Finding: /paths/~1orders/get/summary: 'summary' must be a text, not null

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"key": {"type": "securestring", "uiDefinition": null}}}}
    ```
    Finding: /properties/connectionParameters/key/uiDefinition: 'uiDefinition' is null

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders"}}}}
    ```
    """
    if not _is_absent(node):
        name = quoted(node.key) if isinstance(node.key, str) and node.key else "this"
        help_ = _retyped(node)
        yield node.says(
            f"{name} must be {node.shape.words}, not {found(node.value)}", help=help_, fix=_fixed(node, help_)
        )


@milder(Severity.NOTE, json_type_incorrect, faults=Fault.TYPE)
def connection_property_is_null(node: Node, _: Context) -> Defects:
    """Finds null in apiProperties.json, which means the same as no key."""
    if _is_absent(node):
        help_ = "leave the key out"
        yield node.says(f"{quoted(node.key)} is null", help=help_, fix=node.without(help_))


@rule(Severity.ERROR, Scope.PLATFORM, faults=Fault.VALUE, fixable=True)
def json_value_not_in_enum(node: Node, context: Context) -> Defects:
    """A value isn't one of those that its key allows.

    The finding shows what is possible. Replace the value. A value of an extension that differs only in capitals is a
    warning, because the platform reads it all the same. So is another protocol in `x-ms-agentic-protocol`: Microsoft
    published one that Copilot Studio no longer supports.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 2 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "int"}}}
    ```
    Finding: /definitions/Order/type: 'type' can't be 'int'

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"status": "production"}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation/status: 'status' is 'Production', not 'production'

    ```json good
    {"definitions": {"Order": {"type": "integer", "format": "int32"}}}
    ```
    """
    if _in_other_capitals(node) is not None:
        return
    possible = [value for value in node.shape.values if value]
    help_ = context.suggest(node.value, possible) if isinstance(node.value, str) else None
    value = quoted(node.value) if isinstance(node.value, str) else found(node.value)
    yield node.says(f"{quoted(node.key)} can't be {value}", help=help_ or f"it is {listed(possible)}")


@milder(Severity.WARNING, json_value_not_in_enum, faults=Fault.VALUE)
def extension_value_in_other_capitals(node: Node, _: Context) -> Defects:
    """Finds values of extensions in other capitals, which the platform reads all the same."""
    meant = _in_other_capitals(node)
    if meant is not None:
        message, help_ = f"{quoted(node.key)} is '{meant}', not {quoted(node.value)}", f"write '{meant}'"
        yield node.says(message, help=help_, fix=node.becoming(help_, meant))


@milder(Severity.WARNING, json_value_not_in_enum, "operation", keys=AGENTIC, faults=Fault.VALUE)
def protocol_not_supported(node: Node, context: Context) -> Defects:
    """Finds protocols of agents that Copilot Studio doesn't support: the platform saves the connector."""
    yield from extension_value_in_other_capitals.run(node, context)
    yield from json_value_not_in_enum.run(node, context)


def _retyped(node: Node) -> str:
    """Returns how to write a value in the type that its shape requires."""
    value, types = node.value, node.shape.types
    if node.parent is None:
        return "write keys with values, in braces"
    if value is None:
        return "leave the key out" if isinstance(node.key, str) else "remove it from the list"
    if node.key == "type" and isinstance(value, list):
        return "write one type, and 'x-nullable: true' where null is possible"
    if str in types and isinstance(value, int | float):
        return "write it in quotes"
    if str in types and isinstance(value, list) and len(value) > 0:
        return "keep one address" if "url" in str(node.key).lower() else "keep one of the values, without the brackets"
    if isinstance(value, str) and types & {int, float, bool}:
        return written_as(value, "boolean" if bool in types else "integer" if float not in types else "number").replace(
            ", or correct 'type'", ""
        )
    if list in types and isinstance(value, str):
        return f"write it in brackets: [{quoted(value)}]"
    return _HOW.get(node.shape.words, f"write {node.shape.words}")


def _fixed(node: Node, title: str) -> Fix | None:
    """Returns the edit to the type that the shape requires, where what is meant is certain."""
    types = node.shape.types
    if node.value is None:
        optional = isinstance(node.key, str) and node.parent is not None and node.key not in node.owner.shape.required
        return node.without(title) if optional else None
    wanted = next((name for name, type_ in _WANTED if types & type_), "")
    meant = converted(node.value, wanted)
    return None if meant is ABSENT else node.becoming(title, meant)


def _is_absent(node: Node) -> bool:
    """Checks whether a value is the null of apiProperties.json, which means the same as no key."""
    optional = node.key not in node.owner.shape.required
    inside = node.parent is not None and node.parent.kind in api_properties.TABLE and isinstance(node.key, str)
    return node.value is None and inside and optional


def _in_other_capitals(node: Node) -> str | None:
    """Returns the allowed value of an extension that a value would be in other capitals.

    Swagger's own values have exact capitals: no published connector has others.
    """
    of_extension = node.owner.kind in extension_objects.TABLE or str(node.key).startswith("x-")
    if not (of_extension and isinstance(node.value, str)):
        return None
    return next((one for one in node.shape.values if isinstance(one, str) and one.lower() == node.value.lower()), None)
