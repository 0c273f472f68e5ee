"""Rules for `filterFunctions`: how a field of a response can be filtered."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import found
from connector_builder.rules.callbacks import bodies
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.WARNING, Scope.CERTIFICATION, "filter functions", fixable=True)
def filter_functions_property_empty(node: Node, _: Context) -> Defects:
    """The list of `filterFunctions` is empty.

    An empty list says that the field can't be filtered, which is what no list says as well. Add a function, or leave
    `filterFunctions` out.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": []}}}}}}
    ```
    Finding: /definitions/Order/properties/id/x-ms-capabilities/filterFunctions: 'filterFunctions' is empty

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": ["eq"]}}}}}}
    ```
    """
    if not node.value:
        yield node.says(
            "'filterFunctions' is empty", help="name a function, or leave it out", fix=node.without("leave it out")
        )


@rule(Severity.WARNING, Scope.CERTIFICATION, "filter functions", fixable=True)
def filter_functions_property_has_duplicates(node: Node, _: Context) -> Defects:
    """`filterFunctions` contains the same function twice.

    The second one means nothing, and is usually a typing mistake for another function. Remove one of the two.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": ["eq", "eq"]}}}}}}
    ```
    Finding: /definitions/Order/properties/id/x-ms-capabilities/filterFunctions/1: the text 'eq' is there already

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": ["eq", "ne"]}}}}}}
    ```
    """
    seen: set[str] = set()
    for index, name in enumerate(node.value):
        if isinstance(name, str) and name in seen:
            yield node.says(
                f"{found(name)} is there already", index, help="remove it", fix=node.without("remove it", index)
            )
        elif isinstance(name, str):
            seen.add(name)


@rule(Severity.WARNING, Scope.CERTIFICATION, "schema capabilities", fixable=True)
def filter_functions_property_in_input_schema(node: Node, context: Context) -> Defects:
    """The body of a request has `filterFunctions`.

    `filterFunctions` shows by which functions the fields of a response can be filtered, so only a response can have it.
    Remove it from the body.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": ["eq"]}}}}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/id/x-ms-capabilities/filterFunctions: a body can't have 'filterFunctions'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "OK", "schema":
      {"type": "object", "properties": {"id": {"type": "integer", "x-ms-capabilities": {"filterFunctions": ["eq"]}}}}}}}}}}
    ```
    """
    if "filterFunctions" in node.value and id(node.owner.value) in bodies(context):
        help_, fix = "remove it: only a response can have it", node.without("remove it", "filterFunctions")
        yield node.says("a body can't have 'filterFunctions'", "filterFunctions", help=help_, fix=fix)
