"""`connector-builder validate`."""

from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.options import SPECS, Common, common_options
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.reporting import outcomes, run_of, show


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@common_options
def validate(common: Common, paths: tuple[Path, ...]) -> int:
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

    targets = find_targets(paths)
    with console.progress("checking", len(targets), quiet=common.quiet) as progress:
        checked = check_all(
            targets,
            common.variables(),
            common.checks(),
            all_specs=holds(paths, SPECS),
            jobs=common.jobs,
            step=progress.step,
        )
    run = run_of(checked.diagnostics, checked.files, outcomes(targets), brief=common.quiet, fail_on=common.fail_on)
    show(run, common.reports)
    if common.verbose:
        console.say("\n".join(f"checked the {target.kind} {terminal(str(target))}" for target in targets))
    return FOUND if fails(checked.diagnostics, common.fail_on) else DONE
