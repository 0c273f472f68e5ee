"""The base of a spec: the package that it was last imported from, committed beside the spec for the next update.

It is `.connector-builder/imports/NAME.json` beside the spec `NAME.yaml` or the folder `NAME`. The text is JSON with one
line for each operation and schema, so that version control stores and shows what changed; it contains no secret. Of
custom code and icon there are only the hashes.
"""

import json
from collections.abc import Mapping
from typing import Any

from connector_builder.output.record import hash_of
from connector_builder.package import ICON, SCRIPT, Package
from connector_builder.package.model import HOUSE
from connector_builder.package.secrets import without_secrets
from connector_builder.secrets import without
from connector_builder.source.names import is_visible

IMPORTS = f"{HOUSE}/imports"
VERSION = 1
SOLUTION, VARIABLES = "solution", "environmentVariables"
"""The keys of what a solution says of a connector beside its documents."""
_LEVELS = 4
"""The levels of the text that get lines of their own: the file, a document, `paths`, and a path."""
_ROOM = 100


def base_name(name: str) -> str:
    """Returns the name of the base of a spec by the spec's name without suffix, relative to the folder of the spec."""
    return f"{IMPORTS}/{name}.json"


def is_base_name(name: str) -> bool:
    """Checks whether a name is that of a base."""
    house, _, file = name.rpartition("/")
    return house == IMPORTS and file.endswith(".json") and is_visible(file)


def base_bytes(package: Package, hashes: Mapping[str, str] | None = None) -> bytes:
    """Returns the base that records a package; `hashes` are those of files that the package lacks, if they are known."""
    base: dict[str, Any] = {"version": VERSION, "definition": package.definition}
    if package.properties is not None:
        base["properties"] = without_secrets(package.properties)
    of_solution = {SOLUTION: package.solution, VARIABLES: package.environment_variables}
    base |= {name: part for name, part in of_solution.items() if part}
    base, _ = without(base)
    base |= dict(hashes or {})
    base |= {name: hash_of(content) for name, content in _files(package) if content is not None}
    return (_lines(base, 0) + "\n").encode("ascii")


def _files(package: Package) -> list[tuple[str, bytes | None]]:
    return [(SCRIPT, package.script), (ICON, package.icon)]


def _lines(value: Any, level: int) -> str:
    """Returns JSON: what is short or deep on one line, the rest with a line for each part."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    if not isinstance(value, dict) or not value or level == _LEVELS or (level and len(text) <= _ROOM):
        return text
    pad = "  " * level
    parts = (f"{pad}  {json.dumps(key, ensure_ascii=True)}: {_lines(part, level + 1)}" for key, part in value.items())
    return "{\n" + ",\n".join(parts) + f"\n{pad}}}"
