"""What `--baseline` and `--write-baseline` do, in every command that has them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console

if TYPE_CHECKING:
    from connector_builder.app.shared.accepted import Baseline
    from connector_builder.checks.accepted import Met
    from connector_builder.checks.engine import Checks
    from connector_builder.findings.diagnostic import Diagnostic

baseline_option = click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Don't report the findings that are in this file.",
)
write_baseline_option = click.option(
    "--write-baseline",
    is_flag=True,
    help="Write what is found into the file of --baseline, so that only new findings count.",
)


def baseline_of(path: Path | None, *, write: bool) -> "Baseline | None":
    """Returns the baseline of a run, an empty one where it is to be written first. Raises Misuse if it can't be read."""
    from connector_builder.app.shared.accepted import Baseline, read_baseline

    if path is None:
        if write:
            raise Misuse("'--write-baseline' has no file to write", "name it: --baseline FILE")
        return None
    if write and not os.path.lexists(path):
        return Baseline(path, {}, {})
    return read_baseline(path)


def written(
    baseline: "Baseline",
    diagnostics: "Sequence[Diagnostic]",
    mets: "Sequence[Met]",
    checks: "Checks",
    *,
    quiet: bool,
) -> None:
    """Writes what a run found into the file of its baseline."""
    from connector_builder.app.shared.accepted import baseline_text
    from connector_builder.findings.wording import counted
    from connector_builder.report.escape import terminal

    text, number = baseline_text(baseline, diagnostics, mets, checks)
    console.write_files({baseline.path: text})
    if not quiet:
        console.say(f"'{terminal(str(baseline.path))}' accepts {counted(number, 'finding')}")
