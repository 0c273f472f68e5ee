"""Finds secrets in the text of a YAML or JSON file, even a broken one: the parts that no report shows.

A report that shows too little is better than one that shows a secret. So a value extends to the end of its line, and
further if it continues on the next lines.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from connector_builder.patterns import regex
from connector_builder.secrets.names import is_likely, is_sure, unescaped
from connector_builder.secrets.texts import ends_of_names, secrets_in
from connector_builder.secrets.values import is_placeholder, is_prose, looks_random

Span = tuple[int, int]

MOST, MOST_ALIASES, MOST_LINES = 20_000, 50, 1000
"""The most places of a file that are looked at, aliases, and lines of a value; after the last place all is hidden."""
LONGEST_JUDGED = 1000
"""The most characters of a value that may be a placeholder; a longer value is hidden."""
LONGEST_VALUE = 20_000
"""The most characters of a quoted value."""
_BEFORE = 220
"""The characters before a colon among which the end of a name is looked for."""
_NAMED = regex(r"[^\s:=][\"']{0,2}\s{0,200}[:=]\Z")
"""The colon at the end, and the end of the name before it."""
_NO_NAME = regex(r"[\n{},\[\]:=?&#]")
_VALUE = regex(r"[ \t]*(?:[&!][^\s,\[\]{}]*[ \t]*)*")
_QUOTED = regex(
    rf"""\"(?:[^"\\]|\\.){{0,{LONGEST_VALUE}}}(?:"|\Z)|'(?:[^']|''){{0,{LONGEST_VALUE}}}(?:'|\Z)""", re.DOTALL
)
# Possessive, and an unclosed text extends to the end of its line: otherwise a hostile text takes quadratic time.
_INSIDE = r'(?:[^"\\\r\n]++|\\.?)*+'
_ESCAPED = regex(rf'[^"]*+(?:"[^"\\\r\n]*+"{_INSIDE}[^"]*+)*+(?:"(?P<text>{_INSIDE})"?{_INSIDE}[^"]*+)?')
"""A text in quotes that has escapes or isn't closed, after all that is neither."""
_LINE = regex(r"[^\r\n]*")
_BLANK = regex(r"[ \t]*(?:[|>][+\-0-9]*[ \t]*)?(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z)")
_KEY_LINE = regex(r"[ \t]*(?:-[ \t]+)*(?:\?[ \t]|[\"']?[\w$][\w$ .-]*[\"']?[ \t]*:(?:\s|\Z)|[{\]}])")
_ALIAS = regex(r"\*(?P<name>[^\s,\[\]{}]+)")
_WORD = regex(r"[^\s,}\]\"']+")


def secret_spans(content: str) -> list[Span]:
    """Returns the parts of a file's text that no report shows."""
    named = ends_of_names(content)
    spans = [(one.start, one.end) for one in secrets_in(content, named)]
    spans += _escaped(content)
    number = reached = 0
    aliases: set[str] = set()
    for colon in named:
        if content.startswith((":", "=", "/"), colon + 1):
            continue
        begin = max(0, colon - _BEFORE)
        before = content[begin:colon].rstrip()
        match = _NAMED.search(content, max(0, begin + len(before) - 3), colon + 1)
        if match is None or match.start() < reached:
            continue
        number += 1
        if number > MOST or len(aliases) > MOST_ALIASES:
            return [*spans, (match.start(), len(content))]
        near = content[max(0, match.start() - 80) : match.end() - 1].rstrip()
        name = _NO_NAME.split(near)[-1]
        if _names_secret(name):
            found = list(_values(content, match.end(), aliases, sure=not is_likely(name)))
            spans += found
            reached = max([reached, *(end for start, end in found if start >= match.end())])
    return spans


def _escaped(content: str) -> Iterator[Span]:
    """Yields the texts that have a secret in them only when their escapes are decoded, such as `"https:\\/\\/a:b@c"`."""
    if "\\" not in content:
        return
    for match in _ESCAPED.finditer(content):
        text = match["text"]
        if text is not None and "\\" in text and secrets_in(unescaped(text)):
            yield match.span("text")


def shown_values(content: str, spans: list[Span]) -> set[str]:
    """Returns the texts of hidden parts as messages may quote them: as written, and with escapes decoded."""
    values: set[str] = set()
    for start, end in spans:
        part = content[start : min(end, start + LONGEST_VALUE)].strip()
        for text in (part, part.strip("\"'"), *_WORD.findall(part)[:1]):
            values |= {text, unescaped(text)}
    return {value for value in values if not is_placeholder(value) and not is_prose(value)}


@lru_cache(maxsize=10_000)
def _names_secret(name: str) -> bool:
    """Checks whether a name is that of a secret, or its last word is, whatever comes before it in a broken line."""
    words = re.findall(r"[\w\\%]+", name)
    return is_sure(name) or is_likely(name) or (bool(words) and is_sure(words[-1]))


def _values(content: str, at: int, aliases: set[str], *, sure: bool) -> Iterator[Span]:
    match = _VALUE.match(content, at)
    start = match.end() if match else at
    if _BLANK.match(content, start):
        yield from _below(content, at, start)
        return
    if content.startswith("{", start) and not content.startswith("{{", start):
        return  # a schema, or the description of a parameter
    alias = _ALIAS.match(content, start)
    if alias is not None:
        if alias["name"] not in aliases:
            aliases.add(alias["name"])
            yield from _anchored(content, alias["name"])
        return
    quoted = _QUOTED.match(content, start)
    line = quoted or _LINE.match(content, start)
    end = line.end() if line else start
    if end - start > LONGEST_JUDGED:
        yield start, end
        return
    value = content[start:end].strip().strip("\"'") if quoted else content[start:end].rstrip("}] \t,")
    if is_placeholder(value) or (is_prose(value) if sure else not looks_random(value.split(",")[0].strip("\"' "))):
        return
    yield start, end


def _below(content: str, at: int, start: int) -> Iterator[Span]:
    """Yields the lines of a value below its key: those that are indented more and aren't keys themselves."""
    own = _indent(content, content.rfind("\n", 0, at) + 1)
    line = _LINE.match(content, start)
    begin = line.end() if line else start
    first = True
    for _ in range(MOST_LINES):
        if begin >= len(content):
            return
        begin += 2 if content.startswith("\r\n", begin) else 1
        line = _LINE.match(content, begin)
        end = line.end() if line else begin
        text = content[begin:end]
        if text.strip():
            if (_KEY_LINE.match(text) and not looks_random(text.split()[0])) or (
                not first and _indent(content, begin) <= own
            ):
                return
            first = False
            if not is_placeholder(text.strip().strip("\"',-")):
                yield begin + _indent(content, begin), end
        begin = end


def _indent(content: str, at: int) -> int:
    end = at
    while end < len(content) and content[end] in " \t":
        end += 1
    return end - at


def _anchored(content: str, name: str) -> Iterator[Span]:
    for match in re.finditer(rf"&{re.escape(name)}(?![^\s,\[\]{{}}])[ \t]*(?P<value>[^\r\n]*)", content):
        if match["value"]:
            yield match.span("value")
        else:
            yield from _below(content, match.start(), match.end())
