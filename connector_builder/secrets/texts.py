"""Finds secrets in a text: by their own shape, in addresses, and after a name."""

import base64
import binascii
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from connector_builder.patterns import regex
from connector_builder.secrets.names import NAME_BEFORE, Use, may_end_name
from connector_builder.secrets.shapes import SHAPES, Shape
from connector_builder.secrets.values import is_placeholder, is_secret, looks_random

REDACTED = "REDACTED"
"""The replacement for a secret."""
MANY = 500
"""The length of a value above which no secret is looked for inside it."""
_REPEATED = 200
"""The length of a text up to which it may be one that occurs again: messages and pointers have the same words many times."""
SHORT = 2000
"""The length of a text below which its different parts aren't worth a look of their own."""
_BEFORE = 220
"""The characters before a colon among which the end of a name is looked for."""


class Secret(NamedTuple):
    """A secret in a text, with a message that doesn't quote it.

    `query` is the query parameter that it is the value of.
    """

    start: int
    end: int
    message: str
    query: str | None = None


_PATTERNS = tuple((shape, regex(rf"(?<!\w)(?:{shape.pattern})")) for shape in SHAPES)
# Each pattern begins with a character: `re` looks for that fast, but slowly for what ignores case or looks behind first.
_SCHEME = regex(
    r"(?P<scheme>[Bb](?<!\w[Bb])(?:[Ee][Aa][Rr][Ee][Rr]|[Aa][Ss\u017f][Ii\u0130\u0131][Cc]))(?:\s|%20|\+)+(?P<value>[\w.~+/=-]{8,})"
)
_USER, _ONLY_USER = (
    r"(?P<user>[^\s/:%\"'<>?#]{0,100})(?::|%(?:25)?3[Aa])(?P<value>[^\s/\"'<>]{1,200}?)(?:@|%(?:25)?40)(?=[\w\[{$])",
    r"(?P<value>[\w.~-]{20,200})(?:@|%(?:25)?40)(?=[\w\[])",
)
"""What follows the slashes of an address: user and password, or a key in place of both."""
_USERS = {
    mark: (regex(f"{slashes}{_USER}"), regex(f"{slashes}{_ONLY_USER}"))
    for mark, slashes in {
        "//": "//",
        "\\/\\/": r"\\/\\/",
        "%2F": "%2[Ff]%2[Ff]",
        "%2f": "%2[Ff]%2[Ff]",
        "%252": "%252[Ff]%252[Ff]",
    }.items()
}
"""Addresses as they are, in JSON, and percent-encoded once or twice, by what they contain."""
_HOST = regex(r"(?P<user>[^\s/@:]{1,100}):(?P<value>[^\s/@]{1,200})@[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?")
_NO_USER = frozenset({"acct", "callto", "im", "mailto", "sip", "sips", "skype", "smtp", "xmpp"})
_EQUALS = regex(r"=|%3[Dd]")
_VALUE = regex(r"[^\s&\"'<>#\\;]{1,4000}")
_QUOTED = regex(r"[:=]>?\s{0,3}(?P<quote>\\?[\"'])(?P<value>[^\"'\\\s]{3,500})(?P=quote)")
_ENDS_VALUE = regex(r"[:=]>?\s{0,3}(?P<quote>\\?[\"'])[^\"'\\\s]+[:=]>?(?P=quote)\Z")
"""Such a value with a colon at its end: the quote behind that closes the value, and opens none."""
_AFTER_NAME = (regex(f":{NAME_BEFORE}"), regex(f"={NAME_BEFORE}"))
"""Two patterns: `re` looks for one character eight times as fast as for one of two."""
_NAME = regex(r"(?P<before>[?&#;]?)(?P<name>[\w.%\-\[\]~]+)\Z")
_QUOTED_NAME = regex(r"(?P<name>[A-Za-z_](?=[\w .%\\-]*+[\"']?\s*+\Z)[\w .%\\-]*?)\\?[\"']?\s*\Z")
"""The name before a colon; the lookahead leaves out what comes before it in one step."""
_PLAIN = regex(
    r"[:=](?<!://)\s{1,3}(?:(?:[Bb]earer|[Bb]asic|[Tt]oken|[Aa]pi[Kk]ey|[Kk]ey)\s{1,3})??(?P<value>(?![a-z]{2,9}://)(?=[^\s0-9]{0,60}\d)[^\s\"'<>,;&\[\](){}]{12,4000})"
)
"""A value after a name that isn't in quotes: the line of a header, of YAML or of a configuration, in a text."""
_ELEMENT = regex(r"<(?P<name>[\w:.-]{3,60})>(?P<value>[^<>\s]{3,500})</")
_ATTRIBUTES = regex(
    r"(?:key|name)=\\?[\"'](?P<name>[^\"'\\]{3,60})\\?[\"']\s{1,9}value=\\?[\"'](?P<value>[^\"'\\\s]{3,500})"
)
"""A name and its value in XML."""
_CURL = regex(r"-(?<=\s-)(?:u|-user)[ =][\"']?[^\s:\"']{1,100}:(?P<value>[^\s\"']{1,200})")
_NOTATIONS = (
    "=",
    "@",
    "%40",
    "%2540",
    "</",
    "curl ",
    "%3D",
    "%3d",
    ': "',
    ':"',
    ": '",
    ":'",
    '\\"',
)
_MARKS = tuple(mark for shape in SHAPES for mark in shape.marks)
_HINTS = (*_NOTATIONS, *_MARKS)
"""Every text with a secret contains one of these, or what `_SEARCHED` find. Most texts contain none, and need no further check."""
_SEARCHED = (_SCHEME, _PLAIN)
SHORTEST = 13
"""The length of the shortest word that a service issues: `eyJ` with ten characters."""
_SEPARATOR = regex(r"%(?:25)?(?:3F|26)", re.IGNORECASE)
_TRAILING = ").,;:]!}"


def secrets_in(text: str, named: Sequence[int] | None = None) -> list[Secret]:
    """Returns the secrets of a text in order, without overlaps. `named` is what `ends_of_names` returns, for those who have it."""
    return _found(text, named=named) if _may_hold_secret(text) else []


def ends_of_names(text: str) -> list[int]:
    """Returns where a colon or an equals sign stands behind what may be the name of a secret."""
    found = (match.start() for pattern in _AFTER_NAME for match in pattern.finditer(text))
    return sorted(colon for colon in found if may_end_name(text[max(0, colon - _BEFORE) : colon]))


def _may_hold_secret(text: str) -> bool:
    """Checks quickly whether a text may contain a secret."""
    if len(text) < LEAST:
        return False
    return _has_hint(text) if len(text) > _REPEATED else _known_to_have_hint(text)


@lru_cache(maxsize=4096)
def _known_to_have_hint(text: str) -> bool:
    return _has_hint(text)


def _has_hint(text: str) -> bool:
    for hint in _HINTS:
        if hint in text:
            return True
    return any(one.search(text) is not None for one in _SEARCHED)


def secrets_by_text(texts: Collection[str]) -> dict[str, list[Secret]]:
    """Returns the secrets of those texts that contain any, as `secrets_in` finds them."""
    listed = list(texts)
    together = "\n".join(listed)  # of all that is looked for, few texts contain anything
    marks = _marks_in(together)
    hints = [*(notation for notation in _NOTATIONS if notation in together), *marks]
    patterns = [one for one in _PATTERNS if not marks.isdisjoint(one[0].marks)]
    near = [listed[index] for index in _with_hints(listed, together, hints)]
    secrets = ((text, _found(text, patterns)) for text in near if len(text) >= LEAST)
    return {text: found for text, found in secrets if found}


def _marks_in(text: str) -> set[str]:
    """Returns the marks of services in a text that may be part of a secret: those in long words, which are few, and of several words."""
    words = "\n".join([word for word in text.replace('"', " ").split() if len(word) >= SHORTEST])
    return {mark for mark in _MARKS if mark in (text if " " in mark else words)}


def _with_hints(texts: Sequence[str], together: str, hints: Iterable[str]) -> list[int]:
    """Returns the indices of the texts that may contain a secret. `together` has them line by line: it is searched faster than each of them."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    searches: list[Callable[[int], int]] = [partial(together.find, hint) for hint in hints]
    searches += [partial(_start, pattern, together) for pattern in _SEARCHED]
    found: set[int] = set()
    for search in searches:
        at = search(0)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            found.add(index)
            at = search(starts[index + 1])
    return sorted(found)


def _start(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.search(text, at)
    return -1 if match is None else match.start()


def _found(
    text: str,
    patterns: Sequence[tuple[Shape, re.Pattern[str]]] = _PATTERNS,
    named: Sequence[int] | None = None,
) -> list[Secret]:
    parts = _different_parts(text)
    every = {
        *_shapes(text, parts, patterns),
        *_users(text, parts),
        *_assigned(text, parts),
        *_in_quotes(text, ends_of_names(text) if named is None else named),
        *_beside_names(text, parts),
    }
    found: list[Secret] = []
    for one in sorted(every, key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end:
            found[-1] = found[-1]._replace(end=one.end)
    return found


def _different_parts(text: str) -> str:
    """Returns the different parts of a text between double quotes, joined by quotes.

    Whatever has no quote in it occurs in the text only if it occurs in them. The text of a file in JSON repeats most of its
    parts: these are a fifth of it, and show five times as fast that there is nothing to find.
    """
    return text if len(text) < SHORT else '"'.join(dict.fromkeys(text.split('"')))


def _every(pattern: re.Pattern[str], text: str, parts: str) -> Iterable[re.Match[str]]:
    """Returns the matches of a pattern without quotes in a text with these different parts."""
    return pattern.finditer(text) if pattern.search(parts) is not None else ()


LEAST = 5
"""The length of the shortest text that is looked at."""


def mask(text: str) -> str:
    """Returns a text with REDACTED in place of each secret."""
    parts, end = [], 0
    for one in secrets_in(text):
        parts += [text[end : one.start], REDACTED]
        end = one.end
    return "".join([*parts, text[end:]]) if parts else text


def message_of(name: str, use: Use = Use.KEY) -> str:
    """Returns the message for a key, a header or a query parameter with a secret, without the secret."""
    return f"'{name}' is a secret" if use is Use.KEY else f"the {use.value} '{name}' contains a secret"


def _shapes(text: str, parts: str, patterns: Sequence[tuple[Shape, re.Pattern[str]]]) -> Iterator[Secret]:
    marks = _marks_in(parts)
    for shape, pattern in patterns:
        if not marks.isdisjoint(shape.marks):
            for match in pattern.finditer(text):
                body = match.group().removeprefix("-----").partition("-----")[2].partition("-----END")[0]
                if "EXAMPLE" in match.group():  # in AWS's documentation
                    continue
                if not match.group().startswith("-----") or not is_placeholder(body.replace("\\n", "")):
                    yield Secret(*match.span(), f"{shape.name} stands in a text")
    for match in _every(_SCHEME, text, parts):
        value = match["value"].rstrip(".-/")
        basic = match["scheme"].lower() == "basic"
        if not is_placeholder(value) and (_is_basic(value) if basic else looks_random(value)):
            message = f"a value of '{match['scheme'].capitalize()}' authentication stands in a text"
            yield Secret(match.start("value"), match.start("value") + len(value), message)


def _is_basic(value: str) -> bool:
    """Checks whether a text is `user:password` in Base64."""
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    try:
        user, colon, password = plain.decode().partition(":")
    except UnicodeDecodeError:
        return False
    if not colon or not (user + password).isprintable():
        return False
    return not is_placeholder(password) if password else looks_random(user)


def _users(text: str, parts: str) -> Iterator[Secret]:
    if "@" not in parts and "40" not in parts:
        return
    if (whole := _HOST.fullmatch(text)) is not None:
        yield from _with_password(whole)
        return
    for mark, (users, only_users) in _USERS.items():
        if mark in parts:
            for match in _every(users, text, parts):
                yield from _with_password(match)
            for match in _every(only_users, text, parts):
                if looks_random(match["value"]):
                    yield Secret(*match.span("value"), "an address carries a key")


def _with_password(match: re.Match[str]) -> Iterator[Secret]:
    if match["user"].lower() not in _NO_USER and not is_placeholder(match["value"]):
        yield Secret(*match.span("value"), "an address carries a password")


def _assigned(text: str, parts: str) -> Iterator[Secret]:
    end = 0
    for match in _every(_EQUALS, text, parts):
        near = text[max(0, match.start() - 80) : match.start()]
        name = _NAME.search(near) if match.start() >= end and may_end_name(near) else None
        value = _VALUE.match(text, match.end()) if name is not None else None
        if name is not None and value is not None:
            yield from _behind_equals(name, value)
            end = value.end() if len(value.group()) > MANY else end  # otherwise a hostile text takes quadratic time


def _in_quotes(text: str, named: Iterable[int]) -> Iterator[Secret]:
    for colon in named:
        match = _QUOTED.match(text, colon)
        name = _QUOTED_NAME.search(text[max(0, colon - 80) : colon]) if match is not None else None
        if match is None or name is None or not is_secret(name["name"], match["value"]):
            continue
        if _ENDS_VALUE.search(text, max(0, colon - MANY), match.start("value")) is None:
            yield Secret(*match.span("value"), message_of(name["name"]))


def _beside_names(text: str, parts: str) -> Iterator[Secret]:
    """Yields values that stand after a name in another notation: of headers, YAML, XML, and the arguments of curl."""
    for match in _every(_PLAIN, text, parts):
        near = text[max(0, match.start() - 80) : match.start()]
        name = _NAME.search(near.rstrip()) if may_end_name(near) else None
        value = match["value"].rstrip(_TRAILING)
        if name is not None and looks_random(value) and is_secret(name["name"], value, Use.HEADER):
            yield Secret(match.start("value"), match.start("value") + len(value), message_of(name["name"]))
    for pattern, mark in ((_ELEMENT, "</"), (_ATTRIBUTES, "value=")) if "<" in parts else ():
        for match in pattern.finditer(text) if mark in parts else ():
            if is_secret(match["name"], match["value"]):
                yield Secret(*match.span("value"), message_of(match["name"]))
    if "curl" in parts:
        for match in _CURL.finditer(text):
            if not is_placeholder(match["value"]):
                yield Secret(*match.span("value"), "a command has a password")


def _behind_equals(name: re.Match[str], match: re.Match[str]) -> Iterator[Secret]:
    # A query inside a query is percent-encoded: `?url=https%3A%2F%2Fa.example%3Fsig%3D…`.
    value, start = _cut(match.group()), match.start()
    *inside, named = _SEPARATOR.split(name["name"])
    use = Use.QUERY if name["before"] or inside else Use.KEY
    if is_secret(named, unquote(value), use):
        shown = unquote(named)
        yield Secret(start, start + len(value), message_of(shown, Use.QUERY), shown)


def _cut(value: str) -> str:
    """Returns a value without the punctuation of the sentence around it."""
    cut = value
    while cut and cut[-1] in _TRAILING and not is_placeholder(cut):
        cut = cut[:-1]
    return cut or value
