"""`connector-builder import`."""

from pathlib import Path
from typing import Any

import click

from connector_builder.cli.importing import Asked, run_import
from connector_builder.cli.shared import verbose_option
from connector_builder.report import FORMATS
from connector_builder.sources.kinds import Kind

_PATH = click.Path(path_type=Path)


@click.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--curl",
    multiple=True,
    metavar="COMMAND",
    help="Import the requests of this command of curl or PowerShell; may be repeated.",
)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    metavar="SPEC",
    help="Write the spec to this .yaml file or folder; for several specs, their folder.",
)
@click.option("--force", is_flag=True, help="Replace specs that exist already.")
@click.option("--update", is_flag=True, help="Bring what changed in SOURCE since the last import into the edited SPEC.")
@click.option(
    "--base",
    type=_PATH,
    metavar="OLD",
    help="With --update: take this as the last import, instead of the record beside SPEC.",
)
@click.option("--diff", is_flag=True, help="With --update: print what would change, and write nothing.")
@click.option("--repair", is_flag=True, help="Repair broken JSON if only one reading makes sense.")
@click.option(
    "--from",
    "kind",
    type=click.Choice([str(kind) for kind in Kind]),
    help="Read SOURCE as this kind, such as a definition only (swagger). By default, its content decides.",
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
@click.option(
    "--split-by", "split", type=click.Choice(["tag"]), help="Write a spec for each tag; SPEC is their folder."
)
@click.option(
    "--as",
    "service",
    type=click.Choice(["power-automate"]),
    help="Turn operations of Azure Logic Apps into those of this service.",
)
@click.option("--server", metavar="URL", help="Use this server instead of those that SOURCE names.")
@click.option(
    "--keep-values", is_flag=True, help="Keep names, mail addresses and ids in recorded samples; secrets never."
)
@click.option(
    "--environment",
    type=_PATH,
    metavar="FILE",
    help="Read the variables of a Postman collection's addresses from this file.",
)
@click.option(
    "--format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    help="Format of the report. Default: text.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help="Write the report to this file too, such as IMPORT.md; its suffix, or FORMAT=FILE, decides the format.",
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Maximum number of processes. Default: one per processor."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
@verbose_option("Print more details, including those of internal errors.", expose_value=True)
def import_(sources: tuple[str, ...], **options: Any) -> int:
    """Turn existing connectors into specs.

    SOURCE is the folder of a package, as paconn downloads it, a document of Swagger 2.0 or OpenAPI 3, a Postman collection, a HAR file, a
    file of curl or PowerShell commands or a .http file, or a folder of several of these. It can also be the address of a document, which the command
    fetches, such a command, or - for standard input. Each becomes a spec; recordings that you name one by one become one together. With `-o X.yaml`, the spec is one
    file; if it requires more files, the spec is the folder X. The command proves each spec: it builds the spec, and compares the result
    with SOURCE. If it can't import something, the exit status is 1. With --update, SPEC exists and has been edited: what you wrote
    stays, and what changed in SOURCE is added.

    \b
    connector-builder import output/my-connector -o specs/imported.yaml
    connector-builder import output -o imported --repair
    connector-builder import --curl 'curl https://api.contoso.example/orders/17' -o specs/orders.yaml
    connector-builder import output/my-connector --update -o specs/my-connector.yaml --base output/my-connector
    connector-builder import output/my-connector --list
    """
    return run_import(sources, Asked(**options))
