"""What a solution says: its names, its connectors, and its environment variables."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Place, Text
from connector_builder.sources.solution.archive import Archive
from connector_builder.sources.solution.xml import Element

_TAG = re.compile(r"<[^\s/>]+")


@dataclass(frozen=True, slots=True)
class Said:
    """Something about a solution that isn't imported, or isn't as it should be: where, and what to do."""

    place: Place
    message: str
    help: str | None = None


def whole(path: Path) -> Place:
    """Returns the place of a file as a whole."""
    return Place(Text(path, ""), 0, 0)


@dataclass(slots=True)
class Document:
    """An XML document with its root."""

    path: Path
    content: bytes
    root: Element

    def place(self, *path: str, of: Element | None = None) -> Place:
        """Returns the place of the first element at a path in the document, or in an element; that of the latter if there is none."""
        around = of or self.root
        return xml_place(self.path, self.content, (around.first(*path) or around).at)


def xml_place(path: Path, content: bytes, at: int) -> Place:
    """Returns the place of the tag that begins after so many bytes of a document."""
    text = Text(path, content.decode("utf-8-sig", "replace"))
    start = min(len(content[: max(at, 0)].decode("utf-8-sig", "replace")), len(text.content))
    tag = _TAG.match(text.content, start)
    return Place(text, start, tag.end() if tag is not None else start)


@dataclass(slots=True)
class Entry:
    """A connector: its elements by name, the names of its files by element, and where all of it is.

    `place` finds one of its elements, and `path` is the file that they are in. `missing` are the files that it names and that aren't there.
    """

    name: str
    values: dict[str, str]
    files: dict[str, str]
    path: Path
    place: Callable[..., Place]
    said: list[Said] = field(default_factory=list)
    missing: list[Said] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the connector in Dataverse."""
        return self.values.get("connectorid", "").strip("{}").lower()


@dataclass(slots=True)
class Read:
    """A solution that was read. `facts` are its names, as `connector.solution` has them; `managed` is the number of solution.xml.

    `workflows` says that it has flows too, and `flows` are the files that it names for them. `said` is what isn't imported of it.
    """

    archive: Archive
    connectors: list[Entry] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, dict[str, Any]] = field(default_factory=dict)
    managed: int | None = None
    workflows: bool = False
    plugin: bool = False
    flows: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
