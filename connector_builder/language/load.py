"""Reads a spec's file or folder as one tree of nodes."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.language.reuse import Reuse
from connector_builder.language.rules import KEY_MISSING, KEY_UNKNOWN, VALUE_TYPE_NOT_VALID
from connector_builder.patterns import regex
from connector_builder.source.document import MAX_NODES
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import Folder, OnDisk, text_of
from connector_builder.source.node import Node
from connector_builder.source.rules import FILE_TOO_LARGE, KEY_DUPLICATED
from connector_builder.source.yaml_reader import read_yaml

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
"""Keys of a part, by section: they distinguish a part with the name of its section from the section itself."""

_BEGINS = regex(r"""^(?:connector|"connector"|'connector')[ \t]*:(?=\s|\Z)""", re.MULTILINE)


@dataclass(slots=True)
class Loaded:
    """The tree of a spec; `root` is None if its main file can't be read. `folder` contains the files that it names.

    `path` is the spec's file or its folder. `roots` are the trees of all files. `parts` is the number of parts that the
    remaining files may have. `reuse` keeps what parsing took, if the spec will be read again.
    """

    path: Path
    folder: Folder
    root: Node | None = None
    roots: list[Node] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts: int = MAX_NODES
    reuse: Reuse | None = None


def spec_path(path: Path) -> Path:
    """Returns the path that represents a spec: its folder if it contains a connector.yaml, else its file."""
    return path.parent if path.name == MAIN else path


def is_spec(path: Path) -> bool:
    """Checks whether a YAML file is a spec: its top level has `connector`.

    A line that begins with that key is enough. So a spec counts even if its syntax, encoding or size makes it
    unreadable.
    """
    try:
        if not path.is_file():  # opening a pipe would wait for a writer
            return False
        with path.open("rb") as file:
            content = file.read(MAX_DOCUMENT)
    except OSError:
        return False
    return is_spec_text(content)


def is_spec_text(content: bytes) -> bool:
    """Checks whether the content of a YAML file is a spec, as `is_spec` does."""
    text = content.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf").decode("utf-8", "replace")
    if _BEGINS.search(text):
        return True
    if "connector" not in text:
        return False
    root = read_yaml(Text(Path(MAIN), text)).root  # in flow style, or indented as a whole
    return root is not None and root.is_mapping and "connector" in root.entries


def folder_of(path: Path) -> tuple[Folder, str]:
    """Returns the folder on disk that a spec's files are in, and the name of its main file."""
    path = spec_path(path)
    if os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
        return OnDisk(path), MAIN
    return OnDisk(path.parent, path.name), path.name


def load(folder: Folder, main: str = MAIN, reuse: Reuse | None = None) -> Loaded:
    """Reads a spec: connector.yaml and the folders of actions, triggers and schemas beside it, or a single file."""
    loaded = Loaded(folder.path if main == MAIN else folder.path / main, folder, reuse=reuse)
    loaded.root = _read(main, loaded)
    if loaded.root is not None and main == MAIN:
        for section in SECTIONS:
            _merge(loaded, section)
    from connector_builder.language.unread import unread_files  # with the tables of the language

    keys = loaded.root.entries if loaded.root is not None else ()
    loaded.findings += unread_files(folder, main, SECTIONS, keys)
    return loaded


def _read(name: str, loaded: Loaded) -> Node | None:
    return _parsed(PurePath(name), text_of(loaded.folder, name), loaded)


def _parsed(path: PurePath, text: Text | Finding, loaded: Loaded) -> Node | None:
    if isinstance(text, Finding):
        loaded.findings.append(text)
        return None
    loaded.texts.append(text)
    if sum(len(text.content) for text in loaded.texts) > MAX_DOCUMENT:
        message = f"with '{path.name}' the files of this spec are larger than 16 MB"
        loaded.findings.append(FILE_TOO_LARGE.at(Place.whole(text), message))
        return None
    raise_if_cancelled()
    if loaded.reuse is None:
        document = read_yaml(text, parts=loaded.parts, slips=True)
    else:
        document = loaded.reuse.document(text, loaded.parts)
    loaded.parts -= document.parts
    loaded.findings += document.findings
    root = document.root
    if root is None:
        return None
    loaded.roots.append(root)
    if root.value is None:
        help_ = (
            "begin with 'connector:'"
            if path.name == MAIN or loaded.root is None
            else "add a name with its value, or remove the file"
        )
        loaded.findings.append(KEY_MISSING.at(Place.whole(text), "the file is empty", help=help_))
        return None
    if not root.is_mapping:
        message = "the file must contain a mapping"
        loaded.findings.append(VALUE_TYPE_NOT_VALID.at(root.place, message, help="write lines such as 'key: value'"))
        return None
    return root


def _merge(loaded: Loaded, section: str) -> None:
    """Adds the parts in the files of a section's folder to that section, in the order of file names."""
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
        part = _read(f"{section}/{name}", loaded)
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
    """Returns the parts in a file of a section's folder by name.

    The section's own key above the parts is a finding, and the parts below it are read.
    """
    above = part.entries.get(section)
    if above is None or len(part.entries) > 1 or not above.is_mapping or not _KEYS[section].isdisjoint(above.entries):
        return part.entries
    message = f"'{section}' can't be in this file: a file in '{section}/' begins with the names"
    help_ = "remove this line, and unindent the lines below it"
    loaded.findings.append(KEY_UNKNOWN.at(above.key_place, message, help=help_))
    return above.entries


def _files(loaded: Loaded, section: str) -> list[str]:
    """Returns the names of the YAML files of a section's folder, in the same order on every system."""
    listed = loaded.folder.names(section)
    if isinstance(listed, Finding):
        loaded.findings.append(listed)
        return []
    names = [name for name in listed if PurePath(name).suffix.lower() in SUFFIXES]
    if len(names) > MAX_FILES:
        place = Place.whole(Text(loaded.folder.path / section, ""))
        loaded.findings.append(
            FILE_TOO_LARGE.at(place, f"the folder '{section}' contains more than {MAX_FILES:,} files")
        )
    return names[:MAX_FILES]
