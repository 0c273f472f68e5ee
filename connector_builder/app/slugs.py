"""The names of packages: what a spec is built to, and specs that would be built to the same."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Job, Kind, Target, absolute, is_spec_folder
from connector_builder.findings import Finding, Place, Text
from connector_builder.language.load import MAIN, SUFFIXES, is_spec
from connector_builder.language.rules import SPEC_NAME_TAKEN
from connector_builder.source.names import safe_slug


class Taken(NamedTuple):
    """A spec whose package another spec beside it has too."""

    target: Target
    other: Path
    slug: str

    @property
    def message(self) -> str:
        return f"'{self.target}' and '{self.other.as_posix()}' would both be built to '{self.slug}'"


def jobs_of(targets: Sequence[Target]) -> list[Job]:
    """Returns the targets with their slugs.

    Raises Misuse if two targets have the same slug, or if a spec beside a target has the target's slug.
    """
    by_slug: dict[str, Target] = {}
    for target in targets:
        slug = slug_of(target)
        if slug in by_slug:
            raise _same(f"'{by_slug[slug]}' and '{target}' would both be built to '{slug}'")
        by_slug[slug] = target
    for taken in taken_beside(targets):
        raise _same(taken.message)
    return [Job(target, slug) for slug, target in by_slug.items()]


def slug_of(target: Target) -> str:
    """Returns the name of the folder that a spec is built to."""
    path = absolute(target.path)
    return safe_slug(path.name if path.is_dir() else path.stem)


def taken_beside(targets: Sequence[Target]) -> Iterator[Taken]:
    """Yields the specs beside which another one in the same folder has the same slug."""
    beside: dict[Path, dict[str, list[Path]]] = {}
    for target in targets:
        if target.kind is not Kind.SPEC:
            continue
        path = absolute(target.path)
        if path.parent not in beside:
            beside[path.parent] = _by_slug(path.parent)
        slug = slug_of(target)
        for other in beside[path.parent].get(slug, ()):
            if other.name != path.name and (is_spec_folder(other) or is_spec(other)):
                yield Taken(target, target.path.parent / other.name, slug)


def name_findings(targets: Sequence[Target]) -> Iterator[Finding]:
    """Yields one finding for each two specs that `build` refuses, because their packages would have the same name."""
    told: set[frozenset[Path]] = set()
    for taken in taken_beside(targets):
        pair = frozenset((absolute(taken.target.path), absolute(taken.other)))
        if pair not in told:
            told.add(pair)
            path = taken.target.path / MAIN if taken.target.path.is_dir() else taken.target.path
            yield SPEC_NAME_TAKEN.at(Place(Text(path, ""), 0, 0), taken.message, help="rename one of them")


def _by_slug(folder: Path) -> dict[str, list[Path]]:
    """Returns the folders and YAML files in a folder (those that may be specs), by the slug that each would have."""
    found: dict[str, list[Path]] = {}
    with suppress(OSError):
        for entry in sorted(os.listdir(folder)):  # noqa: PTH208
            path = folder / entry
            if path.is_dir():
                found.setdefault(safe_slug(entry), []).append(path)
            elif path.suffix.lower() in SUFFIXES:
                found.setdefault(safe_slug(path.stem), []).append(path)
    return found


def _same(message: str) -> Misuse:
    return Misuse(message, "rename one of them")
