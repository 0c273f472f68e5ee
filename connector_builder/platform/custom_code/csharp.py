"""Reads C# only as far as rules about custom code need: which text is code, and which is a comment or a string.

One pass, whatever the text: each character is looked at a bounded number of times. Source: the C# language
specification, "Lexical structure" (https://learn.microsoft.com/en-us/dotnet/csharp/language-reference/language-specification/lexical-structure).
"""

import re
from dataclasses import dataclass, field

from connector_builder.patterns import regex

_NEXT = regex(r"""//|/\*|[@$]{1,4}"|"|'|\{|\}|^[ \t]*#""", re.MULTILINE)
_NEXT_IN_HOLE = regex(r"""//|/\*|[@$]{1,4}"|"|'|\{|\}""")
_CHARACTER = regex(r"'(?:\\[^\n]{1,10}?|[^\\'\n])'")
_PLAIN = regex(r'[^"\\\n]*(?:\\.[^"\\\n]*)*')
_VERBATIM = regex(r'[^"]*(?:""[^"]*)*')
_BLANK = regex(r"[^\n\r]")
_ESCAPE = regex(r"\\(.)")
_RAW = regex(r'"{3,}')
MAX_HOLES = 50
"""The deepest nesting of strings in the holes of other strings."""


@dataclass(slots=True)
class Code:
    """A text of C#: `code` is as long as the text, with blanks for comments and for what is in strings; quotes stay.

    `strings` are the values of strings without holes by the offset of their opening quote, `ends` the offset of the
    closing quote with that of the opening one.
    """

    code: str
    strings: dict[int, str] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.done = 0
        self.found = Code("")
        self.holes: list[tuple[bool, int]] = []  # for each string around: whether it is verbatim, and the open braces

    def read(self) -> Code:
        at = 0
        while (match := (_NEXT_IN_HOLE if self.holes else _NEXT).search(self.text, at)) is not None:
            at = self._token(match)
        self._keep(len(self.text))
        self.found.code = "".join(self.parts)
        return self.found

    def _token(self, match: re.Match[str]) -> int:
        """Reads what begins at a match, and returns its end."""
        opening, start = match[0], match.start()
        if opening == "//" or opening.endswith("#"):
            return self._blank(start, self._line_end(start))
        if opening == "/*":
            end = self.text.find("*/", match.end())
            return self._blank(start, len(self.text) if end < 0 else end + 2)
        if opening == "'":
            character = _CHARACTER.match(self.text, start)
            return match.end() if character is None else self._blank(start + 1, character.end() - 1) + 1
        if opening in "{}":
            return self._brace(opening, match.end())
        return self._string(opening, match.end() - 1)

    def _brace(self, opening: str, end: int) -> int:
        if self.holes:
            verbatim, open_ = self.holes.pop()
            if opening == "{" or open_:
                self.holes.append((verbatim, open_ + (1 if opening == "{" else -1)))
            else:
                return self._interpolated(end, verbatim)
        return end

    def _string(self, opening: str, quote: int) -> int:
        raw = _RAW.match(self.text, quote)
        if raw is not None and "@" not in opening:
            end = self.text.find(raw[0], raw.end())
            return self._blank(quote + 1, len(self.text) if end < 0 else end + len(raw[0]) - 1) + 1
        verbatim = "@" in opening
        if "$" in opening and len(self.holes) < MAX_HOLES:
            return self._interpolated(quote + 1, verbatim)
        end = self._inside(quote + 1, verbatim=verbatim)
        value = self.text[quote + 1 : end]
        self.found.strings[quote] = value.replace('""', '"') if verbatim else _ESCAPE.sub(r"\1", value)
        self.found.ends[end] = quote
        return self._blank(quote + 1, end) + 1

    def _inside(self, start: int, *, verbatim: bool) -> int:
        """Returns the end of a string's content: the closing quote, or the end of the line where it is missing."""
        match = (_VERBATIM if verbatim else _PLAIN).match(self.text, start)
        assert match is not None  # both match the empty text
        return match.end()

    def _interpolated(self, start: int, verbatim: bool) -> int:
        """Reads a string with holes up to its next hole, or its end."""
        at, text = start, self.text
        while at < len(text):
            character = text[at]
            if character == '"' and not (verbatim and text[at : at + 2] == '""'):
                return self._blank(start, at) + 1
            if character == "{" and text[at : at + 2] != "{{":
                self.holes.append((verbatim, 0))
                return self._blank(start, at) + 1
            if character == "\n" and not verbatim:
                return self._blank(start, at)
            double = character in '{}"' or (character == "\\" and not verbatim)
            at += 2 if double else 1
        return self._blank(start, len(text))

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    def _keep(self, end: int) -> None:
        self.parts.append(self.text[self.done : end])
        self.done = end

    def _blank(self, start: int, end: int) -> int:
        end = min(end, len(self.text))
        self._keep(start)
        self.parts.append(_BLANK.sub(" ", self.text[start:end]))
        self.done = end
        return end


def read_csharp(text: str) -> Code:
    """Returns the code of a text, with its strings. The text may be anything."""
    return _Reader(text).read()
