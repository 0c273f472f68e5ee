"""Makes the forms of schemas: type words, names, `[X]`, fields.

A field contains schemas, and a schema contains fields: so both are in this module.
"""

from collections.abc import Collection
from typing import Any

from connector_builder.language.compile.schemas.fields import OF_ITEMS, SAYS_OBJECT
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import TEXTS, enum_entries, ordered, reference, shortened
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas.dynamic import EXTENSIONS, dynamic_entries
from connector_builder.language.decompile.schemas.fields import (
    Field,
    Written,
    chosen,
    described,
    follows,
    is_array_of,
    mapping_of,
)
from connector_builder.language.decompile.schemas.sampled import sample_form
from connector_builder.language.decompile.words import friendly, leave_out_type, type_entries
from connector_builder.language.derived import is_hidden
from connector_builder.language.tables.sugar import PARAMETER, SCHEMA

_TYPED = frozenset({"type", "format", "enum", "x-ms-enum-values"})
"""The keys that the type and the enum in a spec are made from."""


def schema_form(style: Style, schema: Any) -> Any:
    """Returns a schema where nothing is derived from a name: a body's, a response's, items. Raises Unsayable."""
    if not isinstance(schema, dict):
        raise Unsayable("schema")
    name = None if style.plain else style.repeated.get(id(schema))
    if name is not None:
        texts = {key: value for key, value in schema.items() if key in TEXTS}
        return shortened({"$ref": name, **keywords(style, texts)})
    sample = sample_form(style, schema)
    if sample is not None:
        return sample
    if not schema:
        return "any"
    if schema.keys() == {"type", "items"} and schema["type"] == "array":
        return [schema_form(style, schema["items"])]
    if not style.plain:
        found = fields_of(style, schema)
        if found is not None:
            entries, children = found
            return ordered({**entries, "fields": children})
    entries = keywords(style, schema)
    if "dynamicSchema" in entries and not {"$ref", "allOf", "properties"} & entries.keys():
        if entries.get("type") == "object":
            del entries["type"]  # derived
        else:
            entries.setdefault("type", None)
    return shortened(ordered(entries))


def value_entries(style: Style, place: str, swagger: Entries, apart: Collection[str] = ()) -> Entries:
    """Returns a parameter's or header's keys in the language's form, except those in `apart`. Raises Unsayable."""
    entries = type_entries(swagger)
    entries.update(_enum(style, swagger, entries))
    dynamic = place == PARAMETER  # nothing fills a header of a response
    if dynamic:
        entries.update(dynamic_entries(swagger, style))
    for key, value in swagger.items():
        if key in _TYPED or key in apart or (dynamic and key in EXTENSIONS):
            continue
        name, said = (key, schema_form(style, value)) if key == "items" else friendly(place, key, value)
        entries[name] = said
    return entries


def keywords(style: Style, schema: Entries) -> Entries:
    """Returns the keys of a schema in the language's form, with the forms of the schemas in it. Raises Unsayable."""
    out: Entries = {}
    if "$ref" in schema:
        out["$ref"] = reference(style, schema["$ref"])
    out.update(type_entries(schema))
    out.update(_enum(style, schema, out))
    out.update(dynamic_entries(schema, style))
    for key, value in schema.items():
        if key == "$ref" or key in _TYPED or key in EXTENSIONS:
            continue
        if key == "items":
            out[key] = schema_form(style, value)
        elif key == "properties" and isinstance(value, dict):
            out[key] = {name: schema_form(style, part) for name, part in value.items()}
        elif key == "additionalProperties":
            out[key] = value if isinstance(value, bool) else schema_form(style, value)
        elif key == "allOf" and isinstance(value, list):
            out[key] = [schema_form(style, part) for part in value]
        elif key == "required" and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            raise Unsayable(key)
        else:
            name, said = friendly(SCHEMA, key, value)
            out[name] = said
    return out


def _enum(style: Style, swagger: Entries, entries: Entries) -> Entries:
    """Returns an enum, by its name if the top level has it; `entries` have the type."""
    found = enum_entries(swagger, entries.get("type", "string"))
    name = style.enums.get(repr(found.get("enum")))
    return found if name is None else {**found, "enum": name}


def fields_of(style: Style, schema: Entries) -> tuple[Entries, Entries] | None:
    """Returns an object's own keys and its fields; None if it has no properties that can be fields."""
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties or "" in properties:
        return None
    entries, written = _object(style, schema)
    return entries, mapping_of(written)


def _object(style: Style, schema: Entries) -> tuple[Entries, list[Written]]:
    """Returns the keys of an object besides its fields, and its fields in order."""
    properties = schema["properties"]
    required = schema.get("required")
    marked: set[str] = set(required or ()) if follows(required, properties) else set()
    left = {"properties", "required"} if marked else {"properties"}
    entries = keywords(style, {key: value for key, value in schema.items() if key not in left})
    if not entries.keys() & {"$ref", "allOf"}:  # no type is derived beside these
        if entries.get("type") == "object":
            del entries["type"]
        elif "type" not in entries:
            entries["type"] = None
    written: list[Written] = []
    for name, part in properties.items():
        written += chosen(_field(style, name, part, required=name in marked))
    return entries, written


def _field(style: Style, name: str, schema: Any, *, required: bool) -> Field:
    if not isinstance(schema, dict):
        raise Unsayable("properties")
    if style.repeated.get(id(schema)) is None and is_array_of(schema):
        return _array(style, name, schema, required=required)
    entries, below = _item(style, schema)
    if "$ref" not in schema:
        described(style, name, schema, entries, hidden=is_hidden(schema) or id(schema) in style.callbacks)
    return Field(name, required, 0, entries, below)


def _array(style: Style, name: str, schema: Entries, *, required: bool) -> Field:
    arrays, items = 1, schema["items"]
    while items.keys() == {"type", "items"} and items["type"] == "array" and isinstance(items["items"], dict):
        arrays, items = arrays + 1, items["items"]
    of_items, below = _item(style, items)
    direct = {key: value for key, value in of_items.items() if key in OF_ITEMS or key == "required"}
    rest = {key: value for key, value in of_items.items() if key not in direct}
    entries = keywords(style, {key: value for key, value in schema.items() if key not in ("type", "items")})
    described(style, name, schema, entries, hidden=is_hidden(schema), arrays=arrays)
    entries.update(direct)
    if rest:
        entries["items"] = ordered(rest)
    return Field(name, required, arrays, entries, below)


def _item(style: Style, schema: Entries) -> tuple[Entries, list[Written] | None]:
    """Returns the keys of a field's innermost items without the derived ones, and the fields in them."""
    repeated = style.repeated.get(id(schema))
    if repeated is not None:
        return {"$ref": repeated, **keywords(style, {key: schema[key] for key in TEXTS if key in schema})}, None
    properties = schema.get("properties")
    has_fields = isinstance(properties, dict) and properties and "" not in properties
    if has_fields and "$ref" not in schema and schema.get("type", "object") == "object":
        return _object(style, schema)
    entries = keywords(style, schema)
    if "$ref" in entries or "allOf" in entries:
        return entries, None
    if schema:
        leave_out_type(entries, schema, fields=any(entries.get(key) is not None for key in SAYS_OBJECT))
    else:
        entries["type"] = "any"
    return entries, None
