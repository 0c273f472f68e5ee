"""Slips in YAML that a parser meets a line too late, or reads as something that nobody meant."""

import re
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Fix, Place, Related, Text, TextEdit
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.source.rules import SYNTAX_NOT_VALID, TEXT_CUT
from connector_builder.source.scalar_writer import quoted as _quoted
from connector_builder.source.yaml_indents import (
    KEY,
    Line,
    not_indented,
    odd_blank,
    slip_of_indent,
    spaces,
    stands_alone,
)

_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b"
_DOUBLE = _CURLY[:4]
_BEGINS_CURLY = regex(rf"(?:^|[:,\[{{-])\s*([{_CURLY}])")
_IN_CURLY = regex(rf"[{_CURLY}][^{_CURLY}]*[{_CURLY}]")
_WORD = regex(r"\s*(?:- +)*([^\s:#\[\]{},]{1,60})\s*$")
_TIGHT = regex(r"\s*(?:- +)*([A-Za-z$][\w$.!-]{0,40}):(\S.{0,60})")
_ENDS_IN_WORD = regex(r"([A-Za-z$][\w$.!-]{0,60})$")
_VERB = regex(r"\b(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH): +(/\S{0,80})")
_WORDS = regex(r"\s*(?:- +)*([A-Za-z$][\w$.!-]{0,40})(?: *[;=])? +(\S.{0,60})")
_COMMENT = regex(r"[ \t]+(#[\w$][^\r\n]{0,60})")
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
        line = Line.of(text, mark.index)
        if curly := _BEGINS_CURLY.search(line.text):
            fix = _straightened(text, line)
            return SYNTAX_NOT_VALID.at(line.place(text, *curly.span(1)), _TYPOGRAPHIC, help=_STRAIGHT, fix=fix)
        if odd := odd_blank(text, line):
            return odd
    if quote := _open_quote(text, marks[0].index):
        return quote
    if "mapping values are not allowed" in said:
        line = Line.of(text, marks[0].index)
        return _verb_with_colon(text, line) or _above(text, line)
    if "could not find expected ':'" in said and error.context_mark is not None:
        line = Line.of(text, error.context_mark.index)
        word = _WORD.match(line.text)
        return _no_colon(text, line, word) if word else _no_space(text, line) or _no_colon_in(text, line)
    if "unexpected ':'" in said:
        return _bare_colon(text, marks[0].index)
    if "block mapping" in (error.context or "") and ("expected key" in said or "<block end>" in said):
        return _goes_on(text, marks[0].index) or slip_of_indent(text, Line.of(text, marks[0].index))
    return None


def _verb_with_colon(text: Text, line: Line) -> Finding | None:
    """What is wrong with `request: GET: /orders`."""
    found = _VERB.search(line.text)
    if found is None:
        return None
    help_ = f"write '{found[1]} {found[2]}'"
    place = line.place(text, *found.span(1))
    fix = Fix(help_, (TextEdit(line.place(text, found.end(1), found.end(1) + 1), ""),))
    return SYNTAX_NOT_VALID.at(place, f"'{found[1]}' is a verb, and has no colon", help=help_, fix=fix)


def _above(text: Text, line: Line) -> Finding | None:
    """What is wrong with the line above one whose colon isn't expected."""
    above = line.above(text)
    if above is None or above.indent > line.indent:
        return None
    if above.indent == line.indent and (tight := _no_space(text, above)):
        return tight
    if above.indent == line.indent and not KEY.match(above.text) and (words := _no_colon_in(text, above)):
        return words
    word = _WORD.match(above.text)
    if word and (above.indent < line.indent or KEY.match(line.text)):
        return _no_colon(text, above, word)
    outer, inner = KEY.match(above.text), KEY.match(line.text)
    if outer and inner and above.indent < line.indent and above.text[outer.end() :].strip():
        if slip := not_indented(text, line):
            return slip
        if stands_alone(text, above, line):
            message = f"'{outer[2]}' isn't indented as '{inner[2]}' is"
            related = (Related(line.place(text, *inner.span(2)), f"'{inner[2]}' is here"),)
            place = above.place(text, *outer.span(2))
            return SYNTAX_NOT_VALID.at(place, message, help=f"indent it by {spaces(line.indent)}", related=related)
        message = f"'{inner[2]}' is indented below '{outer[2]}', which has a value on its own line"
        help_ = f"indent '{inner[2]}' as far as '{outer[2]}', or quote a text that contains ': '"
        related = (Related(above.place(text, *outer.span(2)), f"'{outer[2]}' is here"),)
        return SYNTAX_NOT_VALID.at(line.place(text, *inner.span(2)), message, help=help_, related=related)
    return None


def _no_space(text: Text, line: Line) -> Finding | None:
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
    line = Line.of(text, colon)
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


def _no_colon(text: Text, line: Line, word: re.Match[str]) -> Finding:
    help_ = f"write '{word[1]}:', or quote the text"
    return SYNTAX_NOT_VALID.at(line.place(text, *word.span(1)), f"{quoted(word[1])} has no colon", help=help_)


def _no_colon_in(text: Text, line: Line) -> Finding | None:
    """What is wrong with `description Returns an order.`, a key and its value without a colon between them."""
    words = _WORDS.match(line.text)
    if words is None:
        return None
    key, value = words[1], words[2].rstrip()
    help_ = f"write {quoted(f'{key}: {value}')}, or quote the text"
    return SYNTAX_NOT_VALID.at(line.place(text, *words.span(1)), f"{quoted(key)} has no colon", help=help_)


def _goes_on(text: Text, offset: int) -> Finding | None:
    """What is wrong with `'a customer's order'` and `[beta] An order`: a value that goes on after it has ended."""
    line = Line.of(text, offset)
    before = line.text[: offset - line.start].rstrip()
    if before[-1:] in ("'", '"') and KEY.match(line.text):
        message, help_ = (
            "the text goes on after its closing quote",
            "double the quote inside, or use the other kind of quotes",
        )
        if before.endswith('"'):
            help_ = 'write \\" for a quote inside, or use the other kind of quotes'
    elif before[-1:] in ("]", "}") and text.content[offset : offset + 1] not in "]}" and KEY.match(line.text):
        message, help_ = f"a text that begins with a bracket goes on after its '{before[-1]}'", "quote the text"
    else:
        return None
    return SYNTAX_NOT_VALID.at(Place(text, offset, offset + 1), message, help=help_)


def _open_quote(text: Text, offset: int) -> Finding | None:
    """The quote that isn't closed on its line, where the next one of a later line closes it."""
    content = text.content
    closing = len(content[:offset].rstrip()) - 1
    if closing < 0 or content[closing] not in "\"'":
        return None
    opening = content.rfind(content[closing], 0, closing)
    end = content.find("\n", max(opening, 0))
    if opening < 0 or not 0 <= end < closing:
        return None
    begun = Line.of(text, opening)
    following = KEY.match(content, end + 1)
    leaves = following is not None and len(following[0]) - len(following[0].lstrip()) <= begun.indent
    if not leaves and content[opening:end].rstrip()[-1] not in "}]":
        return None
    help_ = "add the closing quote, or use the other kind of quotes"
    return SYNTAX_NOT_VALID.at(Place(text, opening, opening + 1), "this quote isn't closed on its line", help=help_)


def hash_in_brackets(findings: list[Finding], text: Text) -> Finding | None:
    """The last ` #` that cut a text in {…}, and so the bracket that would close it: where the text isn't YAML, that is why."""
    if not findings or findings[-1].rule is not TEXT_CUT or not _open_bracket(text, findings[-1].place.start):
        return None
    cut = findings.pop()
    return SYNTAX_NOT_VALID.at(cut.place, f"{cut.message}, and the bracket is never closed", help="quote the text")


def typographic(place: Place, value: str) -> Finding | None:
    """A plain scalar that typographic quotes surround; they are part of the text, and nobody means them to be."""
    if value[0] in _CURLY and _IN_CURLY.fullmatch(value):
        fix = Fix(_STRAIGHT, (TextEdit(place, _quoted(value[1:-1])),)) if "\n" not in value else None
        return SYNTAX_NOT_VALID.at(place, _TYPOGRAPHIC, help=_STRAIGHT, fix=fix)
    return None


def _straightened(text: Text, line: Line) -> Fix | None:
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
    line = Line.of(text, offset)
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
    if whole[0] in _CURLY and (odd := typographic(Place(text, before.start, before.last), whole)):
        return odd
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
