"""A request with its answer, as every format of captures is read."""

import json
import math
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from connector_builder.findings import Pointer
from connector_builder.platform.hosts import without_user

VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}|\$\{(\w+)\}|\$(\w+)|<([\w -]+)>|\{([\w-]+)\}|^:([A-Za-z_][\w-]*)$")
"""What stands for a value in a segment: `{{id}}`, `${ID}`, `$ID`, `<id>`, `{id}` and `:id`."""


MAX_DEPTH = 50
"""The deepest sample that is read."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD]|[\ud800-\udfff]")
"""What a text has that may be read as half a surrogate pair."""

AUTHORIZE, TOKEN, KEY_IN_HEADER, KEY_IN_QUERY = "(authorize)", "(token)", "(key in header)", "(key in query)"
"""Marks among the headers, where a source says how people sign in: the addresses of OAuth, and the name of a key."""
MARKS = (AUTHORIZE, TOKEN, KEY_IN_HEADER, KEY_IN_QUERY)


class Body(NamedTuple):
    """The body of a request: its media type, its JSON, and the names of its fields, each with whether it is a file."""

    media: str = ""
    value: Any = None
    fields: tuple[tuple[str, bool], ...] = ()


class Answer(NamedTuple):
    """An answer: its status, its media type, and its JSON; None if it isn't JSON, or there was nothing."""

    status: int
    media: str = ""
    value: Any = None


class Call(NamedTuple):
    """A request with its answers. `at` is where the source has it; `id` and `summary` are a person's words for it.

    `unknown` are the variables without a value that its path begins with.
    """

    verb: str
    scheme: str
    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    at: Pointer
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    summary: str = ""
    description: str = ""
    tag: str = ""
    kind: str = ""
    trailing: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Returns the path as it was sent."""
        return "/" + "/".join(self.segments) + ("/" if self.trailing and self.segments else "")


def in_order(calls: Iterable[Call]) -> list[Call]:
    """Returns calls in an order of their own, so that the spec doesn't depend on that of a recording, or of several."""
    return sorted(calls, key=_key)


def _key(one: Call) -> tuple[Any, ...]:
    """Returns all of a call but its place, and the values of its headers, which nobody reads."""
    shown = repr(one.answers), repr(one.body), one.scheme, one.host, [*one.headers]
    return (one.path, one.verb, one.query, *shown, repr(one[one._fields.index("summary") :]))


class Url(NamedTuple):
    """The parts of an address that a call needs."""

    scheme: str
    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    trailing: bool


def parse_url(url: str) -> Url | None:
    """Returns the parts of an address, which may lack its scheme; None if it has no host."""
    text = url.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host = without_user(parts.netloc).lower()
        _ = parts.port if "{" not in host else None
    except ValueError:
        return None
    if not host or parts.scheme.lower() not in ("http", "https"):
        return Url(parts.scheme.lower(), host, (), (), False) if host else None
    segments = tuple(one for one in parts.path.split("/") if one)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=2000)) if parts.query else ()
    return Url(parts.scheme.lower(), host, segments, query, parts.path.endswith("/") and bool(segments))


def variable_of(segment: str) -> str | None:
    """Returns the name of the variable that a segment stands for: `id` for `{{id}}`; None for a literal one."""
    match = VARIABLE.search(unquote(segment))
    return next(filter(None, match.groups()), None) if match else None


def json_of(text: Any) -> Any:
    """Returns a text as JSON; None if it is no JSON, or deeper than a sample may be.

    A number that JSON doesn't have, such as 1e999, is null, and half a surrogate pair is U+FFFD.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        found = json.loads(text, parse_float=_finite, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    if _is_too_deep(found):
        return None
    return _writable(found) if _HALF.search(text) else found


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _is_too_deep(value: Any) -> bool:
    """Checks for more levels than a sample may have, level by level: a recording has many samples, and few are deep."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        inner = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list)]
        if not inner:
            return False
        level = list(chain.from_iterable(inner))
    return bool(level)


def _writable(value: Any) -> Any:
    """Returns a value whose texts can be written."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(part) for part in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): _writable(part) for key, part in value.items()}
    return value


def form_fields(text: str) -> tuple[tuple[str, bool], ...]:
    """Returns the names of the fields of an encoded form, each once."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=2000)
    except ValueError:
        return ()
    return tuple(dict.fromkeys((name, False) for name, _ in pairs))
