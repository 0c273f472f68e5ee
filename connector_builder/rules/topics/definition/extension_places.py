"""Rules for extensions, and keys of their objects, that the platform doesn't read where they are."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import listed, quoted, typed
from connector_builder.platform.swagger.extension_objects import STRICT, TABLE
from connector_builder.platform.swagger.extensions import BY_NAME
from connector_builder.rules.calls import is_told_beside
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Check, Defects, Fault, rule

_WHERE = {"items": "'items'", "document": "the top level", "info": "'info'"}
_SINGLE = ("string", "integer", "number", "boolean")
_SHORT = {
    "unplaced parameter": "parameter", "path parameter": "parameter", "query parameter": "parameter",
    "header parameter": "parameter", "form parameter": "parameter", "schema reference": "schema", "file schema": "schema",
    "document": "top level",
}  # fmt: skip

_OPEN = (
    "notification content",
    *(kind for kind, entry in TABLE.items() if isinstance(entry, dict) and "*" not in entry and kind not in STRICT),
)
"""The objects that rules of Swagger say nothing about."""


@rule(Severity.WARNING, Scope.PRACTICE, faults=Fault.MISPLACED, told_once=True)
def extension_without_effect(node: Node, _: Context) -> Defects:
    """An extension is in a place where the platform doesn't read it.

    It has no effect there, without any message. Move it to an object that can have it, or remove it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Published: 25 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"x-ms-visibility": "internal", "get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/~1orders/x-ms-visibility: 'x-ms-visibility' has no effect in a path item

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"form": {"type": "string",
      "x-ms-dynamic-schema": {"operationId": "GetForm"}}}}},
     "paths": {"/form": {"get": {"operationId": "GetForm"}}}}
    ```
    Finding: /definitions/Order/properties/form/x-ms-dynamic-schema: 'x-ms-dynamic-schema' has no effect in a string

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-visibility": "important"}}}}
    ```
    """
    places = [kind for place in BY_NAME[str(node.key)].places if place.meant for kind in place.kinds]
    kinds = list(dict.fromkeys(_SHORT.get(kind, kind) for kind in places))
    kind = node.owner.kind
    help_ = f"it belongs in {listed(kinds)}" if kinds else "remove it"
    article = "an" if kind[:1] in "aeiou" else "a"
    where = _WHERE.get(kind, f"{article} {kind}")
    yield node.says(f"{quoted(node.key)} has no effect in {where}", help=help_)


def _schema_of_a_single_value(node: Node, _: Context) -> Defects:
    """Finds a dynamic schema, which describes fields, in a part that is a text, a number or a boolean; none is published."""
    type_ = node.owner.value.get("type") if isinstance(node.owner.value, dict) else None
    if type_ in _SINGLE and node.owner.kind not in _SHORT and not is_told_beside(node):
        help_ = "make it an object, whose fields the schema describes; for a list of values, use dynamic values"
        yield node.says(f"{quoted(node.key)} has no effect in {typed(type_)}", help=help_)


schema_of_a_single_value = Check(
    extension_without_effect.rule, _schema_of_a_single_value, ("dynamic schema", "dynamic properties"), (), ()
)


@rule(Severity.WARNING, Scope.PRACTICE, *_OPEN, faults=Fault.UNKNOWN, told_once=True, fixable=True)
def extension_key_not_known(node: Node, context: Context) -> Defects:
    """The object of an extension has a key that the platform isn't known to read there.

    The platform ignores the key without any message. It is usually misspelt: correct it, or remove it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas
    Published: 3 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkname": "nextLink"}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-pageable/nextLinkname: unknown key 'nextLinkname' in 'x-ms-pageable'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkName": "nextLink"}}}}}
    ```
    """
    owner = node.owner
    within = owner.key if isinstance(owner.key, str) else owner.owner.key
    help_ = context.suggest(str(node.key), owner.shape.keys)
    message = f"unknown key {quoted(node.key)} in {quoted(within)}"
    yield node.says(message, help=help_ or "remove it: the platform ignores it")
