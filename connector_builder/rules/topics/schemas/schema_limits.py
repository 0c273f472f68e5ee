"""Rules for how many schemas an operation or a connector has, how deep they are, and parts that no value can have."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.limits import DEPTH, SCHEMAS, SCHEMAS_OF_ALL, SCHEMAS_OF_OPERATION
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.operations import operations as every_operation
from connector_builder.rules.calls import inputs_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.measures import HOLDERS, measured
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


@rule(Severity.WARNING, Scope.PLATFORM, "schema", told_once=True, explained_by=("SchemaTooLarge",), having=HOLDERS)
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
    measure = measured(node.value, context)
    if measure.depth > DEPTH and measure.size <= SCHEMAS.most:  # BodySchemaCountExceedsMaxAllowed reports more
        help_ = "replace an inner part with an object without fields"
        yield node.says(f"more than {DEPTH} schemas inside one another", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "schema", having=("required",))
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
def _sizes_of(operation: Operation, context: Context) -> list[int]:
    """The numbers of schemas in the body and in each response of an operation."""
    responses = operation.value.get("responses")
    answers = map(context.resolved, responses.values() if isinstance(responses, dict) else ())
    parts = [one.get("schema") for one in answers if isinstance(one, dict)]
    parts += [
        one.get("schema") for one in inputs_of(operation, context) if one is not ABSENT and one.get("in") == "body"
    ]
    return [measured(part, context).size for part in parts if isinstance(part, dict)]
