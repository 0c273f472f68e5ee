"""Makes the report of a run, and prints or writes it."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from connector_builder import __version__
from connector_builder.cli import console
from connector_builder.cli.job_summary import write_job_summary
from connector_builder.cli.program import is_verbose
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.report import FORMATS, Outcome, Run
from connector_builder.report.escape import terminal
from connector_builder.secrets import mask, mask_all

if TYPE_CHECKING:
    from connector_builder.app.shared.targets import Target


class Reports(NamedTuple):
    """How to report a run: printed in a format or written to a file, and further files, each with its format."""

    format: str
    output_file: Path | None = None
    further: Sequence[tuple[str, Path]] = ()
    quiet: bool = False


def run_of(
    diagnostics: Sequence[Diagnostic],
    files: int,
    targets: Sequence[Outcome],
    *,
    results: str | None = None,
    said: Sequence[str] = (),
    further: Mapping[str, Any] | None = None,
    brief: bool = False,
    fail_on: str = "error",
    changes: Sequence[Diagnostic] = (),
    fixed: Sequence[Diagnostic] | None = None,
) -> Run:
    """Returns a run of this version in the current folder."""
    from connector_builder.checks.catalogue import CATALOGUE
    from connector_builder.checks.engine import least_failing

    return Run(
        diagnostics,
        files,
        targets,
        results,
        said,
        CATALOGUE,
        __version__,
        Path.cwd(),
        further or {},
        brief=brief,
        fail_on=least_failing(fail_on),
        changes=changes,
        fixed=fixed,
    )


def _without_secrets(run: Run) -> Run:
    """Returns a run whose lines and results contain no secret: names of connectors, operations and versions are texts of authors too.

    What is found has passed the engine's own gate, except for its facts.
    """
    return run._replace(
        diagnostics=[_spared(one) if one.facts or one.pointer else one for one in run.diagnostics],
        targets=[one._replace(result=mask_all(one.result)) for one in run.targets],
        said=mask_all(run.said),
        further=mask_all(run.further),
        markdown=mask(run.markdown),
    )


def _spared(one: Diagnostic) -> Diagnostic:
    facts = tuple((name, mask_all(fact)) for name, fact in one.facts)
    return replace(one, facts=facts, pointer=None if one.pointer is None else mask(one.pointer))


def outcomes(targets: Iterable["Target"]) -> list[Outcome]:
    """Returns the targets of a run that has no results for programs."""
    name = Locator(Path.cwd()).name
    return [Outcome(name(target.path), target.kind) for target in targets]


def show(run: Run, reports: Reports) -> None:
    """Prints a run in its format, or writes it to a file and prints how much was found, and writes the other reports.

    The lines that the command reports follow: on standard output, or on standard error if a program reads standard
    output; never in a file. In CI, the job's summary gets the report too. Raises Misuse if a report can't be written; then none is.
    """
    run = _without_secrets(run)._replace(verbose=is_verbose())
    files = [*reports.further]
    if reports.output_file is not None:
        files.append((reports.format, reports.output_file))
    unsaid = run._replace(said=())
    console.write_files({path: FORMATS[kind](unsaid) for kind, path in files})
    if reports.output_file is None:
        console.out(FORMATS[reports.format](run._replace(colour=console.coloured(sys.stdout))))
    elif not reports.quiet:
        console.say(f"{run.summary}: see '{terminal(str(reports.output_file))}'")
    write_job_summary(unsaid, reports.format, os.environ, {path.resolve() for _, path in files})
    if reports.format != "text" or reports.output_file is not None:
        say: Callable[[str], None] = console.say if reports.format != "text" else lambda line: console.out(f"{line}\n")
        for line in run.said:
            say(line)
