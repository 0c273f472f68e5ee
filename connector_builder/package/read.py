"""Reads a package from its folder, or from a single JSON file."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.package.files import find_files, missing_files, sizes_of
from connector_builder.package.model import DEFINITION, ICON, PROPERTIES, README, SCRIPT, SETTINGS, Package, Reading
from connector_builder.package.origins import Written
from connector_builder.package.rules import BYTE_ORDER_MARK, TEXT_NOT_ASCII
from connector_builder.patterns import regex
from connector_builder.platform import limits
from connector_builder.source.files import MAX_DOCUMENT, decode, read_bytes
from connector_builder.source.json_reader import JsonDocument, read_json, tokens
from connector_builder.source.yaml_reader import read_yaml

_NOT_ASCII = regex(r"[^\x00-\x7f]")
MAX_ICON, MAX_SCRIPT = limits.ICON.most, limits.SCRIPT.most
MAX_README = 1024 * 1024


Held = Mapping[Path, bytes]
"""The contents of files that are read instead of those on disk, such as standard input. Their paths are absolute."""
YAML = (".yaml", ".yml")
"""The suffixes of definitions in YAML."""


class _Document(NamedTuple):
    """A document in JSON or YAML as plain data."""

    text: Text
    data: Any
    locate: Callable[[Iterable[Pointer]], dict[Pointer, Place]]


def read_package(folder: Path, held: Held | None = None) -> Reading:
    """Reads the package in a folder that contains an apiDefinition.swagger.json, an apiProperties.json, or both.

    If settings.json names the files, it reads those, as paconn does. What can't be read becomes a finding.
    """
    reading = Reading(None)
    held = held or {}
    here = absolute(folder)
    own = {path.relative_to(here).as_posix(): content for path, content in held.items() if path.is_relative_to(here)}
    files = find_files(folder, own) or {}

    def path(name: str) -> Path:
        return files.get(name, folder / name)

    documents = {name: _document(path(name), reading, held) for name in (DEFINITION, PROPERTIES, SETTINGS)}
    package = _package(folder.resolve().name, folder, documents)
    package.icon = _content(path(ICON), MAX_ICON, reading)
    package.script = held.get(absolute(path(SCRIPT))) or _content(path(SCRIPT), MAX_SCRIPT, reading)
    package.icon_place = Place.whole(Text(path(ICON), ""))
    package.script_place = Place.whole(Text(path(SCRIPT), ""))
    package.sizes = sizes_of(folder, files, own)
    package.missing = missing_files(folder, package.given_settings, own)
    package.complete = True
    _readme(folder, package, reading)
    if package.script is not None:
        package.contents[SCRIPT] = Text(path(SCRIPT), package.script.decode("utf-8-sig", "replace"))
    reading.package = package
    return reading


def read_definition(path: Path, held: Held | None = None) -> Reading:
    """Reads a package from one Swagger file in JSON or YAML; a file named apiProperties.json is read as properties."""
    reading = Reading(None)
    name = PROPERTIES if path.name.lower() == PROPERTIES.lower() else DEFINITION
    reading.package = _package(path.stem, path, {name: _document(path, reading, held or {})})
    return reading


def _document(path: Path, reading: Reading, held: Held) -> _Document | None:
    content: bytes | Finding | None = held.get(absolute(path))
    if content is None:
        if not os.path.lexists(path):
            return None
        content = read_bytes(path, MAX_DOCUMENT)
    if isinstance(content, Finding):
        reading.findings.append(content)
        return None
    text = decode(path, content)
    if isinstance(text, Finding):
        reading.findings.append(text)
        return None
    reading.texts.append(text)
    if path.suffix.lower() in YAML:
        return _yaml(text, reading)
    document = read_json(text)
    reading.findings += _encoding(document, content)
    reading.findings += document.findings
    return _Document(text, document.data, document.locate) if document.readable else None


def _yaml(text: Text, reading: Reading) -> _Document | None:
    """Reads a definition in YAML, as some tools and people write it."""
    document = read_yaml(text)
    reading.findings += document.findings
    root = document.root
    if root is None:
        return None

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        return {pointer: root.locate(pointer) for pointer in pointers}

    return _Document(text, root.value, locate)


def absolute(path: Path) -> Path:
    """Returns an absolute path without resolving links."""
    return Path(os.path.normpath(path.absolute()))


def _encoding(document: JsonDocument, content: bytes) -> list[Finding]:
    """Returns findings for what paconn can't read: it uses the system's own encoding, and knows no byte order mark."""
    findings, text = [], document.text
    if content.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with a byte order mark: paconn can't read it"
        findings.append(BYTE_ORDER_MARK.at(Place.whole(text), message, help="save it as UTF-8 without one"))
    start = None if text.content.isascii() else _not_ascii(document)
    if start is not None:
        message = f"'{text.content[start]}' isn't ASCII: paconn reads it wrong where the system's encoding isn't UTF-8"
        help_ = (
            f"write it as \\u{ord(text.content[start]):04x}"
            if ord(text.content[start]) < 0x10000
            else "escape it by \\u"
        )
        findings.append(TEXT_NOT_ASCII.at(Place(text, start, start + 1), message, help=help_))
    return findings


def _not_ascii(document: JsonDocument) -> int | None:
    """Returns where the first text with a character that isn't ASCII has it. Outside a text, the JSON is broken there."""
    if document.readable:
        first = _NOT_ASCII.search(document.text.content)
        return first.start() if first else None
    for word, start, _ in tokens(document.text):
        if word.startswith('"') and not word.isascii():
            return start + next(index for index, character in enumerate(word) if not character.isascii())
    return None


def _content(path: Path, limit: int, reading: Reading) -> bytes | None:
    if not os.path.lexists(path):
        return None
    content = read_bytes(path, limit)
    if isinstance(content, Finding):
        reading.findings.append(content)
        return None
    return content


def _readme(folder: Path, package: Package, reading: Reading) -> None:
    """Reads the README, whose name is written in any capitals, and gives it its default name."""
    name = next((name for name in package.sizes if name.lower() == README.lower()), None)
    if name is None:
        return
    package.sizes[README] = package.sizes.pop(name)
    package.readme = _content(folder / name, MAX_README, reading)
    if package.readme is not None:
        package.contents[README] = Text(folder / name, package.readme.decode("utf-8-sig", "replace"))


def _package(name: str, source: Path, documents: dict[str, _Document | None]) -> Package:
    read = {name: document for name, document in documents.items() if document is not None}

    def locate(document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        if document in read:
            return read[document].locate(pointers)
        return dict.fromkeys(pointers, Place.whole(Text(source, "")))

    def data(document: str) -> object:
        return read[document].data if document in read else None

    def written(document: str, pointer: Pointer) -> Written | None:
        found = read.get(document)
        return None if found is None else Written(found.text, None, pointer)

    settings = data(SETTINGS)
    package = Package(name, source, data(DEFINITION), data(PROPERTIES), locate, written=written)
    package.settings = settings if isinstance(settings, dict) else {}
    package.given_settings = settings
    package.nulls = frozenset(name for name, document in read.items() if document.data is None)
    return package
