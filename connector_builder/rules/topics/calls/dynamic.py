"""Rules for dynamic values, schemas and trees: whether the older and the newer extension of each agree."""

from typing import Any

from connector_builder.findings import Add, Fix, Remove, Replace, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.rules.calls import (
    UNDESCRIBED,
    bodies_of,
    called,
    callers,
    output_of,
    parameter_names,
    part_of,
    property_of,
    steps_of,
    takes,
)
from connector_builder.rules.context import Context
from connector_builder.rules.inputs import OLDER, referred, taken
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, rule

_EXTENSIONS = (
    "x-ms-dynamic-values",
    "x-ms-dynamic-list",
    "x-ms-dynamic-schema",
    "x-ms-dynamic-properties",
    "x-ms-dynamic-tree",
)


_NEWER_KEYS = {
    "dynamic values": {
        "operationId": "operationId",
        "value-collection": "itemsPath",
        "value-path": "itemValuePath",
        "value-title": "itemTitlePath",
    },
    "dynamic schema": {"operationId": "operationId", "value-path": "itemValuePath"},
}
"""The keys of the older extensions, with what the newer ones call the same."""


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic values")
def dynamic_list_extension_required_for_ambiguous_references(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-values` uses an input that the operation has twice, without an `x-ms-dynamic-list` beside it.

    The operation has a parameter and a field of the body with the same name, and the older extension can't tell them
    apart. Add `x-ms-dynamic-list`, which writes a field of the body as `body/name`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/shops/{id}/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "id", "in": "path", "required": true, "type": "integer"},
      {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"},
       "buyer": {"type": "string", "x-ms-dynamic-values":
        {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "id"}}, "value-path": "id", "value-title": "name"}}}}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    Finding: /paths/~1shops~1{id}~1orders/post/parameters/1/schema/properties/buyer/x-ms-dynamic-values/parameters/shop: 'CreateOrder' has two inputs 'id'

    ```json good
    {"paths": {"/shops/{id}/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "id", "in": "path", "required": true, "type": "integer"},
      {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"},
       "buyer": {"type": "string",
        "x-ms-dynamic-values":
        {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "id"}}, "value-path": "id", "value-title": "name"},
        "x-ms-dynamic-list":
        {"operationId": "ListBuyers", "parameters": {"shop": {"parameterReference": "id"}}, "itemValuePath": "id", "itemTitlePath": "name"}}}}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    """
    yield from _ambiguous(node, context)


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic schema")
def dynamic_properties_extension_required_for_ambiguous_references(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-schema` uses an input that the operation has twice, without an `x-ms-dynamic-properties` beside it.

    The operation has a parameter and a field of the body with the same name, and the older extension can't tell them
    apart. Add `x-ms-dynamic-properties`, which writes a field of the body as `body/name`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/shops/{id}/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "id", "in": "path", "required": true, "type": "integer"},
      {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"},
       "form": {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "parameters": {"shop": {"parameter": "id"}}}}}}}]}},
      "/form": {"get": {"operationId": "GetForm", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    Finding: /paths/~1shops~1{id}~1orders/post/parameters/1/schema/properties/form/x-ms-dynamic-schema/parameters/shop: 'CreateOrder' has two inputs 'id'

    ```json good
    {"paths": {"/shops/{id}/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "id", "in": "path", "required": true, "type": "integer"},
      {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"id": {"type": "integer"},
       "form": {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "parameters": {"shop": {"parameter": "id"}}},
        "x-ms-dynamic-properties": {"operationId": "GetForm", "parameters": {"shop": {"parameterReference": "body/id"}}}}}}}]}},
      "/form": {"get": {"operationId": "GetForm", "parameters": [{"name": "shop", "in": "query", "type": "integer"}]}}}}
    ```
    """
    yield from _ambiguous(node, context)


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic values", fixable=True)
def dynamic_list_extension_required_for_non_parameter_references(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-values` uses a field of the body, without an `x-ms-dynamic-list` beside it.

    The older extension knows only parameters. Add `x-ms-dynamic-list`, which also accepts a field of the body, such as
    `body/shop`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"shop": {"type": "string"}, "buyer": {"type": "string", "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"}}}}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/buyer/x-ms-dynamic-values/parameters/shop: 'shop' isn't a parameter, but a field of one

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"shop": {"type": "string"}, "buyer": {"type": "string",
       "x-ms-dynamic-values":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameter": "shop"}}, "value-path": "id", "value-title": "name"},
       "x-ms-dynamic-list":
       {"operationId": "ListBuyers", "parameters": {"shop": {"parameterReference": "body/shop"}}, "itemValuePath": "id", "itemTitlePath": "name"}}}}}]}},
      "/buyers": {"get": {"operationId": "ListBuyers", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    """
    yield from _of_fields(node, context)


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic schema", fixable=True)
def dynamic_properties_extension_required_for_non_parameter_references(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-schema` uses a field of the body, without an `x-ms-dynamic-properties` beside it.

    The older extension knows only parameters. Add `x-ms-dynamic-properties`, which also accepts a field of the body,
    such as `body/shop`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"shop": {"type": "string"}, "form": {"type": "object", "x-ms-dynamic-schema":
       {"operationId": "GetForm", "parameters": {"shop": {"parameter": "shop"}}}}}}}]}},
      "/form": {"get": {"operationId": "GetForm", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/form/x-ms-dynamic-schema/parameters/shop: 'shop' isn't a parameter, but a field of one

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"shop": {"type": "string"}, "form": {"type": "object",
       "x-ms-dynamic-schema": {"operationId": "GetForm", "parameters": {"shop": {"parameter": "shop"}}},
       "x-ms-dynamic-properties": {"operationId": "GetForm", "parameters": {"shop": {"parameterReference": "body/shop"}}}}}}}]}},
      "/form": {"get": {"operationId": "GetForm", "parameters": [{"name": "shop", "in": "query", "type": "string"}]}}}}
    ```
    """
    yield from _of_fields(node, context)


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic schema", keys="value-path", fixable=True)
def dynamic_properties_extension_required_for_properties_value_path(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-schema` leads to the properties of a schema, without an `x-ms-dynamic-properties` beside it.

    Add `x-ms-dynamic-properties`. Its `itemValuePath` leads to the schema itself, not to its properties.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "value-path": "form/properties"}}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/x-ms-dynamic-schema/value-path: 'form/properties' leads to the properties of a schema

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "value-path": "form/properties"},
       "x-ms-dynamic-properties": {"operationId": "GetForm", "itemValuePath": "form"}}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    """
    if steps_of(node.value)[-1:] == ["properties"] and "x-ms-dynamic-properties" not in node.owner.owner.value:
        help_ = "add 'x-ms-dynamic-properties', whose itemValuePath leads to the schema"
        message, fix = (
            f"{quoted(node.value)} leads to the properties of a schema",
            _with_newer(node.owner, help_, context),
        )
        yield node.says(message, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "dynamic properties", fixable=True)
def dynamic_properties_item_value_path_mismatch(node: Node, context: Context) -> Defects:
    """`x-ms-dynamic-schema` and `x-ms-dynamic-properties` lead to different schemas.

    Both extensions must mean the same schema. Write the `value-path` as `itemValuePath`, but without a `properties` at
    its end.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "value-path": "form/properties"},
       "x-ms-dynamic-properties": {"operationId": "GetForm", "itemValuePath": "form/properties"}}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/x-ms-dynamic-properties/itemValuePath: the path should be 'form' here, not 'form/properties'

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm", "value-path": "form/properties"},
       "x-ms-dynamic-properties": {"operationId": "GetForm", "itemValuePath": "form"}}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    """
    older = node.owner.value.get("x-ms-dynamic-schema")
    path = older.get("value-path", "") if isinstance(older, dict) else None
    newer = node.value.get("itemValuePath", "")
    if not (isinstance(path, str) and isinstance(newer, str)):
        return
    expected = steps_of(path)
    if expected[-1:] == ["properties"]:
        expected.pop()
    operation = called(node, context)
    if operation is not None and part_of(output_of(operation, context), steps_of(newer), context) is ABSENT:
        return  # another rule reports that the path leads to nothing
    if steps_of(newer) != expected:
        wanted = quoted("/".join(expected)) if expected else "left out"
        message = f"the path should be {wanted} here" + (f", not {quoted(newer)}" if newer else "")
        steps = ("itemValuePath",) if newer else ()
        help_ = f"the path of 'x-ms-dynamic-schema' is {quoted(path)}"
        copied = expected and newer == path  # what the older extension calls so
        fix = Fix(help_, (Replace((*node.pointer, *steps), "/".join(expected)),)) if copied else None
        yield node.says(message, *steps, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "body parameter", fixable=True)
def dynamic_extension_definition_not_allowed_in_parameter(node: Node, _: Context) -> Defects:
    """A body has a dynamic extension beside its schema instead of in it.

    The designer looks for the extension in the schema of the body, and ignores it elsewhere. Move the extension into
    the `schema` of the body.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body",
      "x-ms-dynamic-schema": {"operationId": "GetForm"}, "schema": {"type": "object"}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/x-ms-dynamic-schema: 'x-ms-dynamic-schema' is beside the body's schema

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body",
      "schema": {"type": "object", "x-ms-dynamic-schema": {"operationId": "GetForm"}}}]}},
      "/form": {"get": {"operationId": "GetForm"}}}}
    ```
    """
    for key in _EXTENSIONS:
        if key in node.value:
            help_, schema, fix = "move it into the body's 'schema'", node.value.get("schema"), None
            if isinstance(schema, dict) and "$ref" not in schema and key not in schema:
                edits = (Add((*node.pointer, "schema", key), node.value[key]), Remove((*node.pointer, key)))
                fix = Fix(help_, edits)
            yield node.says(f"'{key}' is beside the body's schema", key, help=help_, fix=fix)


def _ambiguous(node: Node, context: Context) -> Defects:
    """Reports references that mean both a parameter and a field of the body in every calling operation."""
    newer = OLDER[node.kind]
    if newer in node.owner.value:
        return
    for name, reference, meant in taken(node, context):
        if all({one.is_field for one in inputs} == {True, False} for inputs in meant):
            message = f"{quoted(callers(node)[0].value.get('operationId'))} has two inputs {quoted(reference)}"
            yield node.says(message, "parameters", name, help=f"add '{newer}', which tells them apart")


def _of_fields(node: Node, context: Context) -> Defects:
    """Reports references to a field of the body that no calling operation has as a parameter."""
    parameters, around = node.value.get("parameters"), callers(node)
    newer = OLDER[node.kind]
    if newer in node.owner.value or not isinstance(parameters, dict) or not around:
        return
    for name, given in parameters.items():
        source = referred(node.kind, given)
        if source is None or any(_is_parameter(one, source, context) for one in around):
            continue
        if any(takes(one, source, context) for one in around):
            help_ = f"add '{newer}', which takes 'body/…' as a parameterReference"
            message, fix = f"{quoted(source)} isn't a parameter, but a field of one", _with_newer(node, help_, context)
            yield node.says(message, "parameters", name, help=help_, fix=fix)


def _with_newer(node: Node, help_: str, context: Context) -> Fix | None:
    """Returns the fix that adds the newer extension, which says the same as the older one; None if it can't."""
    parameters, around = node.value.get("parameters", {}), callers(node)
    names, newer = _NEWER_KEYS[node.kind], OLDER[node.kind]
    if len(around) != 1 or not isinstance(parameters, dict) or newer in node.owner.value:
        return None
    said: dict[str, Any] = {}
    for name, given in parameters.items():
        source = referred(node.kind, given)
        reference = _reference(around[0], source, context) if source is not None else None
        if (reference is None and source is not None) or isinstance(given, list):
            return None
        said[name] = {"value": given} if source is None else {"parameterReference": reference}
    if any(key not in names and key != "parameters" for key in node.value):
        return None
    values = {names[key]: value for key, value in node.value.items() if key in names}
    path = steps_of(str(values.get("itemValuePath", "")))
    if node.kind == "dynamic schema" and path[-1:] == ["properties"]:
        values["itemValuePath"] = "/".join(path[:-1])
    whole = {"operationId": values.pop("operationId", ""), **({"parameters": said} if said else {}), **values}
    whole = {key: value for key, value in whole.items() if value != ""}
    return Fix(help_, (Add((*node.owner.pointer, newer), whole),))


def _reference(caller: Operation, source: str, context: Context) -> str | None:
    """Returns what the newer extensions call an input of the caller: its name, or `body/name` for a field of the body."""
    if _is_parameter(caller, source, context):
        return source
    bodies = bodies_of(caller, context)
    inside = len(bodies) == 1 and property_of(bodies[0].get("schema"), source, context) not in (ABSENT, UNDESCRIBED)
    return f"{bodies[0].get('name')}/{source}" if inside else None


def _is_parameter(operation: Operation, name: str, context: Context) -> bool:
    names = parameter_names(operation, context)
    return names is None or name in names
