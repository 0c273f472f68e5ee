"""Makes nodes of plain data that is in no text."""

from pathlib import Path
from typing import Any

from connector_builder.findings import Text
from connector_builder.source.node import MappingMarks, Marks, Node, SequenceMarks

_NOWHERE = Text(Path(), "")
_SPAN = (0, 0)


def node_of(data: Any, key: str | None = None) -> Node:
    """Returns the node of a value, for code that reads nodes. It has no real places."""
    return Node(data, _NOWHERE, _marks(data), key)


def _marks(data: Any) -> Marks:
    if isinstance(data, dict):
        return MappingMarks(0, dict.fromkeys(data, _SPAN), {name: _marks(part) for name, part in data.items()})
    if isinstance(data, list):
        return SequenceMarks(0, [_marks(part) for part in data])
    return _SPAN
