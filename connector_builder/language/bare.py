"""Tells fields that are written directly, such as `response: {id: string}`, from the keys of a schema and from samples.

Both directions ask: the shape check for what people write, and the importer for what it may write so.
"""

import re
from collections.abc import Container
from functools import cache
from typing import Any

from connector_builder.language.derived import is_description
from connector_builder.language.tables.forms import Object
from connector_builder.language.tables.hints import HINTS
from connector_builder.language.tables.statuses import is_status
from connector_builder.language.tables.top import OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS

_LEAST = 3
"""The fewest letters of a key that can be a slip of another: any two shorter words are alike."""
_LONGEST = 40
_DEPTH = 4
"""The levels of fields in fields that are searched for a type."""
_PATH = re.compile(r"[^!]!|\[\]")
_TELLING = frozenset(
    {
        "format", "enum", "items", "fields", "properties", "additionalProperties", "allOf", "$ref", "sample", "summary", "visibility",
        "dynamicValues", "dynamicSchema", "dynamicTree",
    }
)  # fmt: skip
"""Keys of a schema that a sample hardly has."""


def are_fields(mapping: dict[str, Any], expected: Object, schemas: Container[str]) -> bool:
    """Checks whether a mapping in the place of a schema contains the schema's fields: `{id: string, total: integer}`.

    None of its keys is one of the schema or a slip of one, each value can be a field's, and at least one of them is
    clearly a field's type, or all are sentences, as descriptions are. `schemas` are the names of the spec's schemas.
    """
    return _are_fields(mapping, expected, schemas, _DEPTH)


def _are_fields(mapping: dict[str, Any], expected: Object, schemas: Container[str], depth: int) -> bool:
    if expected.bare is None or not mapping or any(key in expected.keys or key.startswith("x-") for key in mapping):
        return False
    if not all(_can_be_field(value) for value in mapping.values()) or all(map(is_status, mapping)):
        return False
    slips = [key for key in mapping if _is_slip(key, expected.name)]
    if len(slips) == len(mapping) or any(not _is_type(mapping[key]) for key in slips):
        return False
    if any(_PATH.search(key) or _says_type(value, schemas, depth) for key, value in mapping.items()):
        return True
    return all(map(_is_sentence, mapping.values()))


def _can_be_field(value: Any) -> bool:
    return value is None or isinstance(value, str | dict) or (isinstance(value, list) and len(value) == 1)


def _is_sentence(value: Any) -> bool:
    return isinstance(value, str) and is_description(value) and value.rstrip().endswith(".")


def _is_type(value: Any) -> bool:
    return isinstance(value, str) and value in TYPE_WORDS


def _says_type(value: Any, schemas: Container[str], depth: int) -> bool:
    """Checks whether a value is clearly a field's type, and not a part of a sample."""
    if isinstance(value, list):
        return len(value) == 1 and _says_type(value[0], schemas, depth)
    if isinstance(value, dict):
        if "type" in value:
            return value["type"] is None or _is_type(value["type"])
        return not _TELLING.isdisjoint(value) or (
            depth > 0 and _are_fields(value, OBJECTS["schema"], schemas, depth - 1)
        )
    return isinstance(value, str) and (value in TYPE_WORDS or (value in schemas and not is_description(value)))


def _is_slip(key: str, name: str) -> bool:
    """Checks whether a key is probably one of an object, but misspelt; or what people write who know other tools."""
    if key in HINTS.get(name, {}):
        return True
    word = _plain(key)
    if not word.isalpha():
        return False
    return _LEAST <= len(word) <= _LONGEST and not _shorter(word).isdisjoint(_spellings(name))


@cache
def _spellings(name: str) -> frozenset[str]:
    """Returns the keys of an object, and what each is with one letter less."""
    return frozenset(spelling for key in OBJECTS[name].keys for spelling in _shorter(_plain(key)) if len(key) > _LEAST)


def _plain(key: str) -> str:
    return key.lower().replace("_", "")


def _shorter(word: str) -> set[str]:
    """Returns a word, and what it is with one letter less.

    Two words have one of these in common if one letter is wrong, missing, too much, or two have changed places.
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
