"""Rules for the arguments of a call: each compared with the input of the called operation."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Fix, Rename, Scope, Severity
from connector_builder.findings.wording import found, listed, quoted, typed
from connector_builder.rules.calls import CALLS, callers, passed_beside
from connector_builder.rules.context import Context
from connector_builder.rules.inputs import NEWER, OLDER, Input, given, literal, taken
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.values import TYPES, has_type, written_as

_ONE_OF = {
    "dynamic values": ("operationId", "builtInOperation", "capability"),
    "trigger value": ("value-collection", "value-path"),
}
_FROM = {
    "parameterReference": "write the name of an input",
    "selectedItemValuePath": "write the path of a value in the selected item",
}
"""The keys that say where a value comes from, and what to write there."""


@rule(Severity.ERROR, Scope.CERTIFICATION, *CALLS)
def operation_parameter_name_is_ambiguous(node: Node, context: Context) -> Defects:
    """An extension passes an input to a name that is both a parameter of the called operation and a field of its body.

    The older extensions write a field of the body with its name alone, so the name has two meanings. The newer ones
    write `body/name`. Add the newer extension beside the older one: the platform then uses the newer one. Or rename one
    of the two inputs.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "FindBuyers", "parameters": {"id": 1}, "value-path": "id", "value-title": "name"}}]}},
      "/shops/{id}/buyers": {"post": {"operationId": "FindBuyers", "parameters": [
        {"name": "id", "in": "path", "required": true, "type": "integer"},
        {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"}}}}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/parameters/id: 'id' is a parameter of 'FindBuyers', and a field of its body

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "FindBuyers", "parameters": {"id": 1}, "value-path": "id", "value-title": "name"},
       "x-ms-dynamic-list":
       {"operationId": "FindBuyers", "parameters": {"id": {"value": 1}}, "itemValuePath": "id", "itemTitlePath": "name"}}]}},
      "/shops/{id}/buyers": {"post": {"operationId": "FindBuyers", "parameters": [
        {"name": "id", "in": "path", "required": true, "type": "integer"},
        {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"}}}}]}}}}
    ```
    """
    newer = OLDER.get(node.kind)
    if newer in node.owner.value:
        return
    for name, _, inputs in given(node, context):
        if {one.is_field for one in inputs} == {True, False}:
            message = f"{quoted(name)} is a parameter of {quoted(node.value['operationId'])}, and a field of its body"
            help_ = f"add '{newer}', which tells them apart" if newer else "rename one of them"
            yield node.says(message, "parameters", name, help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, *CALLS)
def operation_parameter_type_mismatch(node: Node, context: Context) -> Defects:
    """An extension passes a parameter or field whose type isn't that of the called operation's input.

    Give both the same type. An integer fits an input of type number too.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "required": true, "type": "string"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/1/x-ms-dynamic-values/parameters/shop: 'shop' of 'ListBuyers' is an integer, but 'shop' of 'ListOrders' is a string

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "required": true, "type": "integer"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    """
    for name, source, target, sources in _told_here(node, context):
        types = [one.described.get("type") for one in sources]
        if not any(_fits(one, target.described.get("type")) for one in types):
            message = f"{_of_called(name, node)} is {typed(target.described['type'])}"
            message += f", but {_of_caller(source, node)} is {typed(types[0])}"
            yield node.says(message, "parameters", name, help="give both the same type")


@rule(Severity.ERROR, Scope.CERTIFICATION, *CALLS, fixable=True)
def operation_parameter_static_type_mismatch(node: Node, context: Context) -> Defects:
    """An extension passes a value whose type isn't that of the called operation's input.

    The called operation gets the value as it is written, and the service may refuse it. Write the value in the JSON
    type of the input, for example `100` without quotes for an integer.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"top": "100"}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "top", "in": "query", "type": "integer"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values/parameters/top: 'top' of 'ListBuyers' is an integer, but the extension passes the text '100'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"top": 100}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "top", "in": "query", "type": "integer"}]}}}}
    ```
    """
    for name, value, inputs in given(node, context):
        static = literal(node.kind, value)
        if len(inputs) != 1 or static is ABSENT or has_type(static, inputs[0].described.get("type")):
            continue
        help_ = _reference(static) if isinstance(static, dict) and node.kind in OLDER else None
        help_ = help_ or written_as(static, inputs[0].described["type"]).removesuffix(", or correct 'type'")
        message = f"{_of_called(name, node)} is {typed(inputs[0].described['type'])}, but the extension passes {found(static)}"
        yield node.says(message, "parameters", name, help=help_)


def _reference(value: dict[str, Any]) -> str:
    """Returns how the older extensions write an input or a value, for a mapping that is neither."""
    if "parameterReference" in value:
        return "'x-ms-dynamic-values' and 'x-ms-dynamic-schema' say 'parameter', not 'parameterReference'"
    return "write {parameter: …} with the name of an input, or the value without braces"


@rule(Severity.NOTE, Scope.CERTIFICATION, *CALLS)
def operation_parameter_required_mismatch(node: Node, context: Context) -> Defects:
    """An extension passes an optional input to an input that the called operation requires.

    Until somebody fills in the optional input, the designer can't make the call, and shows an error instead of a list
    or fields. That is usual where one list depends on another that may stay empty. If the input is always necessary,
    make it required, or give it a default.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 19 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "type": "string"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "required": true, "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/1/x-ms-dynamic-values/parameters/shop: 'shop' of 'ListBuyers' is required, but 'shop' of 'ListOrders' may be left out

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "required": true, "type": "string"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "required": true, "type": "string"}]}}}}
    ```
    """
    for name, source, target, sources in _told_here(node, context):
        if not target.required or target.internal or target.has_default:
            continue
        if not any(one.required or one.internal or one.has_default for one in sources):
            message = f"{_of_called(name, node)} is required, but {_of_caller(source, node)} may be left out"
            yield node.says(message, "parameters", name, help=f"make {quoted(source)} required, or give it a default")


@rule(Severity.ERROR, Scope.CERTIFICATION, *CALLS)
def source_property_internal(node: Node, context: Context) -> Defects:
    """An extension passes an internal parameter or field, which people don't see, to the operation that it calls.

    The platform doesn't pass the default of the internal input. Write the value itself in the extension, or let people
    see the input. In an internal operation, the rule finds nothing, because people see none of its inputs.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "required": true, "type": "string", "default": "2", "x-ms-visibility": "internal"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"version": {"parameter": "version"}}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "version", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/1/x-ms-dynamic-values/parameters/version: 'version' of 'ListOrders' is internal

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "required": true, "type": "string", "default": "2", "x-ms-visibility": "internal"},
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"version": "2"}, "value-path": "id", "value-title": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "version", "in": "query", "type": "string"}]}}}}
    ```
    """
    if any(one.value.get("x-ms-visibility") == "internal" for one in callers(node)):
        return
    for name, source, meant in taken(node, context):
        if _is_passed_beside(node, name, source):
            continue
        if all(len(inputs) == 1 and inputs[0].internal for inputs in meant):
            message, help_ = f"{_of_caller(source, node)} is internal", "give its value itself, or let people see it"
            yield node.says(message, "parameters", name, help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, *_ONE_OF, "call parameters", fixable=True)
def one_of_properties_required(node: Node, _: Context) -> Defects:
    """An extension has none of the keys of which it requires one.

    `x-ms-dynamic-values` requires an `operationId`, a `builtInOperation` or a `capability`. `x-ms-dynamic-list`,
    `x-ms-dynamic-properties` and `x-ms-dynamic-tree` pass inputs to the operation that they call; each of these inputs
    requires a `value` or a `parameterReference`, which is a text.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values": {"value-path": "id", "value-title": "name"}}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-values: 'operationId', 'builtInOperation' or 'capability' is missing

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-list":
       {"operationId": "ListBuyers", "parameters": {"shop": "main"}, "itemValuePath": "id", "itemTitlePath": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-dynamic-list/parameters/shop: 'value' or 'parameterReference' is missing

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-list":
       {"operationId": "ListBuyers", "parameters": {"shop": {"value": "main"}}, "itemValuePath": "id", "itemTitlePath": "name"}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    """
    if node.kind in _ONE_OF:
        keys = _ONE_OF[node.kind]
        if not any(key in node.value for key in keys):
            yield node.says(f"{listed(keys)} is missing", help=f"add {quoted(keys[0])}")
    elif node.owner.kind in NEWER:
        for name, value in node.value.items():
            if isinstance(value, dict) and not value.keys().isdisjoint(("value", *_FROM)):
                for key in _FROM:
                    if key in value and not isinstance(value[key], str):
                        message = f"{quoted(key)} must be a text, not {found(value[key])}"
                        yield node.says(message, name, key, help=_FROM[key])
                continue
            mistaken = isinstance(value, dict) and "parameter" in value
            help_ = "what 'x-ms-dynamic-values' calls 'parameter' is 'parameterReference' here"
            help_ = help_ if mistaken else _wrapped(value)
            place = (*node.pointer, name, "parameter")
            named = mistaken and "parameterReference" not in value
            fix = Fix(help_, (Rename(place, "parameterReference"),)) if named else None
            yield node.says("'value' or 'parameterReference' is missing", name, help=help_, fix=fix)


def _wrapped(value: object) -> str:
    if isinstance(value, str):
        return f"write {{value: {quoted(value)}}}, or {{parameterReference: …}} for an input"
    return "write {value: …} for a value, or {parameterReference: …} for an input"


def _told_here(node: Node, context: Context) -> Iterator[tuple[str, str, Input, list[Input]]]:
    """Yields what `_known` does, but for what the older extension beside a newer one passes too."""
    for one in _known(node, context):
        if not _is_passed_beside(node, one[0], one[1]):
            yield one


def _is_passed_beside(node: Node, name: str, source: str) -> bool:
    """Checks whether the older extension beside a newer one passes the same input: the finding is there."""
    return passed_beside(node).get(name) == {"parameter": source}


def _known(node: Node, context: Context) -> Iterator[tuple[str, str, Input, list[Input]]]:
    """Yields the references of a call whose type can be known, because both sides are one input.

    Each is the argument's name, the reference, the input of the called operation, and the inputs of the callers.
    """
    targets = {name: inputs[0] for name, _, inputs in given(node, context) if len(inputs) == 1}
    for name, source, meant in taken(node, context):
        if name in targets and all(len(inputs) == 1 for inputs in meant):
            yield name, source, targets[name], [inputs[0] for inputs in meant]


def _fits(given_type: object, wanted: object) -> bool:
    """Checks whether a type fits another one. An unknown type may fit."""
    known = [type_ for type_ in (given_type, wanted) if isinstance(type_, str) and type_ in TYPES]
    return len(known) < 2 or given_type == wanted or known == ["integer", "number"]


def _of_called(name: str, node: Node) -> str:
    return f"{quoted(name)} of {quoted(node.value['operationId'])}"


def _of_caller(name: str, node: Node) -> str:
    return f"{quoted(name)} of {quoted(callers(node)[0].value.get('operationId'))}"
