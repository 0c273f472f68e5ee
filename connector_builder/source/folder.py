"""Folders that a spec is read from: on disk, in memory, or the files in an editor over those on disk."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from connector_builder.findings import Finding, Place, Text
from connector_builder.source.files import (
    MAX_DOCUMENT,
    decode,
    inside,
    no_file,
    read_bytes,
    relative,
    too_large,
)
from connector_builder.source.rules import FILE_NOT_READABLE


class Folder(Protocol):
    """The files of one folder, by names relative to it, with `/`. Nothing outside the folder is read."""

    @property
    def path(self) -> Path:
        """Returns the path where the folder is or will be. Places in findings are below it."""

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        """Reads a file of at most `limit` bytes. Returns a finding if that isn't possible.

        The finding is at `at` if a spec names the file there; else at the file itself.
        """

    def names(self, section: str) -> list[str] | Finding:
        """Lists the names in a subfolder, or in the folder itself for '', sorted; none where there is no such subfolder."""


class OnDisk:
    """A folder on disk. A link in it must not lead out of it, because findings show lines of files.

    `named` is a file that the user named on the command line: it may be a link, and have any name.
    """

    def __init__(self, path: Path, named: str | None = None) -> None:
        self.path = path
        self._named = named

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        if at is None and name == self._named:
            return read_bytes(self.path / name, limit)
        path = inside(self.path, name, at or _itself(self.path, name))
        if isinstance(path, Finding):
            return path
        return read_bytes(path, limit) if at is None else read_bytes(path, limit, at, name)

    def names(self, section: str) -> list[str] | Finding:
        folder = self.path / section
        if not os.path.isdir(folder):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
            return []
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208
        except OSError as error:
            message = f"the folder '{section}' can't be read: {error.strerror}"
            return FILE_NOT_READABLE.at(Place(Text(folder, "")), message)


class InMemory:
    """A folder that isn't on disk: contents by name of file."""

    def __init__(self, path: Path, contents: Mapping[str, bytes]) -> None:
        self.path = path
        self.contents = contents

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        place = at or _itself(self.path, name)
        parts = relative(name, place)
        if isinstance(parts, Finding):
            return parts
        content = self.contents.get("/".join(parts))
        if content is None:
            return no_file(self.path.joinpath(*parts), place, None if at is None else name)
        return content if len(content) <= limit else too_large(name, limit, place)

    def names(self, section: str) -> list[str] | Finding:
        beginning = f"{section}/" if section else ""
        below = (name.removeprefix(beginning) for name in self.contents if name.startswith(beginning))
        return sorted({name.split("/")[0] for name in below})


class Over:
    """Files in memory over another folder, as in an editor. A file that isn't in memory is read from the folder.

    `gone` are files of the folder that count as removed.
    """

    def __init__(self, contents: Mapping[str, bytes], below: Folder, gone: Collection[str] = ()) -> None:
        self.path = below.path
        self._gone = gone
        self._above = InMemory(below.path, contents)
        self._below = below

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        parts = relative(name, at or _itself(self.path, name))
        names = self._above.contents.keys() | self._gone
        held = not isinstance(parts, Finding) and "/".join(parts) in names
        return (self._above if held else self._below).read(name, limit, at)

    def names(self, section: str) -> list[str] | Finding:
        below, above = self._below.names(section), self._above.names(section)
        if isinstance(below, Finding) or isinstance(above, Finding):
            return below
        beginning = f"{section}/" if section else ""
        return sorted({*(name for name in below if beginning + name not in self._gone), *above})


class Noting:
    """A folder that notes what is read from it in `seen`: files and lists of names, also those that aren't there yet."""

    def __init__(self, below: Folder, seen: set[Path]) -> None:
        self.path = below.path
        self._below = below
        self._seen = seen

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        if "\0" not in name:
            self._note(name)
        return self._below.read(name, limit, at)

    def names(self, section: str) -> list[str] | Finding:
        self._note(section)
        return self._below.names(section)

    def _note(self, name: str) -> None:
        self._seen.add(Path(os.path.abspath(self.path / name)))  # noqa: PTH100 - Path has none that keeps links


def text_of(folder: Folder, name: str, at: Place | None = None) -> Text | Finding:
    """Returns a UTF-8 file of a folder as text without its byte order mark.

    Returns a finding if `Folder.read` does, or if the file isn't text.
    """
    content = folder.read(name, MAX_DOCUMENT, at)
    path = folder.path / name if at is None else _path(folder.path, name)
    return content if isinstance(content, Finding) else decode(path, content)


def _itself(folder: Path, name: str) -> Place:
    return Place(Text(_path(folder, name), ""))


def _path(folder: Path, name: str) -> Path:
    return folder / name.replace("\\", "/")
