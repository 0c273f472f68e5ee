"""Edits one entry of a mapping or list in a JSON or YAML text, and keeps the layout and comments of the rest.

Each edit is what a careful person would type. YAML has more layouts than these functions know: they raise `Uncertain`
for one that they recognise as unknown, and their callers read the edited text again.
"""

import json
from dataclasses import dataclass
from typing import Any

from connector_builder.findings import Place, TextEdit
from connector_builder.patterns import regex
from connector_builder.source.node import MappingMarks, Marks, Node, Span
from connector_builder.source.scalar_writer import key as yaml_key
from connector_builder.source.scalar_writer import scalar

_BLANKS = " \t\r\n"
_REST_OF_LINE = regex(r"([ \t]*(?:[ \t]#[^\r\n]*)?)(?=[\r\n]|\Z)")
_LINE_END = regex(r"\r\n|\n|\r")


class Uncertain(Exception):  # noqa: N818 - it is an answer
    """No edit of this text is certainly right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a mapping by its key, or an item of a list by its index.

    `json` says whether the text is JSON or YAML.
    """

    node: Node
    key: str | int
    json: bool

    @property
    def in_brackets(self) -> bool:
        """Checks whether commas separate it from its neighbours: in JSON, and in YAML's flow style."""
        return self.content[self.start] in "{["

    @property
    def start(self) -> int:
        return _start(self.node.marks)

    @property
    def content(self) -> str:
        return self.node.text.content

    @property
    def value(self) -> Marks:
        """Returns the marks of the value. Raises Uncertain if the text has none for it."""
        marks = self.node.marks
        try:
            if isinstance(marks, MappingMarks):
                return marks.values[str(self.key)]
            if not isinstance(marks, tuple) and isinstance(self.key, int):
                return marks.items[self.key]
        except LookupError:
            pass
        raise Uncertain

    @property
    def span(self) -> Span:
        """Returns the span from its key, or the beginning of the item, to the end of its value.

        Raises Uncertain if unknown.
        """
        value = self.value
        start = self.key_span[0] if isinstance(self.node.marks, MappingMarks) else _start(value)
        return start, _end(value, self.content, start)

    @property
    def key_span(self) -> Span:
        """Returns the span of the key. Raises Uncertain if the text has none."""
        if isinstance(self.node.marks, MappingMarks) and str(self.key) in self.node.marks.keys:
            return self.node.marks.keys[str(self.key)]
        raise Uncertain

    def edit(self, start: int, end: int, new: str) -> TextEdit:
        """Returns the edit that replaces the range from `start` to `end` with `new`."""
        return TextEdit(Place(self.node.text, start, end), new)

    def written(self, value: Any, gap: str = "") -> str:
        """Returns a value as text. It has several lines if `gap`, the text before a key, contains a line break."""
        if not self.json:
            if isinstance(value, dict | list):
                raise Uncertain
            return scalar(value, in_flow=self.in_brackets)
        if "\n" not in gap:
            return json.dumps(value)
        return json.dumps(value, indent=2).replace("\n", gap)

    def named(self, key: str) -> str:
        """Returns a key as text."""
        name = json.dumps(key) if self.json else yaml_key(key, in_flow=self.in_brackets)
        if name.startswith("? "):
            raise Uncertain
        return name


def renamed(entry: Entry, key: str) -> TextEdit:
    """Gives an entry another key. Raises Uncertain, as all functions here do."""
    return entry.edit(*entry.key_span, entry.named(key))


def replaced(entry: Entry, value: Any) -> TextEdit:
    """Gives an entry another value."""
    marks, content = entry.value, entry.content
    start = _start(marks)
    if content[start : start + 1] in tuple("|>&*!") or not (isinstance(marks, tuple) or content[start] in "{["):
        raise Uncertain
    end = _end(marks, content, start)
    line = content[_line_start(content, start) : start]
    new = entry.written(value, "\n" + line[: len(line) - len(line.lstrip(" \t"))] if isinstance(value, dict) else "")
    return entry.edit(start, end, f" {new}" if start == end and content[start - 1] == ":" else new)


def removed(entry: Entry) -> TextEdit:
    """Removes an entry, the separator between it and its neighbours, and the comment after it on its line."""
    return _removed_in_brackets(entry) if entry.in_brackets else _removed_lines(entry)


def added(entry: Entry, value: Any) -> TextEdit:
    """Adds an entry with a new key at the end of a mapping, in the layout of the entry before it."""
    if not isinstance(entry.node.marks, MappingMarks) or entry.key in entry.node.marks.keys:
        raise Uncertain
    return _added_in_brackets(entry, value) if entry.in_brackets else _added_line(entry, value)


def _removed_in_brackets(entry: Entry) -> TextEdit:
    content, (start, end) = entry.content, entry.span
    behind = _past_blanks(content, end)
    if content[behind] == ",":
        behind = _past_blanks(content, behind + 1)
        if content[behind] not in "}]":
            return entry.edit(start, behind, "")
    before = len(content[:start].rstrip(_BLANKS))
    if content[before - 1] == ",":
        return entry.edit(before - 1, end, "")
    return entry.edit(before, behind, "")  # the only one


def _removed_lines(entry: Entry) -> TextEdit:
    content, (start, end) = entry.content, entry.span
    marks = entry.node.marks
    neighbours = sorted(marks.keys.values()) if isinstance(marks, MappingMarks) else []
    begins = _line_start(content, start)
    before = content[begins:start].strip(" ")
    if len(entry.node.value) < 2 or before != ("" if neighbours else "-"):
        behind = next((first for first, _ in neighbours if first > start), None)
        if behind is None or content[end:behind].strip(_BLANKS):
            raise Uncertain
        return entry.edit(start, behind, "")  # the first entry of a mapping that is an item: the next takes its place
    ends = rest_of_line(content, end)
    line_end = _LINE_END.match(content, ends)
    return entry.edit(begins, line_end.end() if line_end else ends, "")


def _added_in_brackets(entry: Entry, value: Any) -> TextEdit:
    content, marks = entry.content, entry.node.marks
    assert isinstance(marks, MappingMarks)
    key = entry.named(str(entry.key))
    if not marks.keys:
        return entry.edit(marks.start + 1, marks.end - 1, f"{key}: {entry.written(value)}")
    last = max(marks.keys, key=lambda name: marks.keys[name])
    (starts, ends), after = marks.keys[last], _start(marks.values[last])
    colon = content[ends:after]
    colon = colon if colon in (":", ": ") and (entry.json or colon == ": ") else ": "
    gap = content[len(content[:starts].rstrip(_BLANKS)) : starts]
    if not gap and colon == ": ":
        gap = " "
    end = _end(marks.values[last], content, ends)
    return entry.edit(end, end, f",{gap}{key}{colon}{entry.written(value, gap)}")


def _added_line(entry: Entry, value: Any) -> TextEdit:
    content, marks = entry.content, entry.node.marks
    assert isinstance(marks, MappingMarks)
    last = max(marks.keys, key=lambda name: marks.keys[name])
    starts, ends = marks.keys[last]
    behind = rest_of_line(content, _end(marks.values[last], content, ends))
    newline = _LINE_END.search(content)
    indent = " " * (starts - _line_start(content, starts))
    line = f"{indent}{entry.named(str(entry.key))}: {entry.written(value)}"
    return entry.edit(behind, behind, (newline.group() if newline else "\n") + line)


def _start(marks: Marks) -> int:
    return marks[0] if isinstance(marks, tuple) else marks.start


def _end(marks: Marks, content: str, least: int) -> int:
    """Returns the end of a value. One that begins before `least` is an alias: its text is elsewhere."""
    if _start(marks) < least:
        raise Uncertain
    if isinstance(marks, tuple):
        start, end = marks
        if content[start : start + 1] not in ("|", ">"):
            return end
        block = content[start:end]
        if "+" in block.split("\n", 1)[0]:
            raise Uncertain  # blank lines after it belong to it
        return start + len(block.rstrip())
    if content[marks.start] in "{[":
        return marks.end
    inner = list(marks.values.values()) if isinstance(marks, MappingMarks) else marks.items
    return _end(inner[-1], content, marks.start)


def _past_blanks(content: str, at: int) -> int:
    return len(content) - len(content[at:].lstrip(_BLANKS))


def _line_start(content: str, at: int) -> int:
    return max(content.rfind("\n", 0, at), content.rfind("\r", 0, at)) + 1


def rest_of_line(content: str, at: int) -> int:
    """Returns the end of a line of which only a comment may be left. Raises Uncertain if there is more."""
    rest = _REST_OF_LINE.match(content, at)
    if rest is None:
        raise Uncertain
    return rest.end()
