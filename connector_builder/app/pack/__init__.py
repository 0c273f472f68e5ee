"""What `pack` does: builds connectors, and packs them as a solution, for certification, or for Microsoft's repository.

A run writes all of its output or none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from connector_builder.app.misuse import Misuse
from connector_builder.app.pack.built import BuiltConnector, Lacking, build_one
from connector_builder.app.pack.places import write_archive, write_folder
from connector_builder.app.pack.together import solution_of
from connector_builder.app.targets import Target
from connector_builder.app.variables import refuse_unused
from connector_builder.checks.engine import Checked, Checks
from connector_builder.language import Variables
from connector_builder.render.solution.archive import zip_bytes
from connector_builder.render.solution.files import solution_folder, solution_zip
from connector_builder.render.solution.model import Solution


class Form(StrEnum):
    """What connectors are packed as: the words of `--as`."""

    SOLUTION = "solution"
    UNPACKED = "unpacked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to pack, and how: `name` is the unique name of the solution, None for that of the specs."""

    form: Form
    output: Path
    variables: Variables
    checks: Checks
    fail_on: str = "error"
    managed: bool = False
    name: str | None = None
    force: bool = False


@dataclass(slots=True)
class Result:
    """What a run did. If `failed`, findings stopped it, and it wrote nothing.

    `files` are the names in the output, and `notes` say what is left to do or to decide.
    """

    checked: Checked = field(default_factory=lambda: Checked(files=0))
    titles: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    solution: Solution | None = None


def pack(targets: Sequence[Target], wanted: Wanted, *, step: Callable[[str], object] = str) -> Result:
    """Builds specs and packages, and packs them. `step` is called with the name of each that is built.

    Raises Misuse for what can't be packed so, and OutputError.
    """
    _refuse(wanted)
    result = Result()
    built: list[BuiltConnector] = []
    used: list[frozenset[str] | None] = []
    for target in targets:
        one = build_one(target, wanted.variables, wanted.checks, wanted.fail_on)
        checked = one.checked
        used.append(checked.variables)
        result.checked.diagnostics.extend(checked.diagnostics)
        result.checked = Checked(result.checked.diagnostics, result.checked.files + checked.files)
        result.failed |= isinstance(one, Lacking)
        if isinstance(one, BuiltConnector):
            built.append(one)
        step(str(target))
    result.checked.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    refuse_unused(wanted.variables, used, all_specs=False)
    if not result.failed:
        result.titles = [one.title for one in built]
        _write(built, wanted, result)
    return result


def _write(built: Sequence[BuiltConnector], wanted: Wanted, result: Result) -> None:
    solution, result.notes = solution_of(built, name=wanted.name, managed=wanted.managed)
    result.solution = solution
    contents = solution_zip(solution) if wanted.form is Form.SOLUTION else solution_folder(solution)
    if wanted.form is Form.SOLUTION:
        write_archive(wanted.output, zip_bytes(contents))
    else:
        write_folder(wanted.output, contents, force=wanted.force)
    result.files = list(contents)


def _refuse(wanted: Wanted) -> None:
    """Raises Misuse for options that don't go together."""
    zipped = wanted.output.suffix.lower() == ".zip"
    if wanted.form is Form.SOLUTION and not zipped:
        raise Misuse(f"'{wanted.output}' isn't the name of a zip", f"write -o {wanted.output.as_posix()}.zip")
    if wanted.form is Form.UNPACKED and zipped:
        raise Misuse(f"'{wanted.output}' is the name of a zip, and an unpacked solution is a folder", "name a folder")
    if wanted.managed and wanted.form is not Form.SOLUTION:
        raise Misuse(
            "'--managed' is for a solution", "an unpacked one can be packed either way: pac solution pack --packagetype"
        )
