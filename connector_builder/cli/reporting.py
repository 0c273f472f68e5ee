"""Makes the report of a run, and prints or writes it."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder import __version__
from connector_builder.cli import console
from connector_builder.cli.program import is_verbose
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.report import FORMATS, Outcome, Run
from connector_builder.report.escape import terminal

if TYPE_CHECKING:
    from connector_builder.app.targets import Target


def run_of(
    diagnostics: Sequence[Diagnostic],
    files: int,
    targets: Sequence[Outcome],
    *,
    results: str | None = None,
    said: Sequence[str] = (),
    further: Mapping[str, Any] | None = None,
    brief: bool = False,
) -> Run:
    """Returns a run of this version in the current folder."""
    from connector_builder.checks.catalogue import CATALOGUE

    return Run(
        diagnostics, files, targets, results, said, CATALOGUE, __version__, Path.cwd(), further or {}, brief=brief
    )


def outcomes(targets: Iterable["Target"]) -> list[Outcome]:
    """Returns the targets of a run that has no results for programs."""
    name = Locator(Path.cwd()).name
    return [Outcome(name(target.path), target.kind) for target in targets]


def show(run: Run, format: str, output_file: Path | None = None, *, quiet: bool = False) -> None:
    """Prints a run in the format, or writes it to a file and prints how much was found.

    The lines that the command reports follow: on standard output, or on standard error if a program reads standard
    output; never in the file. Raises Misuse if the report can't be written.
    """
    run = replace(run, verbose=is_verbose())
    if output_file is None:
        run = replace(run, colour=console.coloured(sys.stdout))
        console.out(FORMATS[format](run))
    else:
        console.write_file(output_file, FORMATS[format](replace(run, said=())))
        if not quiet:
            console.say(f"{run.summary}: see '{terminal(str(output_file))}'")
    if format != "text" or output_file is not None:
        say: Callable[[str], None] = console.say if format != "text" else lambda line: console.out(f"{line}\n")
        for line in run.said:
            say(line)
