"""Turns fixes into edits of the author's text that keep its layout and comments.

Each is proven by reading the result.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from typing import Any, NamedTuple

from connector_builder.findings import Add, Edit, Finding, Fix, Pointer, Remove, Rename, Replace, Text, TextEdit
from connector_builder.findings.fix import applied
from connector_builder.language.load import SUFFIXES
from connector_builder.package.model import Package
from connector_builder.source.edits import Entry, Uncertain, added, removed, renamed, replaced
from connector_builder.source.json_reader import read_json
from connector_builder.source.json_tree import read_json_tree
from connector_builder.source.node import Node
from connector_builder.source.yaml_reader import read_yaml


class Trees:
    """Texts as trees. Each is read once, however many fixes edit it, since that takes far longer than reading its data."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[Text, Node | None]] = {}

    def has(self, text: Text) -> bool:
        """Checks whether a text was read."""
        return id(text) in self._read

    def of(self, text: Text) -> Node:
        """Returns the tree of a text. Raises Uncertain if it can't be read."""
        if id(text) not in self._read:  # with the text, so that no other one gets its identity
            self._read[id(text)] = text, _read(text)
        root = self._read[id(text)][1]
        if root is None:
            raise Uncertain
        return root


def text_edits(finding: Finding, package: Package | None, trees: Trees | None = None) -> tuple[TextEdit, ...]:
    """Returns the edits of the author's text that mend a finding about `package`, or about a text.

    Returns none if the finding has no fix; if the part is derived and the text doesn't contain it as the document does;
    and if the edited text would say anything else than the old text with the fix. `trees` are the texts that were read before.
    """
    if finding.fix is None:
        return ()
    with suppress(Uncertain):
        return tuple(_edits(finding.fix, finding.document, package, trees or Trees()))
    if package is None or finding.document is None:
        return ()
    edits = tuple(edit for edit in finding.fix.edits if not isinstance(edit, TextEdit))
    return package.amend(finding.document, edits) if len(edits) == len(finding.fix.edits) else ()


class _Change(NamedTuple):
    """An edit of a part of a text: the way from the root to the mapping or list, the key in it, and the edit."""

    owner: Pointer
    key: str | int
    edit: Edit


class _Source:
    """A text as data, and the changes to make in it."""

    def __init__(self, text: Text, trees: Trees) -> None:
        self.root = trees.of(text)
        self.text = text
        self.changes: list[_Change] = []

    def proven(self) -> list[TextEdit]:
        """Returns the changes as edits of the text. Raises Uncertain if the text would say anything else after them."""
        edits = [
            _edit(Entry(_at(self.root, owner), key, is_json(self.text)), edit) for owner, key, edit in self.changes
        ]
        data = self.root.value
        for change in self.changes:
            data = _changed(data, change)
        try:
            after = _data(Text(self.text.path, applied(self.text.content, edits)))
        except ValueError:
            raise Uncertain from None
        if _same(after) != _same(data):
            raise Uncertain
        return edits


def _edits(fix: Fix, document: str | None, package: Package | None, trees: Trees) -> Iterator[TextEdit]:
    sources: dict[int, _Source] = {}
    for edit in fix.edits:
        if isinstance(edit, TextEdit):
            yield edit
            continue
        written = None
        if edit.pointer and document is not None and package is not None:
            written = package.written(document, edit.pointer[:-1])
        if written is None:
            raise Uncertain
        source = sources.get(id(written.text))
        if source is None:
            source = sources[id(written.text)] = _Source(written.text, trees)
        way = () if written.start is None else _way_to(source.root, written.start)
        source.changes.append(_Change((*way, *written.rest), edit.pointer[-1], edit))
    for source in sources.values():
        yield from source.proven()


def _edit(entry: Entry, edit: Edit) -> TextEdit:
    match edit:
        case Replace(_, value):
            return replaced(entry, value)
        case Remove(_):
            return removed(entry)
        case Rename(_, key):
            return renamed(entry, key)
        case Add(_, value):
            return added(entry, value)


def _changed(data: Any, change: _Change) -> Any:
    """Returns plain data after an edit, which shares what is unchanged. Raises Uncertain if a key would get the name of another."""
    data = owner = copy(data)
    key = change.key
    for step in change.owner:
        owner[step] = copy(owner[step])
        owner = owner[step]
    match change.edit:
        case Replace(_, value) | Add(_, value):
            owner[key] = value
        case Remove(_):
            del owner[key]
        case Rename(_, new):
            if new in owner:
                raise Uncertain
            owner[new] = owner.pop(key)
    return data


def _read(text: Text) -> Node | None:
    if is_json(text):
        return read_json_tree(text)
    document = read_yaml(text)
    return None if document.findings else document.root


def _data(text: Text) -> Any:
    """Returns what a text says. Raises Uncertain if it can't be read without findings."""
    if not is_json(text):
        root = _read(text)
        if root is None:
            raise Uncertain
        return root.value
    document = read_json(text)
    if not document.readable or document.findings:
        raise Uncertain
    return document.data


def is_json(text: Text) -> bool:
    """Checks whether a text is read as JSON, by its name."""
    return text.path.suffix.lower() not in SUFFIXES


def _at(root: Node, way: Iterable[str | int]) -> Node:
    """Returns the mapping or list at the end of a way. Raises Uncertain if there is none."""
    node = root
    for step in way:
        parts: Any = node.entries if isinstance(step, str) else node.items
        try:
            node = parts[step]
        except LookupError:
            raise Uncertain from None
    if isinstance(node.marks, tuple):
        raise Uncertain
    return node


def _way_to(root: Node, start: int) -> Pointer:
    """Returns the way to the mapping or list that begins at an offset. Raises Uncertain if there is none."""
    waiting: list[tuple[Node, Pointer]] = [(root, ())]
    while waiting:
        node, way = waiting.pop()
        if not isinstance(node.marks, tuple):
            if node.marks.start == start:
                return way
            waiting += [(part, (*way, key)) for key, part in node.entries.items()]
            waiting += [(part, (*way, index)) for index, part in enumerate(node.items)]
    raise Uncertain


def _same(value: Any) -> str:
    """Returns a text that is equal for equal JSON values; true isn't 1."""
    return json.dumps(value, sort_keys=True)
