"""Rules for webhooks: the callback, the notification, and pages of results."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Add, Defect, Edit, Fix, Pointer, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import found, quoted
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.swagger.extensions import NEXT_LINKS
from connector_builder.platform.swagger.objects import SIMPLE_PARAMETERS
from connector_builder.platform.swagger.operations import Operation, operations_of
from connector_builder.rules.callbacks import MARK, Callback, OptionalPart, callbacks_of
from connector_builder.rules.calls import UNDESCRIBED, output_of, property_names
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

CONTENT = "x-ms-notification-content"


@rule(Severity.WARNING, Scope.PLATFORM, "operation", explained_by=(LEFT_OUT,))
def operation_must_have_notification_content_extension(node: Node, context: Context) -> Defects:
    """An operation receives a callback, but its path doesn't describe what the service sends to it.

    Without this description, the trigger has no outputs to pick from. Add `x-ms-notification-content` with a schema to
    the path, beside the operation.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {"post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post: nothing describes what 'WhenOrderIsPlaced' sends to its callback

    ```json good
    {"paths": {"/hooks": {"x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    if CONTENT not in node.owner.value and callbacks_of(node.value, context):
        message = f"nothing describes what {quoted(node.value.get('operationId'))} sends to its callback"
        yield node.says(message, help="add 'x-ms-notification-content' with a schema to the path")


@rule(Severity.WARNING, Scope.CERTIFICATION, "operation", explained_by=(LEFT_OUT,))
def schema_definition_set_incorrectly(node: Node, context: Context) -> Defects:
    """A trigger has no schema for its outputs: neither its response (200 or 201) nor its notification has one.

    Without a schema, people can't pick from the outputs. An empty schema, `{}`, describes nothing. Add a `schema` to the response, or to
    `x-ms-notification-content` of a webhook. An action needn't have one: it may, for example, delete something.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "The orders."}, "202": {"description": "None."}}}}}}
    ```
    Finding: /paths/~1orders/get: nothing describes the outputs of the trigger 'WhenOrderIsPlaced'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "batch",
      "responses": {"200": {"description": "The orders.", "schema": {"type": "array", "items": {"type": "string"}}},
                    "202": {"description": "None."}}}}}}
    ```
    """
    if "x-ms-trigger" not in node.value:
        return
    content = node.owner.value.get(CONTENT)
    if CONTENT not in node.owner.value and callbacks_of(node.value, context):
        return  # another rule reports that there is no notification
    responses = node.value.get("responses")
    if isinstance(responses, dict) and not any(status == "default" or status[:1] == "2" for status in responses):
        return  # another rule reports that there is no response for success
    answers = [responses.get(status) for status in ("200", "201")] if isinstance(responses, dict) else []
    if not any(isinstance(one, dict) and one.get("schema") for one in (content, *map(context.resolved, answers))):
        message = f"nothing describes the outputs of the trigger {quoted(node.value.get('operationId'))}"
        yield node.says(message, help="add a 'schema' to its response, or to 'x-ms-notification-content' of a webhook")


@rule(
    Severity.ERROR,
    Scope.CERTIFICATION,
    "path item",
    explained_by=(
        LEFT_OUT,
        "TriggerNotValid",
    ),
)
def webhook_operations_missing_notification_url_property(node: Node, context: Context) -> Defects:
    """A path describes a notification, but none of its operations receives the callback.

    Without such a field, the service never learns where to send its notification, and the trigger never starts. Add
    `x-ms-notification-url: true` to the field of the body that receives the address of the callback.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 2 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "properties": {"url": {"type": "string"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/x-ms-notification-content: no operation of this path receives a callback

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "x-ms-trigger": "single", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    here = operations_of(str(node.key), node.value) if CONTENT in node.value else ()
    found = [bool(callbacks_of(operation.value, context)) for operation in here]
    if found and not any(found):
        help_ = f"mark the field of the body that receives the address with '{MARK}: true'"
        yield node.says("no operation of this path receives a callback", CONTENT, help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, *SIMPLE_PARAMETERS, "items", "schema", keys=MARK)
def notification_url_not_allowed_in_this_position(node: Node, _: Context) -> Defects:
    """`x-ms-notification-url` is outside the body of a request, or in a schema that several places share.

    The platform can put the address of a callback only into the body of a request. Move the field there, or remove the
    mark.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {"post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "url", "in": "query", "type": "string", "x-ms-notification-url": true}]}}}}
    ```
    Finding: /paths/~1hooks/post/parameters/0/x-ms-notification-url: a callback is only possible in the body of a request

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    if node.value is True and not node.stands_in("body parameter", "definitions"):
        help_ = "move the field there, or remove the mark"
        yield node.says("a callback is only possible in the body of a request", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "schema", keys=MARK, fixable=True)
def notification_url_not_string(node: Node, _: Context) -> Defects:
    """The field that receives the address of the callback isn't a string, or its mark isn't `true`.

    The platform writes an address into the field, which is a text. Write `type: string` and `x-ms-notification-url:
    true`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "object", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post/parameters/0/schema/properties/url: the field for the callback isn't a string

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    if node.value is True and node.owner.value.get("type") != "string":
        yield node.owner.says("the field for the callback isn't a string", help="write 'type: string'")
    elif not isinstance(node.value, bool):
        help_ = "write true, without quotes"
        fix = node.becoming(help_, True) if str(node.value).lower() == "true" else None
        yield node.says(f"'{MARK}' must be true, not {found(node.value)}", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", fixable=True)
def notification_url_not_internal(node: Node, context: Context) -> Defects:
    """People see the field that receives the address of the callback.

    The platform fills in this field. Add `x-ms-visibility: internal` to the field, or to a part that contains it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post/parameters/0/schema/properties/url: the field for the callback isn't internal

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    for one in _first_seen("not internal", node, context):
        if not one.internal:
            message, help_ = "the field for the callback isn't internal", "write 'x-ms-visibility: internal'"
            yield Defect(
                one.pointer,
                message,
                help_,
                fix=Fix(help_, (_set(one.pointer, "x-ms-visibility", "internal", context),)),
            )


@rule(Severity.NOTE, Scope.CERTIFICATION, "operation", fixable=True)
def notification_url_not_required(node: Node, context: Context) -> Defects:
    """The field that receives the address of the callback, or a part that contains it, isn't required.

    Microsoft asks for a callback that is required in every schema around it, up to the body. The platform fills in the
    field even where it isn't, so such webhooks work. Add the name that the finding shows to the `required` list of the
    schema around it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 37 of 1,013 connectors.

    ```json bad
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1hooks/post/parameters/0/schema/properties/url: 'url' isn't required in the body

    ```json good
    {"paths": {"/hooks": {
      "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
     "post": {"operationId": "WhenOrderIsPlaced", "parameters": [
      {"name": "body", "in": "body", "required": true, "schema": {"type": "object", "required": ["url"], "properties":
        {"url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"}}}}]}}}}
    ```
    """
    for one in _first_seen("not required", node, context):
        if one.optional:
            message = ", and ".join(_optional(part) for part in one.optional)
            help_ = "; ".join(dict.fromkeys(map(_made_required, one.optional)))
            fix = _all_required(one, context) if len(one.optional) == 1 else None
            yield Defect(one.pointer, message, help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "pageable", keys="nextLinkName", fixable=True)
def invalid_next_link_name_value(node: Node, context: Context) -> Defects:
    """The field with the address of the next page isn't called `nextLink` or `@odata.nextLink`.

    The platform follows only a field with one of these two names. If the service uses another name, add the policy
    `updatenextlink`, which gives the field one of these names.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkName": "next"}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-pageable/nextLinkName: the next page can't be in 'next'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkName": "@odata.nextLink"}}}}}
    ```
    """
    if node.value not in NEXT_LINKS:
        meant = _page_link(node, context)
        help_ = f"write '{meant}'" if meant else "it is 'nextLink' or '@odata.nextLink'"
        yield node.says(f"the next page can't be in {quoted(node.value)}", help=help_)


def _page_link(node: Node, context: Context) -> str | None:
    """Returns the field with the address of the next page that a response has, where it lacks the one that is named."""
    around = node.owner.owner
    operation = Operation(str(around.owner.key), str(around.key), around.value, around.owner.value)
    output = output_of(operation, context) if around.kind == "operation" else UNDESCRIBED
    names = set(property_names(output, context))
    there = [name for name in NEXT_LINKS if name in names]
    return there[0] if len(there) == 1 and node.value not in names else None


def _set(pointer: Pointer, key: str, value: Any, context: Context) -> Edit:
    """Returns the edit that sets a key of a part of the definition."""
    place = (*pointer, key)
    return Add(place, value) if _at(place, context) is ABSENT else Replace(place, value)


def _all_required(callback: Callback, context: Context) -> Fix | None:
    """Returns the fix that makes the body required, or the field for the callback in the schema around it."""
    part, pointer = callback.optional[0], callback.pointer
    help_ = _made_required(part)
    if not part.name:
        body = pointer[: pointer.index("schema")] if "schema" in pointer else ()
        return Fix(help_, (_set(body, "required", True, context),)) if body[-2:-1] == ("parameters",) else None
    if pointer[-2:] != ("properties", part.name):
        return None
    place = (*pointer[:-2], "required")
    required = _at(place, context)
    if required is ABSENT:
        return Fix(help_, (Add(place, [part.name]),))
    return Fix(help_, (Add((*place, len(required)), part.name),)) if isinstance(required, list) and required else None


def _at(pointer: Pointer, context: Context) -> Any:
    part = context.package.definition
    for step in pointer:
        try:
            part = part[step]
        except (LookupError, TypeError):
            return ABSENT
    return part


def _optional(part: OptionalPart) -> str:
    return f"{quoted(part.name)} isn't required in {part.around}" if part.name else "the body isn't required"


def _made_required(part: OptionalPart) -> str:
    return (
        f"add {quoted(part.name)} to 'required' of {part.around}" if part.name else "write 'required: true' at the body"
    )


def _first_seen(topic: str, node: Node, context: Context) -> Iterator[Callback]:
    """Yields the callbacks of an operation that no operation before it has, since operations may share a schema."""
    for one in callbacks_of(node.value, context):
        if context.first(topic, one.pointer, node) is node:
            yield one
