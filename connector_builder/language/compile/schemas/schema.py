"""Compiles schemas in every form of the language to plain Swagger.

A field contains schemas, and a schema contains fields: so both are in this module.
"""

from collections.abc import Callable
from typing import Any

from connector_builder.language.compile.context import AuthorSample, Context, Entries, value
from connector_builder.language.compile.references import NOT_SWAGGER, by_path, parts_of, report_unknown
from connector_builder.language.compile.schemas.field_tree import Field, grow
from connector_builder.language.compile.schemas.fields import (
    NO_TYPE,
    derive_type,
    describe,
    origin_of,
    require,
    split_entries,
    template_of,
)
from connector_builder.language.compile.schemas.forms import ARRAY, long_form, over
from connector_builder.language.compile.schemas.schema_keys import (
    FRIENDLY,
    check_required,
    fitting_fields,
    has_sample,
    plain_part,
    sugar,
    write_enum,
    write_required,
    write_type,
)
from connector_builder.language.rules import NAME_NOT_FOUND, SCHEMA_CONTRADICTORY, VALUE_NOT_VALID
from connector_builder.language.tables.schemas import LANGUAGE_KEYS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.platform.swagger.references import format_reference
from connector_builder.source.node import Node

_SAYS_TYPE = frozenset({"type", "$ref", "allOf", "properties", ARRAY})


def schema(ctx: Context, node: Node) -> dict[str, Any]:
    """Compiles a schema of any form: a type word or a name, `[X]`, or a mapping."""
    with ctx.nested(node) as fits:
        if not fits:
            return {}
        if isinstance(node.value, str):
            return named_schema(ctx, node, node.value)
        if node.is_list:
            return array_schema(ctx, node)
        return schema_of(ctx, node, node.entries)


def schema_of(ctx: Context, node: Node, entries: Entries) -> dict[str, Any]:
    """Compiles a schema from a mapping's entries, which may be only a part of `node` (a body or a response)."""
    if "properties" in entries and ("fields" in entries or has_sample(entries)):
        first = "fields" if "fields" in entries else "sample" if "sample" in entries else "samples"
        message = f"'properties' and '{first}' can't be used together"
        help_ = "keep one: 'properties' is plain Swagger; 'fields' and 'sample' derive types and labels"
        ctx.report(SCHEMA_CONTRADICTORY, entries[first], message, help=help_, key=True, first=entries["properties"])
        entries = {key: part for key, part in entries.items() if key not in ("fields", "sample", "samples")}
    if "swagger" in entries:
        return plain_part(ctx, entries)
    check_required(ctx, entries)
    if "fields" in entries or has_sample(entries):
        return _fields_schema(ctx, node, fitting_fields(ctx, entries))
    out: dict[str, Any] = {}
    if not _SAYS_TYPE & entries.keys() and value(entries, "dynamicSchema") is not None:
        ctx.put(out, "type", "object", entries["dynamicSchema"], at_key=True)
    keywords(ctx, out, entries, node)
    return out


def _fields_schema(ctx: Context, node: Node, entries: Entries) -> dict[str, Any]:
    """Compiles a mapping's sample and fields to one schema."""
    root = Field("", node)
    grow(ctx, root, entries)
    rest = {key: part for key, part in entries.items() if key not in ("sample", "samples")}
    inherit = bool(value(entries, "inherit", True))
    levels = {0: rest}
    if root.arrays:
        # The keys beside a sample that is an array describe the array.
        levels = {0: {key: part for key, part in rest.items() if key != "fields"}}
        levels.update({level: long_form(said) for level, said in root.levels.items()})
    with ctx.nested(node, root.arrays) as fits:
        return _levels(ctx, root, levels, node, root.samples, inherit=inherit) if fits else {}


def _property(
    ctx: Context, field: Field, samples: list[AuthorSample] | None, *, inherit: bool
) -> tuple[dict[str, Any], Entries]:
    """Returns a field's schema, and the keys of the field itself for the object that contains it."""
    said = [long_form(node) for node in field.levels.values()]
    inherit = inherit and all(value(entries, "inherit", True) for entries in said)
    template = template_of(ctx, field) if inherit else {}
    levels = {level: long_form(node) for level, node in field.levels.items()}
    inner = levels.get(field.arrays, {})
    node = field.levels.get(field.arrays) or field.levels.get(0) or field.origin
    if field.arrays:
        of_array, levels[field.arrays] = split_entries(inner)
        levels[0] = {**template, **of_array, **levels.get(0, {})}
    elif value(inner, "$ref") is None:  # a reference allows no keys beside it
        levels[0] = over(inner, template)
    if "swagger" in inner and not field.arrays:
        return plain_part(ctx, inner), {}
    with ctx.nested(node, 1 + field.arrays) as fits:
        out = _levels(ctx, field, levels, node, samples, inherit=inherit) if fits else {}
    ctx.origins.note_all(out, origin_of(field, samples))
    own = levels.get(0, {})
    describe(ctx, out, field.name, own, node)
    return out, own


def _levels(
    ctx: Context,
    field: Field,
    levels: dict[int, Entries],
    node: Node,
    samples: list[AuthorSample] | None,
    *,
    inherit: bool,
) -> dict[str, Any]:
    """Returns the schema of a field's innermost items, wrapped in its arrays.

    `samples` are the samples that contain the field.
    """
    samples = field.samples or samples
    out = _item(ctx, field, levels.get(field.arrays, {}), node, samples, inherit=inherit)
    for level in range(field.arrays, -1, -1):
        if level < field.arrays:
            out = _array_of(ctx, out, levels.get(level, {}), node)
        if field.samples and level == field.samples_level:
            ctx.sample_checks.append((out, field.samples))
            ctx.authored[id(out)] = field.samples[0].value, node
    return out


def _array_of(ctx: Context, items: dict[str, Any], entries: Entries, node: Node) -> dict[str, Any]:
    out: dict[str, Any] = {}
    ctx.put(out, "type", "array", node)
    ctx.put(out, "items", items, node, at_key=True)
    keywords(ctx, out, {key: part for key, part in entries.items() if key not in ("type", "items")}, node)
    return out


def _item(
    ctx: Context, field: Field, entries: Entries, node: Node, samples: list[AuthorSample] | None, *, inherit: bool
) -> dict[str, Any]:
    """Returns the schema of a field's innermost items: an object of its children, the author's, or the inferred one."""
    if "swagger" in entries:
        return plain_part(ctx, entries)
    out: dict[str, Any] = {}
    instead = any(value(entries, key) is not None for key in ("$ref", ARRAY, "properties"))
    children = {} if instead else field.children
    keywords(ctx, out, entries, node)
    if not NO_TYPE & entries.keys():
        derive_type(ctx, out, field, entries, node, samples)
    if children:
        properties: dict[str, Any] = {}
        said: dict[str, Entries] = {}
        for name, child in children.items():
            properties[name], said[name] = _property(ctx, child, samples, inherit=inherit)
            ctx.origins.note(properties, name, origin_of(child, samples))
        ctx.put(out, "properties", properties, node, at_key=True)
        require(ctx, out, field, said, node)
    ctx.origins.note_all(out, node.key_place)
    return out


def named_schema(ctx: Context, node: Node, name: str) -> dict[str, Any]:
    """Compiles a single word: a type word, or a schema of the spec."""
    if name in TYPE_WORDS:
        out: dict[str, Any] = dict(TYPE_WORDS[name])
        ctx.origins.note_all(out, node.place)
        return out
    return reference(ctx, node, name)


def reference(ctx: Context, node: Node, name: str, table: str = "schemas") -> dict[str, Any]:
    """Returns a `$ref` to a part that the spec names, or the part itself if it is `inline`.

    Returns {} with a finding if there is none.
    """
    out: dict[str, Any] = {}
    section = {"schemas": "definitions"}.get(table, table)
    if path := NOT_SWAGGER.fullmatch(name):
        return by_path(ctx, node, path[1])
    if name.startswith("#/"):
        ctx.put(out, "$ref", name, node)
        return out
    target = parts_of(ctx, table).get(name)
    if target is not None and table == "schemas" and target.is_mapping and value(target.entries, "inline"):
        return _inlined(ctx, node, name, target)
    if ctx.is_broken("spec keys", table):
        return out  # nobody knows what is in it
    if target is not None or ctx.is_broken(table, name):
        ctx.put(out, "$ref", format_reference(section, name), node)
        return out
    report_unknown(ctx, node, name, table)
    return out


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


def compile_schemas(ctx: Context) -> dict[str, Any]:
    """Returns Swagger's definitions: every schema of the spec that isn't inline."""
    definitions: dict[str, Any] = {}
    for name, node in ctx.table("schemas").items():
        if node.is_mapping and value(node.entries, "inline"):
            continue
        ctx.put(definitions, name, schema(ctx, node), node, at_key=True)
    for name in ctx.broken.get("schemas", ()):
        definitions.setdefault(name, {})
    return definitions


def array_schema(ctx: Context, node: Node) -> dict[str, Any]:
    """Compiles `[X]`: an array of X."""
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
    """Writes the keywords of a schema or parameter; null means not written, unless it is JSON's null there."""
    for key, entry in entries.items():
        if key in LANGUAGE_KEYS or (
            entry.value is None and key not in ("default", "example") and not key.startswith("x-")
        ):
            if key == "visibility":
                ctx.shown.add(id(out))
            continue
        handler = _KEYWORDS.get(key)
        if handler is not None:
            handler(ctx, out, entry, entries)
        elif key in FRIENDLY:
            sugar(ctx, out, entry, key)
        else:
            ctx.put(out, key, entry.value, entry)
    if out:
        ctx.origins.note_all(out, node.key_place)


def _items(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    ctx.put(out, "items", schema(ctx, entry), entry, at_key=True)


def _properties(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    properties: dict[str, Any] = {}
    for name, part in entry.entries.items():
        if isinstance(part.value, str) and " " in part.value.strip() and part.value not in ctx.table("schemas"):
            message = f"the text of '{name}' isn't a schema, because 'properties' is plain Swagger"
            help_ = "replace 'properties' with 'fields', in which a text is a description, or write {description: …}"
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


def _array(ctx: Context, out: dict[str, Any], entry: Node, _entries: Entries) -> None:
    for key, item in array_schema(ctx, entry).items():
        ctx.put(out, key, item, entry)


_KEYWORDS: dict[str, Callable[[Context, dict[str, Any], Node, Entries], None]] = {
    ARRAY: _array,
    "type": write_type,
    "enum": write_enum,
    "items": _items,
    "properties": _properties,
    "additionalProperties": _additional,
    "allOf": _all_of,
    "$ref": _ref,
    "required": write_required,
}
