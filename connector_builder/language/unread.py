"""Files and folders of a spec that nothing reads, though their names say that they are meant to be read."""

from collections.abc import Collection, Iterator
from pathlib import PurePath

from connector_builder.findings import Finding, Place, Text
from connector_builder.language.rules import FILE_NOT_READ
from connector_builder.language.tables.hints import HINTS
from connector_builder.language.tables.top import OBJECTS
from connector_builder.package.model import SCRIPT
from connector_builder.source.folder import Folder
from connector_builder.source.suggest import suggest

MAX_NAMES = 1000
"""How many names of a folder are looked at."""
_YAML = (".yaml", ".yml")


def unread_files(folder: Folder, main: str, sections: tuple[str, ...], keys: Collection[str]) -> Iterator[Finding]:
    """Warnings for what lies in a spec's folder under a name of the language, and isn't read. `keys` are those of the spec.

    `main` is the file that is read, `connector.yaml` or the only one; of a single file the folders beside it aren't read.
    """
    whole = main == "connector.yaml"
    if not whole and PurePath(main).stem != "connector":
        return  # one of many specs in a folder: what is beside it is no part of it
    names = _names(folder, "")
    if whole and SCRIPT in names and "script" not in keys:
        yield _unread(folder, SCRIPT, f"write 'script: {SCRIPT}' into '{main}'")
    for name in names:
        if whole and PurePath(name).suffix.lower() in _YAML:
            yield from _beside(folder, main, name, sections)
            continue
        is_section = name in sections or _reads_as_section(folder, name, names, sections)
        if is_section and whole:
            yield from _in_section(folder, name)
        elif is_section and _holds_yaml(folder, name):
            yield _unread(
                folder, f"{name}/", f"rename '{main}' to 'connector.yaml': only then the tool reads folders beside it"
            )
        elif cure := _cure(name, sections) if _holds_yaml(folder, name) else None:
            yield _unread(folder, f"{name}/", cure)


def _reads_as_section(folder: Folder, name: str, names: list[str], sections: tuple[str, ...]) -> bool:
    """Checks whether the file system finds a folder by the name of a section, as Windows finds `Actions` by `actions`."""
    section = name.lower()
    return section in sections and section not in names and folder.names(section) != []


def _in_section(folder: Folder, section: str) -> Iterator[Finding]:
    """What a folder of operations or schemas holds beside YAML files."""
    for name in _names(folder, section):
        suffix = PurePath(name).suffix.lower()
        if suffix == ".json":
            yield _unread(folder, f"{section}/{name}", "rename it to '.yaml': JSON is YAML too")
        elif not suffix and _holds_yaml(folder, f"{section}/{name}"):
            yield _unread(folder, f"{section}/{name}/", f"move its files to '{section}/'")


def _beside(folder: Folder, main: str, name: str, sections: tuple[str, ...]) -> Iterator[Finding]:
    """A file beside `connector.yaml` whose name is a part of a spec; `variables.yaml` may be the file of `--vars-file`."""
    stem = PurePath(name).stem
    if name != main and stem.lower() == "connector":
        yield _unread(folder, name, f"remove it, or move its contents to '{main}'")
    elif stem in sections:
        yield _unread(folder, name, f"move it to '{stem}/'")
    elif name != main and stem != "variables" and (cure := _cure(stem, sections)):
        yield _unread(folder, name, cure)


def _cure(name: str, sections: tuple[str, ...]) -> str | None:
    """What is meant by the name of a folder; None where that can't be told."""
    if name in OBJECTS["spec"].keys:
        return f"write '{name}' into 'connector.yaml': folders are {', '.join(sections)}"
    return HINTS["spec"].get(name) or suggest(name, sections)


def _unread(folder: Folder, name: str, cure: str) -> Finding:
    what = "folder" if name.endswith("/") else "file"
    return FILE_NOT_READ.at(Place(Text(folder.path / name, "")), f"nothing reads the {what} '{name}'", help=cure)


def _holds_yaml(folder: Folder, section: str) -> bool:
    return any(PurePath(name).suffix.lower() in _YAML for name in _names(folder, section))


def _names(folder: Folder, section: str) -> list[str]:
    names = folder.names(section)
    return [] if isinstance(names, Finding) else [name for name in names if not name.startswith(".")][:MAX_NAMES]
