"""A spec's file or folder as one tree of nodes."""

from dataclasses import dataclass, field
from pathlib import Path

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.source.files import read_text
from connector_builder.source.node import Node
from connector_builder.source.rules import KEY_DUPLICATED
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.spec.rules import KEY_MISSING, VALUE_TYPE_NOT_VALID

MAIN = "connector.yaml"
SECTIONS = ("actions", "triggers", "schemas")
SUFFIXES = (".yaml", ".yml")
MAX_FILES = 2000


@dataclass(slots=True)
class Loaded:
    """The tree of a spec; `root` is None where its main file can't be read. `folder` is where its files are named from."""

    path: Path
    folder: Path
    root: Node | None = None
    texts: list[Text] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def spec_path(path: Path) -> Path:
    """The path that stands for a spec: its folder where there is a connector.yaml, else its file."""
    return path.parent if path.name == MAIN else path


def load(path: Path) -> Loaded:
    """Reads a spec: a YAML file, or a folder with connector.yaml and actions, triggers and schemas beside it."""
    path = spec_path(path)
    if path.is_dir():
        loaded = Loaded(path, path)
        loaded.root = _read(path / MAIN, loaded)
        if loaded.root is not None:
            for section in SECTIONS:
                _merge(loaded, section)
    else:
        loaded = Loaded(path, path.parent)
        loaded.root = _read(path, loaded)
    return loaded


def _read(path: Path, loaded: Loaded) -> Node | None:
    text = read_text(path)
    if isinstance(text, Finding):
        loaded.findings.append(text)
        return None
    document = read_yaml(text)
    loaded.texts.append(text)
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
    folder = loaded.folder / section
    assert loaded.root is not None
    if not folder.is_dir():
        return
    root = loaded.root
    merged: dict[str, Node] = {}
    own = root.entries.get(section)
    if own is not None:
        if not own.is_mapping and own.value is not None:
            return  # the shape check says what is wrong with it
        merged.update(own.entries)
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    node = own if own is not None and own.is_mapping else None
    for file in files[:MAX_FILES]:
        part = _read(file, loaded)
        if part is None:
            continue
        node = node or part.with_value({})
        for name, entry in part.entries.items():
            if name in merged:
                related = (Related(merged[name].key_place, "first given here"),)
                finding = KEY_DUPLICATED.at(entry.key_place, f"the key '{name}' is given twice", related=related)
                loaded.findings.append(finding)
            else:
                merged[name] = entry
    if node is not None:
        combined = node.with_value({name: entry.value for name, entry in merged.items()})
        combined.entries = merged
        combined.key = section
        root.entries[section] = combined
