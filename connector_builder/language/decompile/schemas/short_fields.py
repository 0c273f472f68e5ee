"""Shortens the fields of a finished spec: without `fields:` above them, and equal ones on one line.

The parts of an import look into each other's fields, so this comes last.
"""

from collections.abc import Container
from itertools import groupby
from typing import Any

from connector_builder.language.bare import are_fields
from connector_builder.language.compile.schemas.field_paths import SEPARATOR
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.schemas.fields import ROOM
from connector_builder.language.tables.forms import PLAIN, Form
from connector_builder.language.tables.schemas import BARE
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.secrets import is_secret
from connector_builder.source.yaml_writer import MAX_PARTS, Block, flow

_LONGEST = 60
"""The most characters of what several fields on one line have in common."""


def with_short_fields(tree: Entries) -> Entries:
    """Returns a spec with `response: {id: string}` for `response: {fields: {id: string}}`, where that is a schema.

    Neighbours with the same form are one entry: `street, city: string`.
    """
    schemas = tree.get("schemas", {})
    described = OBJECTS["spec"].keys
    return {
        key: _value(part, form(described[key].form), schemas) if key in described else part
        for key, part in tree.items()
    }


def with_short_fields_in(entry: Any, table: str, schemas: Container[str]) -> Any:
    """Returns an entry of `actions`, `triggers` or `schemas` as `with_short_fields` writes it in a spec with these schemas."""
    return _value({"": entry}, form(OBJECTS["spec"].keys[table].form), schemas)[""]


def _value(value: Any, expected: Form, schemas: Container[str]) -> Any:
    if isinstance(value, list):
        return [_value(part, form(expected.items), schemas) for part in value] if expected.items else value
    if not isinstance(value, dict):
        return value
    if expected.object is None:
        return value if expected.names is None else _names(value, form(expected.names), schemas)
    return value if PLAIN in value else _object(value, expected.object, schemas)


def _names(value: Entries, of_each: Form, schemas: Container[str]) -> Entries:
    return type(value)({name: _value(part, of_each, schemas) for name, part in value.items()})


def _object(value: Entries, name: str, schemas: Container[str]) -> Entries:
    described = OBJECTS[name]
    keys = described.keys
    written = type(value)(
        {key: _value(part, form(keys[key].form), schemas) if key in keys else part for key, part in value.items()}
    )
    if described.bare is None or not isinstance(written.get(BARE), dict):
        return written
    fields = written[BARE] = _grouped(written[BARE])
    bare = len(written) == 1 and are_fields(fields, described, schemas)
    return fields if bare and not _reads_as_secret(fields) else written


def _reads_as_secret(fields: Entries) -> bool:
    """Checks whether a description would be the secret that its name says, without `fields:` above them."""
    return any(isinstance(text, str) and is_secret(name, text) for name, text in fields.items())


def _grouped(fields: Entries) -> Entries:
    """Returns fields with neighbours of the same form in one entry, unless all of them fit on one line."""
    if not isinstance(fields, Block) and len(fields) <= MAX_PARTS and len(flow(fields)) <= ROOM:
        return fields
    grouped = Block()
    for text, run in groupby(fields.items(), lambda item: _text(item[1])):
        entries = list(run)
        for names in [[name] for name, _ in entries] if text is None else _lines([name for name, _ in entries], text):
            grouped[SEPARATOR.join(names)] = fields[names[0]]
    return grouped


def _lines(names: list[str], text: str) -> list[list[str]]:
    """Divides the names of fields of one form by lines that are easy to read."""
    lines: list[list[str]] = []
    for name in names:
        full = lines and (len(lines[-1]) >= MAX_PARTS or len(SEPARATOR.join([*lines[-1], name])) + len(text) > ROOM)
        if full or not lines:
            lines.append([])
        lines[-1].append(name)
    return lines


def _text(form: Any) -> str | None:
    """Returns a short form in flow style; None for a form that needs lines of its own."""
    if isinstance(form, Block):
        return None
    text = flow(form)
    return text if len(text) <= _LONGEST and "\\n" not in text else None
