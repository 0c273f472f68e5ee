"""Reads the files that a document refers to, below its own folder, and joins them to one document."""

from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from connector_builder.findings import Place, Pointer
from connector_builder.platform.swagger.references import references_in
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import OnDisk
from connector_builder.sources.documents import Parsed, parse
from connector_builder.sources.limits import MAX_DESCRIPTION

FILES = "x-files"
"""The key that the contents of the other files are joined under, by name."""
MAX_FILES = 5_000
"""The most files of one document. One with 2,908 was published."""


def bundled(parsed: Parsed, *, repair: bool) -> Parsed:
    """Returns a document with all files that it refers to under `x-files`; the document itself if there are none.

    A file that can't be read, or isn't below the folder of the document, isn't there: its references lead nowhere. No
    address on the network is read.
    """
    files = _Files(parsed, repair=repair)
    if not files.read_all():
        return parsed
    return files.joined()


class _Files:
    def __init__(self, parsed: Parsed, *, repair: bool) -> None:
        self.parsed = parsed
        self.repair = repair
        self.folder = OnDisk(parsed.path.parent)
        self.others: dict[str, Parsed] = {}
        self.left = MAX_DESCRIPTION

    def read_all(self) -> bool:
        """Reads the files, and those that they refer to. Returns whether there are any."""
        waiting = [("", self.parsed.data)]
        while waiting:
            beside, data = waiting.pop()
            for reference in references_in(data):
                name = _file_of(reference, beside)
                if name is None or name in self.others or len(self.others) >= MAX_FILES:
                    continue
                found = self._parse(name)
                if found is not None:
                    self.others[name] = found
                    waiting.append((dirname(name), found.data))
        return bool(self.others)

    def _parse(self, name: str) -> Parsed | None:
        content = self.folder.read(name, min(self.left, MAX_DOCUMENT))
        if not isinstance(content, bytes):
            return None
        self.left -= len(content)
        found = parse(Path(self.folder.path, *name.split("/")), repair=self.repair, content=content)
        return found if found.readable else None

    def joined(self) -> Parsed:
        """Returns one document. Places in the other files stay there."""
        data = {
            **self._rewritten(self.parsed.data, ""),
            FILES: {name: self._rewritten(one.data, dirname(name), name) for name, one in self.others.items()},
        }

        def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
            by_file: dict[str, list[Pointer]] = {}
            for pointer in pointers:
                inside = len(pointer) > 1 and pointer[0] == FILES and pointer[1] in self.others
                by_file.setdefault(str(pointer[1]) if inside else "", []).append(pointer)
            found: dict[Pointer, Place] = {}
            for name, each in by_file.items():
                source = self.others[name] if name else self.parsed
                places = source.places(pointer[2:] if name else pointer for pointer in each)
                found |= {pointer: places[pointer[2:] if name else pointer] for pointer in each}
            return found

        return Parsed(self.parsed.path, data, True, text=self.parsed.text, locate=locate)

    def _rewritten(self, value: Any, beside: str, own: str = "") -> Any:
        """Returns a copy in which every reference leads to the joined document."""
        if isinstance(value, list):
            return [self._rewritten(part, beside, own) for part in value]
        if not isinstance(value, dict):
            return value
        copy = {key: self._rewritten(part, beside, own) for key, part in value.items()}
        reference = value.get("$ref")
        if isinstance(reference, str):
            copy["$ref"] = self._reference(reference, beside, own)
        return copy

    def _reference(self, reference: str, beside: str, own: str) -> str:
        file, _, fragment = reference.partition("#")
        name = _file_of(reference, beside) if file else own or None
        if name is None or (name not in self.others):
            return reference
        return f"#/{FILES}/{name.replace('~', '~0').replace('/', '~1').replace('%', '%25')}{fragment}"


def _file_of(reference: str, beside: str) -> str | None:
    """Returns the name of the file that a reference leads to, relative to the first document; None for no other file."""
    file = unquote(reference.partition("#")[0]).replace("\\", "/")
    if not file or "://" in file or file.startswith("/"):
        return None
    name = normpath(join(beside, file))
    return None if name.startswith("../") or name in (".", "..") else name
