"""Schemas as an author writes them: type words, names, `[X]`, fields."""

from collections.abc import Collection
from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.dynamic import EXTENSIONS, dynamic_entries
from connector_builder.language.decompile.entries import TEXTS, enum_entries, ordered, reference, shortened
from connector_builder.language.decompile.fields import fields_of
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.sampled import sample_form
from connector_builder.language.decompile.words import friendly, type_entries
from connector_builder.language.tables.sugar import PARAMETER, SCHEMA

_TYPED = frozenset({"type", "format", "enum", "x-ms-enum-values"})
"""What type and enum are told of."""


def schema_form(style: Style, schema: Any) -> Any:
    """A schema where nothing is derived from a name: a body's, a response's, items. Raises Unsayable."""
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
    """The keys of a parameter or a header, each as the language has it, without those that are told `apart`. Raises Unsayable."""
    entries = type_entries(swagger)
    entries.update(enum_entries(swagger, entries.get("type", "string")))
    dynamic = place == PARAMETER  # nothing fills a header of a response
    if dynamic:
        entries.update(dynamic_entries(swagger, style.defaults))
    for key, value in swagger.items():
        if key in _TYPED or key in apart or (dynamic and key in EXTENSIONS):
            continue
        name, said = (key, schema_form(style, value)) if key == "items" else friendly(place, key, value)
        entries[name] = said
    return entries


def keywords(style: Style, schema: Entries) -> Entries:
    """The keys of a schema, each as the language has it; what is below in forms of its own. Raises Unsayable."""
    out: Entries = {}
    if "$ref" in schema:
        out["$ref"] = reference(style, schema["$ref"])
    out.update(type_entries(schema))
    out.update(enum_entries(schema, out.get("type", "string")))
    out.update(dynamic_entries(schema, style.defaults))
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
