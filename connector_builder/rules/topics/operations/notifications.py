"""Rules for `x-ms-notification`: a trigger that fetches, and the webhook that starts it."""

from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.rules.callbacks import callbacks_of
from connector_builder.rules.calls import called, callers, inputs_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", fixable=True)
def notification_extension_not_supported_in_webhook_operation(node: Node, context: Context) -> Defects:
    """An operation receives a callback itself, but its `x-ms-notification` names another operation that does.

    `x-ms-notification` is for a trigger that fetches, and that another operation wakes up. Remove `x-ms-notification`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single", "x-ms-notification": {"operationId": "WhenOrderIsPlaced"},
      "parameters": [{"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post/x-ms-notification: 'WhenOrderIsPlaced' receives a callback itself

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single",
      "parameters": [{"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    if "x-ms-notification" in node.value and callbacks_of(node.value, context):
        message = f"{quoted(node.value.get('operationId'))} receives a callback itself"
        yield node.says(message, "x-ms-notification", help="remove 'x-ms-notification'")


@rule(Severity.ERROR, Scope.CERTIFICATION, "notification")
def notification_extension_supported_for_trigger_only(node: Node, _: Context) -> Defects:
    """An action has `x-ms-notification`, which only a trigger can have.

    If the operation is a trigger, add `x-ms-trigger`. Otherwise remove `x-ms-notification`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-notification": {}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-notification: 'ListOrders' isn't a trigger

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    if "x-ms-trigger" not in node.owner.value:
        message = f"{quoted(node.owner.value.get('operationId'))} isn't a trigger"
        yield node.says(message, help="add 'x-ms-trigger', or remove 'x-ms-notification'")


@rule(Severity.ERROR, Scope.CERTIFICATION, "notification")
def notification_operation_must_be_webhook(node: Node, context: Context) -> Defects:
    """`x-ms-notification` names an operation that receives no callback.

    The platform calls this operation to subscribe, and must be able to pass the address of its callback. Name the
    operation that subscribes: the one whose body has a field for the address of the callback.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": {"type": "string"}}}},
      "x-ms-notification": {"operationId": "ListOrders"}}},
      "/all": {"get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-notification/operationId: 'ListOrders' receives no callback

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": {"type": "string"}}}},
      "x-ms-notification": {"operationId": "Subscribe"}}},
     "/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}, "post": {"operationId": "Subscribe",
      "parameters": [{"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    operation = called(node, context)
    if operation is not None and not callbacks_of(operation.value, context):
        name = quoted(operation.value["operationId"])
        yield node.says(f"{name} receives no callback", "operationId", help="name the operation that subscribes")


@rule(Severity.ERROR, Scope.CERTIFICATION, "notification")
def paramters_with_same_name_must_have_same_type_and_visibility(node: Node, context: Context) -> Defects:
    """A trigger and the operation that subscribes for it share a parameter with different types or visibilities.

    People fill in the parameter once, for both operations. Describe it the same way in both.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": {"type": "string"}}}},
      "x-ms-notification": {"operationId": "Subscribe"}, "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}},
     "/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}, "post": {"operationId": "Subscribe", "parameters": [
      {"name": "shop", "in": "query", "type": "string"},
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-notification/operationId: 'shop' has another type in 'Subscribe'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": {"type": "string"}}}},
      "x-ms-notification": {"operationId": "Subscribe"}, "parameters": [{"name": "shop", "in": "query", "type": "string"}]}},
     "/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}, "post": {"operationId": "Subscribe", "parameters": [
      {"name": "shop", "in": "query", "type": "string"},
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    subscribe = called(node, context)
    if subscribe is None:
        return
    known = _named(subscribe, context)
    for fetch in callers(node):
        for name, one in _named(fetch, context).items():
            what = _difference(one, known[name]) if name in known else None
            if what is not None:
                message = f"{quoted(name)} has another {what} in {quoted(subscribe.value['operationId'])}"
                yield node.says(message, "operationId", help="describe it the same way in both operations")


def _named(operation: Operation, context: Context) -> dict[str, dict[str, Any]]:
    inputs = inputs_of(operation, context)
    return {one["name"]: one for one in inputs if one is not ABSENT and isinstance(one.get("name"), str)}


def _difference(one: dict[str, Any], other: dict[str, Any]) -> str | None:
    if one.get("type") != other.get("type"):
        return "type"
    shown = [str(each.get("x-ms-visibility") or "none").lower() for each in (one, other)]
    return "visibility" if shown[0] != shown[1] else None
