"""Turns fixes into edits of the author's text that keep its layout and comments.

Each is proven by reading the result.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any, NamedTuple

from connector_builder.findings import Add, Edit, Finding, Fix, Pointer, Remove, Rename, Replace, Text, TextEdit
from connector_builder.findings.fix import applied
from connector_builder.language.load import SUFFIXES
from connector_builder.package.model import Package
from connector_builder.source.edits import Entry, Uncertain, added, removed, renamed, replaced
from connector_builder.source.json_tree import read_json_tree
from connector_builder.source.node import Node
from connector_builder.source.yaml_reader import read_yaml


def text_edits(finding: Finding, package: Package | None) -> tuple[TextEdit, ...]:
    """Returns the edits of the author's text that mend a finding about `package`, or about a text.

    Returns none if the finding has no fix; if the part is derived and the text doesn't contain it as the document does;
    and if the edited text would say anything else than the old text with the fix.
    """
    if finding.fix is None:
        return ()
    with suppress(Uncertain):
        return tuple(_edits(finding.fix, finding.document, package))
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

    def __init__(self, text: Text) -> None:
        root = _read(text)
        if root is None:
            raise Uncertain
        self.root = root
        self.text = text
        self.changes: list[_Change] = []

    def proven(self) -> list[TextEdit]:
        """Returns the changes as edits of the text. Raises Uncertain if the text would say anything else after them."""
        edits = [
            _edit(Entry(_at(self.root, owner), key, _is_json(self.text)), edit) for owner, key, edit in self.changes
        ]
        data = deepcopy(self.root.value)
        for change in self.changes:
            _change(data, change)
        try:
            after = _read(Text(self.text.path, applied(self.text.content, edits)))
        except ValueError:
            raise Uncertain from None
        if after is None or _same(after.value) != _same(data):
            raise Uncertain
        return edits


def _edits(fix: Fix, document: str | None, package: Package | None) -> Iterator[TextEdit]:
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
            source = sources[id(written.text)] = _Source(written.text)
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


def _change(data: Any, change: _Change) -> None:
    """Makes an edit in plain data. Raises Uncertain if a key would get the name of another."""
    owner, key = data, change.key
    for step in change.owner:
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


def _read(text: Text) -> Node | None:
    if _is_json(text):
        return read_json_tree(text)
    document = read_yaml(text)
    return None if document.findings else document.root


def _is_json(text: Text) -> bool:
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
