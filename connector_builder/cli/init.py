"""`connector-builder init`."""

from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.program import note_verbose

TEMPLATES = {  # by name, what the first line of the starter's spec says of it
    "minimal": "A connector for an API without authentication, as short as possible.",
    "apiKey": "A connector that reads and writes, for an API with a key.",
    "basic": "A connector for an API with user names and passwords.",
    "aad": "A connector for an API behind Microsoft Entra ID (Azure AD).",
    "oauth2": "A connector for an API where people sign in with OAuth 2.0.",
    "multiAuth": "A connector with several ways to sign in.",
    "gateway": "A connector for an API in your own network, through a gateway.",
    "webhook": "A connector with a trigger: the service calls the flow.",
    "polling": "A connector with a trigger: the platform asks what is new.",
    "script": "A connector with custom code: C# that changes the response.",
    "mcp": "A connector for an MCP server with tools for agents.",
}
_LISTED = "\n".join(f"{name:<11}{line}" for name, line in TEMPLATES.items())
_HELP = f"""Write a starter spec into DIRECTORY. The command never overwrites a file.

\b
connector-builder init my-connector
connector-builder build my-connector

--template chooses the starter:

\b
{_LISTED}
"""


@click.command(help=_HELP)
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Choice(list(TEMPLATES), case_sensitive=False),
    metavar="NAME",
    default="minimal",
    show_default=True,
    help="Start from this template, one of the names above.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=note_verbose,
    help="Print the details of internal errors.",
)
def init(directory: Path, template: str, quiet: bool) -> None:
    """Writes the starter, and prints the next step."""
    from connector_builder.app.init import write_starter
    from connector_builder.report.escape import terminal

    paths = write_starter(directory, template)
    if not quiet:
        console.out("".join(f"wrote {terminal(path.as_posix())}\n" for path in paths))
        named = f'"{directory.as_posix()}"' if " " in str(directory) else directory.as_posix()
        console.out(f"next: connector-builder build {terminal(named)}\n")
