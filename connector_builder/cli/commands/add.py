"""`connector-builder add`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import verbose_option
from connector_builder.report import FORMATS

if TYPE_CHECKING:
    from connector_builder.app.add import Added

_PATH = click.Path(path_type=Path)


@click.command("add")
@click.argument("spec", metavar="SPEC", type=_PATH)
@click.argument("request", metavar="[REQUEST]", required=False)
@click.option("--curl", metavar="COMMAND", help="Add the request that this command of curl or PowerShell sends.")
@click.option(
    "--include", multiple=True, metavar="PATTERN", help="Take this call of a recording: a path, or 'GET /orders/17'."
)
@click.option("--id", "identifier", metavar="ID", help="The id of the operation, such as GetOrder.")
@click.option("--summary", metavar="TEXT", help="The summary of the operation, which people see.")
@click.option("--response", type=_PATH, metavar="FILE", help="Take the fields of the response from this JSON.")
@click.option("--body", type=_PATH, metavar="FILE", help="Take the fields of the body from this JSON.")
@click.option("--keep-values", is_flag=True, help="Keep names, mail addresses and ids in samples; secrets never.")
@click.option(
    "--as",
    "service",
    type=click.Choice(["power-automate"]),
    help="Turn an operation of Azure Logic Apps into that of this service.",
)
@click.option("--diff", is_flag=True, help="Print what would change, and write nothing.")
@click.option(
    "--format", type=click.Choice(tuple(FORMATS)), default="text", help="Format of the report. Default: text."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
@verbose_option()
def add(
    spec: Path,
    request: str | None,
    curl: str | None,
    include: tuple[str, ...],
    identifier: str | None,
    summary: str | None,
    response: Path | None,
    body: Path | None,
    keep_values: bool,
    service: str | None,
    diff: bool,
    format: str,
    quiet: bool,
) -> int:
    """Add an operation to a spec.

    REQUEST is an address, such as 'GET https://api.contoso.example/orders/17', a command of curl or PowerShell, or a file of recorded calls: a HAR file, a Postman collection, a file of curl
    commands or a .http file. The operation goes behind those with a similar path; everything else in the spec stays as it is. Values
    in the path become the variables of the spec's own paths. The command checks the result before it writes it.

    \b
    connector-builder add specs/my-connector /notes/17?expand=author
    connector-builder add specs/my-connector /notes --id ListNotes
    """
    from connector_builder.app.add import Request, outcome_of
    from connector_builder.app.add import add as add_to
    from connector_builder.cli.options import checks_here
    from connector_builder.cli.reporting import Reports, run_of, show
    from connector_builder.report import Outcome

    wanted = Request(request, curl, include, identifier, summary, response, body, keep_values, service is not None)
    done, checked = add_to(spec, wanted, checks_here(), write=not diff)
    entry = outcome_of(done, written=bool(done.name) and not diff)
    lines = [*(_diff(done) if diff else ()), *(() if quiet else _lines(done, written=not diff))]
    targets = [Outcome(str(entry["spec"]), "spec", entry)]
    show(
        run_of(checked.diagnostics, checked.files, targets, results="additions", said=lines, brief=True),
        Reports(format),
    )
    return DONE if done.name else FOUND


def _diff(done: "Added") -> list[str]:
    from connector_builder.cli.update_report import diff_of

    return diff_of(done.spec.parent, done.files)


def _lines(done: "Added", *, written: bool) -> list[str]:
    """Returns lines for a terminal: what was added, and where."""
    from connector_builder.cli.import_report import counts
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.report.escape import terminal

    name = Locator(Path.cwd()).name
    if not done.name:
        return [terminal(f"nothing was added to {name(done.spec)}")]
    files = ", ".join(name(done.spec.parent / file) for file in done.files)
    lines = [f"{'added' if written else 'would add'} {done.name} ({done.request}) to {files}"]
    if done.found:
        lines.append(f"  validate: {counts(done.found)}")
    return [terminal(line) for line in lines]
