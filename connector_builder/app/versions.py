"""Reads one side of a comparison: the connectors of a path on disk, or of one in a revision of the repository."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from connector_builder.app.revisions import AtRevision, Revision, split_revision
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, Target, absolute, find_targets
from connector_builder.findings import Finding, Severity
from connector_builder.language import Variables, compile_folder
from connector_builder.language.load import MAIN, SUFFIXES, is_spec_text
from connector_builder.package.files import definition_name
from connector_builder.package.model import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS, Reading
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT, read_definition, read_package
from connector_builder.platform.data.plain import mapping, text
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.solution_places import MANIFESTS

_ZIP = ".zip"


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


def versions_of(path: str, variables: Variables) -> list[Version]:
    """Returns the connectors of one side: those of a path, or of `REV:PATH`. Raises Misuse."""
    found = split_revision(path.removeprefix("git:"))
    if found is not None:
        revision = Revision(found[0])
        return versions_at(revision, revision.path_of(Path(found[1])), variables)
    return [version for target in find_targets([Path(path)]) for version in versions_in(target, variables)]


def versions_in(target: Target, variables: Variables) -> list[Version]:
    """Returns the connectors of a target on disk: several only for a solution."""
    if target.kind is Kind.SOLUTION:
        from connector_builder.sources.solution.checking import readings  # other targets don't need it

        found = list(_of_solution(str(target), readings(target.path, target.part)))
        if found:
            return found
    return [Version(str(target), target.kind, read(target, variables), target.path.stem)]


def _of_solution(name: str, readings: Iterable[Reading]) -> Iterator[Version]:
    found = [(one, one.package.name) for one in readings if one.package is not None]
    for reading, part in found:
        yield Version(f"{name}: {part}" if len(found) > 1 else name, Kind.SOLUTION, reading, part)


def versions_at(revision: Revision, path: str, variables: Variables, *, missing: bool = False) -> list[Version]:
    """Returns the connectors of a path of a revision. With `missing`, it may not exist. Raises Misuse."""
    name = f"{revision.name}:{path}"
    files = revision.files(path)
    if not files:
        if missing:
            return []
        raise Misuse(f"there is no file or folder '{path}' in '{revision.name}'")
    if path in files:
        return _file_at(revision, path, name, variables)
    folder = AtRevision(revision, path)
    part = PurePosixPath(path).stem
    if MAIN in folder.files:
        return [Version(name, Kind.SPEC, compile_folder(folder, MAIN, variables), part)]
    if any(one in folder.files for one in MANIFESTS):
        return _solution_at(name, folder.path, folder)
    held = _package_at(folder)
    if held is not None:
        return [Version(name, Kind.PACKAGE, held, part)]
    found = [one for below in sorted(targets_at(revision, path)) for one in versions_at(revision, below, variables)]
    if not found:
        raise Misuse(f"'{name}' contains neither a spec nor a package")
    return found


def targets_at(revision: Revision, start: str) -> Iterator[str]:
    """Yields the paths of the specs, packages and solutions of a revision, as a walk through folders on disk finds them."""
    files = revision.files(start)
    if start in files and start.lower().endswith(_ZIP):
        yield start
    folders = {str(PurePosixPath(name).parent) for name in files if PurePosixPath(name).name in (MAIN, DEFINITION)}
    ends = tuple(f"/{one}" for one in MANIFESTS)
    folders |= {f"/{name}".removesuffix(end)[1:] or "." for name in files for end in ends if f"/{name}".endswith(end)}
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


def _file_at(revision: Revision, path: str, name: str, variables: Variables) -> list[Version]:
    file = PurePosixPath(path)
    folder = AtRevision(revision, "" if str(file.parent) == "." else str(file.parent))
    if file.suffix.lower() == _ZIP:
        return _solution_at(name, folder.path / file.name, folder, file.name)
    content = folder.read(file.name, MAX_DOCUMENT)
    if isinstance(content, Finding):
        raise Misuse(f"'{name}' can't be read: {content.message}", content.help)
    if file.name == MAIN or (file.suffix.lower() in SUFFIXES and is_spec_text(content)):
        return [Version(name, Kind.SPEC, compile_folder(folder, file.name, variables), file.stem)]
    held = _package_at(folder) if file.name in (DEFINITION, PROPERTIES) else None
    if held is not None:
        return [Version(name, Kind.PACKAGE, held, file.stem)]
    shown = Path(f"{revision.name}:{path}")
    return [Version(name, Kind.DEFINITION, read_definition(shown, {absolute(shown): content}), file.stem)]


def _solution_at(name: str, path: Path, folder: AtRevision, zipped: str = "") -> list[Version]:
    """Returns the connectors of a solution: of an unpacked one, or of the zip with this name in the folder."""
    from connector_builder.sources.solution.archive import MAX_ARCHIVE, Unpacked
    from connector_builder.sources.solution.checking import readings

    content = folder.read(zipped, MAX_ARCHIVE) if zipped else Unpacked(folder.files, folder.read)
    if isinstance(content, Finding):
        raise Misuse(f"'{name}' can't be read: {content.message}", content.help)
    every = list(readings(path, content=content))
    found = list(_of_solution(name, every))
    if not found:
        why = next((finding.message for one in every for finding in one.findings), "it contains no connector")
        raise Misuse(f"'{name}' can't be compared: {why}")
    return found


def _package_at(folder: AtRevision) -> Reading | None:
    """Returns the package in a folder of a revision; None if there is none."""
    here = [one for one in folder.files if "/" not in one]
    definition = definition_name(here)
    named = {DEFINITION: definition, PROPERTIES: PROPERTIES, SETTINGS: SETTINGS}
    held = {}
    for default, one in named.items():
        content = folder.read(one, MAX_DOCUMENT) if one in folder.files else None
        if isinstance(content, bytes):
            held[absolute(folder.path / default)] = content
    if not held:
        return None
    reading = read_package(folder.path, held)
    if reading.package is not None:
        script, icon = folder.read(SCRIPT, MAX_SCRIPT), folder.read(ICON, MAX_ICON)
        reading.package = replace(
            reading.package,
            script=script if isinstance(script, bytes) else None,
            icon=icon if isinstance(icon, bytes) else None,
        )
    return reading
