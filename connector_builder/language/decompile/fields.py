"""The properties of an object as fields: by path where that is short, each with no more than can't be derived."""

from dataclasses import dataclass, replace
from typing import Any

from connector_builder.language.compile.field_paths import MAX_STEPS, Step, write_field_path
from connector_builder.language.compile.fields import OF_ITEMS, SAYS_OBJECT
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.dynamic import EXTENSIONS
from connector_builder.language.decompile.entries import TEXTS, ordered, shortened
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.words import leave_out_type
from connector_builder.language.derived import field_description, field_labels, is_description, is_hidden
from connector_builder.source.yaml_writer import Block, flow

LINE = 28
"""How many characters a line is worth, where a form with fewer lines has more characters."""
ROOM = 90
"""Characters of a field that fits on one line, wherever it is indented."""
_LABELS = ("x-ms-summary", "title")
_LABEL_KEYS = ("summary", "title")
FIELD_TEXTS = {
    "description": "description",
    "summary": "x-ms-summary",
    "title": "title",
    "visibility": "x-ms-visibility",
}
"""What fields of one name may have in common, with the keys of Swagger."""

Written = tuple[tuple[Step, ...], Any]
"""A field's path, below the object that it is in, and its form."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field before its form is chosen: what is said of it, and the fields in its innermost items (None: it has none)."""

    name: str
    required: bool
    arrays: int
    entries: Entries
    below: list[Written] | None


def fields_of(style: Style, schema: Entries) -> tuple[Entries, Entries] | None:
    """An object's own keys and its fields; None where it has no properties that can be fields."""
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties or "" in properties:
        return None
    entries, written = _object(style, schema)
    return entries, _mapping(written)


def _mapping(written: list[Written]) -> Entries:
    """Fields by their paths: in block style, unless each is a word or a text, and so they may share a line."""
    said = {write_field_path(steps): form for steps, form in written}
    return said if all(isinstance(form, str) for form in said.values()) else Block(said)


def _keywords(style: Style, schema: Entries) -> Entries:
    from connector_builder.language.decompile.schemas import keywords  # a field holds schemas, and a schema fields

    return keywords(style, schema)


def _object(style: Style, schema: Entries) -> tuple[Entries, list[Written]]:
    """What is said of an object beside its fields, and its fields in order."""
    properties = schema["properties"]
    required = schema.get("required")
    marked: set[str] = set(required or ()) if _follows(required, properties) else set()
    left = {"properties", "required"} if marked else {"properties"}
    entries = _keywords(style, {key: value for key, value in schema.items() if key not in left})
    if not entries.keys() & {"$ref", "allOf"}:  # beside which no type is derived
        if entries.get("type") == "object":
            del entries["type"]
        elif "type" not in entries:
            entries["type"] = None
    written: list[Written] = []
    for name, part in properties.items():
        written += _chosen(_field(style, name, part, required=name in marked))
    return entries, written


def _follows(required: Any, properties: Entries) -> bool:
    """Whether a `required` list names some of the properties in their order, so that `!` says it."""
    if not isinstance(required, list) or not required or not all(isinstance(name, str) for name in required):
        return False
    named = set(required)
    return [name for name in properties if name in named] == required


def _field(style: Style, name: str, schema: Any, *, required: bool) -> Field:
    if not isinstance(schema, dict):
        raise Unsayable("properties")
    if style.repeated.get(id(schema)) is None and _is_array_of(schema):
        return _array(style, name, schema, required=required)
    entries, below = _item(style, schema)
    if "$ref" not in schema:
        _described(style, name, schema, entries, hidden=is_hidden(schema) or id(schema) in style.callbacks)
    return Field(name, required, 0, entries, below)


def _is_array_of(schema: Entries) -> bool:
    """Whether `name[]` says it: an array of which nothing is said that the mapping of `name[]` says of its items."""
    if schema.get("type") != "array" or not isinstance(schema.get("items"), dict) or "required" in schema:
        return False
    return not any(key in OF_ITEMS or key in EXTENSIONS for key in schema if key not in ("type", "items"))


def _array(style: Style, name: str, schema: Entries, *, required: bool) -> Field:
    arrays, items = 1, schema["items"]
    while items.keys() == {"type", "items"} and items["type"] == "array" and isinstance(items["items"], dict):
        arrays, items = arrays + 1, items["items"]
    of_items, below = _item(style, items)
    direct = {key: value for key, value in of_items.items() if key in OF_ITEMS or key == "required"}
    rest = {key: value for key, value in of_items.items() if key not in direct}
    entries = _keywords(style, {key: value for key, value in schema.items() if key not in ("type", "items")})
    _described(style, name, schema, entries, hidden=is_hidden(schema), arrays=arrays)
    entries.update(direct)
    if rest:
        entries["items"] = ordered(rest)
    return Field(name, required, arrays, entries, below)


def _item(style: Style, schema: Entries) -> tuple[Entries, list[Written] | None]:
    """What is said of a field's innermost items, as far as it isn't derived, and the fields in them."""
    repeated = style.repeated.get(id(schema))
    if repeated is not None:
        return {"$ref": repeated, **_keywords(style, {key: schema[key] for key in TEXTS if key in schema})}, None
    properties = schema.get("properties")
    has_fields = isinstance(properties, dict) and properties and "" not in properties
    if has_fields and "$ref" not in schema and schema.get("type", "object") == "object":
        return _object(style, schema)
    entries = _keywords(style, schema)
    if "$ref" in entries or "allOf" in entries:
        return entries, None
    if schema:
        leave_out_type(entries, schema, fields=any(entries.get(key) is not None for key in SAYS_OBJECT))
    else:
        entries["type"] = "any"
    return entries, None


def _described(style: Style, name: str, schema: Entries, entries: Entries, *, hidden: bool, arrays: int = 0) -> None:
    """Leaves out the label and the description that are derived, and says where there is none."""
    derived = field_labels(style.defaults, name, schema.get("type"), hidden=hidden)
    labels = {key: schema[key] for key in _LABELS if key in schema}
    if labels == derived:
        entries.pop("title", None)
        entries.pop("summary", None)
    elif not labels:
        entries["title" if "x-ms-summary" not in derived else "summary"] = None
    description = field_description(style.defaults, name)
    if description is not None:
        if schema.get("description") == description:
            entries.pop("description", None)
        elif "description" not in schema:
            entries["description"] = None
    style.seen.append((name, schema))
    template = style.fields.get(name)
    if template is not None and (arrays or "$ref" not in entries):  # a field that names a schema takes nothing
        _inherited(template, schema, entries)


def _inherited(template: Entries, schema: Entries, entries: Entries) -> None:
    """Leaves out what the top level's `fields` say of a field of this name, and says what differs from it."""
    labelled = any(key in template for key in _LABEL_KEYS)
    for key, extension in FIELD_TEXTS.items():
        if key in template:
            said = schema.get(extension)
            if said == template[key]:
                entries.pop(key, None)
            else:
                entries[key] = said
        elif labelled and key in _LABEL_KEYS:  # beside a label that is said none is derived
            entries.pop(key, None)
            if extension in schema:
                entries[key] = schema[extension]


def _chosen(field: Field) -> list[Written]:
    """The shorter of two forms: the fields below in a mapping of their own, or by their paths."""
    step = Step(field.name, field.arrays, field.required)
    if field.below is None:
        return [((step,), short_field(field.entries))]
    nested = _nested(step, field)
    if any(len(steps) >= MAX_STEPS - 1 for steps, _ in field.below):
        return nested
    paths = _paths(step, field)
    return paths if _cost(paths) <= _cost(nested) else nested


def _nested(step: Step, field: Field) -> list[Written]:
    assert field.below is not None
    return [((step,), ordered({**field.entries, "fields": _mapping(field.below)}))]


def _paths(step: Step, field: Field) -> list[Written]:
    assert field.below is not None
    written: list[Written] = []
    if field.entries:
        written.append(((step,), short_field(field.entries)))
        step = replace(step, required=False)
    for steps, form in field.below:
        written.append(((step, *steps), form))
        step = replace(step, required=False)
    return written


def _cost(written: list[Written]) -> int:
    total = 0
    for steps, form in written:
        length = len(write_field_path(steps)) + 2
        lines, characters = measure(form)
        total += LINE * lines + length + characters
    return total


def measure(form: Any) -> tuple[int, int]:
    """How many lines and characters a form takes, roughly, its key not counted."""
    if not isinstance(form, dict | list) or not form:
        length = len(form) if isinstance(form, str) else 5
        return 1 + length // ROOM, length
    if isinstance(form, list):
        inner = [measure(part) for part in form]
        return sum(lines for lines, _ in inner), sum(length for _, length in inner) + 2 * len(form)
    if not isinstance(form, Block) and "fields" not in form:
        length = len(flow(form))
        if length <= ROOM:
            return 1, length
    lines, characters = 1, 0
    for key, part in form.items():
        more, length = measure(part)
        lines, characters = lines + more, characters + len(key) + 2 + length
    return lines, characters


def short_field(entries: Entries) -> Any:
    """A field's entries as a single text where they are one: a type word, a schema's name, a description."""
    if not entries:
        return "string"
    if entries.keys() == {"description"} and isinstance(entries["description"], str):
        text = entries["description"]
        return text if is_description(text) else entries
    return shortened(ordered(entries))
