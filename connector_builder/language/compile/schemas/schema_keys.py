"""Compiles the keys of schemas, parameters and operations that contain no schema to plain Swagger."""

import re
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.schemas.dynamic import dynamic_schema, dynamic_tree, dynamic_values
from connector_builder.language.derived import enum_value
from connector_builder.language.mending import replaced
from connector_builder.language.rules import (
    DESCRIPTION_IS_SCHEMA,
    NAME_NOT_FOUND,
    SCHEMA_CONTRADICTORY,
    TEMPLATE_UNUSED,
    VALUE_NOT_VALID,
)
from connector_builder.language.tables.sugar import SUGAR
from connector_builder.language.tables.types import SYNONYMS, TYPE_WORDS
from connector_builder.language.type_words import meant_list, meant_type
from connector_builder.source.node import Node

FRIENDLY = {row.name: row for row in SUGAR}
"""The friendly keys, each with its extension."""


def plain_part(ctx: Context, entries: Entries, what: str = "schema") -> dict[str, Any]:
    """Returns a schema, or a shared part of Swagger, unchanged. It may contain what the language can't express."""
    given = entries["swagger"]
    for key, part in entries.items():
        if key not in ("swagger", "inline"):
            message = f"'{key}' can't stand beside 'swagger', which is the whole {what}"
            ctx.report(SCHEMA_CONTRADICTORY, part, message, help="keep one of them", key=True, first=given)
    if given.is_mapping or given.is_list:
        ctx.trace(given)
        ctx.origins.note_all(given.value, given.key_place)
    whole: dict[str, Any] = given.value
    return whole


def check_required(ctx: Context, entries: Entries) -> None:
    """Reports a boolean `required` of a schema that isn't a field: only a field can be required in an object."""
    flag = entries.get("required")
    if flag is not None and isinstance(flag.value, bool):
        help_ = "write a list of fields, or 'name!' for a required field"
        ctx.report(
            SCHEMA_CONTRADICTORY,
            flag,
            f"'required: {str(flag.value).lower()}' describes a field, not a schema",
            help=help_,
        )


def has_sample(entries: Entries) -> bool:
    """Checks whether a sample defines the schema."""
    return "sample" in entries or value(entries, "samples") is not None


def sugar(ctx: Context, out: dict[str, Any], entry: Node, key: str) -> None:
    """Writes a friendly key as its extension."""
    row = FRIENDLY[key]
    if row.how == "dynamic_values":
        dynamic_values(ctx, out, entry)
    elif row.how == "dynamic_schema":
        dynamic_schema(ctx, out, entry)
    elif row.how == "dynamic_tree":
        dynamic_tree(ctx, out, entry)
    elif row.how == "pageable" and isinstance(entry.value, str):
        ctx.put(out, row.extension, {"nextLinkName": entry.value}, entry)
    else:
        ctx.put(out, row.extension, entry.value, entry)


def write_type(ctx: Context, out: dict[str, Any], entry: Node, entries: Entries) -> None:
    """Writes a type word as type and format, and a type unchanged."""
    if not isinstance(entry.value, str):
        ctx.put(out, "type", entry.value, entry)
        return
    word = entry.value if entry.value in TYPE_WORDS else _meant_type(ctx, entry)
    for key, item in TYPE_WORDS[word].items():
        if key not in entries or key == "type":
            ctx.put(out, key, item, entry)


def _meant_type(ctx: Context, entry: Node) -> str:
    """Reports a word that is no type, and returns the type that is meant, so that nothing else is wrong with it."""
    synonym = SYNONYMS.get(entry.value.lower())
    help_ = f"write {synonym}" if synonym else None
    if help_ is None and entry.value in ctx.table("schemas"):
        help_ = f"it is a schema: write $ref: {entry.value}"
    if help_ is None and (meant := meant_type(entry.value, ctx.table("schemas")) or meant_list(entry.value)):
        is_list = meant.startswith("[")
        help_ = f"write type: array, items: {meant[1:-1]}" if is_list else f"write {meant}"
    help_ = help_ or ctx.suggestions.of(entry.value, TYPE_WORDS) or "write a type word, such as string, int or datetime"
    ctx.report(VALUE_NOT_VALID, entry, f"'type' can't be '{entry.value}'", help=help_)
    return synonym or "any"


def check_words(ctx: Context, entries: Entries, *shorts: Node | None) -> None:
    """Reports a type in words, such as `array of string`, where a text is a description.

    `shorts` are the parts that are descriptions if they are texts: one in a mapping under `description` is meant as one.
    """
    said = entries.get("description")
    if said is None or not any(said is short for short in shorts) or not isinstance(said.value, str):
        return
    meant = meant_type(said.value, ctx.table("schemas"))
    if meant is not None:
        message = f"'{said.value}' reads as a type, but is the description"
        help_ = f"write {meant}; if it is the description, {{description: …}}"
        ctx.report(DESCRIPTION_IS_SCHEMA, said, message, help=help_, fix=replaced(said, help_, meant))


def write_enum(ctx: Context, out: dict[str, Any], entry: Node, entries: Entries) -> None:
    """Writes an enum as a list, with the display names of its values if it is a mapping. A text names one of the top level."""
    if isinstance(entry.value, str):
        named = ctx.table("enums").get(entry.value)
        if named is None:
            _no_enum(ctx, entry)
            return
        ctx.used_enums.add(entry.value)
        entry = named
    if entry.is_list:
        ctx.put(out, "enum", entry.value, entry, at_key=True)
        return
    values: list[dict[str, Any]] = []
    listed: list[Any] = []
    for name, shown in entry.entries.items():
        item = enum_value(name, value(entries, "type", "string"))
        if item is None:
            ctx.report(VALUE_NOT_VALID, shown, f"'{name}' isn't of the type '{value(entries, 'type')}'", key=True)
            continue
        display: dict[str, Any] = {"value": item}
        ctx.put(display, "displayName", shown.value, shown)
        values.append(display)
        ctx.origins.note(listed, len(listed), shown.key_place)
        listed.append(item)
    ctx.put(out, "enum", listed, entry, at_key=True)
    ctx.put(out, "x-ms-enum-values", values, entry, at_key=True)


def _no_enum(ctx: Context, entry: Node) -> None:
    if ctx.is_broken("enums", entry.value):
        return
    values = [part.strip() for part in re.split("[,|]", entry.value)]
    help_ = ctx.suggestions.of(entry.value, ctx.table("enums")) or f"write enum: [{', '.join(values)}]"
    ctx.report(NAME_NOT_FOUND, entry, f"there is no enum '{entry.value}'", help=help_)


def unused_enums(ctx: Context) -> None:
    """Reports entries of the top level's `enums` that nothing names."""
    for name, node in ctx.table("enums").items():
        if name not in ctx.used_enums:
            help_ = "use it, or remove it"
            ctx.report(TEMPLATE_UNUSED, node, f"no 'enum' names '{name}'", help=help_, key=True)


def write_required(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    """Writes a list of required fields. A boolean is about the field itself, and belongs to its object."""
    if entry.is_list:
        ctx.put(out, "required", entry.value, entry, at_key=True)


def fitting_fields(ctx: Context, entries: Entries, *, of_array: bool = False) -> Entries:
    """Returns the entries without what can't stand beside fields, and reports it: a type without fields, or `items`.

    With a sample, `type: array` and `items` describe the array of the sample; in the mapping of an array (`of_array`), `items`
    has further keys of its items.
    """
    word, fields = entries.get("type"), entries.get("fields")
    if fields is None or not fields.value:
        return entries
    type_ = "object" if word is None else str(TYPE_WORDS.get(str(word.value), {}).get("type", "object"))
    if word is not None and type_ != "object" and not (type_ == "array" and has_sample(entries)):
        help_ = "remove 'type': a schema with fields is an object"
        if type_ == "array":
            help_ = "for a list of objects, write items: {fields: …}; for an object, remove 'type'"
        message = f"'type: {word.value}' has no fields"
        ctx.report(SCHEMA_CONTRADICTORY, word, message, help=help_, key=True, first=fields)
        return {key: part for key, part in entries.items() if key not in ("type", "items")}
    if "items" in entries and not of_array and not has_sample(entries):
        help_ = "for a list of objects, write items: {fields: …}; an object has no items"
        message = "'items' and 'fields' can't be used together"
        ctx.report(SCHEMA_CONTRADICTORY, entries["items"], message, help=help_, key=True, first=fields)
        return {key: part for key, part in entries.items() if key != "items"}
    return entries
