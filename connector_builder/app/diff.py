"""Compares two versions of connectors: files and folders, revisions of the repository, or all specs since a revision."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from connector_builder.app.revisions import Revision
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Target, find_targets
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.app.versions import Version, targets_at, versions_at, versions_in, versions_of
from connector_builder.checks.changes import Compared, examine_changes
from connector_builder.checks.engine import Checks
from connector_builder.findings.wording import listed
from connector_builder.language import Variables
from connector_builder.language.load import SUFFIXES
from connector_builder.package.model import Reading

_NONE = Version("", "", Reading(None))
"""The side on which a connector doesn't exist."""


class Pair(NamedTuple):
    """Two versions of one connector. One that doesn't exist has an empty name."""

    old: Version
    new: Version

    @property
    def name(self) -> str:
        return self.new.name or self.old.name

    def compared(self, checks: Checks, consumer: str) -> Compared:
        """Returns the changes. Raises Misuse for a side that can't be read."""
        for side in self:
            if side.name and side.reading.package is None:
                why = side.errors[0].message if side.errors else "it contains no connector"
                raise Misuse(f"'{side.name}' can't be compared: {why}", "'connector-builder validate' shows where")
        return examine_changes(self.old.reading, self.new.reading, checks, consumer=consumer)


def pairs_of(old: str, new: str, variables: Variables) -> list[Pair]:
    """Returns two versions of each connector. Each side is a path, or `REV:PATH`.

    Connectors of a folder or a solution are compared by their names there, or else by their titles. Where one side has one
    connector, the others of the other side don't count. Raises Misuse, also for a variable that none uses.
    """
    before, after = versions_of(old, variables), versions_of(new, variables)
    refuse_unused(variables, [side.reading.variables for side in (*before, *after)], all_specs=False)
    if len(before) == 1 < len(after):
        return [Pair(before[0], _partner(before[0], after, new))]
    if len(after) == 1 < len(before):
        return [Pair(_partner(after[0], before, old), after[0])]
    return _paired(before, after)


def _partner(one: Version, others: Sequence[Version], path: str) -> Version:
    """Returns the version of the same connector. Raises Misuse if there is none."""
    same = _same(one, others)
    if same is None:
        raise Misuse(
            f"'{path}' contains {len(others)} connectors, and none of them is '{one.name}'",
            f"they are {listed((other.part for other in others), 'and')}",
        )
    return same


def _paired(before: Sequence[Version], after: Sequence[Version]) -> list[Pair]:
    """Returns the pairs of two groups. A connector that is on one side only was added or removed."""
    if len(before) == len(after) == 1:
        return [Pair(before[0], after[0])]
    left = list(after)
    pairs = []
    for one in before:
        same = _same(one, left)
        pairs.append(Pair(one, same or _NONE))
        if same is not None:
            left.remove(same)
    return pairs + [Pair(_NONE, one) for one in left]


def _same(one: Version, others: Sequence[Version]) -> Version | None:
    """Returns the version with the same name, or else the only one with the same title."""
    by_name = [other for other in others if other.part == one.part]
    by_title = [other for other in others if other.title and other.title == one.title]
    return next((found[0] for found in (by_name, by_title) if len(found) == 1), None)


def pairs_since(base: str, paths: Sequence[Path], variables: Variables) -> list[Pair]:
    """Returns the specs and packages below some paths that changed since a revision, also those that were removed.

    Raises Misuse.
    """
    pairs = list(_changed_since(Revision(base), paths, variables))
    used = [side.reading.variables for pair in pairs for side in pair]
    # A variable may be one of a spec that didn't change, which is read only to know that.
    if not all(any(some is None or name in some for some in used) for name in variables.given):
        targets = [one for path in paths for one in _targets_in(path, may_be_none=True)]
        used += [side.reading.variables for one in targets for side in versions_in(one, variables)]
    refuse_unused(variables, used, all_specs=False)
    return pairs


def _changed_since(revision: Revision, paths: Sequence[Path], variables: Variables) -> Iterator[Pair]:
    for path in paths:
        start = revision.path_of(path)
        changed = revision.changed(start)
        if not changed:
            continue
        before = set(targets_at(revision, start))
        here = {revision.path_of(one.path): one for one in _targets_in(path, may_be_none=bool(before))}
        for name in sorted({*here, *before}):
            if any(one == name or one.startswith(f"{name}/") or _is_beside(one, name) for one in changed):
                target = here.get(name)
                old = versions_at(revision, name, variables, missing=True)
                yield from _paired(old, [] if target is None else versions_in(target, variables))


def _targets_in(path: Path, *, may_be_none: bool) -> list[Target]:
    """Returns the specs and packages that a path stands for; with `may_be_none`, all of them may have been removed."""
    try:
        return find_targets([path]) if os.path.lexists(path) else []
    except Misuse:
        if may_be_none:
            return []
        raise


def _is_beside(changed: str, name: str) -> bool:
    """Checks whether a changed file may be one that a single-file spec names: it lies below the spec's folder."""
    path = PurePosixPath(name)
    return (
        path.suffix in SUFFIXES
        and PurePosixPath(changed).suffix not in SUFFIXES
        and changed.startswith(f"{path.parent}/")
    )
