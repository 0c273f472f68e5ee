"""Rules for schemas, and for the keys that parameters and headers share with them: arrays, defaults, enums, files."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import found, quoted
from connector_builder.platform.objects import TYPED
from connector_builder.platform.schemas import properties_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.values import has_type, misfits


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED)
def array_has_no_items(node: Node, _: Context) -> Defects:
    """An array has no `items`.

    Swagger 2.0 requires them: they describe one item of the array. Add `items` with the schema of an item.

    ```json bad
    {"definitions": {"Orders": {"type": "array"}}}
    ```
    Finding: /definitions/Orders: this array has no 'items'

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}}}}
    ```
    """
    if node.value.get("type") == "array" and "items" not in node.value:
        yield node.says("this array has no 'items'", help="write 'items' with the schema of one of them")


@rule(Severity.ERROR, Scope.PLATFORM, "required names")
def required_property_array_empty(node: Node, _: Context) -> Defects:
    """The list of required properties is empty.

    Swagger 2.0 requires at least one name in it. Add a name, or leave `required` out.

    ```json bad
    {"definitions": {"Order": {"type": "object", "required": []}}}
    ```
    Finding: /definitions/Order/required: 'required' is empty

    ```json good
    {"definitions": {"Order": {"type": "object"}}}
    ```
    """
    if not node.value:
        yield node.says("'required' is empty", help="leave the key out")


@rule(Severity.ERROR, Scope.PLATFORM, "required names")
def required_property_definition_missing(node: Node, context: Context) -> Defects:
    """A required property isn't one of the schema's properties.

    Correct the name in `required`, or add the property to `properties`.

    ```json bad
    {"definitions": {"Order": {"type": "object", "required": ["id"], "properties": {"number": {"type": "string"}}}}}
    ```
    Finding: /definitions/Order/required/0: the required 'id' is no property

    ```json good
    {"definitions": {"Order": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}}}}}
    ```
    """
    schema = node.owner
    if schema.owner.kind == "all of" or (schema.kind == "schema" and not has_type({}, schema.value.get("type"))):
        return  # another part may have it; RequiredPropertyNotOnObject has the better message
    names = properties_of(schema.value, context.references)
    for index, name in enumerate(node.value):
        if isinstance(name, str) and name not in names:
            yield node.says(f"the required {quoted(name)} is no property", index, help=context.suggest(name, names))


@rule(Severity.WARNING, Scope.PLATFORM, "required names")
def required_property_not_on_object(node: Node, _: Context) -> Defects:
    """A schema that isn't an object has required properties.

    Only objects have properties. Remove `required`, or write `type: object`.

    ```json bad
    {"definitions": {"Order": {"type": "string", "required": ["id"]}}}
    ```
    Finding: /definitions/Order/required: a string has no properties

    ```json good
    {"definitions": {"Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}}
    ```
    """
    type_ = node.owner.value.get("type")
    if node.value and not has_type({}, type_):
        yield node.says(f"{'an' if type_[0] in 'aio' else 'a'} {type_} has no properties", help="leave 'required' out")


@rule(Severity.ERROR, Scope.PLATFORM, "file schema", "items", "header")
def schema_type_file_not_valid(node: Node, _: Context) -> Defects:
    """A schema of type `file` is neither in a form nor the whole of a response.

    Inside another schema, write a file as `type: string` with `format: byte` (base64) or `format: binary`.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"pdf": {"type": "file"}}}}}
    ```
    Finding: /definitions/Order/properties/pdf/type: a file can't stand here

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"pdf": {"type": "string", "format": "byte"}}}}}
    ```
    """
    if node.value.get("type") == "file" and not (node.kind == "file schema" and node.owner.kind == "response"):
        yield node.says("a file can't stand here", "type", help="write 'type: string' with 'format: byte'")


@rule(Severity.ERROR, Scope.PLATFORM, "all of")
def all_of_must_contain_at_least_one_element(node: Node, _: Context) -> Defects:
    """The list of `allOf` is empty.

    `allOf` combines the schemas in its list, so it requires at least one. Add a schema, or leave `allOf` out.

    ```json bad
    {"definitions": {"Order": {"allOf": []}}}
    ```
    Finding: /definitions/Order/allOf: 'allOf' is empty

    ```json good
    {"definitions": {"Order": {"type": "object"}}}
    ```
    """
    if not node.value:
        yield node.says("'allOf' is empty", help="leave the key out")


@rule(Severity.ERROR, Scope.PLATFORM, "enum")
def enum_must_contain_at_least_one_element(node: Node, _: Context) -> Defects:
    """The list of `enum` is empty.

    An enum lists all possible values, so with an empty list no value is possible. Add the values, or leave `enum` out.

    ```json bad
    {"definitions": {"State": {"type": "string", "enum": []}}}
    ```
    Finding: /definitions/State/enum: 'enum' is empty

    ```json good
    {"definitions": {"State": {"type": "string", "enum": ["open", "closed"]}}}
    ```
    """
    if not node.value:
        yield node.says("'enum' is empty", help="leave the key out")


@rule(Severity.WARNING, Scope.PLATFORM, "enum")
def invalid_enum_value(node: Node, _: Context) -> Defects:
    """A value of an enum doesn't have the type of its schema or parameter.

    Write the value in the JSON type of `type`, for example `1` without quotes for an integer, or correct `type`.

    ```json bad
    {"definitions": {"State": {"type": "integer", "enum": ["1", "2"]}}}
    ```
    Finding: /definitions/State/enum/0: the text '1' isn't of the type 'integer'
    Finding: /definitions/State/enum/1: the text '2' isn't of the type 'integer'

    ```json good
    {"definitions": {"State": {"type": "integer", "enum": [1, 2]}}}
    ```
    """
    type_ = node.owner.value.get("type")
    for index, value in enumerate(node.value):
        if value is not None and not has_type(value, type_):
            yield node.says(f"{found(value)} isn't of the type '{type_}'", index)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="default")
def default_value_must_match_type(node: Node, context: Context) -> Defects:
    """A default isn't a valid value of its parameter or schema.

    The JSON type of a default must be that of `type`: `true` without quotes for a boolean, `10` for an integer. The
    default must also be one of the `enum`, match the `format`, and respect limits such as `maximum`.

    ```json bad
    {"definitions": {"Page": {"type": "integer", "default": "1"}}}
    ```
    Finding: /definitions/Page/default: the default doesn't fit: the text '1' isn't an integer

    ```json bad
    {"definitions": {"State": {"type": "string", "enum": ["open", "closed"], "default": "Open"}}}
    ```
    Finding: /definitions/State/default: the default doesn't fit: the text 'Open' is none of 'open' or 'closed'

    ```json good
    {"definitions": {"Page": {"type": "integer", "default": 1}, "State": {"type": "string", "enum": ["open", "closed"], "default": "open"}}}
    ```
    """
    for steps, message in misfits(node.value, node.owner.value, context):
        yield node.says(f"the default doesn't fit: {message}", *steps)


@rule(Severity.ERROR, Scope.PLATFORM, "schema", keys="discriminator")
def discriminator_must_be_a_required_string_property(node: Node, context: Context) -> Defects:
    """The discriminator isn't a required property of type string.

    The discriminator shows which kind of object a value is, so every object must have it. Add the property to
    `properties` as a string, and to `required`.

    ```json bad
    {"definitions": {"Pet": {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}}}}
    ```
    Finding: /definitions/Pet/discriminator: the discriminator 'kind' isn't a required string

    ```json good
    {"definitions": {"Pet": {"type": "object", "discriminator": "kind", "required": ["kind"], "properties": {"kind": {"type": "string"}}}}}
    ```
    """
    schema = node.owner.value
    properties, required = schema.get("properties"), schema.get("required")
    described = context.resolved(properties.get(node.value)) if isinstance(properties, dict) else None
    is_string = isinstance(described, dict) and described.get("type") == "string"
    if not (is_string and isinstance(required, list) and node.value in required):
        yield node.says(f"the discriminator {quoted(node.value)} isn't a required string")


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="uniqueItems")
def swagger_keyword_not_supported(node: Node, _: Context) -> Defects:
    """A schema or parameter has a keyword that Swagger defines but the platform ignores.

    The keyword has no effect. Leave it out.

    ```json bad
    {"definitions": {"Tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}}}
    ```
    Finding: /definitions/Tags/uniqueItems: the platform ignores 'uniqueItems'

    ```json good
    {"definitions": {"Tags": {"type": "array", "items": {"type": "string"}}}}
    ```
    """
    yield node.says(f"the platform ignores '{node.key}'", help="leave the key out")


@rule(Severity.WARNING, Scope.CERTIFICATION, "schema", keys="x-ms-editor")
def invalid_custom_editor_extension_dictionary_value(node: Node, _: Context) -> Defects:
    """`x-ms-editor` makes a dictionary of something that can't have additional keys.

    In a dictionary, people add keys of their own, so it must be an object that allows additional properties. Write
    `type: object`, or remove `additionalProperties: false`.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"notes": {"type": "string", "x-ms-editor": "dictionary"}}}}}
    ```
    Finding: /definitions/Order/properties/notes/x-ms-editor: only an object with additional properties can be a dictionary

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"notes":
      {"type": "object", "additionalProperties": {"type": "string"}, "x-ms-editor": "dictionary"}}}}}
    ```
    """
    schema = node.owner.value
    closed = schema.get("additionalProperties") is False
    if node.value == "dictionary" and (schema.get("type") != "object" or closed):
        help_ = "remove 'additionalProperties: false'" if closed else "write 'type: object'"
        yield node.says("only an object with additional properties can be a dictionary", help=help_)
