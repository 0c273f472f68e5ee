"""Labels and summaries derived from names. Part of language 1: a change here changes what specs build."""

import re
from typing import Literal

LabelCase = Literal["title", "sentence", "name"]

# Between a small letter or digit and a capital, and before the last capital of a run that a small letter follows.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\W_]+")
_KNOWN = {"id": "ID", "ids": "IDs", "url": "URL", "uri": "URI", "api": "API"}

MAX_NAME = 1000
"""Characters of a name from which nobody makes a label: the words of a megabyte take a hundred."""


def split_name(name: str) -> list[str]:
    """`startTime` as `start`, `Time`; `$top` as `top`; `HTTPStatus` as `HTTP`, `Status`."""
    return [word for part in _SEPARATOR.split(name) for word in _HUMP.split(part) if word]


def label(name: str, case: LabelCase = "title") -> str | None:
    """The label of a field or parameter: `startTime` is Start Time, Start time, or startTime; None for `$`, `_`, and names without end."""
    words = split_name(name) if len(name) <= MAX_NAME else []
    if not words:
        return None
    if case == "name":
        return name
    if case == "sentence":
        return " ".join([_capital(words[0]), *(_small(word) for word in words[1:])])
    return " ".join(_capital(word) for word in words)


def operation_summary(operation_id: str) -> str:
    """The summary of an operation: `ListFlowRuns` is List flow runs."""
    return label(operation_id, "sentence") or operation_id


def _capital(word: str) -> str:
    return _KNOWN.get(word.lower()) or word[0].upper() + word[1:]


def _small(word: str) -> str:
    known = _KNOWN.get(word.lower())
    if known:
        return known
    return word if len(word) > 1 and word.isupper() else word[0].lower() + word[1:]
