"""Rules for what people pick: values of another type than the field's, lists from nothing, pages that never come."""

from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import quoted, typed
from connector_builder.platform.policies.templates import NEXT_LINK
from connector_builder.platform.swagger.extensions import NEXT_LINKS, PAGEABLE
from connector_builder.platform.swagger.objects import SIMPLE_PARAMETERS
from connector_builder.platform.swagger.operations import Operation
from connector_builder.rules.calls import (
    UNDESCRIBED,
    called,
    is_told_beside,
    output_of,
    part_of,
    property_names,
    property_of,
    steps_of,
)
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.policy_reach import reached
from connector_builder.rules.rule import Defects, rule

_PATHS = {"dynamic values": ("value-collection", "value-path"), "dynamic list": ("itemsPath", "itemValuePath")}
_SIMPLE = ("string", "integer", "number", "boolean")


@rule(Severity.WARNING, Scope.PLATFORM, *_PATHS)
def dynamic_value_type_mismatch(node: Node, context: Context) -> Defects:
    """A dropdown gives values of another type than its field.

    The service receives a text where it expects a number, or the reverse. Describe the field with the type of the
    values, or name another value of the item. A text in a path, a query or a header takes values of any type.

    Published: 30 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "boolean",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/value-path: 'id' is a string, but the field is a boolean

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    """
    if is_told_beside(node, ("itemValuePath", "value-path")):
        return
    wanted = node.owner.value.get("type") if isinstance(node.owner.value, dict) else None
    given = _value_type(node, context)
    if wanted == "string" and node.owner.kind in SIMPLE_PARAMETERS:
        return  # it is sent as text anyway
    if wanted not in _SIMPLE or given not in _SIMPLE or wanted == given or {wanted, given} == {"integer", "number"}:
        return
    key = _PATHS[node.kind][1]
    help_ = f"describe the field as {typed(given)}, or name another value"
    yield node.says(f"{quoted(node.value[key])} is {typed(given)}, but the field is {typed(wanted)}", key, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, *_PATHS, explained_by=(LEFT_OUT,))
def dynamic_values_from_nothing(node: Node, context: Context) -> Defects:
    """A dropdown calls an operation whose response has no schema.

    The platform finds the list, the values and the titles in the described response. Add a schema to it.

    Published: 1 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "x-ms-visibility": "internal"}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values: nothing describes what 'ListBuyers' returns

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    """
    operation = called(node, context)
    if operation is None or is_told_beside(node):
        return
    if output_of(operation, context) is UNDESCRIBED and not _has_default(operation, context):
        help_ = "add a 'schema' to its response"
        yield node.says(f"nothing describes what {quoted(operation.value['operationId'])} returns", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "pageable", keys="nextLinkName")
def next_link_not_returned(node: Node, context: Context) -> Defects:
    """An operation has pages, but its response lacks the field with the address of the next one.

    The platform reads the address from the field that `nextLinkName` names. Correct the name, or describe the field.
    A policy `updatenextlink` may also add it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Published: 2 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkName": "nextLink"}, "responses":
      {"200": {"description": "OK", "schema": {"type": "object", "properties": {"value": {"type": "array",
        "items": {"type": "string"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-pageable/nextLinkName: 'ListOrders' returns no 'nextLink'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-pageable": {"nextLinkName": "nextLink"}, "responses":
      {"200": {"description": "OK", "schema": {"type": "object", "properties": {"value": {"type": "array",
        "items": {"type": "string"}}, "nextLink": {"type": "string"}}}}}}}}}
    ```
    """
    around = node.owner.owner
    if around.kind != "operation" or node.owner.key != PAGEABLE or node.value not in NEXT_LINKS:
        return  # another rule reports another name
    operation = Operation(str(around.owner.key), str(around.key), around.value, around.owner.value)
    output, name = output_of(operation, context), around.value.get("operationId")
    if property_of(output, node.value, context) is ABSENT and not reached(NEXT_LINK, name, context):
        help_ = context.suggest(node.value, property_names(output, context)) or "describe the field in the response"
        yield node.says(f"{quoted(name)} returns no {quoted(node.value)}", help=help_)


def _value_type(node: Node, context: Context) -> Any:
    """Returns the type of the values that a dropdown gives; None if it isn't described."""
    operation = called(node, context)
    list_key, value_key = _PATHS[node.kind]
    path, value = node.value.get(list_key, ""), node.value.get(value_key)
    if operation is None or not isinstance(path, str) or not isinstance(value, str):
        return None
    found = context.resolved(part_of(output_of(operation, context), steps_of(path), context))
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, dict):
        return None
    part = context.resolved(part_of(items, steps_of(value), context))
    return part.get("type") if isinstance(part, dict) else None


def _has_default(operation: Operation, context: Context) -> bool:
    """Checks whether the response is described as `default`, or there is none for success, as another rule reports."""
    responses = operation.value.get("responses")
    if not isinstance(responses, dict) or not any(status == "default" or status[:1] == "2" for status in responses):
        return True
    default = context.resolved(responses.get("default"))
    return isinstance(default, dict) and "schema" in default
