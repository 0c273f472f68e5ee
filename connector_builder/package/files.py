"""Finds the files of a package in a folder: by the platform's names, or by the names in its settings.json."""

import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connector_builder.findings import Finding, Place, Text
from connector_builder.package.model import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS
from connector_builder.source.files import decode, inside, read_bytes
from connector_builder.source.json_reader import read_json

MAX_SETTINGS = 1024 * 1024
MAX_FILES = 10_000
"""The most files of a folder that are looked at."""
_NAMED = {"apiDefinition": DEFINITION, "apiProperties": PROPERTIES, "icon": ICON, "script": SCRIPT}
"""The keys of settings.json that name files (paconn 0.0.21)."""

PackageFiles = dict[str, Path]
"""The files of a package by their default names."""
Contents = Mapping[str, bytes]
"""What an editor has in place of files, by their paths in the folder; it counts for a file that isn't there, too."""
_NOTHING: Contents = MappingProxyType({})


def find_files(folder: Path, held: Contents = _NOTHING) -> PackageFiles | None:
    """Returns the files of the package in a folder; None if there is no package: neither a definition nor properties.

    paconn uses the files that settings.json names. Without those, the names are the platform's, ignoring case.
    """
    names = sorted({*_names(folder), *(name for name in held if "/" not in name)})
    by_lower = {name.lower(): name for name in reversed(names)}  # the first of several counts
    files = {
        part: folder / (part if part in names else by_lower[part.lower()])
        for part in (DEFINITION, PROPERTIES, SETTINGS, ICON, SCRIPT)
        if part.lower() in by_lower
    }
    files |= _named(folder, files.get(SETTINGS), held)
    if DEFINITION not in files:
        files |= _other_definition(folder, names, beside=PROPERTIES in files)
    return files if DEFINITION in files or PROPERTIES in files else None


def sizes_of(folder: Path, files: PackageFiles, held: Contents = _NOTHING) -> dict[str, int]:
    """Returns the sizes in bytes of all files of a folder; files of the package have their default names."""
    parts = {path.name: part for part, path in files.items() if path.parent == folder}
    sizes: dict[str, int] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, MAX_FILES):
                if entry.is_file():
                    sizes[parts.get(entry.name, entry.name)] = entry.stat().st_size
    except (OSError, ValueError):
        pass
    sizes |= {parts.get(name, name): len(content) for name, content in held.items() if "/" not in name}
    return dict(sorted(sizes.items()))


def definition_name(names: Iterable[str]) -> str:
    """Returns which of a folder's files is the definition: the platform's name, or the only one that can be it."""
    listed = list(names)
    if DEFINITION in listed:
        return DEFINITION
    for fits in (_is_definition, _is_download):
        found = [name for name in listed if fits(name.lower())]
        if len(found) == 1:
            return found[0]
    return DEFINITION


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in islice(entries, MAX_FILES) if not entry.is_dir())
    except (OSError, ValueError):
        return []


def _other_definition(folder: Path, names: Iterable[str], *, beside: bool) -> PackageFiles:
    """Returns the only `apiDefinition*.json`.

    If `beside` properties, else the only `*.swagger.json`: a download's name.
    """
    for fits in (_is_definition, _is_download if beside else None):
        found = [name for name in names if fits is not None and fits(name.lower())]
        if len(found) == 1:
            return {DEFINITION: folder / found[0]}
    return {}


def _is_definition(lower: str) -> bool:
    return lower.startswith("apidefinition") and lower.endswith(".json")


def _is_download(lower: str) -> bool:
    return lower.endswith(".swagger.json")


def _named(folder: Path, settings: Path | None, held: Contents) -> Iterable[tuple[str, Path]]:
    """Yields the files that settings.json names and that exist.

    They must lie in the folder: it may come from a stranger.
    """
    if settings is None:
        return
    content = held[settings.name] if settings.name in held else read_bytes(settings, MAX_SETTINGS)
    text = content if isinstance(content, Finding) else decode(settings, content)
    data = None if isinstance(text, Finding) else read_json(text).data
    if not isinstance(data, dict):
        return
    for key, part in _NAMED.items():
        name = data.get(key)
        if isinstance(name, str) and name and (found := _found(folder, name, held)) is not None:
            yield part, found


def missing_files(folder: Path, settings: Any, held: Contents = _NOTHING) -> tuple[str, ...]:
    """Returns the keys of a settings.json that name a file that doesn't exist in the folder."""
    named = ((key, settings.get(key)) for key in _NAMED) if isinstance(settings, dict) else ()
    return tuple(key for key, name in named if isinstance(name, str) and name and _found(folder, name, held) is None)


def _found(folder: Path, name: str, held: Contents) -> Path | None:
    # paconn takes names relative to its current folder, which may have been the folder above.
    place = Place.whole(Text(folder, ""))
    paths = (inside(folder, one, place) for one in (name, name.replace("\\", "/").split("/")[-1]))
    found = (path for path in paths if isinstance(path, Path))
    # Before Python 3.14 Path.is_file raises for a name that is too long.
    return next((one for one in found if one.relative_to(folder).as_posix() in held or os.path.isfile(one)), None)  # noqa: PTH113
