"""Rules for the formats of values, and for where a text can be a file."""

from connector_builder.findings import Fix, Remove, Replace, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.swagger.formats import FORMATS, MEANT
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.rules.callbacks import bodies
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.values import TYPES

_INSIDE = ("properties", "schema", "all of")
"""The kinds of node around a schema that isn't a whole body or response."""


@rule(Severity.WARNING, Scope.CERTIFICATION, *TYPED, keys="format", told_once=True, fixable=True)
def unrecognized_type_format(node: Node, context: Context) -> Defects:
    """A format isn't one that the platform knows, or doesn't belong to the type.

    The platform takes such a value for one without a format. Write a format that it knows, or leave it out.

    Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas
    Published: 25 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string", "format": "guid"}}}}}
    ```
    Finding: /definitions/Order/properties/id/format: the platform doesn't know the format 'guid'

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"number": {"type": "string", "format": "int32"}}}}}
    ```
    Finding: /definitions/Order/properties/number/format: a string can't have the format 'int32'

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}}}}
    ```
    """
    format_, type_ = node.value, node.owner.value.get("type")
    known = isinstance(type_, str) and (type_ in TYPES or type_ == "file")  # another rule reports one that isn't
    if format_ not in FORMATS:
        meant = MEANT.get(format_.lower())
        if format_.lower() in FORMATS:
            meant = format_.lower()
        if meant and type_ not in FORMATS[meant]:
            meant = None
        help_ = f"write {quoted(meant)}" if meant else context.suggest(format_, FORMATS) or "leave it out"
        fix = Fix(help_, (node.becomes(meant),)) if meant else None
        yield node.says(f"the platform doesn't know the format {quoted(format_)}", help=help_, fix=fix)
    elif known and type_ not in FORMATS[format_] and type_ != "file":
        help_ = f"it belongs to the type {listed(FORMATS[format_])}"
        yield node.says(
            f"{'an' if type_[:1] in 'aeiou' else 'a'} {type_} can't have the format {quoted(format_)}", help=help_
        )


@rule(Severity.WARNING, Scope.PLATFORM, "schema", keys="format", fixable=True)
def invalid_string_binary_property(node: Node, context: Context) -> Defects:
    """A field inside a body or a response has the format `binary`.

    JSON can't carry bytes: only a whole body or response can be `binary`. For bytes in a field, the format is `byte`,
    which means base64.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 14 of 1,013 connectors.

    ```json bad
    {"paths": {"/files": {"post": {"operationId": "SendFile", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"content": {"type": "string", "format": "binary"}}}}]}}}}
    ```
    Finding: /paths/~1files/post/parameters/0/schema/properties/content/format: only a whole body or response can be 'binary'

    ```json good
    {"paths": {"/files": {"post": {"operationId": "SendFile", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"content": {"type": "string", "format": "byte"}}}}]}}}}
    ```
    """
    if node.value == "binary" and node.owner.value.get("type") == "string" and node.owner.owner.kind in _INSIDE:
        help_ = "write 'byte', for base64"
        fix = node.becoming(help_, "byte")  # JSON carries bytes in no other way
        yield node.says("only a whole body or response can be 'binary'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "schema", having=("required",), fixable=True)
def required_read_only_property_not_allowed_as_input(node: Node, context: Context) -> Defects:
    """A field of a body is required and read-only at once.

    The service sets a read-only field, so nobody can send it. Leave it out of `required`, or describe the body and the
    response with different schemas.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "readOnly": true}}}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/id: 'id' is read-only, and required in a body

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "required": ["buyer"], "properties": {"id": {"type": "string", "readOnly": true},
       "buyer": {"type": "string"}}}}]}}}}
    ```
    """
    required, properties = node.value.get("required"), node.value.get("properties")
    if not (isinstance(required, list) and isinstance(properties, dict) and id(node.value) in bodies(context)):
        return
    for name in dict.fromkeys(name for name in required if isinstance(name, str)):
        field = context.resolved(properties.get(name))
        if isinstance(field, dict) and field.get("readOnly") is True:
            help_ = f"leave {quoted(name)} out of 'required'"
            rest = [one for one in required if one != name]
            place = (*node.pointer, "required")
            fix = Fix(help_, (Replace(place, rest) if rest else Remove(place),))
            message = f"{quoted(name)} is read-only, and required in a body"
            yield node.says(message, "properties", name, help=help_, fix=fix)
