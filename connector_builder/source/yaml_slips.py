"""Slips in YAML that a parser meets a line too late, or reads as something that nobody meant."""

import re
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Fix, Place, Related, Text, TextEdit
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.source.rules import SYNTAX_NOT_VALID, TEXT_CUT
from connector_builder.source.scalar_writer import quoted as _quoted

_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b"
_DOUBLE = _CURLY[:4]
_BEGINS_CURLY = regex(rf"(?:^|[:,\[{{-])\s*([{_CURLY}])")
_IN_CURLY = regex(rf"[{_CURLY}][^{_CURLY}]*[{_CURLY}]")
_KEY = regex(r"""\s*(?:- +)*(["']?)([^\s:#"']{1,60})\1:(?=\s|$)""")
_WORD = regex(r"\s*(?:- +)*([^\s:#\[\]{},]{1,60})\s*$")
_TIGHT = regex(r"\s*(?:- +)*([A-Za-z$][\w$.!-]{0,40}):(\S.{0,60})")
_ENDS_IN_WORD = regex(r"([A-Za-z$][\w$.!-]{0,60})$")
_COMMENT = regex(r"[ \t]+(#[\w$][^\r\n]{0,60})")
_FAR = 2000
"""How many lines above an error are looked at for the one that isn't indented."""
_SHOWN = 100
_STRAIGHT = "write straight quotes: \"…\" or '…'"
_TYPOGRAPHIC = "these are typographic quotes, which YAML doesn't read as quotes"


def slip_of(text: Text, error: Any) -> Finding | None:
    """The mistake that made a parser give up, where it is one that people make often; `error` is PyYAML's."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    if not marks or marks[0].index > len(text.content):
        return None
    said = error.problem or ""
    for mark in marks:
        line = _Line.of(text, mark.index)
        if curly := _BEGINS_CURLY.search(line.text):
            fix = _straightened(text, line)
            return SYNTAX_NOT_VALID.at(line.place(text, *curly.span(1)), _TYPOGRAPHIC, help=_STRAIGHT, fix=fix)
    if "mapping values are not allowed" in said:
        return _above(text, _Line.of(text, marks[0].index))
    if "could not find expected ':'" in said and error.context_mark is not None:
        line = _Line.of(text, error.context_mark.index)
        word = _WORD.match(line.text)
        return _no_colon(text, line, word) if word else _no_space(text, line)
    if "unexpected ':'" in said:
        return _bare_colon(text, marks[0].index)
    if "block mapping" in (error.context or "") and ("expected key" in said or "<block end>" in said):
        return _not_indented(text, _Line.of(text, marks[0].index))
    return None


class _Line(NamedTuple):
    number: int
    start: int
    text: str

    @classmethod
    def of(cls, text: Text, offset: int) -> "_Line":
        number, column = text.position(offset)
        return cls(number, offset - column + 1, text.line(number))

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    def above(self, text: Text) -> "_Line | None":
        """The next line above with more than a comment."""
        for number in range(self.number - 1, max(self.number - _FAR, 0), -1):
            line = text.line(number)
            if line.strip() and not line.lstrip().startswith("#"):
                return _Line(number, text.offset(number, 1), line)
        return None

    def place(self, text: Text, start: int, end: int) -> Place:
        return Place(text, self.start + start, self.start + end)


def _above(text: Text, line: _Line) -> Finding | None:
    """What is wrong with the line above one whose colon isn't expected."""
    above = line.above(text)
    if above is None or above.indent > line.indent:
        return None
    if above.indent == line.indent and (tight := _no_space(text, above)):
        return tight
    word = _WORD.match(above.text)
    if word and (above.indent < line.indent or _KEY.match(line.text)):
        return _no_colon(text, above, word)
    outer, inner = _KEY.match(above.text), _KEY.match(line.text)
    if outer and inner and above.indent < line.indent and above.text[outer.end() :].strip():
        message = f"'{inner[2]}' is indented below '{outer[2]}', which has a value on its own line"
        help_ = f"indent '{inner[2]}' as far as '{outer[2]}', or quote a text that contains ': '"
        related = (Related(above.place(text, *outer.span(2)), f"'{outer[2]}' is here"),)
        return SYNTAX_NOT_VALID.at(line.place(text, *inner.span(2)), message, help=help_, related=related)
    return None


def _no_space(text: Text, line: _Line) -> Finding | None:
    """What is wrong with a line such as `description:Returns an order.`, which YAML reads as one word."""
    tight = _TIGHT.match(line.text)
    if tight is None or "://" in tight[0]:
        return None
    key, value = tight[1], tight[2].rstrip()
    message = f"{quoted(f'{key}:{value}')} has no space after its colon"
    help_, after = f"write {quoted(f'{key}: {value}')}", tight.end(1) + 1
    fix = Fix(help_, (TextEdit(line.place(text, after, after), " "),))
    return SYNTAX_NOT_VALID.at(line.place(text, *tight.span(1)), message, help=help_, fix=fix)


def _bare_colon(text: Text, colon: int) -> Finding | None:
    """What is wrong with `{status:, schema: Order}`, where a colon ends a key in {…} and no value follows it."""
    line = _Line.of(text, colon)
    word = _ENDS_IN_WORD.search(line.text[: colon - line.start])
    if word is None:
        return None
    key, following = word[1], line.text[colon - line.start + 1 :][:1]
    place = line.place(text, *word.span(1))
    if following in (",", "}", "]"):
        return SYNTAX_NOT_VALID.at(place, f"'{key}' has no value", help=f"write '{key}: …'")
    help_ = f"write '{key}: …'"
    fix = Fix(help_, (TextEdit(Place(text, colon + 1, colon + 1), " "),))
    return SYNTAX_NOT_VALID.at(place, f"'{key}:' has no space after its colon", help=help_, fix=fix)


def _no_colon(text: Text, line: _Line, word: re.Match[str]) -> Finding:
    help_ = f"write '{word[1]}:', or quote the text"
    return SYNTAX_NOT_VALID.at(line.place(text, *word.span(1)), f"{quoted(word[1])} has no colon", help=help_)


def _not_indented(text: Text, line: _Line) -> Finding | None:
    """The line that stands too far to the left, where one below it is met that seems to stand too far to the right.

    In `actions:`, `GetOrder:`, `  CreateOrder:` it is the second; where `GetOrder` is indented deeper, it is the third.
    """
    parent = line
    while parent.indent >= line.indent:
        above = parent.above(text)
        if above is None or line.number - above.number > _FAR:
            return None
        parent = above
    before, key, own = parent.above(text), _KEY.match(parent.text), _KEY.match(line.text)
    if key is None or own is None:
        return None
    outer = _KEY.match(before.text) if before is not None else None
    if before is not None and outer and before.indent == parent.indent and before.text.rstrip().endswith(":"):
        message = f"'{key[2]}' isn't indented below '{outer[2]}'"
        related = (Related(line.place(text, *own.span(2)), f"'{own[2]}' is"),)
        help_ = f"indent it by {line.indent} spaces, as '{own[2]}' is"
        return SYNTAX_NOT_VALID.at(parent.place(text, *key.span(2)), message, help=help_, related=related)
    return None


def typographic(place: Place, value: str) -> Finding | None:
    """A plain scalar that typographic quotes surround; they are part of the text, and nobody means them to be."""
    if value[0] in _CURLY and _IN_CURLY.fullmatch(value):
        fix = Fix(_STRAIGHT, (TextEdit(place, _quoted(value[1:-1])),)) if "\n" not in value else None
        return SYNTAX_NOT_VALID.at(place, _TYPOGRAPHIC, help=_STRAIGHT, fix=fix)
    return None


def _straightened(text: Text, line: _Line) -> Fix | None:
    """The fix that writes straight quotes for the one pair of typographic ones of a line."""
    pair = [index for index, character in enumerate(line.text) if character in _DOUBLE]
    if len(pair) != 2 or {'"', "\\"} & set(line.text):
        return None
    return Fix(_STRAIGHT, tuple(TextEdit(line.place(text, index, index + 1), '"') for index in pair))


def cut_short(text: Text, start: int, end: int, value: str) -> Finding | None:
    """A plain scalar that ` #` ends in the middle of a sentence; a comment begins with `# `."""
    comment = _COMMENT.match(text.content, end)
    if comment is None or not (" " in value or comment[1][1].isdigit()):
        return None
    place = Place(text, comment.start(1), comment.end(1))
    message = f"the text ends before {quoted(comment[1].rstrip())}: ' #' begins a comment"
    line_end = regex(r"[^\r\n]*").match(text.content, comment.start(1))
    whole = text.content[start : line_end.end() if line_end else comment.end()].rstrip()
    fix = None
    if not {"\n", "\r"} & set(whole) and not _open_bracket(text, start):
        fix = Fix("quote the text", (TextEdit(Place(text, start, start + len(whole)), _quoted(whole.strip(_CURLY))),))
    return TEXT_CUT.at(place, message, help="quote the text, or write a space after the '#' of a comment", fix=fix)


def _open_bracket(text: Text, offset: int) -> bool:
    """Whether a bracket is open before an offset on its line: nobody knows where a text in {…} was meant to end."""
    line = _Line.of(text, offset)
    before = line.text[: offset - line.start]
    return any(before.count(one) > before.count(other) for one, other in ("{}", "[]"))


class Before(NamedTuple):
    """A plain text in {…}, and after `cut` what follows it: keys without a colon, the first of them, where they end."""

    start: int
    end: int
    value: str
    key: str = ""
    last: int = 0

    def cut(self, span: tuple[int, int], key: str) -> "Before":
        """With one more of what follows a comma."""
        return self._replace(key=self.key or key, last=span[1])


def comma_in_text(text: Text, before: Before) -> Finding:
    """What follows a comma in `{description: One, two.}`: as YAML has it, a key without a value."""
    whole = text.content[before.start : before.last]
    message = f"a comma ends the text {quoted(before.value)} in {{…}}, and {quoted(before.key)} has no value"
    fix = None
    if " " not in whole.replace(", ", ",") and not whole.endswith((".", "!", "?")):
        help_ = f"write '{before.key[:60]}: …', or quote a text with a comma"
    elif len(whole) <= _SHOWN and not {'"', "\n", "\\"} & set(whole):
        help_ = f'quote the text: "{whole}"'
        fix = Fix(help_, (TextEdit(Place(text, before.start, before.last), f'"{whole}"'),))
    else:
        help_ = "quote the whole text"
    return SYNTAX_NOT_VALID.at(Place(text, before.end, before.last), message, help=help_, fix=fix)
