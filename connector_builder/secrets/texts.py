"""Finds secrets in a text: by their own shape, in addresses, and after a name."""

import base64
import binascii
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from connector_builder.patterns import regex
from connector_builder.secrets.names import NAME_BEFORE, Use, may_end_name
from connector_builder.secrets.values import is_placeholder, is_secret, looks_random

REDACTED = "REDACTED"
"""The replacement for a secret."""
MANY = 500
"""The length of a value above which no secret is looked for inside it."""
LONGEST = 20_000
"""The most characters of a shape."""


class Secret(NamedTuple):
    """A secret in a text, with a message that doesn't quote it.

    `query` is the query parameter that it is the value of.
    """

    start: int
    end: int
    message: str
    query: str | None = None


class Shape(NamedTuple):
    """A shape of secrets: what it is, the beginnings or parts that all of its secrets contain, and the pattern."""

    name: str
    marks: tuple[str, ...]
    pattern: str


# The marks of services. A letter or digit before a mark makes it part of something else; minimum lengths exclude words.
SHAPES = (
    Shape("a JSON Web Token", ("eyJ",), r"eyJ[\w-]{10,}(?:\.[\w-]{4,}){1,4}"),
    Shape(
        "a private key",
        ("-----BEGIN ",),
        rf"-----BEGIN [A-Z0-9 ]{{0,30}}PRIVATE KEY-----(?:[^-]|-(?!----)){{1,{LONGEST}}}(?:-----END [A-Z0-9 ]{{0,30}}PRIVATE KEY-----)?",
    ),
    Shape("a key of Stripe", ("k_live_", "k_test_", "whsec_"), r"(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{8,}"),
    Shape("a token of GitHub", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{20,}"),
    Shape("a token of GitHub", ("github_pat_",), r"github_pat_\w{20,}"),
    Shape("a token of GitLab", ("glpat-",), r"glpat-[\w-]{20,}"),
    Shape("a token of Slack", ("xox", "xapp-"), r"(?:xox[abeoprs]|xapp-\d)-[A-Za-z0-9-]{10,}"),
    Shape("an address of Slack", ("hooks.slack.com/",), r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}"),
    Shape("a key of AWS", ("AKIA", "ASIA"), r"(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)"),
    Shape("a key of Google", ("AIza", "GOCSPX-", "ya29."), r"AIza[\w-]{35}|(?:GOCSPX-|ya29\.)[\w-]{20,}"),
    Shape("a key of SendGrid", ("SG.",), r"SG\.[\w-]{16,}\.[\w-]{16,}"),
    Shape("an API key", ("sk-",), r"sk-(?:proj-|ant-)?(?=[\w-]{0,40}\d)[A-Za-z0-9_-]{20,}"),
    Shape("a key of Azure Storage", ("==",), r"(?<![+/=])[A-Za-z0-9+/]{86}==(?![\w+/=])"),
)
_PATTERNS = tuple((shape, regex(rf"(?<!\w)(?:{shape.pattern})")) for shape in SHAPES)
# Each pattern begins with a character: `re` looks for that fast, but slowly for what ignores case or looks behind first.
_SCHEME = regex(
    r"(?P<scheme>[Bb](?<!\w[Bb])(?:[Ee][Aa][Rr][Ee][Rr]|[Aa][Ss\u017f][Ii\u0130\u0131][Cc]))(?:\s|%20|\+)+(?P<value>[\w.~+/=-]{8,})"
)
_USER = regex(r"//(?P<user>[^\s/@:\"'<>?#]{0,100}):(?P<value>[^\s/\"'<>]{1,200})@(?=[\w\[{$])")
_HOST = regex(r"(?P<user>[^\s/@:]{1,100}):(?P<value>[^\s/@]{1,200})@[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?")
_NO_USER = frozenset({"acct", "callto", "im", "mailto", "sip", "sips", "skype", "smtp", "xmpp"})
_EQUALS = regex(r"=|%3[Dd]")
_VALUE = regex(r"[^\s&\"'<>#\\;]{1,4000}")
_QUOTED = regex(r"[:=]>?\s{0,3}(?P<quote>\\?[\"'])(?P<value>[^\"'\\\s]{3,500})(?P=quote)")
_AFTER_NAME = regex(rf"[:=]{NAME_BEFORE}")
_NAME = regex(r"(?P<before>[?&#;]?)(?P<name>[\w.%\-\[\]~]+)\Z")
_QUOTED_NAME = regex(r"(?P<name>[A-Za-z_][\w .%\\-]*?)\\?[\"']?\s*\Z")
_HINTS = ("=", "@", "%3D", "%3d", ': "', ':"', ": '", ":'", '\\"', *(mark for shape in SHAPES for mark in shape.marks))
"""Every text with a secret contains one of these, or a scheme. Most texts contain none, and need no further check."""
_SEPARATOR = regex(r"%(?:25)?(?:3F|26)", re.IGNORECASE)
_TRAILING = ").,;:]!}"


def secrets_in(text: str) -> list[Secret]:
    """Returns the secrets of a text in order, without overlaps."""
    return _found(text) if may_hold_secret(text) else []


def may_hold_secret(text: str, hints: Sequence[str] = _HINTS, *, schemes: bool = True) -> bool:
    """Checks quickly whether a text may contain a secret: one of the hints, or with `schemes` a scheme."""
    if len(text) < LEAST:
        return False
    return any(hint in text for hint in hints) or (schemes and _SCHEME.search(text) is not None)


def secrets_by_text(texts: Collection[str]) -> dict[str, list[Secret]]:
    """Returns the secrets of those texts that contain any, as `secrets_in` finds them."""
    together = "\n".join(texts)
    hints = [hint for hint in _HINTS if hint in together]  # few of the many
    schemes = _SCHEME.search(together) is not None
    secrets = ((text, _found(text)) for text in texts if may_hold_secret(text, hints, schemes=schemes))
    return {text: found for text, found in secrets if found}


def _found(text: str) -> list[Secret]:
    found: list[Secret] = []
    for one in sorted({*_shapes(text), *_users(text), *_assigned(text)}, key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end:
            found[-1] = found[-1]._replace(end=one.end)
    return found


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


def _shapes(text: str) -> Iterator[Secret]:
    for shape, pattern in _PATTERNS:
        if any(mark in text for mark in shape.marks):
            for match in pattern.finditer(text):
                body = match.group().partition("KEY-----")[2].partition("-----END")[0]
                if "EXAMPLE" in match.group():  # in AWS's documentation
                    continue
                if not match.group().startswith("-----") or not is_placeholder(body.replace("\\n", "")):
                    yield Secret(*match.span(), f"{shape.name} stands in a text")
    for match in _SCHEME.finditer(text):
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
    _user, colon, password = plain.partition(b":")
    return bool(colon and password) and plain.isascii() and not is_placeholder(password.decode())


def _users(text: str) -> Iterator[Secret]:
    if "@" not in text:
        return
    whole = _HOST.fullmatch(text)
    matches = _USER.finditer(text) if whole is None else iter((whole,))
    for match in matches:
        if match["user"].lower() not in _NO_USER and not is_placeholder(match["value"]):
            yield Secret(*match.span("value"), "an address carries a password")


def _assigned(text: str) -> Iterator[Secret]:
    end = 0
    for match in _EQUALS.finditer(text):
        near = text[max(0, match.start() - 80) : match.start()]
        name = _NAME.search(near) if match.start() >= end and may_end_name(near) else None
        value = _VALUE.match(text, match.end()) if name is not None else None
        if name is not None and value is not None:
            yield from _behind_equals(name, value)
            end = value.end() if len(value.group()) > MANY else end  # otherwise a hostile text takes quadratic time
    for match in _QUOTED.finditer(text):
        if _AFTER_NAME.match(text, match.start()) is None:
            continue
        near = text[max(0, match.start() - 80) : match.start()]
        name = _QUOTED_NAME.search(near) if may_end_name(near) else None
        if name is not None and is_secret(name["name"], match["value"]):
            yield Secret(*match.span("value"), message_of(name["name"]))


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
