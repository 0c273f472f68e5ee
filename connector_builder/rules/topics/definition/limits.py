"""Rules for the platform's limits; it refuses to save a larger connector. The numbers are in `platform/limits.py`."""

from connector_builder.findings import Scope, Severity
from connector_builder.platform.limits import OPERATIONS, SCHEMAS
from connector_builder.platform.swagger.operations import operations
from connector_builder.rules.context import Context
from connector_builder.rules.measures import counted
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.ERROR, Scope.PLATFORM, "paths")
def total_operations_count_exceeds_max_allowed(node: Node, context: Context) -> Defects:
    """The connector has more than 256 operations.

    The platform refuses such a connector. Divide it into several connectors, or leave out operations that nobody needs.
    Every operation counts, whether it is internal, deprecated or has the id of another.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders"}}}}
    ```
    """
    count = sum(1 for _ in operations(context.package.definition))
    if count > OPERATIONS.most:
        yield node.says(f"{count} operations are more than {OPERATIONS.most}", help="make several connectors of it")


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "body parameter",
    "response",
    "definitions",
    explained_by=("SchemaTooLarge",),
)
def body_schema_count_exceeds_max_allowed(node: Node, context: Context) -> Defects:
    """A body, a response or a definition has more than 512 schemas.

    Each field and each item counts as one schema. A reference counts with all the schemas that it leads to, each time
    it is used. Leave out fields that nobody uses, or replace a part with an object without fields.

    An issue names the number. Published connectors confirm how references count: counted this way, none has more than
    480 schemas.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1088
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {
      "A": {"allOf": [{"$ref": "#/definitions/B"}, {"$ref": "#/definitions/B"}, {"$ref": "#/definitions/B"}]},
      "B": {"allOf": [{"$ref": "#/definitions/C"}, {"$ref": "#/definitions/C"}, {"$ref": "#/definitions/C"}]},
      "C": {"allOf": [{"$ref": "#/definitions/D"}, {"$ref": "#/definitions/D"}, {"$ref": "#/definitions/D"}]},
      "D": {"allOf": [{"$ref": "#/definitions/E"}, {"$ref": "#/definitions/E"}, {"$ref": "#/definitions/E"}]},
      "E": {"allOf": [{"$ref": "#/definitions/F"}, {"$ref": "#/definitions/F"}, {"$ref": "#/definitions/F"}]},
      "F": {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}}
    ```
    Finding: /definitions/A: more than 512 schemas, with those that it refers to

    ```json good
    {"definitions": {
      "A": {"allOf": [{"$ref": "#/definitions/B"}, {"$ref": "#/definitions/B"}, {"$ref": "#/definitions/B"}]},
      "B": {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}}
    ```
    """
    schemas = node.value.items() if node.kind == "definitions" else [("schema", node.value.get("schema"))]
    for name, schema in schemas:
        # The target of a reference is reported at its own place.
        if isinstance(schema, dict) and "$ref" not in schema and counted(schema, context) > SCHEMAS.most:
            help_ = "leave out fields that nobody needs, or make a part of it an object without fields"
            yield node.says(f"more than {SCHEMAS.most} schemas, with those that it refers to", name, help=help_)
