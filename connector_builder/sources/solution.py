"""The files that an unpacked solution has beside a connector's definition, which aren't read yet.

A solution names them after the connector, such as `Connectors/contoso_orders_connectionparameters.json`
(https://learn.microsoft.com/en-us/power-platform/alm/solution-packager-tool).
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from connector_builder.findings import Finding, Place, Text
from connector_builder.package import ICON, SCRIPT
from connector_builder.package.files import MAX_FILES
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.rules import PART_LEFT_OUT

_DEFINITION = "_openapidefinition.json"
_IN_PROPERTIES = {
    "_connectionparameters.json": "connectionParameters",
    "_connectionparametersets.json": "connectionParameterSets",
    "_policytemplateinstances.json": "policyTemplateInstances",
}
_FILES = {"_customcodeblobcontent.csx": SCRIPT, "_iconblob.png": ICON}
_EMPTY = (b"", b"{}", b"[]", b"null")


def left_out_beside(definition: Path) -> Iterator[Finding]:
    """Yields a finding for each file of a solution that is beside this definition and has something in it."""
    if not definition.name.lower().endswith(_DEFINITION):
        return
    connector = definition.name[: -len(_DEFINITION)].lower()
    for path in _files(definition.parent):
        suffix = path.name.lower().removeprefix(connector) if path.name.lower().startswith(connector) else ""
        if (suffix in _IN_PROPERTIES or suffix in _FILES) and not _is_empty(path):
            cure = (
                f"copy it as '{_FILES[suffix]}' into a folder with the definition"
                if suffix in _FILES
                else f"write it as '{_IN_PROPERTIES[suffix]}' into an apiProperties.json in a folder with the definition"
            )
            message = f"'{path.name}' belongs to this connector, and isn't imported"
            yield PART_LEFT_OUT.at(Place(Text(path, ""), 0, 0), message, help=f"{cure}, and import that folder")


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
