"""Places in an author's text."""

import bisect
import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from connector_builder.secrets.files import secret_spans, shown_values

Pointer = tuple[str | int, ...]
"""The way from the root of a document to a part of it: keys and indices, as RFC 6901 has them, unescaped."""


class Text:
    """A file's decoded text, with the table that turns an offset into a line and a column."""

    def __init__(self, path: Path, content: str) -> None:
        self.path = path
        self.content = content
        self._hidden: list[tuple[int, int]] = []
        self._longest = 0
        self.known: set[str] = set()
        """Secrets as the text means them, where it has them in escapes."""
        self._searched = False

    @cached_property
    def _starts(self) -> list[int]:
        # Only what an editor calls a line end: libyaml would also count U+0085 and U+2028.
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.content))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.content)
        return self.content[start:end].rstrip("\r\n")

    def hide(self, start: int, end: int) -> None:
        """Marks a secret, which no report may show."""
        bisect.insort(self._hidden, (start, end))
        self._longest = max(self._longest, end - start)

    def shown(self, start: int, end: int) -> str:
        """A part of the text as reports may show it: with an asterisk for every character of a secret."""
        self._search()
        part = self.content[start:end]
        near = slice(
            bisect.bisect_left(self._hidden, (start - self._longest,)), bisect.bisect_left(self._hidden, (end,))
        )
        for begin, stop in self._hidden[near]:
            first, last = max(begin - start, 0), min(stop - start, len(part))
            if first < last:
                part = part[:first] + "*" * (last - first) + part[last:]
        return part

    @property
    def secrets(self) -> set[str]:
        """What no message may quote: the texts of secrets, those that were hidden and those that the text shows to be some."""
        self._search()
        return self.known | shown_values(self.content, self._hidden)

    def _search(self) -> None:
        if not self._searched:
            self._searched = True
            for start, end in secret_spans(self.content):
                self.hide(start, end)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, both from 1; beyond the end it is the end."""
        if line > len(self._starts):
            return len(self.content)
        return min(self._starts[line - 1] + column - 1, len(self.content))


class Place(NamedTuple):
    """A range of an author's text, in code points, the end exclusive; an empty one at 0 is the whole file."""

    text: Text
    start: int = 0
    end: int = 0

    @classmethod
    def whole(cls, text: Text) -> "Place":
        """The whole file, for what concerns no part of it."""
        return cls(text)
