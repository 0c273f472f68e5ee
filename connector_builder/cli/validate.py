"""`connector-builder validate`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.options import SPECS, Common, common_options
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.reporting import outcomes, run_of, show
from connector_builder.findings.diagnostic import Diagnostic

if TYPE_CHECKING:
    from connector_builder.app.accepted import Baseline
    from connector_builder.checks.accepted import Met
    from connector_builder.checks.engine import Checks


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write what is found into the file of --baseline, so that only new findings count.",
)
@common_options
def validate(common: Common, paths: tuple[Path, ...], write_baseline: bool) -> int:
    """Check specs and packages.

    PATH is a spec, the folder of a package, a single definition, or a folder of several of these. If PATH is one file of a spec or
    package, the command checks the whole spec or package. If a finding has the severity of --fail-on or a higher one, the exit
    status is 1.

    \b
    connector-builder validate specs
    connector-builder validate output --certification --format json
    """
    from connector_builder.app.targets import find_targets, holds
    from connector_builder.app.validate import check_all
    from connector_builder.checks.engine import fails
    from connector_builder.report.escape import terminal

    baseline = _baseline(common, write=write_baseline)
    checks = common.checks(baseline)
    targets = find_targets(paths)
    all_specs = holds(paths, SPECS)
    with console.progress("checking", len(targets), quiet=common.quiet) as progress:
        checked, mets = check_all(
            targets, common.variables(), checks, all_specs=all_specs, jobs=common.jobs, step=progress.step
        )
    told = _told(checked.diagnostics, mets, common, checks, baseline, write=write_baseline, whole=all_specs)
    run = run_of(told, checked.files, outcomes(targets), brief=common.quiet, fail_on=common.fail_on)
    show(run, common.reports)
    if common.verbose:
        console.say("\n".join(f"checked the {target.kind} {terminal(str(target))}" for target in targets))
    return FOUND if fails(told, common.fail_on) else DONE


def _baseline(common: Common, *, write: bool) -> "Baseline | None":
    """Returns the baseline of the run; an empty one where it is to be written first."""
    from connector_builder.app.accepted import Baseline

    if write and common.baseline is None:
        raise Misuse("'--write-baseline' has no file to write", "name it: --baseline FILE")
    if write and common.baseline is not None and not os.path.lexists(common.baseline):
        return Baseline(common.baseline)
    return common.known()


def _told(
    diagnostics: Sequence[Diagnostic],
    mets: Sequence["Met"],
    common: Common,
    checks: "Checks",
    baseline: "Baseline | None",
    *,
    write: bool,
    whole: bool,
) -> list[Diagnostic]:
    """Returns what to report: what is new, and the entries that hide nothing. Writes the baseline before, if it is to be."""
    from connector_builder.app.accepted import baseline_text, unused
    from connector_builder.findings.wording import counted
    from connector_builder.report.escape import terminal

    if write and baseline is not None:
        text, number = baseline_text(baseline, diagnostics, mets)
        console.write_files({baseline.path: text})
        if not common.quiet:
            console.say(f"'{terminal(str(baseline.path))}' accepts {counted(number, 'finding')}")
        diagnostics, baseline = [one for one in diagnostics if one.fixed], None
    idle = unused(checks, baseline, mets, common.settings.file, whole=whole)
    return sorted([*diagnostics, *idle], key=lambda diagnostic: diagnostic.sort_key)
