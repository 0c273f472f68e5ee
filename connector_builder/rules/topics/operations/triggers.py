"""Rules for triggers that never fire or never stop, and for the operations that tests and agents call."""

from connector_builder.findings import Fix, Rename, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import quoted, typed
from connector_builder.platform.policies.templates import POLLING
from connector_builder.platform.swagger.extensions import AGENTIC
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.operations import operations as every_operation
from connector_builder.rules.callbacks import callbacks_of
from connector_builder.rules.calls import called, output_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.policy_reach import policies_readable, polls_untold, reached
from connector_builder.rules.rule import Defects, rule

_TRIGGER = "x-ms-trigger"


@rule(Severity.WARNING, Scope.PLATFORM, "operation", told_once=True, explained_by=(LEFT_OUT,))
def webhook_never_ends(node: Node, context: Context) -> Defects:
    """A webhook has no operation that ends it: the connector has no DELETE.

    When a flow is turned off or deleted, the platform calls the DELETE whose address the service gave in `Location`. Without
    one, the service goes on calling flows that no longer exist. Add the operation, and make it internal.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Published: 28 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
      "post": {"operationId": "WhenOrdered", "x-ms-trigger": "single", "parameters": [{"name": "body", "in": "body",
       "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post: no operation ends the webhook

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
      "post": {"operationId": "WhenOrdered", "x-ms-trigger": "single", "parameters": [{"name": "body", "in": "body",
       "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}},
      "/hooks/{id}": {"delete": {"operationId": "DeleteHook", "x-ms-visibility": "internal", "parameters": [
        {"name": "id", "in": "path", "required": true, "type": "string"}]}}}}
    ```
    """
    if _TRIGGER in node.value and callbacks_of(node.value, context) and not _deletes(context):
        yield node.says("no operation ends the webhook", help="add an internal DELETE, such as '/hooks/{id}'")


@rule(Severity.WARNING, Scope.PLATFORM, "operation")
def polling_returns_no_list(node: Node, context: Context) -> Defects:
    """A trigger that polls for several things (`x-ms-trigger: batch`) doesn't return a list.

    The platform starts one run for each item of the list, so that without one the trigger doesn't fire. Describe the response
    as an array, or name the list in the policy `pollingtrigger`. If the trigger returns one thing, write `single`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-polling-trigger
    Published: 8 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "WhenOrdered", "x-ms-trigger": "batch", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "object", "properties": {"total": {"type": "integer"}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-trigger: 'WhenOrdered' returns an object, and no policy says where its list is

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "WhenOrdered", "x-ms-trigger": "batch", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "array", "items": {"type": "string"}}}}}}}}
    ```
    """
    if node.value.get(_TRIGGER) != "batch" or callbacks_of(node.value, context):
        return
    if polls_untold(node.value, node.owner.value, context) or not policies_readable(context):
        return  # which is a finding of its own, whose cure also says where the list is
    name = node.value.get("operationId")
    output = context.resolved(output_of(_operation(node), context))
    type_ = output.get("type", "object" if output.get("properties") else None) if isinstance(output, dict) else None
    if type_ not in (None, "array") and not reached(POLLING, name, context):
        message = f"{quoted(name)} returns {typed(type_)}, and no policy says where its list is"
        help_ = "describe an array, or add the policy 'pollingtrigger'"
        yield node.says(message, _TRIGGER, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "operation")
def trigger_never_fires(node: Node, context: Context) -> Defects:
    """A trigger (`x-ms-trigger: single`) takes no callback, and doesn't poll.

    A `single` trigger of a webhook requires the address that the service calls: a field with `x-ms-notification-url`. A
    trigger that polls has the policy `pollingtrigger`, or is a GET.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {"post": {"operationId": "WhenOrdered", "x-ms-trigger": "single", "parameters": [
       {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"url": {"type": "string"}}}}],
      "responses": {"201": {"description": "Registered.", "schema": {"type": "string"}}}}}}}
    ```
    Finding: /paths/~1hooks/post/x-ms-trigger: 'WhenOrdered' takes no callback, and doesn't poll

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
      "post": {"operationId": "WhenOrdered", "x-ms-trigger": "single", "parameters": [{"name": "body", "in": "body",
       "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]},
      "delete": {"operationId": "DeleteHook", "x-ms-visibility": "internal"}}}}
    ```
    """
    if node.value.get(_TRIGGER) != "single" or node.key == "get" or callbacks_of(node.value, context):
        return
    name = node.value.get("operationId")
    polls = (
        "x-ms-trigger-metadata" in node.value or "x-ms-notification" in node.value or reached(POLLING, name, context)
    )
    if not polls and "x-ms-notification-content" not in node.owner.value:  # that is another rule's finding
        help_ = "mark the field for the callback with 'x-ms-notification-url: true'"
        yield node.says(f"{quoted(name)} takes no callback, and doesn't poll", _TRIGGER, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "test call")
def test_connection_not_get(node: Node, context: Context) -> Defects:
    """The operation that tests a connection isn't a GET.

    The platform calls it whenever somebody makes or mends a connection. Name an operation that changes nothing.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Published: 0 of 1,013 connectors.

    ```json bad
    {"x-ms-capabilities": {"testConnection": {"operationId": "CreateOrder"}},
     "paths": {"/orders": {"post": {"operationId": "CreateOrder"}}}}
    ```
    Finding: /x-ms-capabilities/testConnection: 'CreateOrder' is a POST

    ```json good
    {"x-ms-capabilities": {"testConnection": {"operationId": "ListOrders"}},
     "paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    operation = called(node, context)
    if operation is not None and operation.verb != "get":
        message = f"{quoted(operation.value['operationId'])} is a {operation.verb.upper()}"
        yield node.says(message, help="name a GET, which changes nothing")


@rule(Severity.WARNING, Scope.PLATFORM, "operation", keys=AGENTIC, fixable=True)
def agentic_operation_not_post(node: Node, _: Context) -> Defects:
    """An operation that is an agent's server (`x-ms-agentic-protocol`) isn't a POST.

    The protocol sends its messages with POST.

    Source: https://learn.microsoft.com/en-us/microsoft-copilot-studio/mcp-add-existing-server-to-agent

    ```json bad
    {"paths": {"/mcp": {"get": {"operationId": "InvokeServer", "x-ms-agentic-protocol": "mcp-streamable-1.0"}}}}
    ```
    Finding: /paths/~1mcp/get/x-ms-agentic-protocol: an agent's server is called with POST

    ```json good
    {"paths": {"/mcp": {"post": {"operationId": "InvokeServer", "x-ms-agentic-protocol": "mcp-streamable-1.0"}}}}
    ```
    """
    if node.owner.key != "post":
        help_ = "write 'post' instead of the verb"
        item = node.owner.owner
        fix = Fix(help_, (Rename(node.owner.pointer, "post"),)) if "post" not in item.value else None
        yield node.says("an agent's server is called with POST", help=help_, fix=fix)


def _operation(node: Node) -> Operation:
    return Operation(str(node.owner.key), str(node.key), node.value, node.owner.value)


@once
def _deletes(context: Context) -> bool:
    """Whether the connector has an operation with the verb DELETE, or one whose name says that it ends something."""
    return any(
        one.verb == "delete" or _ends(one.value.get("operationId"))
        for one in every_operation(context.package.definition)
    )


def _ends(name: object) -> bool:
    return isinstance(name, str) and any(word in name.lower() for word in ("delete", "unsubscribe", "remove"))
