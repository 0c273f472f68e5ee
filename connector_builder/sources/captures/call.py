"""A request with its answer, as every format of captures is read."""

import json
import math
import re
from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from connector_builder.findings import Finding, Pointer, Text
from connector_builder.platform.hosts import without_user
from connector_builder.sources.repair import mend_json

VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}|\$\{(\w+)\}|\$(\w+)|<([\w -]+)>|\{([\w-]+)\}|^:([A-Za-z_][\w-]*)$")
"""What stands for a value in a segment: `{{id}}`, `${ID}`, `$ID`, `<id>`, `{id}` and `:id`."""


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
MAX_FORM = 1_000_000
"""The most characters of a form with files that are read."""
MAX_MENDED = 200_000
"""The most characters of JSON that is mended."""
_PART = re.compile(r'(?<![\w-])name="([^"\r\n]{1,200})"(;[ \t]*filename\*?=)?')
_LIKE_JSON = re.compile(r"\s*[\[{](?!\{)")
_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
"""A line that a shell would continue, inside a text: documentation is written so."""
MAX_DEPTH = 50
"""The deepest sample that is read."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD]|[\ud800-\udfff]")
"""What a text has that may be read as half a surrogate pair."""

AUTHORIZE, TOKEN, KEY_IN_HEADER, KEY_IN_QUERY = "(authorize)", "(token)", "(key in header)", "(key in query)"
"""Marks among the headers, where a source says how people sign in: the addresses of OAuth, and the name of a key."""
MARKS = (AUTHORIZE, TOKEN, KEY_IN_HEADER, KEY_IN_QUERY)


class Body(NamedTuple):
    """The body of a request: its media type, its JSON, and the names of its fields, each with whether it is a file.

    `unread` says that it should be JSON, but isn't.
    """

    media: str = ""
    value: Any = None
    fields: tuple[tuple[str, bool], ...] = ()
    unread: bool = False


class Answer(NamedTuple):
    """An answer: its status, its media type, and its JSON; None if it isn't JSON, or there was nothing.

    `unread` says that it should be JSON, but isn't.
    """

    status: int
    media: str = ""
    value: Any = None
    unread: bool = False


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
    found = []
    for _, same in groupby(sorted(calls, key=_request), _request):
        each = list(same)
        found += sorted(each, key=_rest) if len(each) > 1 else each
    return found


def _request(one: Call) -> tuple[Any, ...]:
    return one.path, one.verb, one.query, one.scheme, one.host


def _rest(one: Call) -> tuple[Any, ...]:
    """Returns the rest of a call but its place, and the values of its headers, which nobody reads."""
    return repr(one.answers), repr(one.body), [*one.headers], repr(one[one._fields.index("summary") :])


_HOST = re.compile(r"(?=.{1,200}\Z)[^\W_](?:[\w.-]*[^\W_])?\.?(?::\d{1,5})?|\[[0-9a-f:.]{2,45}\](?::\d{1,5})?")
_KNOWN_HOST = re.compile(
    r"localhost(?::\d{1,5})?|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}(?:[a-z]{2,24}|\d{1,3})(?::\d{1,5})?"
)
"""The host of an address without a scheme."""


VALUE_ALONE = re.compile(r"(?=[^=]*\d)[^=]{16,}")
"""A part of a query that is a value rather than a name."""


_OF_SEGMENT = re.compile(r";[^/;=]*=[^/;]*")
"""A parameter of a segment: `;jsessionid=…`, a value like one of a query."""


class Url(NamedTuple):
    """The parts of an address that a call needs."""

    scheme: str
    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    trailing: bool


NO_ADDRESS = Url("", "", (), (), False)
"""The address of a call that has none: it is left out, and told."""


def parse_url(url: str) -> Url | None:
    """Returns the parts of an address, which may lack its scheme; None if it has no host.

    Any word may stand where a command has an address, a token too: so a host is one only if it looks like one.
    """
    text = url.strip()
    named = "://" in text
    text = text if named else f"http://{text}"
    try:
        parts = urlsplit(text)
        host = without_user(parts.netloc).lower()
        _ = parts.port if "{" not in host else None
    except ValueError:
        return None
    if VARIABLE.search(host) is None and (_HOST if named else _KNOWN_HOST).fullmatch(host) is None:
        return None
    if not host or parts.scheme.lower() not in ("http", "https"):
        return Url(parts.scheme.lower(), host, (), (), False) if host else None
    segments = tuple(one for one in _OF_SEGMENT.sub("", parts.path).split("/") if one)
    pairs = "&".join(part for part in parts.query.split("&") if not VALUE_ALONE.fullmatch(part))
    query = tuple(parse_qsl(pairs, keep_blank_values=True, max_num_fields=2000)) if pairs else ()
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


def body_of(media: str, content: str) -> Body:
    """Returns the body of a media type without parameters, which may be unknown, as its content shows.

    JSON that people wrote by hand is mended where one reading makes sense, such as a comma too many.
    """
    if media == FORM:
        return Body(media, None, form_fields(content.replace("\n", "")))
    if media == PARTS:
        found = _PART.findall(content[:MAX_FORM])
        return Body(media, None, tuple(dict.fromkeys((name, bool(file)) for name, file in found)))
    like_json = _LIKE_JSON.match(content) is not None
    if "json" not in media and (media or not like_json):
        return Body(media or "text/plain", json_of(content))
    value = json_of(content)
    if value is None and like_json and len(content) <= MAX_MENDED:
        mended = mend_json(Text(Path("body"), _CONTINUED.sub("", content)))
        value = None if isinstance(mended, Finding) else json_of(mended.result.content)
    return Body(media or "application/json", value, unread=value is None and bool(content.strip()))


def answer_of(status: int, media: str, content: str) -> Answer:
    """Returns the answer of a media type without parameters, as its content shows."""
    value = json_of(content)
    return Answer(
        status, media, value, unread=value is None and "json" in media and content.strip() not in ("", "null")
    )


def form_fields(text: str) -> tuple[tuple[str, bool], ...]:
    """Returns the names of the fields of an encoded form, each once. What has no `=` is a value, and isn't shown."""
    named = "&".join(part for part in text.split("&") if "=" in part)
    try:
        pairs = parse_qsl(named, keep_blank_values=True, max_num_fields=2000)
    except ValueError:
        return ()
    return tuple(dict.fromkeys((name, False) for name, _ in pairs))
