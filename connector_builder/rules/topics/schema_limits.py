"""Rules for how many schemas an operation or a connector has, how deep they are, and parts that no value can have."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.limits import DEPTH, SCHEMAS, SCHEMAS_OF_ALL, SCHEMAS_OF_OPERATION
from connector_builder.platform.operations import Operation
from connector_builder.platform.operations import operations as every_operation
from connector_builder.platform.schemas import inner
from connector_builder.rules.calls import inputs_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.required_circles import circles
from connector_builder.rules.rule import Defects, rule


@rule(Severity.ERROR, Scope.PLATFORM, "operation", explained_by=("SchemaTooLarge",))
def operation_schema_count_exceeds_max_allowed(node: Node, context: Context) -> Defects:
    """The body and the responses of an operation have more than 16,384 schemas together.

    Each field and each item counts as one schema, and a reference with all the schemas that it leads to. Leave out
    fields that nobody uses, or replace a part with an object without fields.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/faq
    Published: 0 of 1,013 connectors.

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "array", "items": {"type": "string"}}}}}}}}
    ```
    """
    operation = Operation(str(node.owner.key), str(node.key), node.value, node.owner.value)
    sizes = _sizes_of(operation, context)
    # BodySchemaCountExceedsMaxAllowed reports a part that is too large alone.
    if max(sizes, default=0) <= SCHEMAS.most and sum(sizes) > SCHEMAS_OF_OPERATION.most:
        help_ = "leave out fields that nobody needs, or make a part of it an object without fields"
        yield node.says(f"more than {SCHEMAS_OF_OPERATION.most:,} schemas in one operation", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "paths")
def total_schema_count_exceeds_max_allowed(node: Node, context: Context) -> Defects:
    """The operations of the connector have more than 4,194,304 schemas together.

    This is 256 times what one operation may have. Divide the connector into several.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/faq
    Published: 0 of 1,013 connectors.

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "array", "items": {"type": "string"}}}}}}}}
    ```
    """
    sizes = [size for one in every_operation(context.package.definition) for size in _sizes_of(one, context)]
    if max(sizes, default=0) <= SCHEMAS.most and sum(sizes) > SCHEMAS_OF_ALL.most:
        yield node.says(f"more than {SCHEMAS_OF_ALL.most:,} schemas", help="make several connectors of it")


@rule(Severity.WARNING, Scope.PLATFORM, "schema")
def schema_too_deep(node: Node, context: Context) -> Defects:
    """A schema has more than 30 schemas inside one another, with those that it refers to.

    Microsoft limits the depth, but doesn't publish the number; the deepest published schema has 15 levels. People can't
    pick fields that deep either. Replace an inner part with an object without fields.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json good
    {"definitions": {"Folder": {"type": "object", "properties": {"folders": {"type": "array", "items": {"$ref": "#/definitions/Folder"}}}}}}
    ```
    """
    if node.owner.kind in ("schema", "schema reference", "properties", "all of", "additional properties"):
        return
    deepest = _depth(node.value, context)
    if DEPTH < deepest <= SCHEMAS.most:  # BodySchemaCountExceedsMaxAllowed reports more
        help_ = "replace an inner part with an object without fields"
        yield node.says(f"more than {DEPTH} schemas inside one another", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "schema")
def required_loop_in_schema_not_allowed(node: Node, context: Context) -> Defects:
    """A schema requires itself, through fields that are all required: no value can ever be complete.

    An order that requires a buyer that requires an order has no end. Leave one of the fields out of `required`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Folder": {"type": "object", "required": ["parent"], "properties": {"parent": {"$ref": "#/definitions/Folder"}}}}}
    ```
    Finding: /definitions/Folder/properties/parent: 'parent' is required, and leads back to a schema around it

    ```json good
    {"definitions": {"Folder": {"type": "object", "properties": {"parent": {"$ref": "#/definitions/Folder"}}}}}
    ```
    """
    for name in circles(context).get(id(node.value), ()):
        message = f"{quoted(name)} is required, and leads back to a schema around it"
        yield node.says(message, "properties", name, help=f"leave {quoted(name)} out of 'required'")


@once
def _sizes(context: Context) -> dict[int, int]:
    """The numbers of schemas that are known already, by the ids of the schemas."""
    return {}


def _sizes_of(operation: Operation, context: Context) -> list[int]:
    """Returns the numbers of schemas in the body and in each response of an operation."""
    responses = operation.value.get("responses")
    answers = map(context.resolved, responses.values() if isinstance(responses, dict) else ())
    parts = [one.get("schema") for one in answers if isinstance(one, dict)]
    parts += [
        one.get("schema") for one in inputs_of(operation, context) if one is not ABSENT and one.get("in") == "body"
    ]
    return [_size(part, context) for part in parts if isinstance(part, dict)]


def _size(schema: dict[str, Any], context: Context) -> int:
    """Returns the number of schemas in a schema, at most one more than all operations may have.

    A reference counts with what it leads to, each time; one back to a schema around it counts once.
    """
    return _folded(schema, context, _sizes(context), lambda inner_: min(1 + sum(inner_), SCHEMAS_OF_ALL.most + 1))


@once
def _depths(context: Context) -> dict[int, int]:
    return {}


def _depth(schema: dict[str, Any], context: Context) -> int:
    return _folded(schema, context, _depths(context), lambda inner_: 1 + max(inner_, default=0))


def _folded(schema: dict[str, Any], context: Context, known: dict[int, int], fold: Any) -> int:
    """Returns what `fold` makes of the results of the schemas inside each schema, from the innermost outwards.

    Each schema is folded once. A schema inside itself has the result 1.
    """
    start = context.resolved(schema)
    if not isinstance(start, dict):
        return 1
    way: list[tuple[dict[str, Any], Iterator[Any], list[int]]] = []
    if id(start) not in known:
        known[id(start)] = 1  # until it is known: what refers to itself
        way.append((start, _inside(start, context), []))
    while way:
        part, rest, results = way[-1]
        following = next(rest, None)
        if following is None:
            way.pop()
            known[id(part)] = fold(results)
            if way:
                way[-1][2].append(known[id(part)])
        elif id(following) in known:
            results.append(known[id(following)])
        else:
            known[id(following)] = 1
            way.append((following, _inside(following, context), []))
    return known[id(start)]


def _inside(schema: dict[str, Any], context: Context) -> Iterator[dict[str, Any]]:
    resolved = (context.resolved(part.schema) for part in inner(schema))
    return (part for part in resolved if isinstance(part, dict))
