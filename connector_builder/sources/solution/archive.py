"""Opens the zip or the folder that a solution is in. Both may come from a stranger, so that all of it is bounded."""

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from connector_builder.findings import Finding, Place, Text
from connector_builder.package.read import Held, absolute
from connector_builder.source.files import MAX_DOCUMENT, read_bytes

MAX_ARCHIVE = 64 * 1024 * 1024
"""The most bytes of a zip."""
MAX_ENTRIES = 20_000
MAX_READ = 256 * 1024 * 1024
"""The most bytes that are read of one zip, unpacked. A zip bomb says any size of itself."""
_MB = 1024 * 1024
_UNSAFE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\\\x00-\x1f\x7f]")
_FOLDERS = ("connector", "connectors", "other", "environmentvariabledefinitions")
"""The folders of a solution that are read."""
_ENCRYPTED = 1
NOTHING_HELD: Held = MappingProxyType({})


class Refused(Exception):  # noqa: N818 - the name says what happened
    """What isn't read: `path` is the file, shown as a path that may lead into a zip, `place` the part of it, and `help` the cure."""

    def __init__(self, path: Path, message: str, help: str | None = None, place: Place | None = None) -> None:
        super().__init__(path, message, help)
        self.path, self.message, self.help = path, message, help
        self.place = place or Place(Text(path, ""), 0, 0)


class Archive:
    """Files by their names, with `/`. `path` is where they are: a folder, or a zip."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.path = path
        self.names = tuple(names)
        self._by_lower = {name.lower(): name for name in reversed(self.names)}

    def named(self, name: str) -> str | None:
        """Returns the name of a file that is this one but for capitals; None if there is none."""
        return self._by_lower.get(name.lower())

    def below(self, folder: str) -> Iterator[str]:
        """Yields the names in a folder and below it; capitals don't count."""
        start = f"{folder.lower()}/"
        yield from (name for name in self.names if name.lower().startswith(start))

    def shown(self, name: str) -> Path:
        """Returns a file as a path for people."""
        return self.path / name

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> bytes:
        """Returns the content of a file of at most `limit` bytes. Raises Refused."""
        raise NotImplementedError

    def nested(self, name: str) -> "Archive":
        """Returns the zip in a file. Raises Refused."""
        return zip_archive(self.shown(name), self.read(name, MAX_ARCHIVE))


class _Zip(Archive):
    def __init__(self, path: Path, archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> None:
        super().__init__(path, list(entries))
        self._archive, self._entries, self._left = archive, entries, MAX_READ

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> bytes:
        entry = self._entries[name]
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(self.shown(name), "it is encrypted", "make the zip without a password")
        try:
            with self._archive.open(entry) as file:
                content = file.read(min(limit, self._left) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Refused(
                self.shown(name), f"it can't be unpacked: {error}", "make or download the zip again"
            ) from error
        if len(content) > limit or len(content) > self._left:
            raise Refused(self.shown(name), f"it is larger than {min(limit, MAX_READ) // _MB} MB")
        self._left -= len(content)
        return content


class Unpacked(NamedTuple):
    """A folder that isn't on disk: the names of the files in it and below, and what reads one of at most so many bytes."""

    names: Iterable[str]
    read: Callable[[str, int], bytes | Finding]


Content = bytes | Unpacked | Held | None
"""What counts in place of what is at a path: a zip, a folder that isn't on disk, or contents by the paths of files that are."""


class _Unpacked(Archive):
    def __init__(self, path: Path, folder: Unpacked) -> None:
        super().__init__(path, sorted(name for name in folder.names if _is_read(name)))
        self._read = folder.read

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> bytes:
        content = self._read(name, limit)
        if isinstance(content, Finding):
            raise Refused(self.shown(name), content.message, content.help)
        return content


def _is_read(name: str) -> bool:
    """Checks whether a file of an unpacked solution is one of its own, or in a folder that connectors are in."""
    folder, _, rest = name.partition("/")
    return not rest or folder.lower() in _FOLDERS


class _Folder(Archive):
    def __init__(self, path: Path, names: Sequence[str], held: Held) -> None:
        super().__init__(path, names)
        self._held = held

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> bytes:
        path = self.path / name
        content: bytes | Finding | None = self._held.get(absolute(path)) if self._held else None
        content = read_bytes(path, limit) if content is None else content
        if isinstance(content, Finding):
            raise Refused(self.shown(name), content.message, content.help)
        return content


def open_archive(path: Path, content: Content = None) -> Archive:
    """Returns the archive at a path: a folder, a zip, or what is `content` in place of it. Raises Refused."""
    if isinstance(content, Unpacked):
        return _Unpacked(path, content)
    held = content if isinstance(content, Mapping) else NOTHING_HELD
    zipped = content if isinstance(content, bytes) else held.get(absolute(path))
    if zipped is not None:
        return zip_archive(path, zipped)
    if path.is_dir():
        return folder_archive(path, held)
    found = read_bytes(path, MAX_ARCHIVE)
    if isinstance(found, Finding):
        raise Refused(path, found.message, found.help)
    return zip_archive(path, found)


def zip_archive(path: Path, content: bytes) -> Archive:
    """Returns a zip. Raises Refused for one that is damaged, or whose names can't be trusted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Refused(path, "this isn't a zip, or it is damaged", "make or download it again") from error
    except (
        UnicodeDecodeError,
        IndexError,
        MemoryError,
    ) as error:  # pragma: no cover - what else a damaged directory does
        raise Refused(path, "this zip is damaged", "make or download it again") from error
    if len(infos) > MAX_ENTRIES:
        raise Refused(path, f"the zip has more than {MAX_ENTRIES:,} entries")
    entries: dict[str, zipfile.ZipInfo] = {}
    seen: dict[str, str] = {}
    for info in infos:
        name = _checked(path, info)
        other = seen.setdefault(name.lower(), name)
        if name in entries or other != name:
            both = f"two entries '{name}'" if name in entries else f"'{other}' and '{name}', which differ in case alone"
            raise Refused(path, f"the zip has {both}", "make it again: the platform reads one of them")
        entries[name] = info
    return _Zip(path, archive, {name: info for name, info in entries.items() if not name.endswith("/")})


def _checked(path: Path, info: zipfile.ZipInfo) -> str:
    """Returns the name of an entry. Raises Refused for one that leads out of the zip, or that the platform can't read."""
    name = info.orig_filename  # as it is written: `filename` is cut off at a null, and differs between systems
    if "\\" in name:
        message = f"the zip has the name {ascii(name)[:100]} with a backslash, which the platform doesn't import"
        raise Refused(path, message, "make the zip with '/' in names: Compress-Archive of Windows PowerShell 5 doesn't")
    if _UNSAFE.search(name) or not name:
        raise Refused(path, f"the zip has the name {ascii(name)[:100]}, which leads out of it, or can't be read")
    return name


def folder_archive(path: Path, held: Held = NOTHING_HELD) -> Archive:
    """Returns the folder of a solution: its own files, and those of the folders that connectors are in."""
    names: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        for name, is_folder in _entries(path, below):
            if not is_folder:
                names.append(f"{below}{name}")
            elif below or name.lower() in _FOLDERS:
                waiting.append(f"{below}{name}/")
            if len(names) > MAX_ENTRIES:
                raise Refused(path, f"the folder has more than {MAX_ENTRIES:,} files")
    return _Folder(path, sorted(names), held)


def _entries(path: Path, below: str) -> list[tuple[str, bool]]:
    """Returns what is in a folder, and whether each is a folder. Links aren't followed."""
    try:
        with os.scandir(path / below) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False).st_mode) for entry in entries]
    except (OSError, ValueError):
        return []
    return sorted((name, stat.S_ISDIR(mode)) for name, mode in found if stat.S_ISDIR(mode) or stat.S_ISREG(mode))
