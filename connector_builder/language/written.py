"""Reads how a value is written in an author's text."""

from typing import Any

from connector_builder.findings import Place
from connector_builder.source.node import Node
from connector_builder.source.scalars import plain


def is_bare(node: Node) -> bool:
    """Checks whether a key in {…} has no colon, such as `required` in `{type: int, required}`."""
    if not is_empty(node) or node.key_span is None or not isinstance(node.marks, tuple):
        return False
    end, start = node.key_span[1], node.marks[0]
    return end <= start and ":" not in node.text.content[end:start]


def blank_cure(node: Node) -> str | None:
    """Returns the cure for a key that contains its value, since no blank follows the colon, such as `{404:Not found.}`."""
    name, _, rest = (node.key or "").partition(":")
    return f"write '{name}: {rest}', with a blank after the colon" if name and rest and is_bare(node) else None


def is_empty(node: Node) -> bool:
    """Checks whether nothing is written as the value of a key, not even `null`."""
    # A tree that was made of data has no text, and all spans are empty.
    return node.raw() == "" and node.key_span is not None and node.key_span[0] < node.key_span[1]


def inside(node: Node, part: str) -> Place:
    """Returns the place of a part of a scalar's text if the file contains it unchanged."""
    at = (node.raw() or "").find(part)
    if at < 0:
        return node.place
    start = node.place.start + at
    return Place(node.text, start, start + len(part))


def read_scalar(text: str) -> Any:
    """Returns the value of a text as YAML reads it; the text itself if it can't be read."""
    try:
        return plain(text)
    except ValueError:
        return text
