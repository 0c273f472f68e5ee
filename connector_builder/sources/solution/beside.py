"""The files that an unpacked solution has beside a connector's definition, where that is imported alone.

A solution names them after the connector, such as `Connectors/contoso_orders_connectionparameters.json`
(https://learn.microsoft.com/en-us/power-platform/alm/solution-packager-tool).
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from connector_builder.findings import Finding, Place, Text
from connector_builder.package.files import MAX_FILES
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.rules import PART_LEFT_OUT
from connector_builder.sources.solution_files import DEFINITION, SUFFIXES

_DEFINITION = f"_{DEFINITION}.json"
_PARTS = frozenset(f"_{kind}.{suffix}".lower() for kind, suffix in SUFFIXES.items() if kind != DEFINITION)
_EMPTY = (b"", b"{}", b"[]", b"null")


def left_out_beside(definition: Path) -> Iterator[Finding]:
    """Yields a finding for each file of a solution that is beside this definition and has something in it."""
    if not definition.name.lower().endswith(_DEFINITION):
        return
    connector = definition.name[: -len(_DEFINITION)].lower()
    for path in _files(definition.parent):
        suffix = path.name.lower().removeprefix(connector) if path.name.lower().startswith(connector) else ""
        if suffix in _PARTS and not _is_empty(path):
            message = f"'{path.name}' belongs to this connector, and isn't imported"
            yield PART_LEFT_OUT.at(Place(Text(path, ""), 0, 0), message, help="leave out --from to import it too")


def _files(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in islice(entries, MAX_FILES) if entry.is_file())
    except (OSError, ValueError):
        return []


def _is_empty(path: Path) -> bool:
    """Whether a file says nothing; one that can't be read may say something."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_DOCUMENT).strip(b"\xef\xbb\xbf \t\r\n") in _EMPTY
    except OSError:
        return False
