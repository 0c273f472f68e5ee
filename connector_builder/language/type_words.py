"""Reads types as people write them in other languages: `string[]`, `list of Order`, `string or null`."""

import re
from collections.abc import Callable, Container

from connector_builder.language.tables.types import SYNONYMS, TYPE_WORDS
from connector_builder.patterns import regex

LONGEST = 60
"""The most characters of a text that is read as a type."""
_LIST = "array|list|collection|sequence|set"
_LIST_OF = regex(
    rf"""(?P<brackets>.+)\s*\[\s*\]                          # string[]
    |\[\s*\](?P<before>.+)                                   # []string
    |(?:{_LIST})\s*(?:<(?P<angle>.+)>|\[(?P<square>.+)\]|\((?P<round>.+)\))
    |(?:an?\s+)?(?:{_LIST})s?\s+of\s+(?:an?\s+)?(?P<of>.+)""",
    re.IGNORECASE | re.VERBOSE,
)
_LIST_BEHIND = regex(r"([a-z]+)\s+(?:array|list)")
_NULLABLE = regex(
    r"(?:optional|nullable)(?:\s+|<|\[)(?P<first>[^\s<>\[\]]+)[>\]]?|(?P<last>[^\s|]+)(?:\s*\|\s*|\s+or\s+)null|(?P<marked>\w+)\?",
    re.IGNORECASE,
)
_COMMON = frozenset({"string", "str", "int", "integer", "number", "bool", "boolean", "object", "float", "double"})
"""Words that are types wherever they are; `file`, `date` or `time` are words of descriptions too."""


def meant_type(text: str, schemas: Container[str] = ()) -> str | None:
    """Returns the type that a text means as it is written in a spec: `[string]` for `array of string`; else None.

    The words inside are type words, their names in other languages, or names of schemas, also in the plural. A text that
    begins with a capital is a description unless its type is a common one: `List of dates`.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    capital = text[:1].isupper()
    return _written(text, lambda word: _word(word, schemas, common=capital))


def meant_list(text: str) -> str | None:
    """Returns the list that a text means, whatever its items are called: `[Order]` for `Order[]`; else None."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    return _written(text, lambda word: SYNONYMS.get(word.lower(), word) if word.isidentifier() else None)


def _written(text: str, word: Callable[[str], str | None]) -> str | None:
    if (found := _LIST_OF.fullmatch(text)) is not None:
        inner = next(part for part in found.groups() if part is not None).strip()
        items = _written(inner, word) or word(inner)
        return None if items is None else f"[{items}]"
    if (behind := _LIST_BEHIND.fullmatch(text)) is not None:
        return f"[{word(behind[1])}]" if behind[1] in _COMMON else None
    if (nullable := _NULLABLE.fullmatch(text)) is not None:
        return word(next(part for part in nullable.groups() if part is not None))
    return None


def _word(word: str, schemas: Container[str], *, common: bool) -> str | None:
    """Returns the type word or schema that a word means. With `common`, only the most common types count."""
    for one in (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)):
        if one in schemas and not (common and one != word):
            return one
        lower = one.lower()
        if (lower in TYPE_WORDS or lower in SYNONYMS) and (lower in _COMMON or not common):
            return SYNONYMS.get(lower, lower)
    return None
