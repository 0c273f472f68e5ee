"""`connector-builder init`."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.program import DONE
from connector_builder.cli.shared import verbose_option

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
SIGN_INS = {
    "none": "minimal",
    "apiKey": "apiKey",
    "basic": "basic",
    "windows": "gateway",
    "aad": "aad",
    "oauth2": "oauth2",
}
"""The starter for each way to sign in."""
_LISTED = "\n".join(f"{name:<11}{line}" for name, line in TEMPLATES.items())
_HELP = f"""Write a starter spec into DIRECTORY. The command never overwrites a file.

\b
connector-builder init my-connector
connector-builder build my-connector

--from makes the spec of something that you have, in place of a starter:

\b
connector-builder init specs/orders --from 'curl https://api.contoso.example/orders/17'

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
    help="Starter to use: one of the names above. Default: minimal.",
)
@click.option(
    "--auth",
    type=click.Choice(list(SIGN_INS), case_sensitive=False),
    help="How people sign in. This chooses the starter.",
)
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Make the spec of this, as import does: a command of curl or PowerShell, a file, an address.",
)
@click.option("--title", metavar="TEXT", help="The title of the connector.")
@click.option("--server", metavar="URL", help="The address of the service, such as https://api.contoso.example/v1.")
@click.option("--client-id", metavar="ID", help="The client ID, for aad, oauth2 and multiAuth.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@verbose_option()
def init(
    directory: Path,
    template: str | None,
    auth: str | None,
    source: str | None,
    title: str | None,
    server: str | None,
    client_id: str | None,
    quiet: bool,
) -> int:
    """Writes the starter, and says what comes next."""
    from connector_builder.app.init import Values, write_starter
    from connector_builder.output import safe_slug
    from connector_builder.report.escape import terminal

    if source is not None:
        return _imported(
            directory,
            source,
            {"--template": template, "--auth": auth, "--client-id": client_id},
            title,
            server,
            quiet=quiet,
        )
    if template is not None and auth is not None:
        raise Misuse("'--auth' and '--template' both choose the starter", f"leave out --auth, or --template {template}")
    starter = template or SIGN_INS[auth or "none"]
    paths = write_starter(directory, starter, Values(title, server, client_id))
    if not quiet:
        console.out("".join(f"wrote {terminal(path.as_posix())}\n" for path in paths))
        named = f'"{directory.as_posix()}"' if " " in str(directory) else directory.as_posix()
        name = directory.resolve().name
        if safe_slug(name) != name:
            console.out(f"its package will be called {safe_slug(name)}\n")
        console.out(f"next: connector-builder build {terminal(named)}\n")
    return DONE


def _imported(
    directory: Path,
    source: str,
    others: Mapping[str, str | None],
    title: str | None,
    server: str | None,
    *,
    quiet: bool,
) -> int:
    """Imports a source as the spec in a new folder. Raises Misuse for options of starters, and if something is there."""
    from connector_builder.app.init import title_given
    from connector_builder.cli.importing import Asked, run_import
    from connector_builder.language.load import SUFFIXES

    for option, value in others.items():
        if value is not None:
            raise Misuse(f"'{option}' is for a starter, and --from makes the spec of a source", f"leave out {option}")
    if directory.suffix.lower() in SUFFIXES:
        raise Misuse(f"'{directory}' is the name of a file", f"name a folder: {directory.with_suffix('').as_posix()}")
    for path in (directory, *(directory.with_name(directory.name + suffix) for suffix in SUFFIXES if directory.name)):
        if os.path.lexists(path):
            raise Misuse(f"'{path}' is there already, and nothing is overwritten", "name another directory")
    return run_import((source,), Asked(output=directory, server=server, quiet=quiet, title=title_given(title)))
