"""Where the report of a run goes."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder import __version__
from connector_builder.cli import console
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
    """A run here and now: of this version, in the current folder."""
    from connector_builder.checks.catalogue import CATALOGUE

    return Run(
        diagnostics, files, targets, results, said, CATALOGUE, __version__, Path.cwd(), further or {}, brief=brief
    )


def outcomes(targets: Iterable["Target"]) -> list[Outcome]:
    """The targets of a run that has no results of theirs for programs."""
    name = Locator(Path.cwd()).name
    return [Outcome(name(target.path), target.kind) for target in targets]


def show(run: Run, format: str, output_file: Path | None = None, *, quiet: bool = False) -> None:
    """Prints a run in the format, or writes it to a file and says how much was found.

    What the command says of itself follows: on standard output, unless that is for a program; never in the file.
    """
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
