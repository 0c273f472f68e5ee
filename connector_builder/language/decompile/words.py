"""Reads the language's tables backwards: finds the words and keys for the parts of a package."""

from typing import Any

from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.derived import OData, parameter_type, type_word, value_type
from connector_builder.language.tables.forms import Form
from connector_builder.language.tables.schemas import LANGUAGE_KEYS, PARAMETER_KEYS, SCHEMA_KEYS
from connector_builder.language.tables.sugar import (
    BY_EXTENSION,
    HEADER,
    OPERATION,
    PARAMETER,
    RESPONSE,
    SCHEMA,
    sugar_at,
)
from connector_builder.language.tables.top import form
from connector_builder.language.tables.types import TYPE_WORDS

_SUGARS = {place: sugar_at(place) for place in (OPERATION, PARAMETER, SCHEMA, RESPONSE, HEADER)}
_SWAGGER = {
    SCHEMA: {key: item for key, item in SCHEMA_KEYS.items() if key not in LANGUAGE_KEYS | _SUGARS[SCHEMA].keys()},
    PARAMETER: {
        key: item
        for key, item in PARAMETER_KEYS.items()
        if key not in LANGUAGE_KEYS | _SUGARS[PARAMETER].keys() | {"in", "$ref"}
    },
}
_SWAGGER[HEADER] = _SWAGGER[PARAMETER]


def type_entries(swagger: dict[str, Any]) -> dict[str, Any]:
    """Returns type and format in the language's form: `{type: datetime}`. Raises Unsayable."""
    if "type" not in swagger:
        return {"format": swagger["format"]} if "format" in swagger else {}
    kind, of = swagger["type"], swagger.get("format")
    if not isinstance(kind, str) or ("format" in swagger and not isinstance(of, str)):
        raise Unsayable("type")
    word = type_word(kind, of)
    if word is not None:
        return {"type": word}
    plain = type_word(kind) or kind
    if TYPE_WORDS.get(plain, {"type": kind}) != {"type": kind}:
        raise Unsayable("type")  # a type with the name of a type word for something else
    return {"type": plain, "format": of} if of is not None else {"type": plain}


def leave_out_type(
    entries: dict[str, Any], swagger: dict[str, Any], *, fields: bool = False, option: OData | None = None
) -> None:
    """Leaves out the derived type, or writes that there is none. `option` is OData's option for a parameter."""
    told: dict[str, Any] = {key: swagger[key] for key in ("enum", "default") if key in swagger}
    if "format" in entries:  # else the type word expresses it
        told["format"] = entries["format"]
    items = "items" in entries
    derived = {"type": value_type(told, fields=True)} if fields else parameter_type(told, option, items=items)
    word = type_word(derived["type"], derived.get("format")) or derived["type"]
    if "type" not in entries:
        entries["type"] = None
    # The keys of an enum with display names are read by the type beside it.
    elif entries["type"] == word and (word == "string" or "x-ms-enum-values" not in swagger):
        del entries["type"]


def friendly(place: str, key: str, value: Any) -> tuple[str, Any]:
    """Returns a key of Swagger and its value in the language's form for a kind of place. Raises Unsayable.

    An extension keeps its own name if its friendly key doesn't allow the value.
    """
    row = BY_EXTENSION.get(key)
    if row is not None and place in row.places and row.how == "same" and fits(row.form, value):
        return row.name, value
    if key.startswith("x-"):
        return key, value
    known = _SWAGGER.get(place, {}).get(key)
    if known is None or not fits(known.form, value):
        raise Unsayable(key)
    return key, value


def fits(of: Form | str, value: Any) -> bool:
    """Checks whether a form allows a value unchanged. It never allows null, which means that nothing is written."""
    of = form(of)
    if of.json and (value is not None or not of.text):
        return True
    if isinstance(value, str):
        return bool(of.text) and (not of.words or value in of.words) and not of.pattern
    if isinstance(value, bool):
        return of.boolean
    if isinstance(value, int):
        return of.number is not None
    if isinstance(value, float):
        return of.number == "number"
    if isinstance(value, list) and of.items:
        return all(fits(of.items, item) for item in value)
    if isinstance(value, dict) and of.names:
        return all(fits(of.names, item) for item in value.values())
    return isinstance(value, dict) and of.object is not None
