"""Schemas in every form that the language has, to plain Swagger."""

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.dynamic import dynamic_schema, dynamic_values
from connector_builder.language.compile.forms import ARRAY
from connector_builder.language.derived import enum_value
from connector_builder.language.rules import NAME_NOT_FOUND, REFERENCE_NOT_VALID, SCHEMA_CONTRADICTORY, VALUE_NOT_VALID
from connector_builder.language.tables.schemas import LANGUAGE_KEYS
from connector_builder.language.tables.sugar import SUGAR
from connector_builder.language.tables.types import SYNONYMS, TYPE_WORDS
from connector_builder.source.node import Node
from connector_builder.source.pointers import format_reference

_SUGAR = {row.name: row for row in SUGAR}
_NOT_SWAGGER = re.compile(r"#/(?:components/\w+|schemas)/([^/]+)")
"""References that OpenAPI 3 has, and those to the tables of a spec, by the name in them."""
_LIST_OF = re.compile(r"([A-Za-z]\w*)\[\]|(?:array|list)(?:<| of |\[)([A-Za-z]\w*)[>\]]?", re.IGNORECASE)
_SAYS_TYPE = frozenset({"type", "$ref", "allOf", "properties", ARRAY})


def schema(ctx: Context, node: Node) -> dict[str, Any]:
    """A schema of any form: a type word or a name, `[X]`, or a mapping."""
    with ctx.nested(node) as fits:
        if not fits:
            return {}
        if isinstance(node.value, str):
            return named_schema(ctx, node, node.value)
        if node.is_list:
            return array_schema(ctx, node)
        return schema_of(ctx, node, node.entries)


def schema_of(ctx: Context, node: Node, entries: Entries) -> dict[str, Any]:
    """A schema from a mapping's entries, which may be part of what stands at `node` (a body's or a response's)."""
    from connector_builder.language.compile.fields import fields_schema  # the two call each other

    if "properties" in entries and ("fields" in entries or has_sample(entries)):
        first = "fields" if "fields" in entries else "sample" if "sample" in entries else "samples"
        message = f"'properties' and '{first}' exclude each other"
        help_ = "'properties' is plain Swagger, 'fields' and 'sample' derive what is missing: keep one"
        ctx.report(SCHEMA_CONTRADICTORY, entries[first], message, help=help_, key=True, first=entries["properties"])
        entries = {key: part for key, part in entries.items() if key not in ("fields", "sample", "samples")}
    if "swagger" in entries:
        return plain_part(ctx, entries)
    check_required(ctx, entries)
    if "fields" in entries or has_sample(entries):
        _check_has_fields(ctx, entries)
        return fields_schema(ctx, node, entries)
    out: dict[str, Any] = {}
    if not _SAYS_TYPE & entries.keys() and value(entries, "dynamicSchema") is not None:
        ctx.put(out, "type", "object", entries["dynamicSchema"], at_key=True)
    keywords(ctx, out, entries, node)
    return out


def _check_has_fields(ctx: Context, entries: Entries) -> None:
    """Reports a type without fields beside the fields."""
    word, fields = entries.get("type"), value(entries, "fields")
    if (
        fields
        and word is not None
        and TYPE_WORDS.get(str(word.value), {}).get("type", "object") not in ("object", "array")
    ):
        message = f"'type: {word.value}' has no fields"
        help_ = "remove 'type': what has fields is an object"
        ctx.report(SCHEMA_CONTRADICTORY, word, message, help=help_, key=True, first=entries["fields"])


def plain_part(ctx: Context, entries: Entries, what: str = "schema") -> dict[str, Any]:
    """A schema, or a part that Swagger shares, as it stands in Swagger: the home of what the language can't say."""
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
    """A boolean `required` speaks of a field in its object; a schema that is no field has none to speak of."""
    flag = entries.get("required")
    if flag is not None and isinstance(flag.value, bool):
        help_ = "write a list of fields, or 'name!' for a required field"
        ctx.report(
            SCHEMA_CONTRADICTORY,
            flag,
            f"'required: {str(flag.value).lower()}' speaks of a field, not of a schema",
            help=help_,
        )


def has_sample(entries: Entries) -> bool:
    """Whether a sample gives the schema."""
    return "sample" in entries or value(entries, "samples") is not None


def named_schema(ctx: Context, node: Node, name: str) -> dict[str, Any]:
    """What a single word stands for: a type word, or a schema of the spec."""
    if name in TYPE_WORDS:
        out: dict[str, Any] = dict(TYPE_WORDS[name])
        ctx.origins.note_all(out, node.place)
        return out
    return reference(ctx, node, name)


def reference(ctx: Context, node: Node, name: str, table: str = "schemas") -> dict[str, Any]:
    """A `$ref` to a part that the spec names; the part itself where it is `inline`; {} with a finding where there is none."""
    out: dict[str, Any] = {}
    section = {"schemas": "definitions"}.get(table, table)
    if path := _NOT_SWAGGER.fullmatch(name):
        return _by_path(ctx, node, path[1])
    if name.startswith("#/"):
        ctx.put(out, "$ref", name, node)
        return out
    target = _parts(ctx, table).get(name)
    if target is not None and table == "schemas" and target.is_mapping and value(target.entries, "inline"):
        return _inlined(ctx, node, name, target)
    if target is not None or ctx.is_broken(table, name):
        ctx.put(out, "$ref", format_reference(section, name), node)
        return out
    if "://" in name or name.startswith(("/", ".", "#")) or "#" in name:
        help_ = "name a schema of this spec, or write '#/definitions/Name'"
        ctx.report(REFERENCE_NOT_VALID, node, f"'{name}' leads out of the connector", help=help_)
        return out
    if table == "schemas" and (cure := _no_name(ctx, name)):
        ctx.report(NAME_NOT_FOUND, node, f"there is no schema '{name}'", help=cure)
        return out
    known = chain(_parts(ctx, table), TYPE_WORDS if table == "schemas" else ())
    what = {"schemas": "schema or type word"}.get(table, table.removesuffix("s"))
    synonym = SYNONYMS.get(name.lower()) if table == "schemas" else None
    help_ = (
        (f"write '{synonym}'" if synonym else None)
        or ctx.suggestions.of(name, known)
        or f"add it under '{table}'" + (", or use a type word such as 'string'" if table == "schemas" else "")
    )
    ctx.report(NAME_NOT_FOUND, node, f"there is no {what} '{name}'", help=help_)
    return out


def _by_path(ctx: Context, node: Node, name: str) -> dict[str, Any]:
    """A reference to `#/schemas/Order` or `#/components/…`: the part is there, and only the path is wrong."""
    message = f"'{node.value}' isn't where Swagger 2.0 has it"
    for table, section in (("schemas", "definitions"), ("responses", "responses"), ("parameters", "parameters")):
        if f"/{table}/" in node.value and (name in _parts(ctx, table) or ctx.is_broken(table, name)):
            ctx.report(REFERENCE_NOT_VALID, node, message, help=f"write {name} alone, or $ref: {name}")
            return {"$ref": format_reference(section, name)}
    help_ = ctx.suggestions.of(name, ctx.table("schemas")) or "write the name of a schema of this spec"
    ctx.report(REFERENCE_NOT_VALID, node, message, help=help_)
    return {}


def _no_name(ctx: Context, name: str) -> str | None:
    """What to write instead of a text that is no name: a file, a list of something, a description."""
    if name.endswith((".json", ".yaml", ".yml")):
        return f"a file with a sample is named by {{sample: {name}}}"
    if listed := _LIST_OF.fullmatch(name):
        inner = listed[1] or listed[2]
        return f"write [{SYNONYMS.get(inner.lower(), inner)}]"
    if " " in name:
        return f"a description is written {{description: {name[:60]}{'…' if len(name) > 60 else ''}}}"
    return None


def _parts(ctx: Context, table: str) -> Entries:
    if table == "schemas":
        return ctx.table("schemas")
    if table not in ctx.parts:
        components = ctx.table("components").get(table)
        templates = ctx.table("parameters").values() if table == "parameters" else ()
        shared = {str(value(one.entries, "shared")): one for one in templates if value(one.entries, "shared")}
        ctx.parts[table] = {**shared, **(components.entries if components is not None else {})}
    return ctx.parts[table]


def _inlined(ctx: Context, node: Node, name: str, target: Node) -> dict[str, Any]:
    if name in ctx.inlining:
        ctx.report(
            SCHEMA_CONTRADICTORY,
            node,
            f"the inline schema '{name}' contains itself",
            help="remove 'inline: true' from it",
        )
        return {}
    ctx.inlining.append(name)
    out = schema(ctx, target)
    ctx.inlining.pop()
    return out


def array_schema(ctx: Context, node: Node) -> dict[str, Any]:
    """`[X]`: an array of X."""
    out: dict[str, Any] = {}
    ctx.put(out, "type", "array", node)
    if len(node.items) == 1:
        ctx.put(out, "items", schema(ctx, node.items[0]), node.items[0])
    else:
        message = f"an array has one kind of items, not {len(node.items)}"
        ctx.report(VALUE_NOT_VALID, node, message, help="write [string], or [Name] for a schema of that name")
        out["items"] = {}
    return out


def keywords(ctx: Context, out: dict[str, Any], entries: Entries, node: Node) -> None:
    """Writes the keywords of a schema or parameter; null means not written, except where it is JSON's."""
    for key, entry in entries.items():
        if key in LANGUAGE_KEYS or (
            entry.value is None and key not in ("default", "example") and not key.startswith("x-")
        ):
            continue
        handler = _KEYWORDS.get(key)
        if handler is not None:
            handler(ctx, out, entry, entries)
        elif key in _SUGAR:
            sugar(ctx, out, entry, key)
        else:
            ctx.put(out, key, entry.value, entry)
    if out:
        ctx.origins.note_all(out, node.key_place)


def sugar(ctx: Context, out: dict[str, Any], entry: Node, key: str) -> None:
    """Writes a friendly key as its extension."""
    row = _SUGAR[key]
    if row.how == "dynamic_values":
        dynamic_values(ctx, out, entry)
    elif row.how == "dynamic_schema":
        dynamic_schema(ctx, out, entry)
    elif row.how == "pageable" and isinstance(entry.value, str):
        ctx.put(out, row.extension, {"nextLinkName": entry.value}, entry)
    else:
        ctx.put(out, row.extension, entry.value, entry)


def _type(ctx: Context, out: dict[str, Any], entry: Node, entries: Entries) -> None:
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
    if help_ is None and (listed := _LIST_OF.fullmatch(entry.value)):
        inner = listed[1] or listed[2]
        help_ = f"write type: array, items: {SYNONYMS.get(inner.lower(), inner)}"
    help_ = help_ or ctx.suggestions.of(entry.value, TYPE_WORDS) or "write a type word, such as string, int or datetime"
    ctx.report(VALUE_NOT_VALID, entry, f"'type' can't be '{entry.value}'", help=help_)
    return synonym or "any"


def _enum(ctx: Context, out: dict[str, Any], entry: Node, entries: Entries) -> None:
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


def _items(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    ctx.put(out, "items", schema(ctx, entry), entry, at_key=True)


def _properties(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    properties: dict[str, Any] = {}
    for name, part in entry.entries.items():
        if isinstance(part.value, str) and " " in part.value.strip() and part.value not in ctx.table("schemas"):
            message = f"the text of '{name}' is no schema: 'properties' is plain Swagger"
            help_ = "write fields in place of properties, where a text is a description, or {description: …}"
            ctx.report(NAME_NOT_FOUND, part, message, help=help_)
            continue
        ctx.put(properties, name, schema(ctx, part), part, at_key=True)
    ctx.put(out, "properties", properties, entry, at_key=True)


def _additional(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    item = entry.value if isinstance(entry.value, bool) else schema(ctx, entry)
    ctx.put(out, "additionalProperties", item, entry, at_key=True)


def _all_of(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    ctx.put(out, "allOf", [schema(ctx, item) for item in entry.items], entry, at_key=True)


def _ref(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    for key, item in reference(ctx, entry, entry.value).items():
        ctx.put(out, key, item, entry)


def _required(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    if entry.is_list:
        ctx.put(out, "required", entry.value, entry, at_key=True)


def _array(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    for key, item in array_schema(ctx, entry).items():
        ctx.put(out, key, item, entry)


_KEYWORDS: dict[str, Callable[[Context, dict[str, Any], Node, Entries], None]] = {
    ARRAY: _array,
    "type": _type,
    "enum": _enum,
    "items": _items,
    "properties": _properties,
    "additionalProperties": _additional,
    "allOf": _all_of,
    "$ref": _ref,
    "required": _required,
}
