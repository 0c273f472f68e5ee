"""Reads the connectors of a solution for a check: as they are, with all findings, and those of the solution itself."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.package import DEFINITION, PROPERTIES, SCRIPT, Package, Reading
from connector_builder.package.origins import Written
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.solutions.environment_variables import variables_in
from connector_builder.platform.solutions.names import belonging
from connector_builder.sources import solution_places as parts
from connector_builder.sources.documents import Parsed
from connector_builder.sources.solution import model
from connector_builder.sources.solution.archive import Archive, Content, Refused, open_archive
from connector_builder.sources.solution.documents import parsed_file, properties_of, shown, strictly
from connector_builder.sources.solution.model import Entry, Read
from connector_builder.sources.solution.opening import solution_in
from connector_builder.sources.solution.submission import check_submission, is_submission
from connector_builder.sources.solution_rules import (
    SOLUTION_NOT_READABLE,
    SOLUTION_OF_ENVIRONMENT,
    SOLUTION_PART_MISSING,
)


def readings(path: Path, part: str = "", content: Content = None) -> Iterator[Reading]:
    """Yields what is read of a solution, unpacked or not, or of a submission: of the whole, then of each connector.

    With `part`, it is the connector of that name alone. `content` counts in place of what is at the path.
    """
    try:
        archive = open_archive(path, content)
        found = list(check_submission(archive)) if is_submission(archive) else []
        if found:
            yield Reading(None, found)
        read = _solution(archive, broken=bool(found))
        if read is not None:
            yield from (_reading(read, one, path) for one in read.connectors if part in ("", one.name))
    except Refused as error:
        yield Reading(None, [_refused(error)])


def _solution(archive: Archive, *, broken: bool) -> Read | None:
    """Returns the solution in an archive; None for a `broken` submission whose connector can't be read."""
    try:
        return solution_in(archive)
    except Refused:
        if not broken:
            raise
    return None


def _refused(error: Refused) -> Finding:
    return SOLUTION_NOT_READABLE.at(error.place, error.message, help=error.help)


def _reading(read: Read, entry: Entry, path: Path) -> Reading:
    """Returns a connector as a package. It isn't complete: a solution has no README and no settings."""
    reading = Reading(None)
    definition = parsed_file(read, entry, parts.DEFINITION, strictly)
    properties, of_parts = properties_of(read, entry, definition.data, strictly, exported=True)
    reading.findings += [*definition.findings, *properties.findings]
    reading.texts += [*([] if definition.text is None else [definition.text]), *of_parts.values()]
    documents = {name: one for name, one in ((DEFINITION, definition), (PROPERTIES, properties)) if one.readable}
    package = Package(entry.name, path, definition.data, properties.data, partial(_locate, documents, path))
    package.in_solution = True
    if path.is_dir():  # nothing in a zip is edited
        package.written = partial(_written, definition.text, of_parts)
    _files(read, entry, package)
    reading.findings += [SOLUTION_PART_MISSING.at(one.place, one.message) for one in entry.missing]
    for key in belonging(mapping(mapping(properties.data).get("properties"))):
        help_ = "leave it out: the platform makes it anew in each environment"
        reading.findings.append(
            SOLUTION_OF_ENVIRONMENT.at(entry.place(), f"'{key}' belongs to one environment", help=help_)
        )
    used = frozenset(variables_in([package.definition, package.properties]))
    package.environment_variables = {name: one for name, one in read.variables.items() if name in used}
    reading.package = package
    return reading


def _written(definition: Text | None, of_parts: Mapping[str, Text], document: str, pointer: Pointer) -> Written | None:
    """Returns the text that a pointer is in: of the definition, or of a part of apiProperties, which is a file of its own."""
    if document == DEFINITION:
        return None if definition is None else Written(definition, None, pointer)
    text = of_parts.get(str(pointer[1])) if len(pointer) > 1 else None
    return None if text is None else Written(text, None, pointer[2:])


def _locate(
    documents: Mapping[str, Parsed], path: Path, document: str, pointers: Iterable[Pointer]
) -> dict[Pointer, Place]:
    if document in documents:
        return documents[document].places(pointers)
    return dict.fromkeys(pointers, Place(Text(path, ""), 0, 0))


def _files(read: Read, entry: Entry, package: Package) -> None:
    if parts.ICON in entry.files:
        package.icon = read.archive.read(entry.files[parts.ICON], MAX_ICON)
        package.icon_place = model.whole(shown(read, entry, parts.ICON))
    if parts.SCRIPT in entry.files:
        content = read.archive.read(entry.files[parts.SCRIPT], MAX_SCRIPT)
        path = shown(read, entry, parts.SCRIPT)
        package.script, package.script_place = content, model.whole(path)
        package.contents[SCRIPT] = Text(path, content.decode("utf-8-sig", "replace"))
