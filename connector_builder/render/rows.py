"""The tables of fields that READMEs and reference pages share."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from connector_builder.platform.data.plain import text
from connector_builder.platform.view.reference import Row

MAX_CHOICES = 20


class Line(NamedTuple):
    """A row of a table. With `definition`, the type ends with that name, which `anchor` leads to."""

    label: str
    key: str
    required: bool
    type: str
    description: str
    definition: str = ""
    anchor: str = ""


def line_of(row: Row) -> Line:
    """Returns a row as it is printed: its description has its choices and its default."""
    choices = [(one.text, one.value) for one in row.options]
    description = sentences(row.hint, *said_of(row.default, choices))
    type_ = row.type.removesuffix(" of object") + " of" if row.definition else row.type
    return Line(row.label, row.key, row.required, type_, description, row.definition)


def said_of(default: Any, choices: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Yields the sentences about choices and default: `One of: Open (open), Closed (closed).`, `Default: open.`."""
    listed = [_choice(shown, value) for shown, value in choices[:MAX_CHOICES]]
    if listed:
        yield f"One of: {', '.join(listed)}{' …' if len(choices) > MAX_CHOICES else '.'}"
    if isinstance(default, str | int | float) and default != "":
        yield f"Default: {_written(default)}."


def sentences(*parts: str) -> str:
    """Joins texts to sentences; a single text stays as it is."""
    said = [part for part in parts if part]
    if len(said) > 1:
        said = [part if part.endswith((".", "!", "?", ":", "…")) else f"{part}." for part in said]
    return " ".join(said)


def _choice(shown: Any, value: Any) -> str:
    name, written = text(shown), _written(value)
    return f"{name} ({written})" if name and name != written else written


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
