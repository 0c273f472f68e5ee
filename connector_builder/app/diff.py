"""Compares two versions of connectors: files and folders, revisions of the repository, or all specs since a revision."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from connector_builder.app.revisions import AtRevision, Revision, split_revision
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, Target, absolute, find_targets
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.checks.changes import Compared, examine_changes
from connector_builder.checks.engine import Checks
from connector_builder.findings import Finding, Severity
from connector_builder.findings.wording import listed
from connector_builder.language import Variables, compile_folder
from connector_builder.language.load import MAIN, SUFFIXES, is_spec_text
from connector_builder.package.files import definition_name
from connector_builder.package.model import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS, Reading
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT, read_definition, read_package
from connector_builder.platform.data.plain import mapping, text
from connector_builder.source.files import MAX_DOCUMENT

_EMPTY = Reading(None)


class Version(NamedTuple):
    """One side of a comparison: its name for people, and what was read. `part` is its name among several connectors of one path."""

    name: str
    kind: str
    reading: Reading
    part: str = ""

    @property
    def title(self) -> str:
        """Returns the title of the connector, in small letters; empty if it has none."""
        package = self.reading.package
        return (
            text(mapping(mapping(package.definition).get("info")).get("title")).casefold()
            if package is not None
            else ""
        )

    @property
    def errors(self) -> list[Finding]:
        """Returns why it can't be read."""
        if self.reading.package is not None:
            return []
        return [one for one in self.reading.findings if one.rule.severity is Severity.ERROR]


_NONE = Version("", "", _EMPTY)
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
    before, after = _versions(old, variables), _versions(new, variables)
    refuse_unused(variables, [side.reading.variables for side in (*before, *after)], all_specs=False)
    if len(before) == len(after) == 1:
        return [Pair(before[0], after[0])]
    if len(before) == 1:
        return [Pair(before[0], _partner(before[0], after, new))]
    if len(after) == 1:
        return [Pair(_partner(after[0], before, old), after[0])]
    return _matched(before, after)


def _partner(one: Version, others: Sequence[Version], path: str) -> Version:
    """Returns the version of the same connector. Raises Misuse if there is none."""
    same = _same(one, others)
    if same is None:
        raise Misuse(
            f"'{path}' contains {len(others)} connectors, and none of them is '{one.name}'",
            f"they are {listed((other.part for other in others), 'and')}",
        )
    return same


def _matched(before: Sequence[Version], after: Sequence[Version]) -> list[Pair]:
    """Returns the pairs of two groups. A connector that is on one side only was added or removed."""
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
        used += [read(one, variables).variables for path in paths for one in _targets_in(path, may_be_none=True)]
    refuse_unused(variables, used, all_specs=False)
    return pairs


def _changed_since(revision: Revision, paths: Sequence[Path], variables: Variables) -> Iterator[Pair]:
    for path in paths:
        start = revision.path_of(path)
        changed = revision.changed(start)
        if not changed:
            continue
        before = set(_targets_at(revision, start))
        here = {revision.path_of(one.path): one for one in _targets_in(path, may_be_none=bool(before))}
        for name in sorted({*here, *before}):
            if any(one == name or one.startswith(f"{name}/") or _is_beside(one, name) for one in changed):
                target = here.get(name)
                new = _NONE if target is None else _on_disk(target, variables)
                yield Pair(_at(revision, name, variables, missing=True), new)


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


def _targets_at(revision: Revision, start: str) -> Iterator[str]:
    """Yields the paths of the specs and packages of a revision."""
    files = revision.files(start)
    folders = {str(PurePosixPath(name).parent) for name in files if PurePosixPath(name).name in (MAIN, DEFINITION)}
    yield from folders
    for name, blob in files.items():
        path = PurePosixPath(name)
        inside = any(str(parent) in folders for parent in path.parents)
        if (
            path.suffix in SUFFIXES
            and not inside
            and blob.size <= MAX_DOCUMENT
            and is_spec_text(revision.content(blob))
        ):
            yield name


def _versions(path: str, variables: Variables) -> list[Version]:
    """Returns the connectors of one side: those of a path, or the one of a revision. Raises Misuse."""
    found = split_revision(path.removeprefix("git:"))
    if found is not None:
        revision = Revision(found[0])
        return [_at(revision, revision.path_of(Path(found[1])), variables)]
    return [version for target in find_targets([Path(path)]) for version in _of_target(target, variables)]


def _of_target(target: Target, variables: Variables) -> list[Version]:
    if target.kind is Kind.SOLUTION:
        from connector_builder.sources.solution.checking import readings  # other targets don't need it

        found = [(one, one.package.name) for one in readings(target.path, target.part) if one.package is not None]
        if found:
            several = len(found) > 1
            return [
                Version(f"{target}: {name}" if several else str(target), target.kind, one, name) for one, name in found
            ]
    return [_on_disk(target, variables)]


def _on_disk(target: Target, variables: Variables) -> Version:
    return Version(str(target), target.kind, read(target, variables), target.path.stem)


def _at(revision: Revision, path: str, variables: Variables, *, missing: bool = False) -> Version:
    """Reads a spec, a package or a definition of a revision. With `missing`, it may not exist."""
    name = f"{revision.name}:{path}"
    files = revision.files(path)
    if not files:
        if missing:
            return _NONE
        raise Misuse(f"there is no file or folder '{path}' in '{revision.name}'")
    if path in files:
        return _file_at(revision, path, name, variables)
    folder = AtRevision(revision, path)
    if MAIN in folder.files:
        return Version(name, Kind.SPEC, compile_folder(folder, MAIN, variables))
    return Version(name, Kind.PACKAGE, _package_at(folder, name))


def _file_at(revision: Revision, path: str, name: str, variables: Variables) -> Version:
    file = PurePosixPath(path)
    folder = AtRevision(revision, "" if str(file.parent) == "." else str(file.parent))
    content = folder.read(file.name, MAX_DOCUMENT)
    if isinstance(content, Finding):
        raise Misuse(f"'{name}' can't be read: {content.message}", content.help)
    if file.name == MAIN or (file.suffix.lower() in SUFFIXES and is_spec_text(content)):
        return Version(name, Kind.SPEC, compile_folder(folder, file.name, variables))
    if file.name in (DEFINITION, PROPERTIES):
        return Version(name, Kind.PACKAGE, _package_at(folder, name))
    shown = Path(f"{revision.name}:{path}")
    return Version(name, Kind.DEFINITION, read_definition(shown, {absolute(shown): content}))


def _package_at(folder: AtRevision, name: str) -> Reading:
    here = [one for one in folder.files if "/" not in one]
    definition = definition_name(here)
    named = {DEFINITION: definition, PROPERTIES: PROPERTIES, SETTINGS: SETTINGS}
    held = {}
    for default, one in named.items():
        content = folder.read(one, MAX_DOCUMENT) if one in folder.files else None
        if isinstance(content, bytes):
            held[absolute(folder.path / default)] = content
    if not held:
        raise Misuse(f"'{name}' contains neither a spec nor a package", "name one of the connectors in it")
    reading = read_package(folder.path, held)
    if reading.package is not None:
        script, icon = folder.read(SCRIPT, MAX_SCRIPT), folder.read(ICON, MAX_ICON)
        reading.package = replace(
            reading.package,
            script=script if isinstance(script, bytes) else None,
            icon=icon if isinstance(icon, bytes) else None,
        )
    return reading
