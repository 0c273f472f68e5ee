"""Rules for schemas, and for the keys that parameters and headers share with them: arrays, files, required names."""

from connector_builder.findings import Add, Fix, Replace, Scope, Severity
from connector_builder.findings.wording import listed, quoted, typed
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.platform.swagger.schemas import properties_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.values import has_type


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED)
def array_has_no_items(node: Node, _: Context) -> Defects:
    """An array has no `items`.

    Swagger 2.0 requires them: they describe one item of the array. Add `items` with the schema of an item.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array"}}}
    ```
    Finding: /definitions/Orders: this array has no 'items'

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}}}}
    ```
    """
    if node.value.get("type") == "array" and "items" not in node.value:
        help_ = "add 'items' with the schema of one item"
        if "properties" in node.value:
            help_ = "write 'type: object', or move 'properties' into 'items'"
        yield node.says("this array has no 'items'", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "required names", fixable=True)
def required_property_array_empty(node: Node, _: Context) -> Defects:
    """The list of required properties is empty.

    Swagger 2.0 requires at least one name in it. Add a name, or leave `required` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "required": []}}}
    ```
    Finding: /definitions/Order/required: 'required' is empty

    ```json good
    {"definitions": {"Order": {"type": "object"}}}
    ```
    """
    if not node.value:
        yield node.says("'required' is empty", help="leave the key out", fix=node.without("leave the key out"))


@rule(Severity.ERROR, Scope.PLATFORM, "required names", fixable=True)
def required_property_definition_missing(node: Node, context: Context) -> Defects:
    """A required property isn't one of the schema's properties.

    People can't fill in a field that nothing describes, although it is required. Correct the name in `required`, or add
    the property to `properties`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "required": ["id"], "properties": {"number": {"type": "string"}}}}}
    ```
    Finding: /definitions/Order/required/0: the required 'id' isn't a property

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
            help_ = context.suggest(name, names) or f"describe {quoted(name)} in 'properties', or remove it here"
            yield node.says(f"the required {quoted(name)} isn't a property", index, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "required names", fixable=True)
def required_property_not_on_object(node: Node, context: Context) -> Defects:
    """A schema that isn't an object has required properties.

    Only objects have properties, so the list has no effect. For the fields of an array's items, move `required` into
    `items`. Otherwise remove it, or write `type: object`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 8 of 1,013 connectors.

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
        yield node.says(f"{typed(type_)} has no properties", help=_moved(node, context))


@rule(Severity.WARNING, Scope.PLATFORM, "schema", fixable=True, having=("properties", "additionalProperties", "items"))
def key_of_another_type(node: Node, _: Context) -> Defects:
    """A schema has a key that its `type` can't have.

    Only objects have `properties` and `additionalProperties`, and only arrays have `items`. The platform goes by `type`
    and ignores the rest: people see a text or an object without fields. Correct `type`, or remove the key. The same is
    reported of `items` without a `type`.

    Source: https://json-schema.org/draft-04/json-schema-validation

    ```json bad
    {"definitions": {"Order": {"type": "string", "properties": {"id": {"type": "string"}}}}}
    ```
    Finding: /definitions/Order/properties: a string has no 'properties'

    ```json bad
    {"definitions": {"Orders": {"type": "object", "items": {"type": "string"}}}}
    ```
    Finding: /definitions/Orders/items: an object has no 'items'

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "properties": {"id": {"type": "string"}}}}}
    ```
    Finding: /definitions/Orders/properties: an array has no 'properties'

    ```json bad
    {"definitions": {"Orders": {"items": {"type": "string"}}}}
    ```
    Finding: /definitions/Orders/items: 'items' has no effect without 'type: array'

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string"}}}}}
    ```
    """
    type_ = node.value.get("type")
    if type_ is None and isinstance(node.value.get("items"), dict):
        help_ = "write 'type: array'; a field called 'items' belongs under 'properties', in a spec under 'fields'"
        yield node.says("'items' has no effect without 'type: array'", "items", help=help_)
    if not isinstance(type_, str) or type_ not in _OWN_KEYS:
        return
    told = (type_ == "array" and "items" not in node.value) or bool(node.value.get("required"))  # by the rules above
    for key in ("properties", "additionalProperties", "items"):
        if node.value.get(key) and key not in _OWN_KEYS[type_] and not (told and key == "properties"):
            meant = "array" if key == "items" else "object"
            help_ = f"write 'type: {meant}', or remove {quoted(key)}"
            if any(own in node.value for own in _OWN_KEYS[type_]):  # so the type is right
                help_ = f"remove {quoted(key)}"
            yield node.says(f"{typed(type_)} has no {quoted(key)}", key, help=help_)


_OWN_KEYS: dict[str, tuple[str, ...]] = {
    "object": ("properties", "additionalProperties"),
    "array": ("items",),
    **dict.fromkeys(("string", "number", "integer", "boolean"), ()),
}


def _moved(node: Node, context: Context) -> str:
    """Returns where the `required` of a schema that is no object belongs."""
    described = node.owner.value
    inner = properties_of(described.get("items"), context.references) if described.get("type") == "array" else {}
    names = [name for name in node.value if isinstance(name, str) and name in inner]
    if names:
        return f"move 'required' into 'items', which has {listed(names, 'and')}"
    return "write 'type: object'" if "properties" in described else "leave 'required' out"


@rule(Severity.ERROR, Scope.PLATFORM, "file schema", "items", "header", fixable=True)
def schema_type_file_not_valid(node: Node, _: Context) -> Defects:
    """A schema of type `file` is neither in a form nor the whole of a response.

    A file is a whole part of a form or a whole answer; JSON can't contain one. Inside another schema, write a file as
    `type: string` with `format: byte` (base64) or `format: binary`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"pdf": {"type": "file"}}}}}
    ```
    Finding: /definitions/Order/properties/pdf/type: a file can't be here

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"pdf": {"type": "string", "format": "byte"}}}}}
    ```
    """
    if node.value.get("type") == "file" and not (node.kind == "file schema" and node.owner.kind == "response"):
        help_, place = "write 'type: string' with 'format: byte'", node.pointer
        edits = (Replace((*place, "type"), "string"), Add((*place, "format"), "byte"))
        fix = None if "format" in node.value else Fix(help_, edits)
        yield node.says("a file can't be here", "type", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "all of", fixable=True)
def all_of_must_contain_at_least_one_element(node: Node, _: Context) -> Defects:
    """The list of `allOf` is empty.

    `allOf` combines the schemas in its list, so it requires at least one. Add a schema, or leave `allOf` out.

    Source: https://spec.openapis.org/oas/v2.0
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"allOf": []}}}
    ```
    Finding: /definitions/Order/allOf: 'allOf' is empty

    ```json good
    {"definitions": {"Order": {"type": "object"}}}
    ```
    """
    if not node.value:
        yield node.says("'allOf' is empty", help="leave the key out", fix=node.without("leave the key out"))


@rule(Severity.ERROR, Scope.PLATFORM, "schema", keys="discriminator", fixable=True)
def discriminator_must_be_a_required_string_property(node: Node, context: Context) -> Defects:
    """The discriminator isn't a required property of type string.

    The discriminator shows which kind of object a value is, so every object must have it. Add the property to
    `properties` as a string, and to `required`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

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
        help_ = f"describe {quoted(node.value)} in 'properties' with 'type: string', and add it to 'required'"
        fix = None
        if is_string and isinstance(required, list | None):
            help_, place = f"add {quoted(node.value)} to 'required'", (*node.owner.pointer, "required")
            fix = Fix(help_, (Add((*place, len(required)), node.value) if required else Add(place, [node.value]),))
        yield node.says(f"the discriminator {quoted(node.value)} isn't a required string", help=help_, fix=fix)


@rule(Severity.NOTE, Scope.PLATFORM, *TYPED, keys="uniqueItems", told_once=True, fixable=True)
def swagger_keyword_not_supported(node: Node, _: Context) -> Defects:
    """A schema or parameter has a keyword that Swagger defines but the platform ignores.

    `uniqueItems: true` has no effect: the platform sends a list with the same value twice. Check it in the service, and
    leave the keyword out. One finding stands for all places of a document.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules

    ```json bad
    {"definitions": {"Tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}}}
    ```
    Finding: /definitions/Tags/uniqueItems: the platform ignores 'uniqueItems'

    ```json good
    {"definitions": {"Tags": {"type": "array", "items": {"type": "string"}}}}
    ```
    """
    if node.value is True:
        help_ = "leave the key out"
        yield node.says(f"the platform ignores '{node.key}'", help=help_, fix=node.without(help_))


@rule(Severity.WARNING, Scope.CERTIFICATION, "schema", keys="x-ms-editor", fixable=True)
def invalid_custom_editor_extension_dictionary_value(node: Node, _: Context) -> Defects:
    """`x-ms-editor` makes a dictionary of something that can't have additional keys.

    In a dictionary, people add keys of their own, so it must be an object that allows additional properties. Write
    `type: object`, or remove `additionalProperties: false`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

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
