"""Rules for `x-ms-enum-values`, the names that people see for the values of an enum."""

import json

from connector_builder.findings import Fix, Rename, Replace, Scope, Severity
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import items
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.topics.definition.structure import identity
from connector_builder.source.suggest import is_near

_KINDS = tuple(kind for kind in TYPED if kind != "header")


@rule(Severity.ERROR, Scope.CERTIFICATION, *_KINDS, keys="x-ms-enum-values", fixable=True)
def invalid_enum_values_extension_value(node: Node, _: Context) -> Defects:
    """`x-ms-enum-values` names a value that isn't in the enum, or isn't a list of values with names.

    The designer shows the names instead of the values, and requires a name for each value. Write a list such as
    `[{"value": "open", "displayName": "Open"}]`, in which each `value` is one of the `enum`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"],
       "x-ms-enum-values": [{"value": "opened", "displayName": "Open"}]}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-enum-values/0: 'opened' isn't in the enum

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"], "x-ms-enum-values": ["Open"]}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-enum-values/0: a name of a value must be a mapping, not the text 'Open'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"],
       "x-ms-enum-values": [{"value": "open", "displayName": "Open"}]}]}}}}
    ```
    """
    if not isinstance(node.value, list):
        yield node.says(f"'x-ms-enum-values' must be a list, not {found(node.value)}", help=_FORM)
        return
    enum = node.owner.value.get("enum")
    if enum == []:
        return  # another rule reports that it is empty
    known = {identity(value) for value in enum} if isinstance(enum, list) else set()
    for index, item in enumerate(node.value):
        if not isinstance(item, dict):
            yield node.says(f"a name of a value must be a mapping, not {found(item)}", index, help=_FORM)
        elif "value" not in item:
            yield node.says("'value' is missing in the name of a value", index, help=_FORM)
        elif identity(item["value"]) not in known:
            value = item["value"]
            help_ = f"the enum has {listed(enum)}" if isinstance(enum, list) and enum else "add the values as 'enum'"
            alike = [one for one in items(enum) if str(one).lower() == str(value).strip().lower()]
            fix = None
            if len(alike) == 1:
                help_ = f"write {json.dumps(alike[0])}"
                fix = Fix(help_, (Replace((*node.pointer, index, "value"), alike[0]),))
            shown = quoted(value) if isinstance(value, str) else found(value)
            yield node.says(f"{shown} isn't in the enum", index, help=help_, fix=fix)
        else:
            yield from _not_a_text(node, index, item.get(_NAME, ""))


def _not_a_text(node: Node, index: int, name: object) -> Defects:
    if isinstance(name, str) or name is None:
        return  # another rule says that it is missing
    is_number = isinstance(name, int | float) and not isinstance(name, bool)
    help_ = f"write '{name}'" if is_number else "write what people see for the value, in quotes"
    fix = Fix(help_, (Replace((*node.pointer, index, _NAME), str(name)),)) if is_number else None
    yield node.says(f"{quoted(_NAME)} must be a text, not {found(name)}", index, _NAME, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, *_KINDS, keys="x-ms-enum-values", fixable=True)
def duplicate_enum_values_in_extension(node: Node, _: Context) -> Defects:
    """`x-ms-enum-values` names one value twice.

    Each value of an enum has one display name. Remove one of the two entries, or correct its value.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"],
       "x-ms-enum-values": [{"value": "open", "displayName": "Open"}, {"value": "open", "displayName": "Waiting"}]}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-enum-values/1: 'open' has a name already

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open", "waiting"],
       "x-ms-enum-values": [{"value": "open", "displayName": "Open"}, {"value": "waiting", "displayName": "Waiting"}]}]}}}}
    ```
    """
    seen: set[object] = set()
    for index, item in enumerate(node.value if isinstance(node.value, list) else ()):
        if not (isinstance(item, dict) and "value" in item):
            continue
        value = item["value"]
        if identity(value) in seen:
            said = quoted(value) if isinstance(value, str) else found(value)
            twice = any(same(item, other) for other in node.value[:index])
            fix = node.without("remove it", index) if twice else None
            help_ = "remove it" if twice else "leave one of the two out"
            yield node.says(f"{said} has a name already", index, help=help_, fix=fix)
        seen.add(identity(value))


@rule(Severity.ERROR, Scope.CERTIFICATION, *_KINDS, keys="x-ms-enum-values", fixable=True)
def missing_enum_values_display_name(node: Node, _: Context) -> Defects:
    """`x-ms-enum-values` lists a value without its `displayName`.

    People see the display name instead of the value. Add `displayName` to each entry.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"], "x-ms-enum-values": [{"value": "open"}]}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-enum-values/0: 'displayName' is missing

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"],
       "x-ms-enum-values": [{"value": "open", "displayname": "Open"}]}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-enum-values/0: 'displayName' is missing

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "enum": ["open"],
       "x-ms-enum-values": [{"value": "open", "displayName": "Open"}]}]}}}}
    ```
    """
    for index, item in enumerate(node.value if isinstance(node.value, list) else ()):
        if not isinstance(item, dict) or item.get(_NAME) not in (None, ""):
            continue
        near = [key for key in item if key not in ("value", _NAME) and is_near(key, _NAME)]
        help_ = f"call {quoted(near[0])} '{_NAME}'" if near else "write what people see for the value"
        fix = Fix(help_, (Rename((*node.pointer, index, near[0]), _NAME),)) if near and _NAME not in item else None
        yield node.says("'displayName' is missing", index, help=help_, fix=fix)


_FORM = "write [{value: open, displayName: Open}]"
_NAME = "displayName"
