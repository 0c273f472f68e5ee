"""`connector-builder pack`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli import console
from connector_builder.cli.options import Common, common_options
from connector_builder.cli.program import DONE, FOUND

if TYPE_CHECKING:
    from connector_builder.app.pack import Result

FORMS = ("solution", "unpacked")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...", type=_PATH)
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    required=True,
    help="Pack as a solution's zip, or as the folder of an unpacked solution.",
)
@click.option("-o", "--output", type=_PATH, required=True, metavar="FILE|FOLDER", help="Write to this zip or folder.")
@click.option("--managed", is_flag=True, help="solution: make it managed, for environments that nobody edits it in.")
@click.option("--name", metavar="NAME", help="The unique name of the solution. Default: that of the specs.")
@click.option("--force", is_flag=True, help="unpacked: write into a folder that contains other files too.")
@common_options
def pack(
    common: Common, specs: tuple[Path, ...], form: str, output: Path, managed: bool, name: str | None, force: bool
) -> int:
    """Pack connectors for Power Platform.

    SPEC is a spec, the folder of a package, or a folder of several of these: they become one solution. The command checks and builds them as
    `build` does. If a finding has the severity of --fail-on or a higher one, the command writes nothing, and the exit status is 1. Equal
    specs give equal bytes, whenever and wherever the command runs.

    \b
    connector-builder pack specs/my-connector --as solution -o my-connector.zip
    connector-builder pack specs --as unpacked --name ContosoConnectors -o solutions/connectors
    """
    from connector_builder.app.pack import Form, Wanted
    from connector_builder.app.pack import pack as run_pack
    from connector_builder.app.targets import find_targets
    from connector_builder.cli.reporting import outcomes, run_of, show

    targets = find_targets(specs)
    checks = common.checks(common.known(), building=True)
    wanted = Wanted(Form(form), output, common.variables(), checks, common.fail_on, managed, name, force)
    with console.progress("packing", len(targets), quiet=common.quiet) as progress:
        result = run_pack(targets, wanted, step=progress.step)
    checked = result.checked
    run = run_of(
        checked.diagnostics,
        checked.files,
        outcomes(targets),
        said=_lines(result, output, quiet=common.quiet),
        brief=common.quiet,
        fail_on=common.fail_on,
    )
    show(run, common.reports)
    return FOUND if result.failed else DONE


def _lines(result: "Result", output: Path, *, quiet: bool) -> list[str]:
    """Returns the lines that say what was packed."""
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.findings.wording import counted
    from connector_builder.report.escape import terminal

    if quiet:
        return []
    if result.failed:
        return ["nothing was written"]
    name = Locator(Path.cwd()).name(output)
    lines = []
    if result.solution is not None:
        identity = result.solution.identity
        of = counted(len(result.titles), "connector")
        lines.append(
            terminal(
                f"packed {of} in {name}: the solution '{identity.name}' {identity.version}, {counted(len(result.files), 'file')}"
            )
        )
    return [*lines, *(terminal(f"note: {note}") for note in result.notes)]
