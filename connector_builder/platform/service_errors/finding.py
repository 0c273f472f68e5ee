"""Looks codes up in the table, and finds them in the bodies of answers: JSON, HTML, addresses, or any text."""

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote_plus

from connector_builder.platform.service_errors.model import ERROR_PAGE, Explanation
from connector_builder.platform.service_errors.table import EXPLANATIONS
from connector_builder.source.suggest import nearest

LONGEST = 1_000_000
"""The most characters of a body that are searched. Errors are small; the rest of a large one is something else."""
MOST = 50
"""The most codes of one body."""
LONGEST_CODE = 100

_NUMBER = re.compile(r"AADSTS(\d{4,8})(?!\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"\"?error_codes\"?\s*[:=]\s*\[([\d,\s]{1,200})\]")
_WORD = re.compile(r"(?<![\w.-])[A-Za-z][A-Za-z_]{3,80}(?![\w-])")
_CODE = re.compile(
    r"\"(?:code|suberror|errorcode|error)\"\s{0,20}:\s{0,20}\"?(?P<json>[\w.-]{3,80})[\",\s}\]]"
    r"|(?<![\w-])(?:error|suberror)=(?P<query>[\w.-]{3,80})(?![\w.-])"
    r"|error code\W{1,4}(?P<said>[\w.-]{3,80})",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"[A-Za-z][A-Za-z_.]{3,60}|0x[0-9A-Fa-f]{8}")
"""A code that the table doesn't have, and that may be shown: no text with digits, which could be a key."""
_STATUS = re.compile(
    r"(?:HTTP/[\d.]{1,4}\s+|\"?status(?:[_ ]?code)?\"?\s*[:=]\s*)(?P<status>\d{3})(?!\d)", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PREFIX = re.compile(r"(?:aadsts)?\s*(?P<number>\d{3,8})", re.IGNORECASE)
_STATUSES = {"502": "BadGateway", "504": "GatewayTimeout"}
"""Statuses that say by themselves what is wrong. 429 is a code of the table."""
_NO_CODE = frozenset({"null", "none", "true", "false", "error", "code", "message", "description"})


class _Index(NamedTuple):
    """The table by code in small letters, by its own words, and by phrase."""

    by_code: dict[str, Explanation]
    words: dict[str, Explanation]
    phrases: tuple[tuple[str, Explanation], ...]


@cache
def _index() -> _Index:
    by_code = {one.code.lower(): one for one in EXPLANATIONS}
    by_code |= {status: by_code[code.lower()] for status, code in _STATUSES.items()}
    words = {one.code: one for one in EXPLANATIONS if _WORD.fullmatch(one.code)}
    return _Index(by_code, words, tuple((phrase, one) for one in EXPLANATIONS for phrase in one.phrases))


def explain(code: str) -> Explanation | None:
    """Returns the explanation of a code in any spelling: `AADSTS65001`, `aadsts 65001`, `65001`, `EnvironmentAccessDenied`.

    Returns None for a code that the table doesn't have.
    """
    known, plain = _index().by_code, code.strip().strip("'\"").lower()
    number = _PREFIX.fullmatch(plain)
    if number is not None and (found := known.get(f"aadsts{number['number']}")):
        return found
    return known.get(plain)


def find(text: str) -> list[Explanation]:
    """Returns the explanations of all errors in the body of an answer, without repeats.

    Those that explain most are first: what only names a kind of error, such as `invalid_grant`, is last. Text in JSON,
    HTML and the query of an address is decoded. Returns nothing for a body without a known error.
    """
    found = [one for code in codes_in(text) if (one := explain(code))]
    return sorted(dict.fromkeys(found), key=lambda one: one.general)


def codes_in(text: str) -> list[str]:
    """Returns the codes in a body in their order, each as the table spells it, without repeats.

    Numbers of the sign-in and the values of `code` and `error` are there even if the table doesn't have them, unless they
    could be something else than a code, such as a key. The parameter `code` of an address is no error.
    """
    plain = readable(text)
    found = [*_numbered(plain), *_named(plain), *_said(plain)]
    codes = [code for _, code in sorted(found)]
    return list(dict.fromkeys(codes))[:MOST]


def suggestion(code: str) -> str:
    """Returns what to do about a code that the table doesn't have: another spelling, or where to look."""
    number = _PREFIX.fullmatch(code.strip())
    if number is not None and len(number["number"]) == 3:
        return "a status alone says little: give the whole answer on standard input ('explain -')"
    if number is not None:
        return f"Microsoft's page for the sign-in may know it: {ERROR_PAGE}{number['number']}"
    near = nearest(code[:LONGEST_CODE], (one.code for one in EXPLANATIONS))
    if near is not None:
        return f"did you mean '{near}'?"
    return "give the whole answer on standard input ('explain -'), or look at docs/errors.md for all codes"


def readable(text: str) -> str:
    """Decodes what a body may be written in: JSON, HTML, the query of an address. Positions change, the order doesn't."""
    text = text[:LONGEST]
    if "%" in text or "error_description=" in text:
        text = unquote_plus(text)
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for _ in range(2):  # JSON in a text of JSON
            text = text.replace('\\"', '"').replace("\\/", "/").replace("\\\\", "\\")
    return text


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    """Yields the numbers of the sign-in with their places."""
    for match in _NUMBER.finditer(text):
        yield match.start(), f"AADSTS{match[1]}"
    for match in _NUMBERS.finditer(text):
        for number in match[1].split(","):
            if number.strip():
                yield match.start(), f"AADSTS{number.strip()}"


def _named(text: str) -> Iterable[tuple[int, str]]:
    """Yields the codes that a body names as its code, known or not, and the words of the table wherever they are."""
    known = _index()
    for match in _CODE.finditer(text):
        code = (match["json"] or match["query"] or match["said"]).rstrip(".-")
        found = known.by_code.get(code.lower())
        if found is not None:
            yield match.start(), found.code
        elif _SHOWN.fullmatch(code) and code.lower() not in _NO_CODE:
            yield match.start(), code
    for match in _STATUS.finditer(text):
        if match["status"] in known.by_code:
            yield match.start("status"), known.by_code[match["status"]].code
    for match in _WORD.finditer(text):
        if match.group() in known.words:
            yield match.start(), match.group()


def _said(text: str) -> Iterable[tuple[int, str]]:
    """Yields the errors that a message shows by its words."""
    lower = text.lower()
    for phrase, one in _index().phrases:
        at = lower.find(phrase)
        if at >= 0:
            yield at, one.code
