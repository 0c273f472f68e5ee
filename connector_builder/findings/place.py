"""Places in an author's text."""

import bisect
import re
from functools import cached_property
from itertools import accumulate, count
from operator import add
from pathlib import Path
from typing import NamedTuple

from connector_builder.secrets.files import secret_spans, shown_values

Pointer = tuple[str | int, ...]
"""The way from the root of a document to a part: keys and indices, as in RFC 6901, unescaped.

Example: `("paths", "/orders")`.
"""


class Text:
    """The decoded text of a file. It turns offsets into lines and columns, and hides secrets."""

    def __init__(self, path: Path, content: str) -> None:
        self.path = path
        self.content = content
        self._hidden: list[tuple[int, int]] = []
        self._longest = 0
        self.known: set[str] = set()
        """Secrets as values, where the text contains them with escapes."""
        self._searched = False

    @cached_property
    def _starts(self) -> list[int]:
        # Only the line ends of editors: libyaml would also count U+0085 and U+2028.
        if self.content.count("\r") == self.content.count("\r\n"):  # all lines end in "\n"
            ends = accumulate(map(len, self.content.split("\n")[:-1]), initial=0)
            return [*map(add, ends, count())]  # each line end before a line takes one character
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.content))]

    def position(self, offset: int) -> tuple[int, int]:
        """Returns the line and column of an offset, both from 1; the column counts code points."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Returns the text of a line, counted from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.content)
        return self.content[start:end].rstrip("\r\n")

    def hide(self, start: int, end: int) -> None:
        """Marks a secret, which no report may show."""
        bisect.insort(self._hidden, (start, end))
        self._longest = max(self._longest, end - start)

    def shown(self, start: int, end: int) -> str:
        """Returns a part of the text for reports, with an asterisk for every character of a secret."""
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
        """Returns what no message may quote: the secrets that were hidden and those that the text itself shows."""
        self._search()
        return self.known | shown_values(self.content, self._hidden)

    def _search(self) -> None:
        if not self._searched:
            self._searched = True
            for start, end in secret_spans(self.content):
                self.hide(start, end)

    def offset(self, line: int, column: int) -> int:
        """Returns the offset of a line and column, both from 1; the end of the text if they lie beyond it."""
        if line > len(self._starts):
            return len(self.content)
        return min(self._starts[line - 1] + column - 1, len(self.content))


class Place(NamedTuple):
    """A range of an author's text in code points; the end is exclusive.

    An empty range at 0 stands for the whole file.
    """

    text: Text
    start: int = 0
    end: int = 0

    @classmethod
    def whole(cls, text: Text) -> "Place":
        """Returns the whole file, for what isn't about a part of it."""
        return cls(text)
