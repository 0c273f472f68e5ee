"""Fixes: edits at pointers into a document, and edits of a text."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings.place import Place, Pointer


class Replace(NamedTuple):
    """Gives the part at `pointer` another value."""

    pointer: Pointer
    value: Any


class Remove(NamedTuple):
    """Removes the entry or item at `pointer`."""

    pointer: Pointer


class Rename(NamedTuple):
    """Gives the entry at `pointer` another key, at the same place among its neighbours."""

    pointer: Pointer
    key: str


class Add(NamedTuple):
    """Adds a new entry: the last step of `pointer` is its key, or the length of a list, whose last item it becomes."""

    pointer: Pointer
    value: Any


class TextEdit(NamedTuple):
    """Replaces a range of a text, which may be empty, with `new`."""

    place: Place
    new: str


Edit = Replace | Remove | Rename | Add


class Fix(NamedTuple):
    """A certain cure: its title in the words of `help`, and the edits, which belong together.

    Rules about packages use edits at pointers; rules about the author's text use edits of that text.
    """

    title: str
    edits: tuple[Edit | TextEdit, ...]


def made(data: Any, edits: Iterable[Edit]) -> Any:
    """Makes edits in plain data, and returns it. Raises LookupError for a part that isn't there, or a key that is."""
    for edit in edits:
        *way, key = edit.pointer
        owner = data
        for step in way:
            owner = owner[step]
        match edit:
            case Replace(_, value):
                owner[key]
                owner[key] = value
            case Add(_, value):
                _add(owner, key, value)
            case Remove(_):
                del owner[key]
            case Rename(_, new):
                _rename(owner, key, new)
    return data


def _add(owner: Any, key: str | int, value: Any) -> None:
    if isinstance(owner, list):
        if key != len(owner):
            raise IndexError(key)
        owner.append(value)
    elif key in owner:
        raise KeyError(key)
    else:
        owner[key] = value


def _rename(owner: Any, key: str | int, new: str) -> None:
    if new in owner:
        raise KeyError(new)
    entries = [(new if name == key else name, value) for name, value in owner.items()]
    if key not in owner:
        raise KeyError(key)
    owner.clear()
    owner.update(entries)


def applied(content: str, edits: Iterable[TextEdit]) -> str:
    """Returns the content of a text after edits. Raises ValueError if two overlap."""
    before = len(content)
    ordered = sorted(enumerate(edits), key=lambda each: (each[1].place.start, each[1].place.end, each[0]))
    for _, edit in reversed(ordered):
        start, end = edit.place.start, edit.place.end
        if end > before:
            raise ValueError("two edits of one part of a text")
        content, before = content[:start] + edit.new + content[end:], start
    return content
