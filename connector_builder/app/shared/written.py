"""The gate for what is written: no file that `build` or `import` makes contains a secret, however it got there."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, Package
from connector_builder.secrets import find, secrets_in

_BINARY = (ICON, ".png")


def secrets_written(package: Package, contents: Mapping[str, bytes]) -> list[Finding]:
    """Returns a finding for each secret in the files of a package or a spec, at its place in the author's text."""
    found: list[Finding] = []
    for name, content in contents.items():
        if name.endswith(_BINARY):
            continue
        text = content.decode("utf-8", "replace")
        if name.endswith(".json"):
            found += _in_data(package, name, json.loads(text))
        else:
            found += [_at(_whole(package, name), name, one.message) for one in secrets_in(text)]
    return found


def _in_data(package: Package, name: str, data: Any) -> Iterable[Finding]:
    secrets = find(data)
    if not secrets:
        return
    pointers: list[Pointer] = [one.pointer for one in secrets]
    whole = _whole(package, name)
    places = package.locate(name, pointers) if name in (DEFINITION, PROPERTIES) else dict.fromkeys(pointers, whole)
    for one in secrets:
        yield _at(places[one.pointer], name, one.message)


def _at(place: Place, name: str, message: str) -> Finding:
    place.text.hide(place.start, place.end)
    return SECRET_IN_SPEC.at(place, f"'{name}' would contain a secret: {message}", help="remove it, or write REDACTED")


def _whole(package: Package, name: str) -> Place:
    if name.rpartition("/")[2] == SCRIPT and package.script_place is not None:
        return package.script_place
    return Place(Text(package.source, ""))
