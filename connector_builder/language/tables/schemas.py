"""Schemas, fields and parameters: the parts that describe a value."""

from typing import Any

from connector_builder.language.tables.forms import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    PLAIN,
    TEXT,
    Form,
    Key,
    Object,
    keys,
    words,
)
from connector_builder.language.tables.sugar import HEADER, PARAMETER, SCHEMA, sugar_at

LIKE, WITHOUT = "like", "without"
"""The keys of a schema that name another one to copy, and the fields of it to leave out."""
LANGUAGE_KEYS = frozenset(
    {"sample", "samples", "fields", "swagger", "inline", "inherit", "shared", "status", "list", LIKE, WITHOUT}
)
"""Keys of the language that Swagger doesn't have."""

SCHEMA_FORM = Form(text="a type word, or a schema's name", items="schema", object="schema")
FIELD_FORM = Form(text="a type word, a schema's name, or a description", items="schema", object="schema")
PARAMETER_FORM = Form(text="a type word, or a description", items="schema", object="parameter")
ENUM_FORM = Form(items=ANY, names=TEXT)
USED_ENUM_FORM = ENUM_FORM.also(text="a name under the top level's 'enums'")

_EXAMPLE_FIELDS = {
    "id!": "uuid",
    "properties.startTime": {"type": "datetime", "summary": "Started"},
    "tags[]": "string",
}

# The keywords of Swagger 2.0 for any value (https://swagger.io/specification/v2/#schema-object).
VALUE = keys(
    Key("type", Form(text="a type word", null="no type is written"), "The type: a type word, such as `string`, `int` or `datetime`.", "datetime", "derived"),
    Key("format", TEXT, "The format of the type, if no type word says it.", "date-time"),
    Key("description", Form(text="text", null="none is written"), "The help text.", "When the run began."),
    Key("default", ANY, "The default value.", "Weekly"),
    Key("enum", USED_ENUM_FORM, "The allowed values: a list, or a mapping from each value to the name that people see; or the name of one under `enums` at the top level.", {".com": "US", ".eu": "Europe"}),
    Key("items", "schema", "The schema of an array's items.", "string"),
    Key("pattern", TEXT, "A regular expression that the text matches.", "^[A-Z]+$"),
    Key("minLength", INTEGER, "The minimum number of characters.", 1),
    Key("maxLength", INTEGER, "The maximum number of characters.", 80),
    Key("minimum", NUMBER, "The minimum value.", 1),
    Key("maximum", NUMBER, "The maximum value.", 100),
    Key("exclusiveMinimum", BOOLEAN, "Whether `minimum` itself is excluded.", True),
    Key("exclusiveMaximum", BOOLEAN, "Whether `maximum` itself is excluded.", True),
    Key("multipleOf", NUMBER, "The number that the value is a multiple of.", 5),
    Key("minItems", INTEGER, "The minimum number of items.", 1),
    Key("maxItems", INTEGER, "The maximum number of items.", 10),
    Key("uniqueItems", BOOLEAN, "Whether all items must differ.", True),
)  # fmt: skip

_SCHEMA_ONLY = keys(
    Key("$ref", TEXT, "A schema's name, or a reference that starts with `#/`.", "Run"),
    Key("title", Form(text="text", null="none is written"), "Swagger's title, which the portal writes as the label.", "Run ID"),
    Key("fields", Form(names="field"), "The fields: the schema, or what a sample can't say. A key is a path; `!` at its end means required. Where it would be the only key, the fields can be written directly.", _EXAMPLE_FIELDS),
    Key("sample", ANY, "A sample from which the schema is derived: the value itself, or a file's name.", {"name": "manual", "code": "OK"}),
    Key("samples", Form(items=TEXT), "Several sample files from which one schema is derived.", ["samples/one.json", "samples/two.json"]),
    Key("required", Form(boolean=True, items=TEXT), "`true` makes this field required. A list names the fields in it that are required.", True, "false"),
    Key("properties", Form(names="schema"), "Plain Swagger: the properties by name. The language derives nothing in them.", {"id": "string"}),
    Key("additionalProperties", Form(boolean=True, text="a type word, or a schema's name", items="schema", object="schema"), "The schema of properties that aren't named.", "string"),
    Key("allOf", Form(items="schema"), "Schemas that all apply together.", ["Base"]),
    Key("discriminator", TEXT, "The property that shows which schema an object has.", "kind"),
    Key("readOnly", BOOLEAN, "Whether the value occurs in responses only.", True),
    Key("xml", ANY, "Swagger's description of the XML form.", {"name": "run"}),
    Key("externalDocs", ANY, "A link to more documentation.", {"url": "https://contoso.example/help"}),
    Key("example", ANY, "An example of a value.", "2026-01-31"),
    Key("minProperties", INTEGER, "The minimum number of properties.", 1),
    Key("maxProperties", INTEGER, "The maximum number of properties.", 10),
    Key("swagger", ANY, "The schema in plain Swagger, for what the language can't say. It is used unchanged, and no other key may be beside it.", {"type": "object", "required": True}),
    Key("inline", BOOLEAN, "Whether the schema is written out wherever it is named, instead of as a reference.", True, "false"),
    Key("inherit", BOOLEAN, "`false` takes nothing from the top level's `fields`.", False, "true"),
)  # fmt: skip


def _sugar(place: str) -> dict[str, Key]:
    return {name: row.key for name, row in sugar_at(place).items()}


_LIKE = keys(
    Key(LIKE, TEXT, "A schema of this spec that this one has the keys and the fields of, except for what stands beside: other keys, and other or further `fields`.", "Order"),
    Key(WITHOUT, Form(items=TEXT), "The fields of the schema under `like` that this one doesn't have.", ["id"]),
)  # fmt: skip

SCHEMA_KEYS = {**VALUE, **_SCHEMA_ONLY, **_LIKE, **_sugar(SCHEMA)}

_PARAMETER_ONLY = keys(
    Key("in", words("path", "query", "header", "formData"), "Where the parameter goes, if the request line doesn't contain it.", "query", "where the request line has it"),
    Key("required", BOOLEAN.also(null="not written"), "Whether a value is required.", True, "true in a path, false elsewhere"),
    Key("collectionFormat", TEXT, "How the items of an array are separated.", "csv"),
    Key("allowEmptyValue", BOOLEAN, "Whether the value may be empty.", True),
    Key("inherit", BOOLEAN, "`false` takes nothing from the top level's `parameters`.", False, "true"),
    Key("$ref", TEXT, "A parameter under `components.parameters`, or a reference that starts with `#/`.", "PageSize"),
)  # fmt: skip

PARAMETER_KEYS = {**VALUE, **_PARAMETER_ONLY, **_sugar(PARAMETER)}

_TEMPLATE_ONLY = keys(
    Key("shared", Form(text="text", boolean=True), "The key under which Swagger's `parameters` contains the parameter once; `true` for its name. Operations refer to it.", True, "false"),
)  # fmt: skip

BARE = "fields"
"""The key that a mapping in the place of a schema is the value of, if it has none of a schema's keys."""


def as_it_stands(what: str, example: Any) -> Key:
    """Returns the key that makes a shared part of Swagger plain Swagger."""
    doc = f"The {what} in plain Swagger, for what the language can't say. It is used unchanged, and no other key may be beside it."
    return Key(PLAIN, ANY, doc, example)


_CALL_PARAMETERS = Key(
    "parameters", Form(json=True), 'The arguments of the called operation: literals, `"{name}"` for a parameter of the calling operation, `"{body/x}"` for a field of its body.', {"environment": "{environment}"},
)  # fmt: skip

_LIST = keys(
    _CALL_PARAMETERS,
    Key("items", TEXT, "The path of the list in the response. Leave it out if the response is the list.", "value"),
    Key("value", TEXT, "The path of the value in an item. Leave it out if the items are the values.", "name"),
    Key("title", TEXT, "The path of an item's label.", "properties/displayName"),
)  # fmt: skip
_LIST_TWINS = keys(
    Key("values", BOOLEAN, "`false` leaves out `x-ms-dynamic-values`.", False, "true"),
    Key("list", Form(boolean=True, json=True), "`false` leaves out `x-ms-dynamic-list`. A mapping contains the keys that differ in it.", False, "true"),
)  # fmt: skip
_RETURNED = keys(
    _CALL_PARAMETERS,
    Key("value", TEXT, "The path of the schema in the response. Leave it out if the response is the schema.", "schema"),
    Key("schema", BOOLEAN, "`false` leaves out `x-ms-dynamic-schema`.", False, "true"),
    Key("properties", Form(boolean=True, json=True), "`false` leaves out `x-ms-dynamic-properties`. A mapping contains the keys that differ in it.", False, "true"),
)  # fmt: skip

SCHEMA_OBJECTS = (
    Object("schema", "A schema: plain Swagger, or one with a sample or fields.", SCHEMA_KEYS, bare=BARE),
    Object("parameter", "A parameter of an operation.", PARAMETER_KEYS),
    Object("template", "A description of all parameters of one name.", {**PARAMETER_KEYS, **_TEMPLATE_ONLY}),
    Object("header", "A header of a response.", {**VALUE, "collectionFormat": _PARAMETER_ONLY["collectionFormat"], **_sugar(HEADER)}),
    Object(
        "dynamicValues",
        "A list to pick from.",
        {
            **keys(Key("operation", TEXT, "The operation that returns the list.", "ListFlows")),
            **_LIST,
            **keys(
                Key("builtIn", TEXT, "An operation of the platform instead of one of the connector (`builtInOperation`).", "AadGraph.GetUsers"),
                Key("capability", TEXT, "A capability of the connector instead of an operation, such as `file-picker`, which needs a `dynamicTree`.", "file-picker"),
            ),
            **_LIST_TWINS,
        },
        extensions=False,
    ),
    Object(
        "dynamicSchema",
        "A schema that another operation returns.",
        {**keys(Key("operation", TEXT, "The operation that returns the schema.", "GetTableSchema")), **_RETURNED},
        extensions=False,
    ),
    Object("listOperation", "How the answer of an operation is a list to pick from.", {**_LIST, **_LIST_TWINS}, extensions=False),
    Object("schemaOperation", "Where the answer of an operation contains a schema.", _RETURNED, extensions=False),
)  # fmt: skip
