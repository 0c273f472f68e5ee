"""Finds the solution that a path means: an archive itself, or the one with the connector inside a package for certification."""

import os
from pathlib import Path

from connector_builder.sources.solution.archive import Archive, Refused, open_archive
from connector_builder.sources.solution.model import SUFFIXES, Entry, Read
from connector_builder.sources.solution.reading import is_solution, read_solution

FOLDERS = ("connector", "connectors")
_MANIFESTS = ("solution.xml", "Other/Solution.xml", "Solution.xml", "other/solution.xml", "Other/solution.xml")
_DEPTH = 3
MAX_FILES = 10_000
_DEFINITION_END = "_openapidefinition.json"


def open_solution(path: Path, content: bytes | None = None) -> Read:
    """Returns the solution at a path. Raises Refused if there is none, or it has no connector."""
    archive = open_archive(path, content)
    if is_solution(archive):
        return read_solution(archive)
    found = list(_inside(archive, _DEPTH))
    if not found:
        return read_solution(archive)  # which says what is missing
    reads, refused = [], []
    for one in found:
        try:
            reads.append(read_solution(one))
        except Refused as error:
            refused.append(error)
    if not reads:
        raise refused[0]
    return next((one for one in reads if not one.workflows and not one.plugin), reads[0])


def _inside(archive: Archive, depth: int) -> list[Archive]:
    """Returns the solutions in the zips of an archive, and in the zips of those: a package for certification has them so."""
    found: list[Archive] = []
    for name in archive.names:
        if not name.lower().endswith(".zip"):
            continue
        inner = archive.nested(name)
        if is_solution(inner):
            found.append(inner)
        elif depth > 1:
            found += _inside(inner, depth - 1)
    return found


def entry_of(read: Read, name: str) -> Entry:
    """Returns the connector with a name; the only one for an empty name. Raises Refused."""
    found = [one for one in read.connectors if one.name == name or not name]
    if len(found) != 1:
        names = ", ".join(f"'{one.name}'" for one in read.connectors)
        raise Refused(read.archive.path, f"the solution has {len(read.connectors)} connectors: {names}", "name one")
    return found[0]


def names_in(path: Path, content: bytes | None = None) -> list[str]:
    """Returns the names of the connectors of a solution; none if it can't be read, which `open_solution` then says."""
    try:
        return [one.name for one in open_solution(path, content).connectors]
    except Refused:
        return []


def solution_folder(folder: Path) -> Path | None:
    """Returns the folder of the solution that a folder is, or whose connectors it contains; None if it is neither."""
    if folder.name.lower() in FOLDERS and has_manifest(folder.absolute().parent):
        return folder.parent if folder.name else folder.absolute().parent
    if has_manifest(folder):
        return folder if any((folder / one).is_dir() for one in ("Connectors", "Connector", *FOLDERS)) else None
    return folder if bare_rows(folder) else None


def has_manifest(folder: Path) -> bool:
    """Checks whether a folder has the manifest of a solution, unpacked or as it is in a zip."""
    return any(os.path.isfile(folder / name) for name in _MANIFESTS)  # noqa: PTH113 - Path.is_file raises for long names


def solution_of_file(file: Path) -> Path | None:
    """Returns the solution that a file is, or is a part of; None if it is no part of one."""
    if file.suffix.lower() == ".zip":
        return file
    name = file.name.lower()
    above = file.absolute().parent
    if name in ("solution.xml", "customizations.xml"):
        return _up(file, 2 if above.name.lower() == "other" else 1)
    if above.name.lower() in FOLDERS and has_manifest(above.parent):
        return _up(file, 2)
    row = next((row for row in bare_rows(above) if is_of(file, row)), None)
    return None if row is None else file.parent


def _up(file: Path, levels: int) -> Path:
    """Returns the folder so many levels above a file, as short as it can be named from the current folder."""
    folder = file.parent
    return folder if levels == 1 else (folder.parent if folder.name else Path(os.pardir))


def is_of(file: Path, row: str) -> bool:
    """Checks whether a file is one of a connector's, by its name."""
    name = file.name.lower()
    ends = (f"_{kind}.{suffix}".lower() for kind, suffix in SUFFIXES.items())
    return name in (f"{row.lower()}{end}" for end in (".xml", *ends))


def bare_rows(folder: Path) -> list[str]:
    """Returns the names of the connectors whose files are in a folder: a definition, and another part beside it."""
    try:
        with os.scandir(folder) as entries:
            names = {entry.name.lower(): entry.name for number, entry in enumerate(entries) if number < MAX_FILES}
    except (OSError, ValueError):
        return []
    rows = [name[: -len(_DEFINITION_END)] for lower, name in names.items() if lower.endswith(_DEFINITION_END)]
    others = [
        f"_{kind}.{suffix}".lower() for kind, suffix in SUFFIXES.items() if not _DEFINITION_END.startswith(f"_{kind}.")
    ]
    return sorted(row for row in rows if any(f"{row.lower()}{end}" in names for end in (".xml", *others)))
