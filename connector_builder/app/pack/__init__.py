"""What `pack` does: builds connectors, and packs them as a solution, for certification, or for Microsoft's repository.

A run writes all of its output or none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from connector_builder.app.pack.built import BuiltConnector, Lacking, build_one
from connector_builder.app.pack.github import GITHUB_FILES, github_files
from connector_builder.app.pack.places import UNPACKED_FILES, write_archive, write_folder
from connector_builder.app.pack.submission import submission
from connector_builder.app.pack.together import solution_of
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Target
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.checks.engine import Checked, Checks, examine, fails
from connector_builder.language import Variables
from connector_builder.package import Reading
from connector_builder.render.solution.archive import zip_bytes
from connector_builder.render.solution.files import solution_folder, solution_zip
from connector_builder.render.solution.model import Solution


class Form(StrEnum):
    """What connectors are packed as: the words of `--as`."""

    SOLUTION = "solution"
    UNPACKED = "unpacked"
    CERTIFICATION = "certification"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to pack, and how: `name` is the unique name of the solution, None for that of the specs.

    `flows` is the solution with a flow that certification wants, `independent` says that the publisher is.
    """

    form: Form
    output: Path
    variables: Variables
    checks: Checks
    fail_on: str = "error"
    managed: bool = False
    name: str | None = None
    force: bool = False
    flows: Path | None = None
    independent: bool = False


@dataclass(slots=True)
class Result:
    """What a run did. If `failed`, findings stopped it, and it wrote nothing.

    `files` are the names in the output, and `notes` say what is left to do or to decide.
    """

    checked: Checked = field(default_factory=lambda: Checked([], files=0))
    titles: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    solution: Solution | None = None


def pack(targets: Sequence[Target], wanted: Wanted, *, step: Callable[[str], object] = str) -> Result:
    """Builds specs and packages, and packs them. `step` is called with the name of each that is built.

    Raises Misuse for what can't be packed so, and OutputError.
    """
    _refuse(wanted, targets)
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
    refuse_unused(wanted.variables, used, all_specs=False)
    if not result.failed:
        result.titles = [one.title for one in built]
        if wanted.form is not Form.GITHUB:
            result.solution, result.notes = solution_of(built, name=wanted.name, managed=wanted.managed)
        _WRITERS[wanted.form](built, wanted, result)
    result.checked.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return result


def _solution(_: Sequence[BuiltConnector], wanted: Wanted, result: Result) -> None:
    assert result.solution is not None
    contents = solution_zip(result.solution)
    write_archive(wanted.output, zip_bytes(contents))
    result.files = list(contents)


def _unpacked(_: Sequence[BuiltConnector], wanted: Wanted, result: Result) -> None:
    assert result.solution is not None
    contents = solution_folder(result.solution)
    write_folder(wanted.output, contents, UNPACKED_FILES, force=wanted.force)
    result.files = list(contents)


def _certification(built: Sequence[BuiltConnector], wanted: Wanted, result: Result) -> None:
    assert result.solution is not None
    assert wanted.flows is not None
    contents, findings = submission(built[0], result.solution, wanted.flows, wanted.output)
    checked = examine(Reading(None, findings), wanted.checks, is_spec=False)
    result.checked = Checked([*result.checked.diagnostics, *checked.diagnostics], result.checked.files + 1)
    result.failed = fails(checked.diagnostics, wanted.fail_on)
    if not result.failed:
        write_archive(wanted.output, zip_bytes(contents))
        result.files = list(contents)


def _github(built: Sequence[BuiltConnector], wanted: Wanted, result: Result) -> None:
    contents, result.notes = github_files(built[0], independent=wanted.independent)
    write_folder(wanted.output, contents, GITHUB_FILES, force=wanted.force)
    result.files = list(contents)


_WRITERS: dict[Form, Callable[[Sequence[BuiltConnector], Wanted, Result], None]] = {
    Form.SOLUTION: _solution,
    Form.UNPACKED: _unpacked,
    Form.CERTIFICATION: _certification,
    Form.GITHUB: _github,
}


def _refuse(wanted: Wanted, targets: Sequence[Target]) -> None:
    """Raises Misuse for options that don't go together."""
    zipped = wanted.output.suffix.lower() == ".zip"
    if wanted.form in (Form.SOLUTION, Form.CERTIFICATION) and not zipped:
        raise Misuse(f"'{wanted.output}' isn't the name of a zip", f"write -o {wanted.output.as_posix()}.zip")
    if wanted.form in (Form.UNPACKED, Form.GITHUB) and zipped:
        raise Misuse(
            f"'{wanted.output}' is the name of a zip, and '--as {wanted.form}' makes a folder", "name a folder"
        )
    if wanted.managed and wanted.form is not Form.SOLUTION:
        cure = "an unpacked one can be packed either way: pac solution pack --packagetype"
        raise Misuse("'--managed' is for a solution", cure)
    if wanted.independent and wanted.form is not Form.GITHUB:
        raise Misuse("'--independent' is for '--as github'", "leave it out")
    if len(targets) > 1 and wanted.form in (Form.CERTIFICATION, Form.GITHUB):
        raise Misuse(f"'--as {wanted.form}' takes one connector, not {len(targets)}", "pack one after the other")
    if wanted.form is Form.CERTIFICATION and wanted.flows is None:
        cure = "build a flow with the connector, export it in an unmanaged solution, and name that: --flows FlowSolution.zip"
        raise Misuse("certification tests a connector by a flow", cure)
    if wanted.form is not Form.CERTIFICATION and wanted.flows is not None:
        raise Misuse("'--flows' is for '--as certification'", "leave it out")
