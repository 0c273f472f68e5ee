"""Writes scalars as YAML: plain if every reader reads the same value, else quoted.

"Every reader" includes those of YAML 1.1 (https://yaml.org/type/): for them `on`, `1_000`, `1:30` and `2016-11-01`
aren't texts, as they are for us.
"""

import math
import re
from functools import lru_cache

from connector_builder.patterns import regex
from connector_builder.source.scalars import Scalar

MAX_KEY = 120
"""The most characters of a key before its colon; a longer key follows a `?`. Readers accept 1,024."""

# Characters that are always escaped: those that YAML calls not printable
# (https://yaml.org/spec/1.2.2/#51-character-set), line breaks of YAML 1.1, the byte order mark, and marks that change
# the direction of text.
_HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_NEEDS_ESCAPE = regex(rf"[\t\n{_HIDDEN}]")
_ESCAPED = regex(rf'[\t\n"\\{_HIDDEN}]')
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}

# A block scalar can't contain a line that ends with an invisible blank, nor begin with a blank.
_NO_BLOCK = regex(rf"\A\s|[{_HIDDEN}]|[^\S\n](?:\n|\Z)")
# The beginning of a line that nobody takes for anything but text.
_LIKE_TEXT = regex(r"[^\W_]|[(\"'/$]")
_FEW_WORDS = 40
"""The least room after a key for the beginning of a text: with less, all of it begins on the next line."""
# Readers keep the line breaks around a line that begins with a blank.
_NO_FOLDING = regex(r"\t|^[^\S\n]", re.MULTILINE)


def _plain(more: str, colon: str) -> re.Pattern[str]:
    """Returns the pattern of a plain scalar on one line.

    The scalar contains no character of `more`, and no character of `colon` after a colon.
    """
    refused = rf"\t\n{_HIDDEN}{more}"
    first = rf"(?!---|\.\.\.)(?:[^ \-?:,\[\]{{}}#&*!|>'\"%@`{refused}]|-(?=[^ {refused}]))"
    return regex(rf"{first}[^ :{refused}]*+(?:(?::(?=[^ {colon}])| ++(?=[^#]))[^ :{refused}]*+)*+")


_PLAIN = _plain("", "")
_PLAIN_IN_FLOW = _plain(r",\[\]{}?", r",\[\]{}")  # a question mark: PyYAML without libyaml refuses it

_NUMBER = r"[-+]?(?:\.[0-9_]*|[0-9][0-9_,]*(?:\.[0-9_]*)?)(?:e[-+]?[0-9_]+)?|[-+]?0(?:b[01_]+|o?[0-7_]+|x[0-9a-f_]+)"
_SEXAGESIMAL = r"[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?"
_DATE = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|[ \t]+)[0-9]{1,2}:.*)?"
_WORDS = r"~|null|y|n|yes|no|on|off|true|false|[-+]?\.(?:inf|nan)|=|<<"
_AMBIGUOUS = regex(rf"{_WORDS}|{_NUMBER}|{_SEXAGESIMAL}|{_DATE}", re.IGNORECASE)
# Authors write these as keys, as in `404:`, `on:` and `y:`, and in our language a key is always text.
_PLAIN_KEY = regex(r"0|[1-9][0-9]*|on|[YyNn]")


def scalar(value: Scalar, *, in_flow: bool = False) -> str:
    """Returns a scalar on one line. Raises ValueError for a number that isn't finite."""
    if isinstance(value, str):
        return _text(value, in_flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _float(value) if isinstance(value, float) else str(value)


@lru_cache(maxsize=4096)
def key(text: str, *, in_flow: bool = False) -> str:
    """Returns a key on one line, without its colon. One that can't be before a colon begins with `? `."""
    if len(text) > MAX_KEY or "\n" in text:
        return f"? {_text(text, in_flow)}"
    if _PLAIN_KEY.fullmatch(text):
        return text
    return _text(text, in_flow)


def quoted(text: str) -> str:
    """Returns a text in quotes, on one line: in double quotes, or in single ones if that saves backslashes."""
    if not _ESCAPED.search(text):
        return f'"{text}"'
    if _NEEDS_ESCAPE.search(text):
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return "'" + text.replace("'", "''") + "'"


def plain_lines(text: str, room: int, first: int) -> list[str]:
    """Returns the lines of a long plain text, filled to `room` characters (the first line to `first`).

    Returns none if the text can't be plain, if a line would look like something else (an item, a comment, a key), or
    if the first line has room for few words.
    """
    if first < _FEW_WORDS or scalar(text) != text:
        return []
    lines = fold(text, room, first)
    if len(lines) < 2 or len(lines[0]) < first // 2:  # a word that can't be broken follows
        return []
    return lines if all(map(_LIKE_TEXT.match, lines)) else []


def block(text: str, room: int, *, keep: bool = True) -> list[str]:
    """Returns the header and the lines of a block scalar, filled to `room` characters.

    Returns none if a block scalar can't contain the text or would be no shorter, and, without `keep`, if the text ends
    with blank lines.
    """
    content = text.rstrip("\n")
    ends = len(text) - len(content)
    if not content or _NO_BLOCK.search(text) or (ends > 1 and not keep):
        return []
    style, lines = "|", content.split("\n")
    one_line = "\n" not in text
    if one_line or max(map(len, lines)) > room:
        folded = [] if _NO_FOLDING.search(text) else [fold(line, room) for line in lines]
        if any(len(parts) > 1 for parts in folded) or (folded and one_line and len(text) <= room):
            # A blank line separates two lines of the text: readers turn a single line break into a blank.
            style, lines = ">", [*folded[0], *(part for parts in folded[1:] for part in ("", *parts))]
        elif one_line:
            return []
    return [style + ("-", "", "+")[min(ends, 2)], *lines, *[""] * (ends - 1)]


def fold(text: str, room: int, first: int | None = None) -> list[str]:
    """Returns the lines of a text without line breaks, filled to `room` characters (the first line to `first`).

    It breaks only at single blanks, where readers put exactly that blank back.
    """
    lines = []
    at = 0
    line = _filler(room if first is None else first).match(text)
    while line:
        lines.append(line[1])
        at = line.end()
        line = _filler(room).match(text, at)
    return lines


def _text(text: str, in_flow: bool) -> str:
    if not (_PLAIN_IN_FLOW if in_flow else _PLAIN).fullmatch(text):
        return quoted(text)
    if _AMBIGUOUS.fullmatch(text) or text[0].isspace() or text[-1].isspace():
        return quoted(text)
    return text


def _float(value: float) -> str:
    """Returns a float with a point: YAML 1.1 reads `1e+16` as text."""
    if not math.isfinite(value):
        raise ValueError("JSON has neither infinity nor not-a-number")
    digits, exponent, power = repr(value).partition("e")
    return digits + ("" if "." in digits else ".0") + exponent + power


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


@lru_cache(maxsize=512)
def _filler(room: int) -> re.Pattern[str]:
    """Returns the pattern of a line of a folded text: as many words as fit, or one longer word, up to a single blank.

    A closing quote doesn't get a line of its own.
    """
    return regex(rf"(\S(?:.{{0,{max(room, 2) - 2}}}\S)?|.+?)(?:(?<=\S) (?=\S)(?![\"']\Z)|\Z)")
