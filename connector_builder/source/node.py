"""A part of an author's text: its value, its place, and its parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from connector_builder.findings import Place, Pointer, Text

Span = tuple[int, int]


@dataclass(slots=True)
class MappingMarks:
    """The start of a mapping, and the spans of its keys and values.

    `end` is the end of its bracket. A mapping without brackets ends with its last value, and `end` is somewhere after
    that.
    """

    start: int
    keys: dict[str, Span]
    values: "dict[str, Marks]"
    end: int = 0


@dataclass(slots=True)
class SequenceMarks:
    """The start of a list, and the spans of its items; `end` as in a mapping."""

    start: int
    items: "list[Marks]"
    end: int = 0


Marks = Span | MappingMarks | SequenceMarks


class Node:
    """A value (text, number, boolean, None, dict or list of plain data) with its place.

    `entries` and `items` are the parts as nodes. If a reader of the tree replaces one (a normalised value, a part left
    out), later readers see the new one. `value` stays the plain data as the author wrote it.
    """

    __slots__ = ("_entries", "_items", "key", "key_span", "marks", "text", "value")

    def __init__(
        self, value: Any, text: Text, marks: Marks, key: str | None = None, key_span: Span | None = None
    ) -> None:
        self.value = value
        self.text = text
        self.marks = marks
        self.key = key
        self.key_span = key_span
        self._entries: dict[str, Node] | None = None
        self._items: list[Node] | None = None

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.items)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        return isinstance(self.value, list)

    @property
    def place(self) -> Place:
        """Returns the place for findings about this part: a scalar's own span, or the key of a mapping or list."""
        if isinstance(self.marks, tuple):
            return Place(self.text, *self.marks)
        return self.key_place

    @property
    def key_place(self) -> Place:
        """Returns the span of the key of this value; the beginning of the value if it has no key."""
        if self.key_span is not None:
            return Place(self.text, *self.key_span)
        if isinstance(self.marks, tuple):
            return Place(self.text, *self.marks)
        return Place(self.text, self.marks.start, self.marks.start + 1)

    @property
    def entries(self) -> "dict[str, Node]":
        """Returns the parts of a mapping by key, in the author's order; none for anything else."""
        if self._entries is None:
            self._entries = {}
            if isinstance(self.marks, MappingMarks) and isinstance(self.value, dict):
                keys, values, text = self.marks.keys, self.marks.values, self.text
                self._entries = {k: Node(v, text, values[k], k, keys[k]) for k, v in self.value.items()}
        return self._entries

    @entries.setter
    def entries(self, entries: "dict[str, Node]") -> None:
        self._entries = entries

    @property
    def items(self) -> "list[Node]":
        """Returns the parts of a list; none for anything else."""
        if self._items is None:
            self._items = []
            if isinstance(self.marks, SequenceMarks) and isinstance(self.value, list):
                marks = self.marks.items
                self._items = [Node(v, self.text, marks[i]) for i, v in enumerate(self.value)]
        return self._items

    @items.setter
    def items(self, items: "list[Node]") -> None:
        self._items = items

    def find(self, pointer: Pointer) -> "Node":
        """Returns the part at a pointer, or the nearest part around it."""
        node = self
        for step in pointer:
            below = node.entries.get(step) if isinstance(step, str) else None
            if isinstance(step, int) and step < len(node.items):
                below = node.items[step]
            if below is None:
                break
            node = below
        return node

    def locate(self, pointer: Pointer) -> Place:
        """Returns the place of the part at a pointer, or of the nearest part around it."""
        return self.find(pointer).place

    def with_value(self, value: Any) -> "Node":
        """Returns a node at the same place with another value, for normalised or derived values."""
        return Node(value, self.text, self.marks, self.key, self.key_span)

    def raw(self) -> str | None:
        """Returns a scalar as the author wrote it (`1.10`, not 1.1); None for a mapping or list."""
        if isinstance(self.marks, tuple):
            return self.text.content[self.marks[0] : self.marks[1]]
        return None
