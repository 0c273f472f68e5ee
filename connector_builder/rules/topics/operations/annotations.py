"""Rules for `x-ms-api-annotation`: the operation that replaces another, and its status."""

from connector_builder.findings import Add, Fix, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.WARNING, Scope.CERTIFICATION, "replacement", fixable=True)
def api_annotation_extension_replacement_info_for_non_deprecated_operations(node: Node, _: Context) -> Defects:
    """An operation names its replacement but isn't deprecated.

    The replacement is for people who use a deprecated operation. Mark the operation with `deprecated: true`, or remove
    `replacement`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"api": "orders", "operationId": "ListOrders_V2"}}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation/replacement: 'ListOrders' is replaced, but not deprecated

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"api": "orders", "operationId": "ListOrders_V2"}}}}}}
    ```
    """
    operation = node.owner.owner
    if operation.value.get("deprecated") is not True:
        message = f"{quoted(operation.value.get('operationId'))} is replaced, but not deprecated"
        mark = Add((*operation.pointer, "deprecated"), True)
        fix = Fix("write 'deprecated: true'", (mark,)) if "deprecated" not in operation.value else None
        yield node.says(message, help="write 'deprecated: true'", fix=fix)


@rule(Severity.WARNING, Scope.CERTIFICATION, "replacement")
def api_annotation_extension_replacement_info_missing_api_property(node: Node, _: Context) -> Defects:
    """The replacement of an operation doesn't name its connector.

    The replacement may be in another connector, so the platform must know which. Add `api`, the name of the connector
    that contains the replacement.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"operationId": "ListOrders_V2"}}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation/replacement: the replacement has no 'api'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"api": "orders", "operationId": "ListOrders_V2"}}}}}}
    ```
    """
    if "api" not in node.value:
        yield node.says("the replacement has no 'api'", help="name the connector that has the operation")


@rule(Severity.WARNING, Scope.CERTIFICATION, "replacement")
def api_annotation_extension_replacement_info_missing_operation_id_property(node: Node, _: Context) -> Defects:
    """The replacement of an operation doesn't name its operation.

    The designer offers the replacement by its id, and has nothing to offer without it. Add `operationId`, the id of the
    operation that replaces this one.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"api": "orders"}}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation/replacement: the replacement has no 'operationId'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation":
      {"family": "ListOrders", "revision": 1, "replacement": {"api": "orders", "operationId": "ListOrders_V2"}}}}}}
    ```
    """
    if "operationId" not in node.value:
        yield node.says("the replacement has no 'operationId'", help="name the operation that replaces this one")


@rule(Severity.WARNING, Scope.CERTIFICATION, "api annotation", keys="status")
def operation_status_ahead_of_connector(node: Node, context: Context) -> Defects:
    """An operation is in production, although its connector is in preview.

    Write `Preview` in the operation, or `Production` in `info`. If `info` contains no status, the rule finds nothing.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0", "x-ms-api-annotation": {"status": "Preview"}},
     "paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"status": "Production"}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation/status: 'ListOrders' can't be in production, as the connector is in preview

    ```json good
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0", "x-ms-api-annotation": {"status": "Production"}},
     "paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"status": "Production"}}}}}
    ```
    """
    info = context.package.definition.get("info")
    annotation = info.get("x-ms-api-annotation") if isinstance(info, dict) else None
    if node.value == "Production" and isinstance(annotation, dict) and annotation.get("status") == "Preview":
        name = quoted(node.owner.owner.value.get("operationId"))
        message = f"{name} can't be in production, as the connector is in preview"
        yield node.says(message, help="write 'Preview' here, or 'Production' in 'info'")
