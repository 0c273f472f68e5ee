"""Keeps what reading a file took, for the next time that a file has the same content.

In an editor, all files of a spec but one are as they were at the last check. What is kept depends on the content of one
file alone, and on nothing that a compilation changes: a compiler gets copies of what it could change.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from connector_builder.findings import Text
from connector_builder.secrets import Found, Secret, find, secrets_in
from connector_builder.source.document import Document
from connector_builder.source.node import Node
from connector_builder.source.yaml_reader import read_yaml

MAX_KEPT = 32 * 1024 * 1024
"""The most characters of the files whose results are kept."""

T = TypeVar("T")


class Reuse:
    """Results by the content of a file; the least recently used ones go first. Several threads may use it.

    `read` counts the files that were parsed.
    """

    def __init__(self, most: int = MAX_KEPT) -> None:
        self.read = 0
        self._left = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Hashable, str], Any] = OrderedDict()

    def document(self, text: Text, parts: int) -> Document:
        """Returns a file of a spec as `read_yaml` does, parsed only if no file with this content was."""
        kept: Document | None = self._kept_of("document", text.content)
        if kept is not None and kept.root is not None and kept.parts <= parts:
            root = Node(_copied(kept.root.value), text, kept.root.marks)
            return Document(text, root, [], kept.parts)
        self.read += 1
        document = read_yaml(text, parts=parts, slips=True)
        if document.root is not None and not document.findings:  # a finding points to its own text
            own = Node(_copied(document.root.value), Text(text.path, ""), document.root.marks)
            self._keep("document", text.content, Document(own.text, own, [], document.parts))
        return document

    def secrets_in(self, content: str) -> list[Secret]:
        """Returns the secrets of a text, as `secrets.secrets_in` does."""
        return self._once("text", content, lambda: secrets_in(content))

    def found(self, content: str, tree: Any) -> list[Found]:
        """Returns the secrets in the data of a file with this content, as `secrets.find` does."""
        return self._once("tree", content, lambda: find(tree))

    def _once(self, what: str, content: str, make: Callable[[], T]) -> T:
        kept: T | None = self._kept_of(what, content)
        if kept is None:
            kept = make()
            self._keep(what, content, kept)
        return kept

    def _kept_of(self, what: str, content: str) -> Any:
        with self._lock:
            kept = self._kept.get((what, content))
            if kept is not None:
                self._kept.move_to_end((what, content))
            return kept

    def _keep(self, what: str, content: str, value: Any) -> None:
        with self._lock:
            if (what, content) not in self._kept:
                self._left -= len(content)
            self._kept[what, content] = value
            while self._left < 0 and self._kept:
                (_, oldest), _ = self._kept.popitem(last=False)
                self._left += len(oldest)


def _copied(value: Any) -> Any:
    """Returns a copy of plain data. A compiler puts containers of a spec into the package, and may change them there."""
    if type(value) is dict:
        return {key: _copied(part) if type(part) in (dict, list) else part for key, part in value.items()}
    if type(value) is list:
        return [_copied(part) if type(part) in (dict, list) else part for part in value]
    return value
