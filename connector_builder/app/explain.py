"""Explains codes of errors, and those in the body of an answer, also with the values of a spec."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from connector_builder.package import Package
from connector_builder.platform.service_errors import Explanation, codes_in, explain, find, suggestion
from connector_builder.render.in_spec import in_spec
from connector_builder.secrets import mask

_CODE = re.compile(r"[\w.-]{1,100}|(?i:aadsts)\s*\d{1,10}")
"""What a code looks like. Anything else, such as an address, is the body of an answer."""
_SHOWN = re.compile(r"(?i:aadsts)?\s*\d{1,10}|[A-Za-z][A-Za-z_.-]{0,59}|0x[0-9A-Fa-f]{1,16}")
"""Codes that may be shown. Any other could be a key that was pasted by mistake."""


class Explained(NamedTuple):
    """An explanation, with sentences about the user's spec."""

    explanation: Explanation
    in_spec: tuple[str, ...] = ()


class Unknown(NamedTuple):
    """A code that nothing is known of, empty if it may be a secret, and what to do about it."""

    code: str
    hint: str


class Answer(NamedTuple):
    """What is known of codes and bodies, in their order; `unknown` are the codes that the table doesn't have."""

    explained: list[Explained]
    unknown: list[Unknown]


def answer(asked: Sequence[str], bodies: Sequence[str] = (), package: Package | None = None) -> Answer:
    """Explains codes such as `AADSTS65001`, and all codes in the bodies of answers.

    What is asked for and doesn't look like a code, such as an address, is a body too.
    """
    explained: dict[str, Explained] = {}
    unknown: dict[str, Unknown] = {}
    codes = [one.strip() for one in asked if _CODE.fullmatch(one.strip())]
    for body in ("", *(one for one in asked if one.strip() not in codes), *bodies):
        for explanation in find(body) if body else filter(None, map(explain, codes)):
            said = () if package is None else tuple(in_spec(explanation, package, body))
            explained.setdefault(explanation.code, Explained(explanation, said))
        for code in codes_in(body) if body else codes:
            if explain(code) is None:
                shown = mask(code) if _SHOWN.fullmatch(code) else ""
                unknown.setdefault(code, Unknown(shown, suggestion(code)))
    return Answer(list(explained.values()), list(unknown.values()))
