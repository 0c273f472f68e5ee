"""Merges a schema with the keys of the body or the response that contains it."""

from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas.schemas import schema_form
from connector_builder.language.derived import body_required
from connector_builder.language.tables.operations import OF_BODY
from connector_builder.language.tables.sugar import BY_EXTENSION, SCHEMA, TWINS
from connector_builder.language.tables.types import TYPE_WORDS


def body_form(style: Style, parameter: Entries) -> Any:
    """Returns the form of a body: a schema, with the keys of the parameter. Raises Unsayable."""
    if "schema" not in parameter:
        raise Unsayable("schema")
    defaults = style.defaults
    own: Entries = {}
    for key, value in parameter.items():
        if key in ("in", "schema", "required"):
            continue
        if key == "name" and value == defaults.body_name:
            continue
        own[{"x-ms-summary": "summary", "x-ms-visibility": "visibility"}.get(key, key)] = value
    if any(key not in _BODY_TEXTS and not key.startswith("x-") for key in own):
        raise Unsayable("body")
    if any(not isinstance(own[key], str) for key in _BODY_TEXTS & own.keys()):
        raise Unsayable("body")
    required = body_required(defaults)
    flag: Entries = {}
    if parameter.get("required") is not required or ("required" in parameter) is (required is None):
        flag["required"] = parameter.get("required")
    return around(schema_form(style, parameter["schema"]), {**own, **flag}, OF_BODY)


_BODY_TEXTS = OF_BODY - {"schema"}


_AROUND = ("status", "name", "summary", "description", "visibility", "required")
"""The keys around a schema that a person writes first."""


def around(form: Any, own: Entries, kept: frozenset[str]) -> Any:
    """Adds the keys around a schema to it: in one mapping, unless a key of the schema would be taken for theirs."""
    if not own:
        return {"schema": form} if isinstance(form, dict) and _clashes(form, kept) else form
    own = {**{key: own[key] for key in _AROUND if key in own}, **own}
    if isinstance(form, dict) and not _clashes(form, kept) and not form.keys() & own.keys():
        return {**own, **form}
    if isinstance(form, str) and not form.startswith("#/"):
        entries = {"$ref": form} if not _is_type(form) else {"type": form} if form != "any" else {"schema": form}
        return {**own, **entries}
    return {**own, "schema": form}


def _is_type(form: str) -> bool:
    return form in TYPE_WORDS


def _clashes(form: Entries, kept: frozenset[str]) -> bool:
    """Checks whether one of a schema's keys would be taken for that of the body or response around it."""
    for key in form:
        row = BY_EXTENSION.get(key)
        of_schema = key in TWINS or (row is not None and SCHEMA in row.places)
        if (row.name if row is not None else key) in kept or (key.startswith("x-") and not of_schema):
            return True
    return False
