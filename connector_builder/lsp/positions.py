"""Places in the terms of an editor: lines from 0, and characters in the units that it counts."""

import bisect
import re
from typing import NamedTuple

_END = re.compile(r"\r\n|\n|\r")


class Point(NamedTuple):
    """A place in a text, as an editor counts it: `line` and `character` from 0."""

    line: int
    character: int


class Span(NamedTuple):
    """A range of a text; `end` is exclusive."""

    start: Point
    end: Point


class Lines:
    """A text by lines. `unit` is the encoding whose units the editor counts: `utf-8`, `utf-16` or `utf-32`."""

    def __init__(self, text: str, unit: str = "utf-16") -> None:
        self.text = text
        self._unit = unit
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, number: int) -> str:
        """Returns a line, counted from 0, without its end; empty beyond the text."""
        if not 0 <= number < len(self._starts):
            return ""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def point(self, line: int, column: int) -> Point:
        """Returns the point of a line and column, both from 1 in code points; the nearest one for a place outside."""
        number = min(max(line - 1, 0), len(self._starts) - 1)
        return Point(number, self._size(self.line(number)[: max(column - 1, 0)]))

    def span(self, start: tuple[int, int], end: tuple[int, int]) -> Span:
        """Returns the span between two places of a line and a column, both from 1 in code points."""
        return Span(self.point(*start), self.point(*end))

    def offset(self, point: Point) -> int:
        """Returns the offset of a point in code points; the nearest one for a point outside."""
        if point.line >= len(self._starts):
            return len(self.text)
        number = max(point.line, 0)
        units, line = 0, self.line(number)
        for index, char in enumerate(line):
            if units >= point.character:
                return self._starts[number] + index
            units += self._size(char)
        return self._starts[number] + len(line)

    def at(self, offset: int) -> Point:
        """Returns the point of an offset in code points."""
        offset = min(max(offset, 0), len(self.text))
        number = bisect.bisect_right(self._starts, offset) - 1
        return Point(number, self._size(self.text[self._starts[number] : offset]))

    def between(self, start: int, end: int) -> Span:
        """Returns the span of two offsets in code points."""
        return Span(self.at(start), self.at(end))

    def _size(self, text: str) -> int:
        if self._unit == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        if self._unit == "utf-32" or text.isascii():
            return len(text)
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
