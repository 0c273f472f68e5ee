"""Edits whole parts of a YAML text, mappings and lists included, and keeps the layout and comments around them.

`source/edits.py` makes what is one scalar of another one; this module writes parts of any size. Its callers read the
edited text again: a layout that these functions don't know raises `Uncertain`, or the text says something else.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from connector_builder.findings import Place, TextEdit
from connector_builder.source.edits import Entry, Uncertain, removed, rest_of_line
from connector_builder.source.node import MappingMarks, Node, SequenceMarks
from connector_builder.source.scalar_writer import key as yaml_key
from connector_builder.source.yaml_writer import WIDTH, flow, write_lines

_BLANKS = " \t\r\n"


@dataclass(frozen=True)
class Section:
    """A mapping of a text, whose entries are set and removed. `spaced` puts a blank line between two new entries."""

    node: Node
    spaced: bool = False

    @property
    def content(self) -> str:
        return self.node.text.content

    @property
    def marks(self) -> MappingMarks:
        """Returns the marks of the mapping. Raises Uncertain if the text has none."""
        if not isinstance(self.node.marks, MappingMarks) or not self.node.marks.keys:
            raise Uncertain
        return self.node.marks

    @cached_property
    def first(self) -> int:
        """Returns where the first key begins."""
        return min(self.marks.keys.values())[0]

    @property
    def in_brackets(self) -> bool:
        return self.content[self.marks.start] == "{"

    @property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.content else "\n"

    def edit(self, start: int, end: int, new: str) -> TextEdit:
        """Returns an edit of the text, with its own line breaks."""
        return TextEdit(Place(self.node.text, start, end), new.replace("\n", self.newline))

    def replaced(self, key: str, value: Any, name: str | None = None) -> TextEdit:
        """Gives an entry another value, and maybe another key. Raises Uncertain, as all functions here do."""
        entry = Entry(self.node, key, json=False)
        start, end = entry.span
        if self.in_brackets:
            return self.edit(start, end, self._in_line(start, end, name or key, value))
        column = self._column(start)
        if self._is_flow(key) and isinstance(value, dict | list):
            with suppress(Uncertain):  # longer than a line: in block style
                return self.edit(start, end, self._in_line(start, end, name or key, value))
        return self.edit(start, end, _lines(name or key, value, column))

    def renamed(self, key: str, name: str) -> TextEdit:
        """Gives an entry another key."""
        written = yaml_key(name, in_flow=self.in_brackets)
        if written.startswith("? "):
            raise Uncertain
        return self.edit(*Entry(self.node, key, json=False).key_span, written)

    def added(self, key: str, value: Any, after: str | None) -> TextEdit:
        """Adds an entry behind another one; with None, before the first."""
        first = self.first
        if self.in_brackets:
            if after is None:
                return self.edit(first, first, f"{self._in_line(first, first, key, value)}, ")
            end = Entry(self.node, after, json=False).span[1]
            return self.edit(end, end, f", {self._in_line(end, end, key, value)}")
        column = self._column(first)
        written = _lines(key, value, column)
        blank = "\n" if self.spaced and (self._blank_between or "\n" in written) else ""
        if after is None:
            return self.edit(first, first, f"{written}\n{blank}{' ' * column}")
        end = rest_of_line(self.content, Entry(self.node, after, json=False).span[1])
        return self.edit(end, end, f"\n{blank}{' ' * column}{written}")

    def removed(self, key: str) -> TextEdit:
        """Removes an entry with the comment right above it."""
        if self.in_brackets:
            return removed(Entry(self.node, key, json=False))
        entry = Entry(self.node, key, json=False)
        (start, end), content = entry.span, self.content
        begins = content.rfind("\n", 0, start) + 1
        if content[begins:start].strip(" ") or len(self.marks.keys) < 2:
            raise Uncertain
        first = start == self.first
        ends = self._next_line(rest_of_line(content, end))
        begins = begins if first else self._with_comment(begins, start - begins)
        if self._is_blank_above(begins) and begins:
            while ends < len(content) and self._line_is_blank(ends):
                ends = self._next_line(ends)
            if ends >= len(content):  # the last entry: no blank line ends the file
                begins = len(content[:begins].rstrip(_BLANKS))
                begins = self._next_line(begins)
        return self.edit(begins, ends, "")

    def _in_line(self, start: int, end: int, key: str, value: Any) -> str:
        """Returns an entry for a line of its own brackets. Raises Uncertain if the line becomes too long."""
        written = f"{yaml_key(key, in_flow=True)}: {flow(value)}"
        begins, ends = self.content.rfind("\n", 0, start) + 1, self._next_line(end)
        if (start - begins) + len(written) + len(self.content[end:ends].rstrip()) > WIDTH:
            raise Uncertain
        return written

    def _is_flow(self, key: str) -> bool:
        """Checks whether the value of an entry is a mapping or a list in brackets."""
        marks = self.node.entries[key].marks
        return isinstance(marks, MappingMarks | SequenceMarks) and self.content[marks.start] in "{["

    def _column(self, start: int) -> int:
        begins = self.content.rfind("\n", 0, start) + 1
        if self.content[begins:start].strip(" -"):
            raise Uncertain
        return start - begins

    def _next_line(self, at: int) -> int:
        end = self.content.find("\n", at)
        return len(self.content) if end < 0 else end + 1

    def _line_is_blank(self, begins: int) -> bool:
        return not self.content[begins : self._next_line(begins)].strip(_BLANKS)

    def _is_blank_above(self, begins: int) -> bool:
        return begins > 0 and not self.content[self.content.rfind("\n", 0, begins - 1) + 1 : begins].strip(_BLANKS)

    def _with_comment(self, begins: int, column: int) -> int:
        """Returns the beginning of the lines of comment right above a line, at its own indentation."""
        while begins > 0:
            above = self.content.rfind("\n", 0, begins - 1) + 1
            if not self.content.startswith(" " * column + "#", above):
                break
            begins = above
        return begins

    @cached_property
    def _blank_between(self) -> bool:
        starts = sorted(first for first, _ in self.marks.keys.values())
        return any(self._is_blank_above(self.content.rfind("\n", 0, start) + 1) for start in starts[1:])


def item_removed(node: Node, index: int) -> TextEdit:
    """Removes an item of a list."""
    if not isinstance(node.marks, SequenceMarks) or len(node.marks.items) < 2:
        raise Uncertain
    return removed(Entry(node, index, json=False))


def _lines(key: str, value: Any, column: int) -> str:
    written = yaml_key(key)
    if written.startswith("? "):
        raise Uncertain
    return "\n".join(write_lines(written, value, column))
