"""Renders settings.json, which tells paconn how to deploy a package, and keeps what paconn and the user wrote there.

paconn 0.0.21 treats null, an empty text and an absent key alike: it asks for the environment and the connector, and
sends no icon or script. After `create` it writes connectorId, environment, apiProperties, apiDefinition, icon (null
without one), powerAppsUrl, powerAppsApiVersion, and script if it is set; it drops all other keys.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Place
from connector_builder.package import ICON, SCRIPT, SETTINGS, json_bytes
from connector_builder.source.files import decode
from connector_builder.source.json_reader import read_json
from connector_builder.source.rules import FILE_NOT_READABLE

DEFAULTS = {
    "connectorId": None,
    "environment": "",
    "apiProperties": None,
    "apiDefinition": None,
    "icon": None,
    "script": None,
    "powerAppsUrl": "https://api.powerapps.com",
    "powerAppsApiVersion": "2016-11-01",
}
"""The keys in the order in which they are written; the names of files come with the package."""

_OPTIONAL = {"icon": ICON, "script": SCRIPT}
_HOME = ("environment", "powerAppsUrl")  # a connectorId belongs to these


class Settings(NamedTuple):
    """A settings.json as data and as bytes, and notes for the user."""

    data: dict[str, Any]
    content: bytes
    notes: tuple[str, ...] = ()


def merge_settings(given: Mapping[str, Any], existing: bytes | None, files: Mapping[str, str]) -> Settings | Finding:
    """Returns the new settings.json; a finding (its text has that name) if the existing one can't be read.

    Args:
        given: the values in the spec; one that isn't empty wins.
        existing: the content of the existing file. Its values come next; if they are complete, it stays byte for byte.
        files: the names of the package's files by their keys: apiProperties, apiDefinition, and icon and script if they
            exist.
    """
    before: dict[str, Any] | Finding = {} if existing is None else _read(existing)
    if isinstance(before, Finding):
        help_ = "mend it, or remove it: a build writes a new one"
        return FILE_NOT_READABLE.at(before.place, f"{SETTINGS} can't be read: {before.message}", help=help_)
    more = (key for key, value in given.items() if not _empty(value))
    data = {key: _choose(key, given, before, files) for key in (*DEFAULTS, *before, *more)}
    for key in _OPTIONAL:
        if data[key] is None and before.get(key, "") is not None:
            del data[key]
    notes = _drop_connector(data, given, before)
    if existing is not None and existing.isascii() and data == before:
        return Settings(data, existing, notes)
    return Settings(data, json_bytes(data), notes)


def _read(content: bytes) -> dict[str, Any] | Finding:
    text = decode(Path(SETTINGS), content)
    if isinstance(text, Finding):
        return text
    document = read_json(text)
    if document.findings:
        return document.findings[0]
    return (
        document.data
        if isinstance(document.data, dict)
        else FILE_NOT_READABLE.at(Place.whole(text), "an object is expected")
    )


def _choose(key: str, given: Mapping[str, Any], before: Mapping[str, Any], files: Mapping[str, str]) -> Any:
    """Returns the first value that isn't empty: of the spec, the file, or the package. Else the file's empty value."""
    new, old = given.get(key), before.get(key)
    if not _empty(new):
        return new
    if key in _OPTIONAL and key not in files and old == _OPTIONAL[key]:
        return None  # an earlier build named a file that the package no longer contains
    if not _empty(old):
        return old
    default = files.get(key, DEFAULTS.get(key))
    return old if _empty(default) and key in before else default


def _drop_connector(data: dict[str, Any], given: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[str, ...]:
    """Empties a connectorId if the spec now sends paconn to another environment or address. Returns a note about it."""
    connector = before.get("connectorId")
    changed = [
        key for key in _HOME if not _empty(given.get(key)) and _differ(given[key], before.get(key), DEFAULTS[key])
    ]
    if not changed or _empty(connector) or not _empty(given.get("connectorId")):
        return ()
    data["connectorId"] = None
    keys = " and ".join(changed)
    return (
        f"connectorId '{connector}' is dropped from {SETTINGS}: the spec changes {keys}, and it belongs to the earlier one",
    )


def _differ(new: Any, old: Any, default: Any) -> bool:
    """Checks whether two environments or addresses differ in more than case or a final slash.

    An unknown one doesn't.
    """
    if _empty(old):
        old = default
    return not _empty(old) and str(new).rstrip("/").casefold() != str(old).rstrip("/").casefold()


def _empty(value: Any) -> bool:
    return value is None or value == ""
