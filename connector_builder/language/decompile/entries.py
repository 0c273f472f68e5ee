"""Arranges the keys of a schema or a parameter as a person would, and shortens them."""

from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.derived import enum_key, is_description
from connector_builder.language.tables.top import OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.platform.swagger.references import name_in

_ORDER = (
    "$ref", "type", "format", "title", "summary", "description", "visibility", "required", "enum", "x-ms-enum-values", "default",
)  # fmt: skip
"""The keys that a person writes first. The other keys follow in their own order; the parts of a schema are last."""
_LAST = (
    "dynamicValues",
    "dynamicSchema",
    "dynamicTree",
    "items",
    "allOf",
    "additionalProperties",
    "properties",
    "fields",
)
TEXTS = ("title", "x-ms-summary", "description", "x-ms-visibility")
"""The texts of a schema for people, in which equal schemas in two places may differ."""


def enum_entries(swagger: Entries, word: str) -> Entries:
    """Returns an enum: a list, or a mapping to the names that people see if `x-ms-enum-values` match the values."""
    if "enum" not in swagger:
        return {"x-ms-enum-values": swagger["x-ms-enum-values"]} if "x-ms-enum-values" in swagger else {}
    values, shown = swagger["enum"], swagger.get("x-ms-enum-values")
    if not isinstance(values, list):
        raise Unsayable("enum")
    if shown is None:
        return {"enum": values}
    named = _named_values(values, shown, word)
    return {"enum": named} if named is not None else {"enum": values, "x-ms-enum-values": shown}


def _named_values(values: list[Any], shown: Any, word: str) -> dict[str, str] | None:
    named: dict[str, str] = {}
    if not isinstance(shown, list) or len(shown) != len(values) or not values:
        return None
    for value, display in zip(values, shown, strict=True):
        match display:
            case {"value": item, "displayName": str(text), **rest} if not rest and item == value:
                key = enum_key(item, word)
                if type(item) is not type(value) or key is None:
                    return None
                named[key] = text
            case _:
                return None
    return named if len(named) == len(values) else None


def reference(style: Style, target: Any) -> str:
    """Returns the value of `$ref`: the name of a schema of the connector, else the reference unchanged."""
    if not isinstance(target, str) or not target.startswith("#/"):
        raise Unsayable("$ref")
    name = name_in("definitions", target)
    return name if name in style.schemas and not name.startswith("#/") else target


def shortened(entries: Entries) -> Any:
    """Returns a schema of one key as a single word: a type word, or a schema's name."""
    if len(entries) == 1:
        ((key, value),) = entries.items()
        if key == "type" and isinstance(value, str) and value in TYPE_WORDS:
            return value
        if key == "$ref" and value not in TYPE_WORDS and not is_description(value):
            return value
    return entries


def in_order_of(name: str, entries: Entries) -> Entries:
    """Returns a mapping with its keys in the order of the language's object of that name; other keys follow."""
    order = {key: index for index, key in enumerate(OBJECTS[name].keys)}
    return {key: entries[key] for key in sorted(entries, key=lambda key: order.get(key, len(order)))}


def ordered(entries: Entries) -> Entries:
    """Returns the keys of a schema or a parameter in the order in which a person writes them."""
    first = {key: entries[key] for key in _ORDER if key in entries}
    middle = {key: value for key, value in entries.items() if key not in first and key not in _LAST}
    return {**first, **middle, **{key: entries[key] for key in _LAST if key in entries}}
