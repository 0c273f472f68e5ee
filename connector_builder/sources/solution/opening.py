"""Finds the solution that a path means: an archive itself, or the one with the connector inside a package for certification."""

from pathlib import Path

from connector_builder.sources.solution.archive import Archive, Content, Refused, open_archive
from connector_builder.sources.solution.model import Entry, Read
from connector_builder.sources.solution.reading import is_solution, read_solution

_DEPTH = 3


def open_solution(path: Path, content: Content = None) -> Read:
    """Returns the solution at a path. Raises Refused if there is none, or it has no connector."""
    return solution_in(open_archive(path, content))


def solution_in(archive: Archive) -> Read:
    """Returns the solution in an archive. Raises Refused if there is none, or it has no connector."""
    if is_solution(archive):
        return read_solution(archive)
    found = list(_inside(archive, _DEPTH))
    if not found:
        return read_solution(archive)  # which says what is missing
    reads, refused = [], []
    for one in found:
        try:
            reads.append(read_solution(one))
        except Refused as error:
            refused.append(error)
    if not reads:
        raise refused[0]
    return next((one for one in reads if not one.workflows and not one.plugin), reads[0])


def _inside(archive: Archive, depth: int) -> list[Archive]:
    """Returns the solutions in the zips of an archive, and in the zips of those: a package for certification has them so."""
    found: list[Archive] = []
    for name in archive.names:
        if not name.lower().endswith(".zip"):
            continue
        inner = archive.nested(name)
        if is_solution(inner):
            found.append(inner)
        elif depth > 1:
            found += _inside(inner, depth - 1)
    return found


def entry_of(read: Read, name: str) -> Entry:
    """Returns the connector with a name; the only one for an empty name. Raises Refused."""
    found = [one for one in read.connectors if one.name == name or not name]
    if len(found) != 1:
        names = ", ".join(f"'{one.name}'" for one in read.connectors)
        raise Refused(read.archive.path, f"the solution has {len(read.connectors)} connectors: {names}", "name one")
    return found[0]


def names_in(path: Path, content: bytes | None = None) -> list[str]:
    """Returns the names of the connectors of a solution; none if it can't be read, which `open_solution` then says."""
    try:
        return [one.name for one in open_solution(path, content).connectors]
    except Refused:
        return []
