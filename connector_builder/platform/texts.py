"""Every text that people see: the object in which it stands, its key, and what certification asks of it.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission and
https://learn.microsoft.com/en-us/connectors/custom-connectors/connector-string-guidance.
"""

from typing import Literal, NamedTuple

from connector_builder.platform.objects import PARAMETERS, SECURITY

Role = Literal["label", "help"]
"""A label is a phrase beside a field or on a card; a help text is a sentence or more."""


class Text(NamedTuple):
    """A text that people see.

    `kinds` are kinds of object as the tables of shapes name them. `least` and `most` are characters that certification allows, `most` is
    None where no number is known. `sentence` says that the text ends with a full stop; a phrase that isn't one must not.
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
"""The largest number of characters of a label of an operation, an input or an output; no published one has more."""

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
    """The texts of a kind of object, by key."""
    return {text.key: text for text in TEXTS if kind in text.kinds}
