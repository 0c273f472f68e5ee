"""Finds the brackets that are open at a place in JSON, and a pair that the indentation shows to be wrong."""

import re
from dataclasses import dataclass, field

from connector_builder.patterns import regex

_CLOSING = {"{": "}", "[": "]"}
# An unclosed text extends to the end: otherwise a hostile text takes quadratic time.
_PART = regex(r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|[\[\]{}]|\n[ \t]*+', re.DOTALL)


@dataclass(slots=True)
class Brackets:
    """The offsets of the open brackets, from the outermost.

    `uneven` is the first pair that isn't laid out like one: its closing bracket begins a line, indented otherwise than the
    line of its opening bracket, or it follows something on its line that doesn't begin where the opening bracket is. `text`
    is the beginning of the last text.
    """

    open: list[int] = field(default_factory=list)
    closing: str = ""
    uneven: tuple[int, int] | None = None
    text: int | None = None


def brackets(content: str, end: int) -> Brackets:
    """Returns the brackets before an offset, in one pass. A closing bracket closes the innermost of any kind."""
    found = Brackets()
    opened: list[tuple[int, str, int]] = []  # the offset, the indentation of its line, the number of the line
    indent, line, begins = "", 0, 0
    last = (0, 0)  # the lines of the last pair that was even
    for match in _PART.finditer(content, 0, end):
        part = match.group()
        if part[0] == "\n":
            indent, line, begins = part[1:], line + 1, match.end()
        elif part[0] == '"':
            found.text = match.start()
        elif part in _CLOSING:
            opened.append((match.start(), indent, line))
        elif opened:
            start, before, first = opened.pop()
            # `}]` closes what `[{` opened.
            even = first == line or (before == indent if match.start() == begins else last == (first, line))
            if even:
                last = first, line
            elif found.uneven is None:
                found.uneven = start, match.start()
    found.open = [start for start, _, _ in opened]
    found.closing = "".join(_CLOSING[content[start]] for start in reversed(found.open))
    return found
