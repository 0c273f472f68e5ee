"""A spec's file or folder as one tree of nodes."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.language.rules import KEY_MISSING, KEY_UNKNOWN, VALUE_TYPE_NOT_VALID
from connector_builder.source.files import MAX_DOCUMENT, decode, inside, read_text
from connector_builder.source.node import Node
from connector_builder.source.rules import FILE_NOT_READABLE, FILE_TOO_LARGE, KEY_DUPLICATED
from connector_builder.source.yaml_reader import MAX_NODES, read_yaml

MAIN = "connector.yaml"
SECTIONS = ("actions", "triggers", "schemas")
SUFFIXES = (".yaml", ".yml")
MAX_FILES = 2000
_KEYS = {
    **dict.fromkeys(("actions", "triggers"), frozenset({"request"})),
    "schemas": frozenset(
        ("type", "fields", "sample", "samples", "properties", "additionalProperties", "allOf", "$ref")
    ),
}
"""By these something under the name of its section is told from the section itself."""

_BEGINS = re.compile(r"""^(?:connector|"connector"|'connector')[ \t]*:(?=\s|\Z)""", re.MULTILINE)


@dataclass(slots=True)
class Loaded:
    """The tree of a spec; `root` is None where its main file can't be read. `folder` is where its files are named from.

    `parts` is how many the files that follow may still have. `contents` are the files, by name, of a folder that isn't on
    the disk.
    """

    path: Path
    folder: Path
    root: Node | None = None
    texts: list[Text] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts: int = MAX_NODES
    contents: Mapping[str, bytes] | None = None


def spec_path(path: Path) -> Path:
    """The path that stands for a spec: its folder where there is a connector.yaml, else its file."""
    return path.parent if path.name == MAIN else path


def is_spec(path: Path) -> bool:
    """Whether a YAML file is a spec: its top level has `connector`.

    A line that begins so is enough, so that a spec counts that can't be read: by its syntax, encoding or size.
    """
    try:
        if not path.is_file():  # opening a pipe would wait for a writer
            return False
        with path.open("rb") as file:
            content = file.read(MAX_DOCUMENT)
    except OSError:
        return False
    text = content.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf").decode("utf-8", "replace")
    if _BEGINS.search(text):
        return True
    if "connector" not in text:
        return False
    root = read_yaml(Text(path, text)).root  # in flow style, or indented as a whole
    return root is not None and root.is_mapping and "connector" in root.entries


def load(path: Path) -> Loaded:
    """Reads a spec: a YAML file, or a folder with connector.yaml and actions, triggers and schemas beside it."""
    path = spec_path(path)
    if os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
        loaded = Loaded(path, path)
        loaded.root = _read_inside(MAIN, loaded)
        if loaded.root is not None:
            for section in SECTIONS:
                _merge(loaded, section)
    else:
        loaded = Loaded(path, path.parent)
        loaded.root = _read(path, loaded)
    return loaded


def load_contents(path: Path, contents: Mapping[str, bytes]) -> Loaded:
    """A spec that is still to be written to `path`: the files of its folder by name, connector.yaml among them."""
    loaded = Loaded(path, path, contents=contents)
    loaded.root = _read_inside(MAIN, loaded)
    if loaded.root is not None:
        for section in SECTIONS:
            _merge(loaded, section)
    return loaded


def _read_inside(name: str, loaded: Loaded) -> Node | None:
    """Reads a file of a folder; a link in it must not lead out of it: findings show lines of what they are about."""
    if loaded.contents is not None:
        return _parsed(loaded.folder / name, decode(loaded.folder / name, loaded.contents[name]), loaded)
    path = inside(loaded.folder, name, Place(Text(loaded.folder / name, "")))
    if isinstance(path, Finding):
        loaded.findings.append(path)
        return None
    return _read(path, loaded)


def _read(path: Path, loaded: Loaded) -> Node | None:
    return _parsed(path, read_text(path), loaded)


def _parsed(path: Path, text: Text | Finding, loaded: Loaded) -> Node | None:
    if isinstance(text, Finding):
        loaded.findings.append(text)
        return None
    loaded.texts.append(text)
    if sum(len(text.content) for text in loaded.texts) > MAX_DOCUMENT:
        message = f"with '{path.name}' the files of this spec are larger than 16 MB"
        loaded.findings.append(FILE_TOO_LARGE.at(Place(text), message))
        return None
    document = read_yaml(text, parts=loaded.parts)
    loaded.parts -= document.parts
    loaded.findings += document.findings
    root = document.root
    if root is None:
        return None
    if root.value is None:
        help_ = (
            "begin with 'connector:'"
            if path.name == MAIN or loaded.root is None
            else "name something, or remove the file"
        )
        loaded.findings.append(KEY_MISSING.at(Place(text), "the file is empty", help=help_))
        return None
    if not root.is_mapping:
        loaded.findings.append(VALUE_TYPE_NOT_VALID.at(root.place, "a mapping is expected: 'key: value' lines"))
        return None
    return root


def _merge(loaded: Loaded, section: str) -> None:
    """Adds what the files of a section's folder hold to that section, in the order of file names."""
    assert loaded.root is not None
    names = _files(loaded, section)
    if not names:
        return
    root = loaded.root
    merged: dict[str, Node] = {}
    own = root.entries.get(section)
    if own is not None:
        if not own.is_mapping and own.value is not None:
            return  # the shape check says what is wrong with it
        merged.update(own.entries)
    node = own if own is not None and own.is_mapping else None
    for name in names:
        part = _read_inside(f"{section}/{name}", loaded)
        if part is None:
            continue
        node = node or part.with_value({})
        for key, entry in _named(loaded, part, section).items():
            if key in merged:
                related = (Related(merged[key].key_place, "first given here"),)
                finding = KEY_DUPLICATED.at(entry.key_place, f"the key '{key}' is given twice", related=related)
                loaded.findings.append(finding)
            else:
                merged[key] = entry
    if node is not None:
        combined = node.with_value({name: entry.value for name, entry in merged.items()})
        combined.entries = merged
        combined.key = section
        root.entries[section] = combined


def _named(loaded: Loaded, part: Node, section: str) -> dict[str, Node]:
    """What a file of a section's folder holds by name; where the section's own key stands above it too, what is below."""
    above = part.entries.get(section)
    if above is None or len(part.entries) > 1 or not above.is_mapping or not _KEYS[section].isdisjoint(above.entries):
        return part.entries
    message = f"'{section}' is above what this file holds, but a file in '{section}/' begins with the names"
    help_ = "remove this line, and move what is below it to the left"
    loaded.findings.append(KEY_UNKNOWN.at(above.key_place, message, help=help_))
    return above.entries


def _files(loaded: Loaded, section: str) -> list[str]:
    """The names of the YAML files of a section's folder, in one order on every system."""
    if loaded.contents is not None:
        return sorted(PurePosixPath(name).name for name in loaded.contents if name.startswith(f"{section}/"))
    folder = loaded.folder / section
    if not os.path.isdir(folder):  # noqa: PTH112
        return []
    place = Place(Text(folder, ""))
    try:
        names = sorted(name for name in os.listdir(folder) if PurePath(name).suffix.lower() in SUFFIXES)  # noqa: PTH208
    except OSError as error:
        message = f"the folder '{section}' can't be read: {error.strerror}"
        loaded.findings.append(FILE_NOT_READABLE.at(place, message))
        return []
    if len(names) > MAX_FILES:
        loaded.findings.append(FILE_TOO_LARGE.at(place, f"the folder '{section}' holds more than {MAX_FILES:,} files"))
    return names[:MAX_FILES]
