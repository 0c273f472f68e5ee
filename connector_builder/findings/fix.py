"""How a defect is cured: edits at pointers into a document, and edits of a text."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings.place import Place, Pointer


class Replace(NamedTuple):
    """Gives the part at `pointer` another value."""

    pointer: Pointer
    value: Any


class Remove(NamedTuple):
    """Removes the entry or the item at `pointer`."""

    pointer: Pointer


class Rename(NamedTuple):
    """Gives the entry at `pointer` another key, at the same place among its neighbours."""

    pointer: Pointer
    key: str


class Add(NamedTuple):
    """Adds an entry that isn't there yet: the last step of `pointer` is its key."""

    pointer: Pointer
    value: Any


class TextEdit(NamedTuple):
    """Puts `new` in the place of a range of a text; the range may be empty."""

    place: Place
    new: str


Edit = Replace | Remove | Rename | Add


class Fix(NamedTuple):
    """A certain cure: what it does, in the words of `help`, and its edits, which belong together.

    Rules about packages give edits at pointers, rules about the author's text give edits of that text.
    """

    title: str
    edits: tuple[Edit | TextEdit, ...]


def applied(content: str, edits: Iterable[TextEdit]) -> str:
    """The content of a text after edits of it. Raises ValueError where two overlap."""
    before = len(content)
    ordered = sorted(enumerate(edits), key=lambda each: (each[1].place.start, each[1].place.end, each[0]))
    for _, edit in reversed(ordered):
        start, end = edit.place.start, edit.place.end
        if end > before:
            raise ValueError("two edits of one part of a text")
        content, before = content[:start] + edit.new + content[end:], start
    return content
