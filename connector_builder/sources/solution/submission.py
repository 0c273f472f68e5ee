"""Checks a package for certification, level by level, as Microsoft's script does; but all of it, where the script stops at the first."""

from collections.abc import Iterator

from connector_builder.findings import Finding
from connector_builder.platform.certification.submission import lacking
from connector_builder.sources.solution.archive import Archive, Refused
from connector_builder.sources.solution.model import Read, whole
from connector_builder.sources.solution.reading import is_solution, read_solution
from connector_builder.sources.solution_places import PARAMETERS, POLICIES, SETS
from connector_builder.sources.solution_rules import (
    ASSETS_MISSING,
    CONNECTORS_DIFFER,
    CONTENT_MISSING,
    CONTENT_WRAPPED,
    INTRO_HEADING_MISSING,
    POLICIES_EMPTY,
    SOLUTION_FILES_MISSING,
    SOLUTION_KINDS_MISSING,
    SOLUTION_MANAGED,
    SOLUTION_NOT_READABLE,
    SOLUTIONS_MISSING,
    WORKFLOWS_DIFFER,
)

_TOP = ("[Content_Types].xml", "customizations.xml", "solution.xml")
_EMPTY = 4
"""A file of policies of so many bytes has none."""


def is_submission(archive: Archive) -> bool:
    """Checks whether an archive is a submission, or the package inside one: a zip in it is at the top, or in a folder."""
    return not is_solution(archive) and any(name.lower().endswith((".zip", ".md")) for name in archive.names)


def check_submission(archive: Archive) -> Iterator[Finding]:
    """Yields the findings of a submission, or of its package alone."""
    top = [name for name in archive.names if "/" not in name]
    zips = [name for name in top if name.lower().endswith(".zip")]
    notes = [name for name in top if name.lower().endswith(".md")]
    if not zips and not notes:
        yield from _package(archive, [])
        return
    place = whole(archive.path)
    for folder in _folders(archive):
        help_ = "zip the files, not their folder"
        yield CONTENT_WRAPPED.at(place, f"the submission has the folder '{folder}' at its top", help=help_)
    for found, what in ((notes, "intro.md"), (zips, "package, which is a zip")):
        if len(found) != 1:
            had = f"no {what}" if not found else f"{len(found)} files in place of one {what}"
            yield CONTENT_MISSING.at(place, f"the submission has {had}", help="make it by 'pack --as certification'")
    reads: list[Read] = []
    for name in zips if len(zips) == 1 else ():
        yield from _package(archive.nested(name), reads)
    for name in notes[:1]:
        intro = archive.read(name).decode("utf-8-sig", "replace")
        for message in lacking(intro, credentials=any(map(_signs_in, reads))):
            yield INTRO_HEADING_MISSING.at(whole(archive.shown(name)), message)


def _folders(archive: Archive) -> list[str]:
    return sorted({name.partition("/")[0] for name in archive.names if "/" in name})


def _signs_in(read: Read) -> bool:
    """Checks whether a connector has connection parameters: those of one that has none are `{}`."""
    sizes = [
        len(read.archive.read(one.files[kind]))
        for one in read.connectors
        for kind in (PARAMETERS, SETS)
        if kind in one.files
    ]
    return any(size > _EMPTY for size in sizes)


def _package(archive: Archive, reads: list[Read]) -> Iterator[Finding]:
    """Yields the findings of the package in a submission, and adds its solutions to `reads`."""
    folders = _folders(archive)
    if len(folders) != 1:
        had = "no folder PkgAssets" if not folders else f"{len(folders)} folders in place of one, PkgAssets"
        yield ASSETS_MISSING.at(whole(archive.path), f"the package has {had}", help="put the solutions into PkgAssets")
        return
    [assets] = folders
    place = whole(archive.shown(assets))
    inside = [name for name in archive.below(assets) if name.count("/") == 1]
    deeper = sorted({name.split("/")[1] for name in archive.below(assets) if name.count("/") > 1})
    if deeper:
        yield ASSETS_MISSING.at(
            place, f"{assets} contains the folder '{deeper[0]}'", help="put the solutions beside it"
        )
    zips = [name for name in inside if name.lower().endswith(".zip")]
    for name in zips:
        yield from _solution(archive.nested(name), reads)
    plugin = any(one.plugin for one in reads)
    wanted = 3 if plugin else 2
    if len(zips) != wanted:
        had = {0: "no zip", 1: "1 zip"}.get(len(zips), f"{len(zips)} zips")
        yield SOLUTIONS_MISSING.at(place, f"{assets} contains {had}, and a submission has {wanted}")
    elif len(reads) == len(zips):
        yield from _kinds(archive, assets, reads)


def _solution(archive: Archive, reads: list[Read]) -> Iterator[Finding]:
    """Yields the findings of one solution, and adds it to `reads` if it can be read."""
    place = whole(archive.path)
    missing = [name for name in _TOP if name not in archive.names]
    for name in missing:
        yield SOLUTION_FILES_MISSING.at(place, f"the solution has no '{name}'", help="export the solution again")
    try:
        read = read_solution(archive)
    except Refused as error:
        if not missing:
            yield SOLUTION_NOT_READABLE.at(error.place, error.message, help=error.help)
        return
    reads.append(read)
    yield from _of_kind(read)
    if read.managed == 1:
        yield SOLUTION_MANAGED.at(place, "the solution is managed", help="export it as unmanaged")
    for one in read.connectors:
        if POLICIES in one.files and len(archive.read(one.files[POLICIES]).strip()) <= _EMPTY:
            help_ = "leave out the file and its element"
            yield POLICIES_EMPTY.at(one.place(POLICIES), "the file of policies is empty", help=help_)


def _of_kind(read: Read) -> Iterator[Finding]:
    """Yields the findings about the folders of a solution, which depend on what is in it."""
    folders, place = _folders(read.archive), whole(read.archive.path)
    wanted = [("Connector", "a connector")]
    wanted += [("Workflows", "flows")] if read.workflows else []
    wanted += [(folder, "a plugin") for folder in ("aiplugins", "aipluginoperations") if read.plugin]
    for folder, what in wanted:
        if folder not in folders:
            message = f"the solution has {what}, but no folder '{folder}'"
            yield SOLUTION_FILES_MISSING.at(place, message, help="export the solution again")
    if "Workflows" in folders:
        yield from _flows(read)


def _flows(read: Read) -> Iterator[Finding]:
    place = whole(read.archive.path)
    there = {f"/{name}".lower(): name for name in read.archive.below("Workflows") if name.lower().endswith(".json")}
    named = {name.lower(): name for name in read.flows}
    for lower, name in named.items():
        if lower not in there:
            yield WORKFLOWS_DIFFER.at(place, f"customizations.xml names the flow '{name}', which isn't there")
    if not named.keys() - there.keys():
        for lower, name in there.items():
            if lower not in named:
                yield WORKFLOWS_DIFFER.at(place, f"customizations.xml doesn't name the flow '{name}'")


def _kinds(archive: Archive, assets: str, reads: list[Read]) -> Iterator[Finding]:
    """Yields a finding for each kind of solution that a submission lacks, and for a flow's with another connector."""
    place = whole(archive.shown(assets))
    alone = [one for one in reads if not one.workflows and not one.plugin]
    flows = [one for one in reads if one.workflows and not one.plugin]
    if not alone:
        yield SOLUTION_KINDS_MISSING.at(place, "no solution contains the connector alone")
    if not flows:
        yield SOLUTION_KINDS_MISSING.at(place, "no solution contains the connector and a flow")
    for one in flows if alone else ():
        names = {entry.name.lower() for entry in one.connectors}
        for entry in alone[0].connectors:
            if entry.name.lower() not in names:
                message = f"the solution doesn't contain the connector '{entry.name}'"
                help_ = "import the connector's solution, and build the flow with that connector"
                yield CONNECTORS_DIFFER.at(whole(one.archive.path), message, help=help_)
