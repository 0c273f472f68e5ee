"""The texts that users see: the object that contains each, its key, and what certification requires of it.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission and
https://learn.microsoft.com/en-us/connectors/custom-connectors/connector-string-guidance.
"""

from typing import Literal, NamedTuple

from connector_builder.platform.swagger.objects import PARAMETERS, SECURITY

Role = Literal["label", "help"]
"""A label is a phrase beside a field or on a card; a help text is one or more sentences."""


class Text(NamedTuple):
    """A text that users see.

    `kinds` are the kinds of object that have it, named as in the tables of shapes. `least` and `most` are the numbers
    of characters that certification allows; `most` is None if no limit is known. `sentence` says that the text ends
    with a full stop; otherwise it is a phrase, which must not.
    """

    kinds: tuple[str, ...]
    key: str
    role: Role
    most: int | None = None
    least: int = 0
    sentence: bool = False


_SCHEMAS = ("schema", "file schema")

TITLE = Text(("info",), "title", "label", 30, 1)
DESCRIPTION = Text(("info",), "description", "help", 500, 30, sentence=True)
LABEL = 80
"""The most characters of the label of an operation, an input or an output. No published label is longer."""

TEXTS = (
    TITLE,
    DESCRIPTION,
    Text(("operation",), "summary", "label", LABEL),
    Text(("operation",), "description", "help", sentence=True),
    Text(("operation",), "x-ms-trigger-hint", "help", sentence=True),
    Text(
        (*PARAMETERS.values(), *_SCHEMAS, "header", "response", "notification content"), "x-ms-summary", "label", LABEL
    ),
    Text(_SCHEMAS, "title", "label"),
    Text(
        (*PARAMETERS.values(), *_SCHEMAS, "header", "response", "notification content"),
        "description",
        "help",
        sentence=True,
    ),
    Text(("tag", "external docs", *SECURITY), "description", "help", sentence=True),
    Text(("ui definition",), "displayName", "label"),
    Text(("ui definition",), "description", "help", sentence=True),
    Text(("ui definition",), "tooltip", "help", sentence=True),
    Text(("policy",), "title", "label"),
)


def texts_of(kind: str) -> dict[str, Text]:
    """Returns the texts of a kind of object, by key."""
    return {text.key: text for text in TEXTS if kind in text.kinds}
