"""Makes the forms of fields without the schemas in them: leaves out derived parts, and uses paths if that is short."""

from dataclasses import dataclass, replace
from typing import Any

from connector_builder.language.compile.schemas.field_paths import MAX_STEPS, Step, write_field_path
from connector_builder.language.compile.schemas.fields import OF_ITEMS
from connector_builder.language.decompile.decisions import Entries, Seen, Style
from connector_builder.language.decompile.entries import ordered, shortened
from connector_builder.language.decompile.schemas.dynamic import EXTENSIONS
from connector_builder.language.decompile.words import type_entries
from connector_builder.language.derived import field_description, field_labels, is_description
from connector_builder.platform.data.differences import same
from connector_builder.source.yaml_writer import Block, flow

LINE = 28
"""The number of characters that equal one line, in the comparison of forms with fewer lines but more characters."""
ROOM = 90
"""The most characters of a field that fits on one line at any indentation."""
_LABELS = ("x-ms-summary", "title")
_LABEL_KEYS = ("summary", "title")
FIELD_TEXTS = {
    "description": "description",
    "summary": "x-ms-summary",
    "title": "title",
    "visibility": "x-ms-visibility",
}
"""The keys that fields of one name may have in common, with the keys of Swagger."""

Written = tuple[tuple[Step, ...], Any]
"""A field's path below the object that contains it, and its form."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field before its form is chosen: its keys, and the fields in its innermost items (None: it has none)."""

    name: str
    required: bool
    arrays: int
    entries: Entries
    below: list[Written] | None


def mapping_of(written: list[Written]) -> Entries:
    """Returns fields by their paths: in block style, unless each is a word, a text, or only has such fields itself.

    The others may share a line.
    """
    said = {write_field_path(steps): form for steps, form in written}
    return said if all(map(_shares_line, said.values())) else Block(said)


def _shares_line(form: Any) -> bool:
    if isinstance(form, dict):
        return form.keys() == {"fields"} and not isinstance(form["fields"], Block)
    return isinstance(form, str)


def follows(required: Any, properties: Entries) -> bool:
    """Checks whether a `required` list contains properties in their own order, so that `!` can express it."""
    if not isinstance(required, list) or not required or not all(isinstance(name, str) for name in required):
        return False
    named = set(required)
    return [name for name in properties if name in named] == required


def is_array_of(schema: Entries) -> bool:
    """Checks whether `name[]` expresses an array: none of its keys would be taken for a key of its items."""
    if schema.get("type") != "array" or not isinstance(schema.get("items"), dict) or "required" in schema:
        return False
    return not any(key in OF_ITEMS or key in EXTENSIONS for key in schema if key not in ("type", "items"))


def described(style: Style, name: str, schema: Entries, entries: Entries, *, hidden: bool, arrays: int = 0) -> None:
    """Leaves out the derived label and description, and writes that there is none where the field has none."""
    derived = field_labels(style.defaults, name, schema.get("type"), hidden=hidden)
    labels = {key: schema[key] for key in _LABELS if key in schema}
    if labels == derived:
        entries.pop("title", None)
        entries.pop("summary", None)
    elif not labels:
        entries["title" if "x-ms-summary" not in derived else "summary"] = None
    description = field_description(style.defaults, name, schema)
    if description is not None:
        if schema.get("description") == description:
            entries.pop("description", None)
        elif "description" not in schema:
            entries["description"] = None
    style.seen.append(Seen(name, schema, _keys(schema, entries, arrays)))
    template = style.fields.get(name)
    if template is not None and (arrays or "$ref" not in entries):  # a field that names a schema takes nothing
        _inherited(template, schema, entries)


_INNER = frozenset({"$ref", "items", "properties", "additionalProperties", "allOf", "dynamicSchema"})
_OWN = frozenset({*FIELD_TEXTS, "type", "format", "required", "readOnly"})
"""The keys that stay with a field: its texts have rules of their own, and the others say what it is."""


def _keys(schema: Entries, entries: Entries, arrays: int) -> Entries | None:
    """Returns the keys of a field that the top level's `fields` may contain too; None if it has fields or items."""
    if arrays or _INNER & schema.keys() or "dynamicSchema" in entries:
        return None
    return {key: value for key, value in entries.items() if key not in _OWN}


def _inherited(template: Entries, schema: Entries, entries: Entries) -> None:
    """Leaves out the keys in the top level's `fields` for this name, and writes the differences."""
    labelled = any(key in template for key in _LABEL_KEYS)
    for key, extension in FIELD_TEXTS.items():
        if key in template:
            said = schema.get(extension)
            if said == template[key]:
                entries.pop(key, None)
            else:
                entries[key] = said
        elif labelled and key in _LABEL_KEYS:  # a field with a label of its own has no derived one
            entries.pop(key, None)
            if extension in schema:
                entries[key] = schema[extension]
    for key in [key for key in template if key not in FIELD_TEXTS]:  # in order: a set has another at every start
        if key not in entries:
            entries[key] = None
        elif same(entries[key], template[key], in_order=True):
            del entries[key]
            if not entries and schema.get("type") != "string":
                entries.update(type_entries(schema))  # else the empty field would be a string


def chosen(field: Field) -> list[Written]:
    """Returns the shorter of two forms: the inner fields in a mapping of their own, or by their paths."""
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
    return [((step,), ordered({**field.entries, "fields": mapping_of(field.below)}))]


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
    """Returns how many lines and characters a form takes, roughly, without its key."""
    if not isinstance(form, dict | list) or not form:
        length = len(form) if isinstance(form, str) else 5
        return 1 + length // ROOM, length
    if isinstance(form, list):
        inner = [measure(part) for part in form]
        return sum(lines for lines, _ in inner), sum(length for _, length in inner) + 2 * len(form)
    if form.keys() == {"fields"}:
        return measure(form["fields"])  # usually written directly
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
    """Returns a field's entries as a single text if they are one: a type word, a schema's name, a description."""
    if not entries:
        return "string"
    if entries.keys() == {"description"} and isinstance(entries["description"], str):
        text = entries["description"]
        return text if is_description(text) else entries
    return shortened(ordered(entries))
