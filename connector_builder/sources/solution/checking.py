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
from connector_builder.sources.solution.archive import Content, Refused, open_archive
from connector_builder.sources.solution.documents import parsed_file, properties_of, shown, strictly
from connector_builder.sources.solution.model import Entry, Read
from connector_builder.sources.solution.opening import open_solution
from connector_builder.sources.solution.submission import check_submission, is_submission
from connector_builder.sources.solution_rules import (
    SOLUTION_NOT_READABLE,
    SOLUTION_OF_ENVIRONMENT,
    SOLUTION_PART_MISSING,
)

_OWN_LEVELS = 2
"""The levels of apiProperties that are in no file: `properties`, and its keys."""


def readings(path: Path, part: str = "", content: Content = None) -> Iterator[Reading]:
    """Yields what is read of a solution, unpacked or not, or of a submission: of the whole, then of each connector.

    With `part`, it is the connector of that name alone. `content` is what counts in place of what is at the path.
    """
    try:
        archive = open_archive(path, content)
        found = list(check_submission(archive)) if is_submission(archive) else []
        if found:
            yield Reading(None, found)
        read = open_solution(path, content) if not found or _is_readable(path, content) else None
        for entry in read.connectors if read is not None else ():
            if not part or entry.name == part:
                yield _reading(read, entry, path)  # type: ignore[arg-type]
    except Refused as error:
        yield Reading(None, [_refused(error)])


def _is_readable(path: Path, content: Content) -> bool:
    """Checks whether the connector of a submission can be read although its package has findings."""
    try:
        open_solution(path, content)
    except Refused:
        return False
    return True


def _refused(error: Refused) -> Finding:
    return SOLUTION_NOT_READABLE.at(error.place, error.message, help=error.help)


def _reading(read: Read, entry: Entry, path: Path) -> Reading:
    """Returns a connector as a package. It isn't complete: a solution has no README and no settings."""
    reading = Reading(None)
    definition = parsed_file(read, entry, parts.DEFINITION, strictly)
    properties = properties_of(read, entry, definition.data, strictly, exported=True)
    for parsed in (definition, properties):
        reading.findings += parsed.findings
        reading.texts += [parsed.text] if parsed.text is not None else []
    documents = {name: one for name, one in ((DEFINITION, definition), (PROPERTIES, properties)) if one.readable}
    package = Package(entry.name, path, definition.data, properties.data, partial(_locate, documents, path))
    package.in_solution = True
    if path.is_dir():  # a zip isn't edited
        package.written = partial(_written, documents)
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


def _locate(
    documents: Mapping[str, Parsed], path: Path, document: str, pointers: Iterable[Pointer]
) -> dict[Pointer, Place]:
    if document in documents:
        return documents[document].places(pointers)
    return dict.fromkeys(pointers, Place(Text(path, ""), 0, 0))


def _written(documents: Mapping[str, Parsed], document: str, pointer: Pointer) -> Written | None:
    """Returns where the author wrote a mapping or a list. Each key of apiProperties is a file of its own."""
    own = _OWN_LEVELS if document == PROPERTIES else 0
    if document not in documents or len(pointer) < own:
        return None
    text = documents[document].places([pointer])[pointer].text
    return Written(text, None, pointer[own:])


def _files(read: Read, entry: Entry, package: Package) -> None:
    if parts.ICON in entry.files:
        package.icon = read.archive.read(entry.files[parts.ICON], MAX_ICON)
        package.icon_place = model.whole(shown(read, entry, parts.ICON))
    if parts.SCRIPT in entry.files:
        content = read.archive.read(entry.files[parts.SCRIPT], MAX_SCRIPT)
        path = shown(read, entry, parts.SCRIPT)
        package.script, package.script_place = content, model.whole(path)
        package.contents[SCRIPT] = Text(path, content.decode("utf-8-sig", "replace"))
