"""Mends the inside of JSON texts: control characters, escapes that JSON doesn't know, single quotes."""

import re
from collections.abc import Iterator
from itertools import islice

from connector_builder.findings import Text
from connector_builder.sources.repair.edits import MAX_EDITS, CantMend, Edit, Mended

# In order: an escape of JSON, any other, a run of control characters.
_INSIDE = re.compile(
    r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})|(?P<escape>\\)(?P<escaped>.?)|(?P<raw>[\x00-\x1f]+)', re.DOTALL
)
_NEEDS = re.compile(r"[\\\x00-\x1f]")
_SINGLE = re.compile(r'\\(?P<escaped>.)|"|[\x00-\x1f]', re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_ELSEWHERE = frozenset("abevxuU0123456789\r\n")
"""Characters that mean something else after a backslash in other languages: the author's intention is unknown."""
_SHORT = {"\t": "\\t", "\n": "\\n", "\b": "\\b", "\f": "\\f", "\0": ""}


def mend_text(content: str, start: int, end: int) -> Iterator[Edit]:
    """Yields the edits of the text whose quotes are at `start` and before `end`.

    Raises CantMend for an escape that may mean several things.
    """
    if not _NEEDS.search(content, start, end):
        return
    for match in _INSIDE.finditer(content, start + 1, end - 1):
        if match["raw"]:
            yield Edit(match.start(), match.end(), _escaped(match["raw"]), _told(match["raw"]))
        elif match["escape"]:
            yield _escape(match)


def double_quoted(text: str) -> str:
    """Returns a text with its single quotes replaced by double ones, otherwise unchanged."""

    def swapped(match: re.Match[str]) -> str:
        if match["escaped"]:
            return "'" if match["escaped"] == "'" else match.group()
        return '\\"' if match.group() == '"' else _escaped(match.group())

    return f'"{_SINGLE.sub(swapped, text[1:-1])}"'


def _escape(match: re.Match[str]) -> Edit:
    escaped = match["escaped"]
    if escaped == "'":
        return Edit(match.start(), match.end(), "'", "an apostrophe needs no backslash: it was removed")
    if not escaped or escaped in _ELSEWHERE:
        raise CantMend(match.start(), "an escape that JSON doesn't know, and that may mean several things")
    return Edit(match.start(), match.start() + 1, "\\\\", f"the backslash before '{escaped}' was doubled")


def _escaped(raw: str) -> str:
    """Escapes control characters for JSON. The line ends of all systems become `\\n`; NULs disappear."""
    unix = raw.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_SHORT.get(character, f"\\u{ord(character):04x}") for character in unix)


def _told(raw: str) -> str:
    if "\n" in raw or "\r" in raw:
        return "a line break inside a text was escaped"
    if raw == "\0" * len(raw):
        return "a NUL inside a text was removed"
    names = {"\t": "a tab"}
    return f"{names.get(raw[0], f'the control character U+{ord(raw[0]):04X}')} inside a text was escaped"


def without_controls(text: Text) -> Mended:
    """Removes the control characters that YAML doesn't allow, and that nobody sees."""
    found = islice(_CONTROLS.finditer(text.content), MAX_EDITS)
    message = "the control character U+{:04X} was removed"
    return Mended(text, [Edit(*match.span(), "", message.format(ord(match.group()[0]))) for match in found])
