"""Finds packages whose spec is gone.

If the spec was only renamed, the deployed connector's id moves to the new package.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.output import read, recorded_slugs
from connector_builder.output.record import json_value
from connector_builder.package import DEFINITION, SETTINGS


class Orphan(NamedTuple):
    """A package that a whole build will remove, with the id of its deployed connector and its settings.json."""

    slug: str
    title: str
    connector: str
    settings: bytes


def orphans(output: Path, slugs: Collection[str]) -> list[Orphan]:
    """Returns the recorded packages that aren't in `slugs` and have a connector id in their settings.json.

    Raises OutputError if the output folder can't be read.
    """
    found = []
    for slug in recorded_slugs(output):
        settings = None if slug in slugs else read(output, slug, SETTINGS)
        if settings is None:
            continue
        connector = _at(json_value(output / slug / SETTINGS, settings), "connectorId")
        if isinstance(connector, str) and connector:
            definition = json_value(output / slug / DEFINITION, read(output, slug, DEFINITION) or b"")
            title = _at(_at(definition, "info"), "title")
            found.append(Orphan(slug, title if isinstance(title, str) else slug, connector, settings))
    return found


def inherited(title: str, among: Iterable[Orphan]) -> Orphan | None:
    """Returns the package that a new one with this title continues; None if none or several have the title."""
    same = [one for one in among if one.title == title]
    return same[0] if len(same) == 1 else None


def moved(orphan: Orphan) -> str:
    """Returns the note that a package continues another."""
    return f"continues '{orphan.slug}', whose spec is gone: its settings.json with connectorId '{orphan.connector}' moved here"


def dropped(orphan: Orphan) -> str:
    """Returns the note that the id of a deployed connector is lost, and how to keep it."""
    return (
        f"'{orphan.slug}' was removed with connectorId '{orphan.connector}'. If another package continues this connector, "
        f"write the id into its {SETTINGS}, so that 'paconn update' finds it"
    )


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
