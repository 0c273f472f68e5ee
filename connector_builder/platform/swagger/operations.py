"""The one walk over the operations of a definition, which may be any JSON."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer

VERBS = ("get", "put", "post", "delete", "options", "head", "patch")
"""The keys of a path item that contain operations."""
_VERBS = frozenset(VERBS)


class Operation(NamedTuple):
    """An operation, its pointer, and the path item around it. Two are equal if they are the same part of a document."""

    path: str
    verb: str
    value: dict[str, Any]
    item: dict[str, Any]

    @property
    def pointer(self) -> Pointer:
        return ("paths", self.path, self.verb)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Operation) and self.value is other.value

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(self.value)


def operations(definition: Any) -> Iterator[Operation]:
    """Yields every operation of a definition, in the order of the document."""
    for path, item in path_items(definition):
        yield from operations_of(path, item)


def operations_of(path: str, item: Any) -> Iterator[Operation]:
    """Yields the operations of one path item, in the order of the document."""
    for verb, value in item.items() if isinstance(item, dict) else ():
        if verb in _VERBS and isinstance(value, dict):
            yield Operation(path, verb, value, item)


def path_items(definition: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the path items of a definition that are mappings, each with its path."""
    paths = definition.get("paths") if isinstance(definition, dict) else None
    for path, item in paths.items() if isinstance(paths, dict) else ():
        if isinstance(item, dict):
            yield path, item
