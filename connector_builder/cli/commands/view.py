"""`connector-builder view`."""

import os
import sys
from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import variable_options, verbose_option

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=_PATH)
@click.option("--operation", default="", metavar="ID", help="Show only the operation with this id.")
@click.option(
    "--format", type=click.Choice(("text", "json")), default="text", help="Format of the output. Default: text."
)
@variable_options("the specs")
@verbose_option()
def view(paths: tuple[Path, ...], operation: str, format: str, given: tuple[str, ...], vars_file: Path | None) -> int:
    """Show what people will see of a connector, before anything is uploaded.

    PATH is a spec, the folder of a package, a single definition, or a folder of several of these. For each operation, the command shows the fields of its card with
    their labels and in their order, the dynamic content that later steps get, the function in Power Apps, and the tool of an agent.
    JSON has everything, under the designer's own keys.

    \b
    connector-builder view specs/my-connector
    connector-builder view specs/my-connector --format json
    """
    from connector_builder.app.shared.targets import find_targets
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.app.view import views
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.report.escape import json_text, terminal
    from connector_builder.report.view_text import view_text

    locator = Locator(Path.cwd())
    seen = views(find_targets(paths), read_variables(given, vars_file, os.environ), locator, only=operation)
    shown = [one.view for one in seen if one.view is not None]
    if format == "json":
        console.out(json_text({"connectors": shown}) + "\n")
    else:
        console.out("\n".join(view_text(one, colour=console.coloured(sys.stdout)) for one in shown))
    broken = [one for one in seen if one.errors]
    for one in broken:
        name = terminal(locator.name(one.target.path))
        console.say(f"{name} has errors, so this may not be all of it: 'connector-builder validate {name}' shows them")
    return FOUND if len(shown) < len(seen) else DONE
