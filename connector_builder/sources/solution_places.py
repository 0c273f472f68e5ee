"""Where a solution is, and what its files are called: known without opening it, and so without what reads it.

Source: https://learn.microsoft.com/en-us/power-platform/alm/solution-packager-tool
"""

import os
from collections.abc import Mapping
from pathlib import Path

DEFINITION = "openapidefinition"
PARAMETERS, SETS, POLICIES = "connectionparameters", "connectionparametersets", "policytemplateinstances"
SCRIPT, ICON, OPERATIONS = "customcodeblobcontent", "iconblob", "scriptoperations"
SUFFIXES: Mapping[str, str] = {
    DEFINITION: "json", PARAMETERS: "json", SETS: "json", POLICIES: "json", SCRIPT: "csx", ICON: "Png",
}  # fmt: skip
"""The elements of a connector that name a file, and the suffix of each: `acme_orders_openapidefinition.json`."""
FOLDERS = ("connector", "connectors")
"""The folder of connectors, in a zip and unpacked."""
MAX_FILES = 10_000
MANIFESTS = ("solution.xml", "Other/Solution.xml", "Solution.xml", "other/solution.xml", "Other/solution.xml")
"""The manifest of a solution: in a zip, and unpacked."""
_DEFINITION_END = "_openapidefinition.json"


def solution_folder(folder: Path) -> Path | None:
    """Returns the folder of the solution that a folder is, or whose connectors it contains; None if it is neither."""
    if folder.name.lower() in FOLDERS and has_manifest(folder.absolute().parent):
        return folder.parent if folder.name else folder.absolute().parent
    if has_manifest(folder):
        return folder if any((folder / one).is_dir() for one in ("Connectors", "Connector", *FOLDERS)) else None
    return folder if bare_rows(folder) else None


def has_manifest(folder: Path) -> bool:
    """Checks whether a folder has the manifest of a solution, unpacked or as it is in a zip."""
    return any(os.path.isfile(folder / name) for name in MANIFESTS)  # noqa: PTH113 - Path.is_file raises for long names


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
