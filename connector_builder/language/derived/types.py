"""Derives types: of fields, parameters, enums and environment variables, and those of OData's query options."""

import json
from typing import Any, NamedTuple

from connector_builder.language.derived.conventions import Conventions
from connector_builder.language.tables.types import TYPE_WORDS, type_of_values
from connector_builder.secrets.values import KEY_VAULT
from connector_builder.source.scalars import plain

_WORDS = {(said.get("type"), said.get("format")): word for word, said in reversed(TYPE_WORDS.items())}


def type_word(kind: str | None, of: str | None = None) -> str | None:
    """Returns the word for a type and a format, or None. Of two words it is the shorter: `bool`, not `boolean`."""
    return _WORDS.get((kind, of))


def type_of_word(word: str) -> str:
    """Returns the Swagger type of a type word; `string` for `any` and for other words."""
    return TYPE_WORDS.get(word, {}).get("type", "string")


def telling_values(swagger: dict[str, Any]) -> list[Any]:
    """Returns the values that show the type of a part without one: those of its enum, else its default."""
    return list(swagger.get("enum") or ()) or ([swagger["default"]] if "default" in swagger else [])


def variable_type(default: Any) -> str:
    """Derives the type of an environment variable from its default."""
    if isinstance(default, bool):
        return "boolean"
    if isinstance(default, int | float):
        return "number"
    return "secret" if isinstance(default, str) and KEY_VAULT.fullmatch(default) else "string"


def value_type(swagger: dict[str, Any], *, fields: bool = False, items: bool = False) -> str:
    """Derives the type of a part without one from its fields, items, enum or default; else it is a string."""
    if fields:
        return "object"
    return "array" if items else type_of_values(telling_values(swagger))


def enum_value(key: str, word: str) -> Any:
    """Returns the value of an enum key or a constant for the type `word`; None if it isn't of that type."""
    kind = type_of_word(word)
    if kind == "string":
        return key
    try:
        item = plain(key)
    except ValueError:
        return None
    if kind == "boolean":
        return item if isinstance(item, bool) else None
    number = isinstance(item, int if kind == "integer" else int | float) and not isinstance(item, bool)
    return item if number or kind not in ("integer", "number") else None


def enum_key(value: Any, word: str) -> str | None:
    """Returns the key from which `enum_value` derives a value; None if there is none."""
    key = value if isinstance(value, str) else json.dumps(value)
    read = enum_value(key, word)
    return key if read is not None and type(read) is type(value) and read == value else None


class OData(NamedTuple):
    """A query option of OData: the name that its label is derived from, its type as a word, its description."""

    name: str
    word: str
    description: str


_ODATA = {
    "$top": OData("$top", "int", "The largest number of items to return."),
    "$skip": OData("$skip", "int", "The number of items to leave out at the beginning."),
    "$filter": OData("$filter", "string", "The condition that items must meet, such as name eq 'Contoso'."),
    "$select": OData("$select", "string", "The fields to return, separated by commas."),
    "$orderby": OData("$orderBy", "string", "The fields to sort by, separated by commas. For the reverse order, write desc after a field."),
    "$expand": OData("$expand", "string", "The related items to include, separated by commas."),
    "$count": OData("$count", "bool", "Whether the answer contains the total number of items."),
    "$search": OData("$search", "string", "The words to search for."),
    "$skiptoken": OData("$skipToken", "string", "Where to continue: the token in the address of the next page."),
}  # fmt: skip
"""The common query options (https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html)."""


def odata(conventions: Conventions, name: str, place: Any, *, hidden: bool) -> OData | None:
    """Returns the OData query option that a parameter is; None for other parameters and hidden ones."""
    return _ODATA.get(name) if conventions.odata and place == "query" and not hidden else None


def parameter_type(swagger: dict[str, Any], option: OData | None = None, *, items: bool = False) -> dict[str, str]:
    """Derives the type of a parameter without one: `{"type": "integer", "format": "int32"}` for OData's `$top`.

    The parameter's own format, items and values take precedence over OData's type.
    """
    kind = value_type(swagger, items=items)
    if option is None or items or "format" in swagger:
        return {"type": kind}
    known = TYPE_WORDS[option.word]
    return known if kind == known["type"] or not telling_values(swagger) else {"type": kind}
