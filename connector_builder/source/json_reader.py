"""Reads JSON as plain data. It looks up places only for findings, all of them in one walk over the tokens.

It uses `json` instead of the YAML reader: libyaml refuses some valid JSON (`"\\ud83d\\ude00"`) and takes 70 times as
long.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Related, Text
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.source.document import MAX_FINDINGS
from connector_builder.source.rules import KEY_DUPLICATED, NUMBER_NOT_VALID, SYNTAX_NOT_VALID, TEXT_NOT_VALID

MAX_DEPTH = 200
_CONTAINERS = (dict, list)
_NUMBERS = "write null or another number; quote it if it is text"
# Possessive, and an unclosed text extends to the end: otherwise a hostile text takes quadratic time, or a gigabyte.
_TEXT = r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)'
_TOKEN = regex(_TEXT + r'|[{}\[\],:]|[^\s{}\[\],:"]+')
_VALUE = regex(r'\s*+:\s*+("(?:[^"\\]|\\.)*+")')
_KEY = regex(r'[ \t\r\n]*+,?[ \t\r\n]*+(?P<name>"(?:[^"\\]++|\\.)*+")[ \t\r\n]*+:[ \t\r\n]*+')
"""A key of an object with its colon, and the comma before it."""
_BETWEEN = regex(r"[ \t\r\n]*+,?[ \t\r\n]*+")
_SKIPPER = json.JSONDecoder(parse_int=bool, parse_float=bool)
"""Finds the end of a value faster than a pattern does. The value of a number isn't read: it may be too long."""
_SURROGATE = regex("[\ud800-\udfff]")
_MARK = regex(_TEXT + r"|[,:\[{]")
_BRACKET = regex(_TEXT + r"|[\[{]|[\]}]")


@dataclass(slots=True)
class JsonDocument:
    """A JSON file as plain data. `readable` is False if it couldn't be read."""

    text: Text
    data: Any
    readable: bool
    findings: list[Finding]

    def locate(self, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        """Returns the place of each pointer: a scalar's span, a mapping's or list's key, or the nearest part around."""
        return locate(self.text, pointers)


def read_json(text: Text) -> JsonDocument:
    """Returns the data of a JSON text, with findings. Raises nothing, whatever the text.

    Of equal keys the last counts.
    """
    hooks = _Hooks()
    try:
        data = json.loads(
            text.content,
            object_pairs_hook=hooks.pairs,
            parse_constant=hooks.constant,
            parse_float=hooks.float,
            parse_int=hooks.int,
        )
    except (json.JSONDecodeError, RecursionError) as error:
        deep = _too_deep(text.content)
        if deep is None and isinstance(error, json.JSONDecodeError):
            from connector_builder.source.json_slips import refused  # only broken JSON requires it

            return JsonDocument(text, None, False, [refused(text, error)])
    else:
        # The data has only the last of two values with one key.
        deep = _too_deep(text.content) if hooks.duplicates or _is_too_deep(data) else None
        if deep is None:
            return _checked(JsonDocument(text, data, True, []), hooks)
    place = Place(text, deep or 0, (deep or 0) + 1)
    return JsonDocument(text, None, False, [SYNTAX_NOT_VALID.at(place, f"more than {MAX_DEPTH} levels of nesting")])


def _checked(document: JsonDocument, hooks: "_Hooks") -> JsonDocument:
    """Adds the findings about what `json` accepted."""
    text = document.text
    if hooks.duplicates:
        document.findings += islice(_duplicates(text), MAX_FINDINGS)
    if hooks.numbers:
        places = islice(_numbers(text), MAX_FINDINGS)
        document.findings += [
            NUMBER_NOT_VALID.at(place, "JSON can't hold this number", help=_NUMBERS) for place in places
        ]
    if "\\ud" in text.content or "\\uD" in text.content:
        _surrogates(document)
    return document


class _Hooks:
    """Functions that `json` calls while it reads. They note what `json` would accept."""

    def __init__(self) -> None:
        self.duplicates = False
        self.numbers = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            self.duplicates = True
        return data

    def constant(self, _text: str) -> None:
        self.numbers = True

    def float(self, text: str) -> "float | None":
        number = float(text)
        if math.isinf(number):
            self.numbers = True
            return None
        return number

    def int(self, text: str) -> "int | None":
        try:
            return int(text)
        except ValueError:
            self.numbers = True
            return None


def has_more_parts(content: str, most: int) -> bool:
    """Checks whether a JSON text has more than `most` commas, colons and opening brackets outside its texts.

    It takes memory for none of them, so that a text can be refused before it is read.
    """
    if sum(map(content.count, ",:[{")) <= most:
        return False
    marks = (match for match in _MARK.finditer(content) if match.end() - match.start() == 1)
    return next(islice(marks, most, None), None) is not None


def locate(text: Text, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
    """Returns the places of many pointers, in one walk over the tokens of a JSON text. The text must be well-formed."""
    wanted: dict[Pointer, Place] = {}
    trie: dict[str | int, Any] = {}
    for pointer in pointers:
        wanted[pointer] = Place.whole(text)
        branch = trie
        for step in pointer:
            branch = branch.setdefault(step, {})
    found: dict[Pointer, Place] = {}
    _walk(text, _next(text.content, 0), trie, (), None, found)
    for pointer in wanted:
        near = pointer
        while near not in found and near:
            near = near[:-1]
        wanted[pointer] = found.get(near, Place.whole(text))
    return wanted


Tokens = Iterator[tuple[str, int, int]]
"""The tokens of a JSON text, each with its start and end: brackets, commas, colons, texts and other scalars."""


def tokens(text: Text) -> Tokens:
    """Yields the tokens of a JSON text, which must be well-formed."""
    for match in _TOKEN.finditer(text.content):
        yield match.group(), match.start(), match.end()


def _walk(
    text: Text, start: int, trie: dict[str | int, Any], at: Pointer, key: Place | None, found: dict[Pointer, Place]
) -> int:
    """Reads one value and returns its end. Notes the places of the parts in `trie`, and skips the rest."""
    bracket = text.content[start]
    if bracket not in "{[":
        end = _end(text.content, start)
        found[at] = Place(text, start, end)
        return end
    found[at] = key or Place(text, start, start + 1)
    if not trie:
        return _end(text.content, start)
    return (_walk_object if bracket == "{" else _walk_array)(text, start + 1, trie, at, found)


def _walk_object(text: Text, start: int, trie: dict[str | int, Any], at: Pointer, found: dict[Pointer, Place]) -> int:
    while key := _KEY.match(text.content, start):
        word = key["name"]
        name = _SURROGATE.sub("\ufffd", json.loads(word)) if "\\" in word else word[1:-1]
        if name in trie:
            place = Place(text, *key.span("name"))
            start = _walk(text, key.end(), trie[name], (*at, name), place, found)
        else:
            start = _end(text.content, key.end())
    return text.content.index("}", start) + 1


def _walk_array(text: Text, start: int, trie: dict[str | int, Any], at: Pointer, found: dict[Pointer, Place]) -> int:
    index = 0
    start = _next(text.content, start)
    while text.content[start] != "]":
        if index in trie:
            start = _walk(text, start, trie[index], (*at, index), None, found)
        else:
            start = _end(text.content, start)
        start = _next(text.content, start)
        index += 1
    return start + 1


def _next(content: str, at: int) -> int:
    """Returns where the next value or bracket begins."""
    match = _BETWEEN.match(content, at)
    return match.end() if match else at


def _end(content: str, start: int) -> int:
    """Returns the end of the value that begins at an offset."""
    return _SKIPPER.raw_decode(content, start)[1]


def _is_too_deep(data: Any) -> bool:
    """Checks whether data is nested deeper than the limit."""
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        inner = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, _CONTAINERS)]
        if not inner:
            return False
        level = list(chain.from_iterable(inner))
    return True


def _too_deep(content: str) -> int | None:
    """Returns the offset where the nesting exceeds the limit; None if it doesn't. `json` would exhaust the stack."""
    if content.count("{") + content.count("[") <= MAX_DEPTH:
        return None
    depth = 0
    for match in _BRACKET.finditer(content):
        character = match.group()
        if character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return match.start()
        elif character in "]}":
            depth -= 1
    return None


def _duplicates(text: Text) -> Iterator[Finding]:
    """Yields a finding for every key that occurs twice in one object, with the place of the first."""
    open_objects: list[dict[str, Place] | None] = []
    before = ""
    for word, start, end in tokens(text):
        if word == "{":
            open_objects.append({})
        elif word == "[":
            open_objects.append(None)
        elif word in "}]":
            open_objects.pop()
        elif word.startswith('"') and before in ("{", ",") and open_objects and open_objects[-1] is not None:
            name, place = json.loads(word), Place(text, start, end)
            first = open_objects[-1].setdefault(name, place)
            if first is not place:
                message = f"the key '{name}' is given twice: the last one counts"
                related = (Related(first, "first given here"),)
                yield KEY_DUPLICATED.at(place, message, help=_without(first), related=related)
        before = word


def _without(first: Place) -> str:
    """Returns the cure for a key that is there a second time; it names the value that nobody reads."""
    text = first.text
    line, value = text.position(first.start)[0], _VALUE.match(text.content, first.end)
    lost = quoted(json.loads(value[1])) if value else "the value"
    return f"remove one of the two: {lost} in line {line} is lost"


def _numbers(text: Text) -> Iterator[Place]:
    for word, start, end in tokens(text):
        if word[0] in "-0123456789NI":
            hooks = _Hooks()
            try:
                json.loads(word, parse_constant=hooks.constant, parse_float=hooks.float, parse_int=hooks.int)
            except ValueError:
                continue
            if hooks.numbers:
                yield Place(text, start, end)


def _surrogates(document: JsonDocument) -> None:
    """Replaces and reports halves of surrogate pairs, which UTF-8 can't represent."""
    pointers: list[Pointer] = []
    document.data = _replaced(document.data, (), pointers)
    for place in document.locate(pointers[:MAX_FINDINGS]).values():
        document.findings.append(TEXT_NOT_VALID.at(place, "a text with half of a surrogate pair"))


def _replaced(value: Any, at: Pointer, pointers: list[Pointer]) -> Any:
    if isinstance(value, str):
        if value.isascii() or not _SURROGATE.search(value):
            return value
        pointers.append(at)
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        names = [_SURROGATE.sub("\ufffd", key) for key in value]
        pointers += ((*at, name) for name, key in zip(names, value, strict=True) if name != key)
        return {name: _replaced(part, (*at, name), pointers) for name, part in zip(names, value.values(), strict=True)}
    if isinstance(value, list):
        return [_replaced(part, (*at, index), pointers) for index, part in enumerate(value)]
    return value
