"""Breaks any one part of a document: its key, its type, or its value. Each is one mistake of an author."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer

_OTHERS: tuple[tuple[str, Any], ...] = (
    ("null", None),
    ("a number", 5),
    ("a text", "x"),
    ("a list", []),
    ("a mapping", {}),
    ("true", True),
)


class Break(NamedTuple):
    """A part, what happens to it, and its new key or its new value."""

    pointer: Pointer
    kind: str
    key: str | None
    value: Any


def breaks(document: Any, at: Pointer = ()) -> Iterator[Break]:
    """Yields every mistake in every part of a document but its root."""
    for key, part in document.items() if isinstance(document, dict) else enumerate(document):
        pointer = (*at, key)
        if isinstance(key, str):
            yield from (Break(pointer, f"key {new!r}", new, part) for new in _misspelt(key))
        yield from (Break(pointer, kind, None, new) for kind, new in _OTHERS if type(new) is not type(part))
        if isinstance(part, str):
            yield Break(pointer, "misspelt", None, _swapped(part))
            yield Break(pointer, "empty", None, "")
        elif isinstance(part, (dict, list)):
            yield from breaks(part, pointer)


def broken(document: Any, one: Break) -> Any:
    """Returns a copy of the document with the mistake."""
    copy = json.loads(json.dumps(document))
    owner = copy
    for step in one.pointer[:-1]:
        owner = owner[step]
    last = one.pointer[-1]
    if one.key is None:
        owner[last] = one.value
    else:
        entries = [(one.key if name == last else name, part) for name, part in owner.items()]
        owner.clear()
        owner.update(entries)
    return copy


def _misspelt(key: str) -> set[str]:
    return {_swapped(key), key.lower(), key[:1].upper() + key[1:]} - {key}


def _swapped(word: str) -> str:
    """Returns a word whose last two characters changed places, or with one character more."""
    return word[:-2] + word[-1] + word[-2] if len(word) > 3 and word[-1] != word[-2] else f"{word}x"
