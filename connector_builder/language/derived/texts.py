"""Derives texts: labels, summaries, descriptions, and titles of variables."""

import re
from collections.abc import Mapping
from typing import Any

from connector_builder.language.derived.conventions import Conventions, LabelCase
from connector_builder.language.derived.types import OData

# Between a small letter or digit and a capital, and before the last capital of a run that a small letter follows.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\W_]+")
_KNOWN = {"id": "ID", "ids": "IDs", "url": "URL", "uri": "URI", "api": "API"}

MAX_NAME = 1000
"""The most characters of a name that gets a label: the words of a name of 1 MB take 100 MB."""
LABEL_KEYS = {"summary": ("x-ms-summary",), "title": ("title",), "both": ("x-ms-summary", "title"), "none": ()}
"""The keys of Swagger that contain the label of a field, by the value of `defaults.label`."""
CONTAINERS = ("object", "array")
"""The types that `defaults.containerLabel` applies to."""
HIDDEN = "internal"
"""The visibility of parts that nobody sees: constants, callback addresses, polling state, unsubscribe operations."""


def split_name(name: str) -> list[str]:
    """Splits a name into words: `startTime` is `start`, `Time`; `$top` is `top`; `HTTPStatus` is `HTTP`, `Status`."""
    return [word for part in _SEPARATOR.split(name) for word in _HUMP.split(part) if word]


def label(name: str, case: LabelCase = "title") -> str | None:
    """Derives a label: `startTime` is Start Time, Start time, or startTime. None for `$`, `_`, and very long names."""
    words = split_name(name) if len(name) <= MAX_NAME else []
    if not words:
        return None
    if case == "name":
        return name
    if case == "sentence":
        return " ".join([_capital(words[0]), *(_small(word) for word in words[1:])])
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    return _KNOWN.get(word.lower()) or word[0].upper() + word[1:]


def _small(word: str) -> str:
    known = _KNOWN.get(word.lower())
    if known:
        return known
    return word if len(word) > 1 and word.isupper() else word[0].lower() + word[1:]


def field_labels(conventions: Conventions, name: str, kind: Any, *, hidden: bool) -> dict[str, str]:
    """Derives the labels of a field of the type `kind`: `{"x-ms-summary": "Start Time"}`. {} if it has none."""
    if hidden or (kind in CONTAINERS and not conventions.containers):
        return {}
    keys = LABEL_KEYS[conventions.label]
    text = label(name, conventions.label_case) if keys else None
    return {} if text is None else dict.fromkeys(keys, text)


def parameter_labels(
    conventions: Conventions, name: str, *, hidden: bool, option: OData | None = None
) -> dict[str, str]:
    """Derives the label of a parameter: `{"x-ms-summary": "Start Time"}`. {} if it has none.

    `option` contains OData's name for it: Order By, where `$orderby` alone would be Orderby.
    """
    keys = () if hidden else LABEL_KEYS[conventions.parameter_label]
    spelled = name if option is None or conventions.label_case == "name" else option.name
    text = label(spelled, conventions.label_case) if keys else None
    return {} if text is None else dict.fromkeys(keys, text)


def field_description(conventions: Conventions, name: str, swagger: dict[str, Any]) -> str | None:
    """Derives the description of a field: its name, its label, or none. `swagger` has the labels of the field."""
    return name if conventions.description == "name" else _labelled(conventions.description, swagger)


def parameter_description(
    conventions: Conventions, swagger: dict[str, Any], *, option: OData | None = None
) -> str | None:
    """Derives the description of a parameter: OData's for its `option`, its label, or none."""
    return _labelled(conventions.parameter_description, swagger) if option is None else option.description


def _labelled(mode: str, swagger: dict[str, Any]) -> str | None:
    label = swagger.get("x-ms-summary", swagger.get("title")) if mode == "label" else None
    return label if isinstance(label, str) else None


def connection_texts(customary: Mapping[str, str | None], summary: str | None) -> dict[str, str | None]:
    """Derives the texts of a connection parameter: the customary ones, with the author's `summary` as its name.

    With the summary Token, "Enter your API key." becomes "Enter your Token.".
    """
    usual = customary.get("summary")
    if not usual or summary is None:
        return dict(customary)
    known = re.compile(re.escape(usual), re.IGNORECASE)
    return {key: None if text is None else known.sub(lambda _: summary, text) for key, text in customary.items()}


def is_hidden(swagger: dict[str, Any]) -> bool:
    """Checks whether a parameter, field or operation is hidden from users, so that it has no derived label."""
    return bool(swagger.get("x-ms-visibility") == HIDDEN)


def is_description(text: str) -> bool:
    """Checks whether the text of a field or parameter is a description, and not a type word or a schema's name."""
    return " " in text.strip() or "\n" in text


def operation_summary(conventions: Conventions, operation_id: str) -> str:
    """Derives the summary of an operation: `ListFlowRuns` is List flow runs."""
    return label(operation_id, conventions.summary_case) or operation_id


def operation_description(conventions: Conventions, summary: Any) -> str | None:
    """Derives the description of an operation from its summary, None if it isn't written."""
    return summary if conventions.operation_description == "summary" and isinstance(summary, str) else None


def variable_title(name: str) -> str:
    """Derives the title of an environment variable from its name without the prefix: `acme_ParcelHost` is Parcel Host."""
    own = name.partition("_")[2] or name
    return label(own) or own
