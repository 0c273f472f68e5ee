"""Slips in the indentation of YAML: the line that stands too far to the left or right, where a parser names another one."""

import re
from typing import NamedTuple

from connector_builder.findings import Finding, Fix, Place, Related, Text, TextEdit
from connector_builder.patterns import regex
from connector_builder.source.rules import SYNTAX_NOT_VALID

KEY = regex(r"""\s*(?:- +)*(["']?)([^\s:#"']{1,60})\1:(?=\s|$)""")
_ODD_BLANK = regex("[ \t]*([\u00a0\u2000-\u200b\u202f\u3000]+)")
_FAR = 2000
"""How many lines above an error are looked at for the one that isn't indented."""


class Line(NamedTuple):
    number: int
    start: int
    text: str

    @classmethod
    def of(cls, text: Text, offset: int) -> "Line":
        number, column = text.position(offset)
        return cls(number, offset - column + 1, text.line(number))

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    def above(self, text: Text) -> "Line | None":
        """The next line above with more than a comment."""
        for number in range(self.number - 1, max(self.number - _FAR, 0), -1):
            line = text.line(number)
            if line.strip() and not line.lstrip().startswith("#"):
                return Line(number, text.offset(number, 1), line)
        return None

    def place(self, text: Text, start: int, end: int) -> Place:
        return Place(text, self.start + start, self.start + end)


def slip_of_indent(text: Text, line: Line) -> Finding | None:
    """What is wrong where a key of a mapping can't stand at its column."""
    return not_indented(text, line) or _outdented(text, line) or _unlike_above(text, line)


def not_indented(text: Text, line: Line) -> Finding | None:
    """The line that stands too far to the left, where one below it is met that seems to stand too far to the right.

    In `actions:`, `GetOrder:`, `  CreateOrder:` it is the second; where `GetOrder` is indented deeper, it is the third.
    """
    parent = _parent(text, line)
    if parent is None:
        return None
    before, key, own = parent.above(text), KEY.match(parent.text), KEY.match(line.text)
    if key is None or own is None:
        return None
    outer = KEY.match(before.text) if before is not None else None
    if before is not None and outer and before.indent == parent.indent and before.text.rstrip().endswith(":"):
        message = f"'{key[2]}' isn't indented below '{outer[2]}'"
        related = (Related(line.place(text, *own.span(2)), f"'{own[2]}' is"),)
        help_ = f"indent it by {line.indent} spaces, as '{own[2]}' is"
        return SYNTAX_NOT_VALID.at(parent.place(text, *key.span(2)), message, help=help_, related=related)
    return None


def odd_blank(text: Text, line: Line) -> Finding | None:
    """What is wrong where a line, or the one above it, is indented by blanks that only look like spaces."""
    for one in (line, line.above(text)):
        odd = _ODD_BLANK.match(one.text) if one is not None else None
        if one is not None and odd is not None:
            place = one.place(text, *odd.span(1))
            fix = Fix("indent with spaces", (TextEdit(place, " " * len(odd[1])),))
            message = "this blank isn't a space, and YAML reads it as text"
            return SYNTAX_NOT_VALID.at(place, message, help="indent with spaces", fix=fix)
    return None


def _outdented(text: Text, line: Line) -> Finding | None:
    """What is wrong where a line is indented as its siblings are, and one of them, with what is below it, isn't."""
    parent = _parent(text, line)
    key = KEY.match(parent.text) if parent is not None else None
    above = parent
    while above is not None and (above is parent or above.indent > line.indent):
        above = above.above(text)
    own = KEY.match(above.text) if above is not None and above.indent == line.indent else None
    if parent is None or key is None or above is None or own is None:
        return None
    return _not_as(text, parent, key, above, own)


def _unlike_above(text: Text, line: Line) -> Finding | None:
    """What is wrong with a key that is indented less than the first of its mapping."""
    parent, own = _parent(text, line), KEY.match(line.text)
    first, above = None, line.above(text)
    while parent is not None and above is not None and above.number > parent.number:
        first, above = above, above.above(text)
    key = KEY.match(first.text) if first is not None else None
    if first is None or key is None or own is None or first.indent <= line.indent:
        return None
    return _not_as(text, line, own, first, key)


def _not_as(text: Text, line: Line, key: re.Match[str], sibling: Line, other: re.Match[str]) -> Finding:
    """The finding about a key that isn't indented as the key of its sibling is."""
    message = f"'{key[2]}' isn't indented as '{other[2]}' is"
    related = (Related(sibling.place(text, *other.span(2)), f"'{other[2]}' is here"),)
    place, help_ = line.place(text, *key.span(2)), f"indent it by {spaces(sibling.indent)}"
    return SYNTAX_NOT_VALID.at(place, message, help=help_, related=related)


def _parent(text: Text, line: Line) -> Line | None:
    """The line above that is indented less."""
    parent: Line | None = line
    while parent is not None and parent.indent >= line.indent:
        parent = parent.above(text)
        if parent is not None and line.number - parent.number > _FAR:
            return None
    return parent


def stands_alone(text: Text, above: Line, line: Line) -> bool:
    """Checks whether a key stands at a column of its own, while the keys below it stand at the column of `line`."""
    return (
        _next_at_most(text, line, line.indent) == line.indent
        and _next_at_most(text, line, above.indent) != above.indent
        and _previous_at_most(text, above) != above.indent
    )


def _next_at_most(text: Text, line: Line, indent: int) -> int | None:
    """Returns the indentation of the next key below a line that isn't indented deeper than this."""
    for number in range(line.number + 1, min(line.number + _FAR, text.position(len(text.content))[0] + 1)):
        other = Line(number, 0, text.line(number))
        if other.text.strip() and not other.text.lstrip().startswith("#") and other.indent <= indent:
            return other.indent
    return None


def _previous_at_most(text: Text, line: Line) -> int | None:
    above = line.above(text)
    while above is not None and above.indent > line.indent:
        above = above.above(text)
    return above.indent if above is not None else None


def spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"
