"""`connector-builder import`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli import console
from connector_builder.cli.program import DONE, FOUND, INTERNAL, note_verbose, report_defect
from connector_builder.report import FORMATS
from connector_builder.sources.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connector_builder.app.import_ import Result
    from connector_builder.checks.engine import Checks
    from connector_builder.sources.choosing import Candidate

_PATH = click.Path(path_type=Path)


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=_PATH)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    metavar="SPEC",
    help="Write the spec to this .yaml file or folder; for several specs, their folder.",
)
@click.option("--force", is_flag=True, help="Replace specs that exist already.")
@click.option("--repair", is_flag=True, help="Mend broken JSON if it has only one sensible reading.")
@click.option(
    "--from",
    "kind",
    type=click.Choice([str(kind) for kind in Kind]),
    help="Read SOURCE as this kind, such as a definition alone (swagger); by default, its content decides.",
)
@click.option(
    "--list", "lists", is_flag=True, help="List the operations of SOURCE instead; the lines can be used by --select."
)
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Import only these operations: tag:Orders, 'id:List*', '/orders/**', or 'GET /orders/{id}'.",
)
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Don't import these operations.")
@click.option("--select", type=_PATH, metavar="FILE", help="Read patterns to include from this file, one a line.")
@click.option("--server", metavar="URL", help="Use this server instead of those that SOURCE names.")
@click.option(
    "--keep-values", is_flag=True, help="Keep names, mail addresses and ids in recorded samples; secrets never."
)
@click.option(
    "--format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    help="Write the report in this format; text, by default.",
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Run at most N processes; one for each processor, by default."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
@click.option(
    "-v", "--verbose", is_flag=True, callback=note_verbose, help="Print more details, also of internal errors."
)
def import_(
    sources: tuple[Path, ...],
    output: Path | None,
    force: bool,
    repair: bool,
    kind: str | None,
    lists: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    select: Path | None,
    server: str | None,
    keep_values: bool,
    format: str,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Turn existing connectors into specs.

    SOURCE is the folder of a package, as paconn downloads it, a document of Swagger 2.0 or OpenAPI 3, a Postman collection, a HAR file, a
    file of curl commands or a .http file, or a folder of several of these. Each becomes a spec. With `-o X.yaml`, the spec is one
    file; if it requires more files, the spec is the folder X. The command proves each spec: it builds the spec, and compares the result
    with SOURCE. If it can't import something, the exit status is 1.

    \b
    connector-builder import output/my-connector -o specs/imported.yaml
    connector-builder import output -o imported --repair
    connector-builder import orders-openapi.yaml -o specs/orders.yaml --include 'tag:Orders'
    """
    from connector_builder.app.import_ import Options, find_sources, import_all
    from connector_builder.app.import_.choice import listed, wishes_of
    from connector_builder.app.misuse import Misuse
    from connector_builder.cli.import_report import import_lines, outcome
    from connector_builder.cli.reporting import run_of, show

    found, several = find_sources(sources, Kind(kind) if kind else None)
    wishes = wishes_of(include, exclude, select, server, keep_values=keep_values)
    if lists:
        return _list(listed(found, repair=repair), format)
    if output is None:
        raise Misuse("the spec has no place", "name it: -o specs/my-connector.yaml")
    options = Options(repair, force, _checks(), wishes)
    with console.progress("importing", len(found), quiet=quiet) as progress:
        result = import_all(found, output, options, several=several, jobs=jobs, step=progress.step)
    said = () if quiet else import_lines(result.done, verbose=verbose)
    outcomes = [outcome(done) for done in result.done]
    show(run_of(result.diagnostics, result.files, outcomes, results="imports", said=said, brief=True), format)
    return _status(result, verbose=verbose)


def _list(each: "Sequence[Candidate]", format: str) -> int:
    """Prints the operations that can be chosen: as lines, or as JSON."""
    import json

    from connector_builder.app.import_.choice import as_lines
    from connector_builder.report.escape import terminal

    if format == "json":
        click.echo(json.dumps({"operations": [one._asdict() for one in each]}, indent=2))
    else:
        for line in as_lines(each):
            click.echo(terminal(line))
    return DONE if each else FOUND


def _checks() -> "Checks":
    """Returns the checks that `validate` runs in this folder, so that both count the same findings."""
    from connector_builder.app.config import read_settings
    from connector_builder.app.rule_names import rule_names
    from connector_builder.checks.engine import Certification, Checks

    settings = read_settings(Path.cwd(), FORMATS)
    certification = Certification.OWN if settings.certification else Certification.WARNING
    return Checks(rule_names(settings.select or ()), rule_names(settings.ignore or (), to_ignore=True), certification)


def _status(result: "Result", *, verbose: bool) -> int:
    """Prints our own defects, if there are any, and returns the exit status."""
    defects = [(done.source, *done.defect) for done in result.done if done.defect]
    for source, line, details in defects:
        report_defect(f" at '{source}'", line, details, verbose=verbose)
    if defects:
        return INTERNAL
    return FOUND if any(done.spec is None for done in result.done) else DONE
