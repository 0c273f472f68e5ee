"""Reads files of calls as packages: JSON ones with the places of their parts, texts with the places of their commands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.package import Reading
from connector_builder.source.files import decode, read_text
from connector_builder.sources.captures.call import Call
from connector_builder.sources.captures.convert import convert
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.input import Input
from connector_builder.sources.reading import read_document

_SPACES = {code: ord(" ") for code in range(128) if chr(code) not in "\r\n"}


def read_calls(
    given: Input,
    parsed: Parsed,
    calls_of: Callable[[Parsed], Sequence[Call]],
    *,
    texts: Callable[[Parsed], tuple[str, str]],
    name: str,
) -> Reading:
    """Returns the package that the calls of a file show, whose data is `parsed`.

    `texts` gives its title and description, which may be empty; then its `name` serves, or the server's if that is empty.
    """

    def converted(parsed: Parsed) -> Converted:
        title, description = texts(parsed)
        hidden, calls = without_lines(parsed), calls_of(parsed)
        return convert(hidden, calls, given.wishes, title=title or name, description=description)

    return read_document(given, parsed, converted)


def without_lines(parsed: Parsed) -> Parsed:
    """Returns data whose places have blank lines: a report never shows a line of a recording, where any word may be a secret."""
    blank: dict[int, Text] = {}

    def hidden(place: Place) -> Place:
        text = place.text
        known = blank.setdefault(id(text), Text(text.path, ""))
        if not known.content and text.content:
            known = blank[id(text)] = Text(text.path, _blank(text.content))
        return place._replace(text=known)

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        return {pointer: hidden(place) for pointer, place in parsed.places(pointers).items()}

    return replace(parsed, locate=locate)


def _blank(content: str) -> str:
    """Returns a text of the same lines and columns, in which every character is a space."""
    return content.encode("ascii", "replace").decode("ascii").translate(_SPACES)


def parse_text(path: Path, divide: Callable[[str], Iterable[tuple[int, int]]], content: bytes | None = None) -> Parsed:
    """Returns a text, that of a file unless it is `content`, with its parts as data: the pointer `(0,)` is the first one."""
    text = read_text(path) if content is None else decode(path, content)
    return Parsed(path, findings=[text]) if isinstance(text, Finding) else parsed_text(text, divide)


def parsed_text(text: Text, divide: Callable[[str], Iterable[tuple[int, int]]]) -> Parsed:
    """Returns a text in memory as `parse_text` does a file."""
    path = Path(text.path)
    parts = list(divide(text.content))
    if not parts:
        return Parsed(path, findings=[NOT_IMPORTABLE.at(Place.whole(text), "there is no request in this file")])

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        found = {}
        for pointer in pointers:
            index = pointer[0] if pointer and isinstance(pointer[0], int) and pointer[0] < len(parts) else None
            found[pointer] = Place.whole(text) if index is None else Place(text, *parts[index])
        return found

    return Parsed(path, parts, True, text=text, locate=locate)
