"""The kind `solution`: the zip of a solution, an unpacked solution, or a package for certification."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.package import DEFINITION, ICON, SCRIPT, Package, Reading
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT
from connector_builder.platform.solutions.environment_variables import SECRET, variables_in
from connector_builder.secrets import without
from connector_builder.secrets.values import KEY_VAULT
from connector_builder.sources import solution_places as parts
from connector_builder.sources.choosing import Candidate
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.input import Input
from connector_builder.sources.reading import read_files
from connector_builder.sources.rules import PART_LEFT_OUT, SECRET_LEFT_OUT
from connector_builder.sources.solution import model
from connector_builder.sources.solution.archive import Refused
from connector_builder.sources.solution.documents import Parse, properties_of, shown, titled
from connector_builder.sources.solution.model import Entry, Read, Said
from connector_builder.sources.solution.opening import entry_of, names_in, open_solution
from connector_builder.sources.solution.reading import guid_of, row_of
from connector_builder.sources.solution_places import solution_folder, solution_of_file
from connector_builder.sources.subset import candidates, chosen_only

_LIMITS = {parts.ICON: MAX_ICON, parts.SCRIPT: MAX_SCRIPT}


class _Solution:
    described = "a solution"
    mark = "a solution is a zip with solution.xml, or a folder with Other/Solution.xml"
    suffixes = (".zip",)

    def in_folder(self, folder: Path) -> Path | None:
        return solution_folder(folder)

    def of_file(self, file: Path) -> Path | None:
        return solution_of_file(file)

    def recognises(self, content: bytes) -> bool:
        # The names of a zip's entries are in it as they are. The content has no null bytes, so that it can't be opened.
        return content.startswith(b"PK") and any(
            mark in content for mark in (b"solution.xml", b".zip", b"customizations.xml")
        )

    def parts(self, path: Path, content: bytes | None = None) -> list[str]:
        """Returns the names of the connectors; none if the solution can't be read."""
        return names_in(path, content)

    def parse(self, given: Input) -> Parsed:
        """Returns no data: which of the definitions is meant is known when operations are chosen or read."""
        return Parsed(given.path)

    def candidates(self, given: Input) -> list[Candidate]:
        try:
            read = open_solution(given.path, given.content)
            entry = entry_of(read, given.wishes.part)
            return candidates(_definition(read, entry, repair=given.repair).data)
        except Refused:
            return []

    def read(self, given: Input) -> Reading:
        try:
            read = open_solution(given.path, given.content)
            return _read(read, entry_of(read, given.wishes.part), given)
        except Refused as error:
            return Reading(None, [NOT_IMPORTABLE.at(error.place, error.message, help=error.help)])


def _definition(read: Read, entry: Entry, *, repair: bool) -> Parsed:
    content = read.archive.read(entry.files[parts.DEFINITION])
    return parse(shown(read, entry, parts.DEFINITION), repair=repair, content=content)


def _read(read: Read, entry: Entry, given: Input) -> Reading:
    held = {
        shown(read, entry, kind): read.archive.read(entry.files[kind], _LIMITS[kind])
        for kind in (parts.ICON, parts.SCRIPT)
        if kind in entry.files
    }
    files = {DEFINITION: shown(read, entry, parts.DEFINITION)}
    files |= {
        name: shown(read, entry, kind)
        for name, kind in ((ICON, parts.ICON), (SCRIPT, parts.SCRIPT))
        if kind in entry.files
    }
    told: list[Said] = []

    def convert(parsed: Parsed) -> Converted:
        named, said = titled(entry, parsed)
        told.extend(said)
        made = chosen_only(named, given.wishes)
        properties = properties_of(read, entry, named.data, _parse(given.repair), exported=False).parsed
        return replace(made, properties=properties, findings=[*made.findings, *properties.findings])

    reading = read_files(
        given.path,
        files,
        entry.name,
        repair=given.repair,
        convert=convert,
        parsed=_definition(read, entry, repair=given.repair),
        held=held,
    )
    reading.findings += _said([*told, *entry.missing, *entry.said, *read.said, *_about(read)])
    if reading.package is not None:
        reading.findings += _complete(read, entry, reading.package)
    return reading


def _parse(repair: bool) -> Parse:
    return lambda path, content: parse(path, repair=repair, content=content)


def _about(read: Read) -> list[Said]:
    if read.managed == 1:
        message = "the solution is managed, which a spec doesn't say"
        return [Said(model.whole(read.archive.path), message, "add --managed when you pack it")]
    return []


def _said(told: list[Said]) -> list[Finding]:
    return [PART_LEFT_OUT.at(one.place, one.message, help=one.help) for one in told]


def _complete(read: Read, entry: Entry, package: Package) -> list[Finding]:
    """Adds to a package what its documents have no place for. Returns findings about what isn't imported."""
    package.without_icon = package.icon is None
    facts: dict[str, Any] = dict(read.facts)
    facts |= {key: value for key, value in (("connectorName", row_of(entry)), ("connectorId", guid_of(entry))) if value}
    if not row_of(entry):
        message = f"'{entry.name[:80]}' can't be kept as the name of the connector: another is derived"
        return [PART_LEFT_OUT.at(entry.place(), message)]
    package.solution = facts
    used = set(variables_in([package.definition, package.properties]))
    findings = []
    for name, variable in read.variables.items():
        if name not in used:
            continue
        kept, found = without(variable)
        default = kept.get("default")
        if found or (kept["type"] == SECRET and default is not None and not KEY_VAULT.fullmatch(default)):
            kept = {key: value for key, value in kept.items() if key != "default"}
            message = f"the default of the environment variable '{name}' isn't imported: it is a secret"
            findings.append(SECRET_LEFT_OUT.at(model.whole(read.archive.path), message))
        package.environment_variables[name] = kept
    return [*findings, *_unused(read, used)]


def _unused(read: Read, used: set[str]) -> list[Finding]:
    others = [name for name in read.variables if name not in used]
    if not others or len(read.connectors) > 1:
        return []  # another connector may use them, and its import says the same
    listed = ", ".join(f"'{name}'" for name in others[:5]) + (" …" if len(others) > 5 else "")
    message = f"the connector uses none of the environment variables {listed}: they aren't imported"
    return _said([Said(model.whole(read.archive.path), message)])


READER = _Solution()
