"""Writes fields directly where they are all that a schema has: `response: {id: string}`."""

from collections.abc import Container
from typing import Any

from connector_builder.language.bare import are_fields
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.tables.forms import PLAIN, Form
from connector_builder.language.tables.top import OBJECTS, form


def with_bare_fields(tree: Entries) -> Entries:
    """Returns a spec in which every schema with the key `fields` alone contains the fields themselves if it can."""
    schemas = tree.get("schemas", {})
    described = OBJECTS["spec"].keys
    return {
        key: _value(part, form(described[key].form), schemas) if key in described else part
        for key, part in tree.items()
    }


def _value(value: Any, expected: Form, schemas: Container[str]) -> Any:
    if isinstance(value, list):
        return [_value(part, form(expected.items), schemas) for part in value] if expected.items else value
    if not isinstance(value, dict):
        return value
    if expected.object is None:
        if expected.names is None:
            return value
        of_each = form(expected.names)
        return type(value)({name: _value(part, of_each, schemas) for name, part in value.items()})
    if PLAIN in value:
        return value
    described = OBJECTS[expected.object]
    keys = described.keys
    written = type(value)(
        {name: _value(part, form(keys[name].form), schemas) if name in keys else part for name, part in value.items()}
    )
    if written.keys() == {described.bare}:
        (fields,) = written.values()
        if are_fields(fields, described, schemas):
            return fields
    return written
