"""Reads and checks one target."""

from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Checked, Checks, examine, joined
from connector_builder.checks.nearness import Measure, measures, notes
from connector_builder.findings import Edit, Place, Text, TextEdit
from connector_builder.language import Variables, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.language.reuse import Reuse
from connector_builder.package.model import DEFINITION, Reading
from connector_builder.package.read import Held, absolute, read_definition, read_package
from connector_builder.package.rules import DOCUMENT_NOT_SWAGGER
from connector_builder.source.folder import Folder, Noting, Over

if TYPE_CHECKING:
    from connector_builder.checks.corrections import OnDemand
    from connector_builder.language.update.amending import Amender


def read(target: Target, variables: Variables, *, reuse: Reuse | None = None, seen: set[Path] | None = None) -> Reading:
    """Reads a package or a definition, or compiles a spec.

    The result contains as much of the package as can be read. `reuse` keeps what reading the files of a spec took, for
    the next time. The paths that a spec is read from are added to `seen`.
    """
    held = _held(target)
    if target.kind is Kind.SPEC:
        folder, main = folder_of(target.path)
        folder = _over(folder, held) if held else folder
        return _amendable(folder if seen is None else Noting(folder, seen), main, variables, reuse)
    if target.kind is Kind.PACKAGE:
        return read_package(target.path, held)
    if target.kind is Kind.SOLUTION:
        return _one_of(target)
    reading = read_definition(target.path, held)
    return _refused(reading, target) or reading


def _one_of(target: Target) -> Reading:
    """Reads the only connector of a solution, or the one that the target names."""
    from connector_builder.sources.solution.checking import readings
    from connector_builder.sources.solution_rules import SOLUTION_NOT_READABLE

    every = list(readings(target.path, target.part, _held(target)))
    whole = [one for one in every if one.package is not None]
    if len(whole) == 1:
        return whole[0]
    if not whole:
        return Reading(None, [finding for one in every for finding in one.findings])
    names = ", ".join(f"'{one.package.name}'" for one in whole if one.package is not None)
    message = f"the solution contains {len(whole)} connectors: {names}"
    place = Place(Text(target.path, ""), 0, 0)
    return Reading(None, [SOLUTION_NOT_READABLE.at(place, message, help="unpack it, and name a file of one")])


def _amendable(folder: Folder, main: str, variables: Variables, reuse: Reuse | None) -> Reading:
    """Compiles a spec. Its package can be amended: the fixes of rules about packages become edits of the spec."""
    reading = compile_folder(folder, main, variables, reuse)
    package = reading.package
    if package is not None:
        makers: list[Amender] = []

        def amend(document: str, edits: tuple[Edit, ...]) -> tuple[TextEdit, ...]:
            if not makers:
                from connector_builder.language.update.amending import Amender  # only fixes require it

                makers.append(Amender(folder, main, package, reading.texts))
            return makers[0].edits(document, edits)

        package.amend = amend
    return reading


def _held(target: Target) -> dict[Path, bytes]:
    return {absolute(file): content for file, content in target.held}


def _over(folder: Folder, held: Held) -> Folder:
    """Returns a folder with what is held over what is on disk."""
    here = absolute(folder.path)
    return Over({file.relative_to(here).as_posix(): content for file, content in held.items()}, folder)


def _refused(reading: Reading, target: Target) -> Reading | None:
    """Returns one finding for a file that isn't Swagger but something else that is known; None for any other."""
    from connector_builder.sources.foreign import cure, foreign  # a package has a definition, whatever is in it

    package = reading.package
    other = foreign(package.definition) if package is not None else None
    if package is None or other is None:
        return None
    place = package.locate(DEFINITION, [other.at])[other.at]
    finding = DOCUMENT_NOT_SWAGGER.at(place, other.message, help=cure(other.kind, target.path))
    return Reading(None, [*reading.findings, finding], reading.texts)


def texts(target: Target, variables: Variables) -> list[Text]:
    """Returns the texts that a target is read from."""
    if target.kind is not Kind.SOLUTION:
        return read(target, variables).texts
    from connector_builder.sources.solution.checking import readings

    return [text for reading in readings(target.path, target.part, _held(target)) for text in reading.texts]


def check(target: Target, variables: Variables, checks: Checks, *, limits: bool = False) -> Checked:
    """Reads and checks a target. It drops the package, so that a thousand targets take no more memory than one.

    With `limits`, it measures how much of the platform's limits the target uses, and notes what is nearly reached.
    """
    if target.kind is Kind.SOLUTION:
        return _check_solution(target, checks, limits=limits)
    reading = read(target, variables)
    measured: list[Measure] = []
    if limits and reading.package is not None:
        measured = measures(reading.package)
        reading.findings += notes(reading.package, measured)
    checked = examine(reading, checks, is_spec=target.kind is Kind.SPEC)
    return checked._replace(limits=tuple(measured))


def check_open(
    target: Target, variables: Variables, checks: Checks, reuse: Reuse, seen: set[Path]
) -> tuple[Checked, "OnDemand"]:
    """Checks a target that an editor has open as `check` does. Returns its corrections too, each made when asked for.

    `reuse` and `seen` are those of `read`.
    """
    from connector_builder.checks.corrections import OnDemand

    if target.kind is Kind.SOLUTION:
        return _check_solution(target, checks, limits=False), OnDemand()
    later = OnDemand()
    reading = read(target, variables, reuse=reuse, seen=seen)
    return examine(reading, checks._replace(fixes=False), is_spec=target.kind is Kind.SPEC, later=later), later


def _check_solution(target: Target, checks: Checks, *, limits: bool) -> Checked:
    """Checks the connectors of a solution one by one, so that each has its own rules and limits."""
    from connector_builder.sources.solution.checking import readings

    every: list[Checked] = []
    measured: list[Measure] = []
    for reading in readings(target.path, target.part, _held(target)):
        if limits and reading.package is not None:
            own = measures(reading.package)
            reading.findings += notes(reading.package, own)
            measured += own
        every.append(examine(reading, checks, is_spec=False))
    return joined(every, tuple(measured))
