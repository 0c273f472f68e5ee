"""Finds the variables in paths: `/orders/1` and `/orders/2` are both `/orders/{orderId}`."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from connector_builder.numbering import Numbers
from connector_builder.platform.nouns import singular
from connector_builder.secrets import secrets_in
from connector_builder.sources.captures.call import Call, variable_of

_SHAPES = (
    re.compile(r"-?\d+"),
    re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?"),
    re.compile(r"(?i:default|legacy)-[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    re.compile(r"[0-9a-fA-F]{24}|[0-9a-fA-F]{32,}"),
    re.compile(r"[0-9A-HJKMNP-TV-Z]{26}"),
    re.compile(r"[A-Za-z]{2,12}_(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{8,}"),
    re.compile(r"\S+@\S+"),
    re.compile(
        r"(?=[A-Za-z_-]*\d)(?=[0-9_-]*[A-Za-z])"
        r"(?:(?=(?:\D*\d){5})|(?!(?:\d*(?:[A-Za-z]+\d*)?[_-])*\d*(?:[A-Za-z]+\d*)?\Z))"
        r"[A-Za-z0-9_-]{16,}"
    ),
    re.compile(r"(?=(?:[A-Z0-9]+-)*(?:[A-Z]+\d|\d+[A-Z]))[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6})+"),
)
"""Shapes of values: numbers, ids, mail addresses, codes. Long words with digits in them are ids, but not `2FA-Authenticator`."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
_VERSION = re.compile(r"v\d+(?:\.\d+)*|\d+\.\d+(?:\.\d+)*", re.IGNORECASE)
_LEAST_VALUES = 3
"""How many values at one place make it a variable, if they have no shape of their own."""
MAX_SEGMENTS = 50
"""The most segments of a path that has variables. Nobody reads a longer one, and all are compared with all that is before them."""
_LITERAL = frozenset(
    ("me", "self", "search", "count", "$batch", "batch", "query", "export", "import", "all", "latest", "new")
)


class Template(NamedTuple):
    """A path with its variables in braces. `guessed` names those that only several values at one place show."""

    path: str
    guessed: tuple[str, ...] = ()


def is_value(segment: str, before: Sequence[str]) -> bool:
    """Checks whether a segment has the shape of a value, such as an id. A date at the beginning is a version of the API."""
    said = unquote(segment)
    if variable_of(segment) is not None:
        return True
    if said.lower() in _LITERAL or _VERSION.fullmatch(said):
        return False
    if _DATE.fullmatch(said):
        return bool(before)
    return any(shape.fullmatch(said) for shape in _SHAPES) or bool(secrets_in(said))


def templates_of(calls: Sequence[Call], skip: int) -> list[Template]:
    """Returns the template of each call's path, without the first `skip` segments, which are in the server's address.

    A place is a variable if its value has the shape of one, or if three calls or more have different values there and
    the same before and after it.
    """
    short = [call for call in calls if len(call.segments) - skip <= MAX_SEGMENTS]
    shaped = [_shaped(call.segments[skip:]) for call in short]
    several = _places_of_many(short, shaped, skip)
    found = iter([_template(call, one, skip, several) for call, one in zip(short, shaped, strict=True)])
    return [
        next(found) if len(call.segments) - skip <= MAX_SEGMENTS else Template("/" + "/".join(call.segments[skip:]))
        for call in calls
    ]


def _places_of_many(calls: Sequence[Call], each: Sequence[list[str]], skip: int) -> set[tuple[str, ...]]:
    """Returns the places of variables without a shape: the way to each, and what follows it."""
    values: dict[tuple[str, ...], set[str]] = {}
    for call, shaped in zip(calls, each, strict=True):
        segments = call.segments[skip:]
        for index in range(1, len(segments)):
            if (
                shaped[index] != "{}"
                and shaped[index - 1] != "{}"
                and index + 1 < len(segments)
                and segments[index].lower() not in _LITERAL
            ):
                key = (call.verb, *shaped[:index], "{}", *shaped[index + 1 :])
                values.setdefault(key, set()).add(segments[index])
    return {key for key, found in values.items() if len(found) >= _LEAST_VALUES}


def _shaped(segments: Sequence[str]) -> list[str]:
    return ["{}" if is_value(segment, segments[:index]) else segment for index, segment in enumerate(segments)]


def _template(call: Call, shaped: list[str], skip: int, several: set[tuple[str, ...]]) -> Template:
    segments = call.segments[skip:]
    for index in range(1, len(segments)):
        key = (call.verb, *shaped[:index], "{}", *shaped[index + 1 :])
        if shaped[index] != "{}" and key in several:
            shaped[index] = "{guessed}"
    names: list[str] = []
    guessed: list[str] = []
    out = []
    for index, (segment, shape) in enumerate(zip(segments, shaped, strict=True)):
        if not shape.startswith("{"):
            out.append(segment)
            continue
        name = named(segment, [one for one in shaped[:index] if not one.startswith("{")], names)
        names.append(name)
        guessed += [name] if shape == "{guessed}" else []
        out.append(f"{{{name}}}")
    path = "/" + "/".join(out)
    return Template(path + ("/" if call.trailing and out else ""), tuple(guessed))


def named(segment: str, statics: Sequence[str], taken: Sequence[str]) -> str:
    """Returns the name of the variable that a segment is a value of: one that isn't taken. `statics` are the words before it."""
    return Numbers().free(_name(segment, statics), taken)


def names_in(segments: Iterable[str]) -> list[str]:
    """Returns the names of the variables among the segments of a template."""
    return [one[1:-1] for one in segments if one.startswith("{") and one.endswith("}")]


def _name(segment: str, statics: Sequence[str]) -> str:
    """Returns the name of a variable: its own, `date`, or the singular of the segment before it with `Id`."""
    own = variable_of(segment)
    if own is not None and re.fullmatch(r"[A-Za-z_][\w-]*", own):
        return own
    if _DATE.fullmatch(unquote(segment)):
        return "date"
    words = re.findall(r"[A-Za-z0-9]+", statics[-1]) if statics else []
    if not words:
        return "id"
    noun = words[0][0].lower() + words[0][1:] + "".join(word[0].upper() + word[1:] for word in words[1:])
    return f"{singular(noun)}Id"
