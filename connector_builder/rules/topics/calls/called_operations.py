"""Rules for calls of operations on behalf of others, checked against the called operation."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Add, Fix, Replace, Scope, Severity
from connector_builder.findings.wording import listed, quoted, typed
from connector_builder.platform.swagger.operations import Operation
from connector_builder.rules.call_cures import field_there, inputs_with_fields, list_there, lists_of, meant_source
from connector_builder.rules.calls import (
    CALLS,
    UNDESCRIBED,
    bodies_of,
    called,
    callers,
    is_told_beside,
    lacks_id,
    operations,
    output_of,
    parameter_names,
    part_of,
    passed_beside,
    required_inputs,
    steps_of,
    takes,
)
from connector_builder.rules.context import Context
from connector_builder.rules.inputs import NEWER, referred
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, milder, rule

_LISTS = {
    "dynamic values": ("value-collection", ("value-path", "value-title")),
    "dynamic list": ("itemsPath", ("itemValuePath", "itemTitlePath")),
    "tree call": ("itemsPath", ("itemValuePath", "itemTitlePath", "itemFullTitlePath")),
}
"""The calls of an operation for a list: the key of the path to the list, and the keys of the paths in an item."""
_SCHEMAS = {"dynamic schema": "value-path", "dynamic properties": "itemValuePath"}


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    *CALLS,
    "notification",
    "simulation",
    keys="operationId",
    names_operations=True,
    fixable=True,
    told_once=True,
)
def operation_id_not_found(node: Node, context: Context) -> Defects:
    """An extension calls an operation that the connector doesn't have.

    An extension calls an operation by its `operationId`, and the operation must be in the same connector. Correct the
    id, or add the operation. If people needn't see the operation, make it internal.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyer", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema": {
        "type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/operationId: there is no operation 'ListBuyer'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema": {
        "type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    """
    known = operations(context)
    if node.value not in known and not lacks_id(context):
        help_ = context.suggest(node.value, known) or "name an operation of this connector"
        yield node.says(f"there is no operation {quoted(node.value)}", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "call parameters", fixable=True, told_once=True)
def operation_parameter_name_not_found(node: Node, context: Context) -> Defects:
    """An extension passes an input that the called operation lacks, or uses a parameter that the calling operation lacks.

    Each entry of the extension's parameters has on its left a parameter of the called operation, or `body/name`, and on
    its right a value, or the name of a parameter of the calling operation. Correct the name. The platform saves no
    connector with a wrong name on the left. One on the right is a warning: the call goes out without a value. The tool
    can't check the names on the right in schemas that several operations share.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 3 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "type": "string"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"market": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/1/x-ms-dynamic-values/parameters/market: 'ListBuyers' has no input 'market'

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/parameters/shop: there is no parameter 'shop' in 'ListOrders'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "type": "string"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    """
    operation, told = called(node.owner, context), passed_beside(node.owner)
    for name in node.value:
        if operation is not None and name not in told and not takes(operation, name, context):
            message = f"{quoted(operation.value['operationId'])} has no input {quoted(name)}"
            inputs = list(inputs_with_fields(operation, context))
            meant = context.suggest(name, inputs) or (
                f"its inputs are {listed(inputs, 'and')}" if inputs else "it takes no inputs: leave this one out"
            )
            yield node.says(message, name, help=meant)


@milder(Severity.WARNING, operation_parameter_name_not_found, "call parameters")
def source_parameter_not_found(node: Node, context: Context) -> Defects:
    """Finds values of a call that come from a parameter that the calling operation lacks, which published connectors have."""
    around = callers(node)
    for name, given in node.value.items():
        source = referred(node.owner.kind, given)
        if (
            source is not None
            and around
            and not any(_has(caller, source, node.owner.kind, context) for caller in around)
        ):
            message = f"there is no parameter {quoted(source)} in {quoted(around[0].value.get('operationId'))}"
            yield node.says(message, name, help=meant_source(node.owner, source, around[0], context))


def _has(caller: Operation, source: str, kind: str, context: Context) -> bool:
    """Checks whether a calling operation has an input. The newer extensions name a field of the body by `body/name` alone."""
    if not takes(caller, source, context):
        return False
    names, steps = parameter_names(caller, context), steps_of(source)
    if kind not in NEWER or len(steps) < 2 or names is None or source in names:
        return True
    return steps[0] in {body.get("name") for body in bodies_of(caller, context)}


@rule(Severity.ERROR, Scope.PLATFORM, *CALLS, told_once=True)
def operation_missing_required_property(node: Node, context: Context) -> Defects:
    """An extension calls an operation without an input that the operation requires.

    Without this input, every call fails. Add the input to the parameters of the extension, as a value or as a
    parameter. You needn't add inputs that have a default or are internal.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [
        {"name": "shop", "in": "query", "required": true, "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values: 'ListBuyers' requires 'shop', which the extension doesn't pass

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": "main"}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [
        {"name": "shop", "in": "query", "required": true, "type": "string"}]}}}}
    ```
    """
    operation = called(node, context)
    parameters = node.value.get("parameters", {})
    if operation is None or not isinstance(parameters, dict):
        return
    if parameters and passed_beside(node).keys() == parameters.keys():
        return  # the older extension lacks the same
    given = set(parameters)
    for path in parameters:
        given.update(_beginnings(path))
    for name in required_inputs(operation, context):
        # The name of a field of the body is enough, without that of the body.
        if not given & {name, name.split("/", 1)[0], name.split("/", 1)[-1]}:
            message = (
                f"{quoted(operation.value['operationId'])} requires {quoted(name)}, which the extension doesn't pass"
            )
            yield node.says(message, help=f"add {quoted(name)} to its parameters: a value, or a parameter beside it")


@rule(Severity.WARNING, Scope.PLATFORM, *_LISTS, fixable=True)
def invoked_operation_should_produce_array(node: Node, context: Context) -> Defects:
    """A dynamic list calls an operation whose response has no list at the expected place.

    If the description of the response is right, people have nothing to choose from. The path in the extension must lead
    to the list; without a path, the response itself must be the list. Correct the path, or the description of the
    response. The tool doesn't check parts of the response that have no description.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 22 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "object", "properties": {"value": {"type": "array", "items": {"type": "object"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values: 'ListBuyers' doesn't return a list, but an object

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "value-collection": "buyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "object", "properties": {"value": {"type": "array", "items": {"type": "object"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/value-collection: 'ListBuyers' returns no 'buyers'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "value-collection": "value", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "object", "properties": {"value": {"type": "array", "items": {"type": "object"}}}}}}}}}}
    ```
    """
    operation = called(node, context)
    if operation is None or is_told_beside(node, ("itemsPath", "value-collection")):
        return
    key, _ = _LISTS[node.kind]
    path, name = node.value.get(key), quoted(operation.value["operationId"])
    found = context.resolved(_list_of(node, context))
    steps = (key,) if key in node.value else ()
    if found is ABSENT:
        help_, fix = _list_there(node, operation, context), _at_list(node, operation, context)
        yield node.says(f"{name} returns no {quoted(path)}", *steps, help=help_, fix=fix)
    elif isinstance(found, dict) and (found.get("type") not in (None, "array") or "properties" in found):
        what = f"a list in {quoted(path)}" if path else "a list"
        message = f"{name} doesn't return {what}, but {typed(found.get('type', 'object'))}"
        help_, fix = _list_there(node, operation, context), _at_list(node, operation, context)
        yield node.says(message, *steps, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, *_LISTS, *_SCHEMAS, fixable=True, told_once=True)
def invoked_operation_should_produce_property(node: Node, context: Context) -> Defects:
    """A path in an extension leads to no field in the response of the operation that it calls.

    If the description of the response is right, people have nothing to choose from, or no fields to fill in. The paths
    of values and titles begin in an item of the list, the path of a schema begins in the response. Correct the path, or
    the description of the response. The tool doesn't check parts of the response that have no description.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 27 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "title"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/value-title: an item of 'ListBuyers' has no 'title'

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "x-ms-dynamic-properties": {"operationId": "GetForm", "itemValuePath": "form"}}}]}},
      "/form": {"get": {"operationId": "GetForm", "responses": {"200": {"description": "OK", "schema":
        {"type": "object", "properties": {"schema": {"type": "object"}}}}}}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/x-ms-dynamic-properties/itemValuePath: 'GetForm' returns no 'form'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"operationId": "ListBuyers", "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "responses": {"200": {"description": "OK", "schema":
        {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}}}}}}}}
    ```
    """
    operation = called(node, context)
    if operation is None:
        return
    name = quoted(operation.value["operationId"])
    if node.kind in _SCHEMAS:
        start: Any = output_of(operation, context)
        keys: tuple[str, ...] = (_SCHEMAS[node.kind],)
        where = f"{name} returns"
    else:
        start, keys = _item_of(node, context), _LISTS[node.kind][1]
        where = f"an item of {name} has"
    for key, path in _texts(node, keys):
        if part_of(start, steps_of(path), context) is ABSENT:
            yield node.says(f"{where} no {quoted(path)}", key, help=field_there(path, start, context))


def _list_there(node: Node, operation: Operation, context: Context) -> str:
    key, item_keys = _LISTS[node.kind]
    said = node.value.get(key)
    return list_there(
        operation, key, said if isinstance(said, str) else None, (path for _, path in _texts(node, item_keys)), context
    )


def _at_list(node: Node, operation: Operation, context: Context) -> Fix | None:
    """Returns the fix that names the only list of a response, if its items have what the extension reads there."""
    key, item_keys = _LISTS[node.kind]
    output = context.resolved(output_of(operation, context))
    names = [] if isinstance(output, dict) and output.get("type") == "array" else lists_of(output, context)
    if len(names) != 1:
        return None
    found = context.resolved(part_of(output, names, context))
    items = found.get("items") if isinstance(found, dict) else None
    if any(part_of(items, steps_of(path), context) in (ABSENT, UNDESCRIBED) for _, path in _texts(node, item_keys)):
        return None
    place = (*node.pointer, key)
    edit = Replace(place, names[0]) if key in node.value else Add(place, names[0])
    return Fix(f"write {quoted(names[0])} as {quoted(key)}", (edit,))


def _beginnings(path: str) -> Iterator[str]:
    steps = path.split("/")
    return ("/".join(steps[:end]) for end in range(1, min(len(steps), 20)))


def _list_of(node: Node, context: Context) -> Any:
    """Returns the schema of the list from which a node takes its items."""
    operation, path = called(node, context), node.value.get(_LISTS[node.kind][0], "")
    if operation is None or not isinstance(path, str):
        return UNDESCRIBED
    return part_of(output_of(operation, context), steps_of(path), context)


def _item_of(node: Node, context: Context) -> Any:
    found = context.resolved(_list_of(node, context))
    return found.get("items", UNDESCRIBED) if isinstance(found, dict) and found.get("type") == "array" else UNDESCRIBED


def _texts(node: Node, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((key, node.value[key]) for key in keys if isinstance(node.value.get(key), str))
