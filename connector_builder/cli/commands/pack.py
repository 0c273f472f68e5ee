"""`connector-builder pack`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli import console
from connector_builder.cli.options import Common, common_options
from connector_builder.cli.program import DONE, FOUND

if TYPE_CHECKING:
    from connector_builder.app.pack import Result

FORMS = ("solution", "unpacked", "certification", "github")
_SUBMITTED = ("certification", "github")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...", type=_PATH)
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    required=True,
    help="Pack as a solution's zip, as the folder of an unpacked solution, as the zip that certification takes, or as the folder of Microsoft's repository.",
)
@click.option("-o", "--output", type=_PATH, required=True, metavar="FILE|FOLDER", help="Write to this zip or folder.")
@click.option("--managed", is_flag=True, help="solution: make it managed, for environments that nobody edits it in.")
@click.option("--name", metavar="NAME", help="The unique name of the solution. Default: that of the specs.")
@click.option(
    "--flows",
    type=_PATH,
    metavar="FILE",
    help="certification: the exported solution with a flow that uses the connector.",
)
@click.option(
    "--independent", is_flag=True, help="github: pack for an independent publisher, not for the owner of the service."
)
@click.option("--force", is_flag=True, help="unpacked, github: write into a folder that contains other files too.")
@common_options
def pack(
    common: Common,
    specs: tuple[Path, ...],
    form: str,
    output: Path,
    managed: bool,
    name: str | None,
    flows: Path | None,
    independent: bool,
    force: bool,
) -> int:
    """Pack connectors for Power Platform.

    SPEC is a spec, the folder of a package, or a folder of several of these: they become one solution. The command checks and builds them as
    `build` does. If a finding has the severity of --fail-on or a higher one, the command writes nothing, and the exit status is 1. Equal
    specs give equal bytes, whenever and wherever the command runs.

    \b
    connector-builder pack specs/my-connector --as solution -o my-connector.zip
    connector-builder pack specs --as unpacked --name ContosoConnectors -o solutions/connectors
    connector-builder pack specs/my-connector --as certification --flows FlowSolution.zip -o submission.zip
    connector-builder pack specs/my-connector --as github --independent -o independent-publisher-connectors/MyConnector
    """
    from connector_builder.app.pack import Form, Wanted
    from connector_builder.app.pack import pack as run_pack
    from connector_builder.app.shared.targets import find_targets
    from connector_builder.cli.reporting import outcomes, run_of, show

    targets = find_targets(specs)
    checks = common.checks(common.known(), building=True, own=form in _SUBMITTED)
    variables = common.variables()
    wanted = Wanted(
        Form(form),
        output,
        variables,
        checks,
        common.fail_on,
        managed,
        name,
        force,
        flows=flows,
        independent=independent,
    )
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
    of, files = counted(len(result.titles), "connector"), counted(len(result.files), "file")
    if result.solution is None:
        lines.append(terminal(f"packed {of} in {name}: {files}"))
    else:
        identity = result.solution.identity
        lines.append(terminal(f"packed {of} in {name}: the solution '{identity.name}' {identity.version}, {files}"))
    return [*lines, *(terminal(f"note: {note}") for note in result.notes)]
