"""`connector-builder init`."""

from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.program import note_verbose

TEMPLATES = ("minimal", "apiKey", "aad")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Choice(TEMPLATES, case_sensitive=False),
    metavar=f"[{'|'.join(TEMPLATES)}]",
    default=TEMPLATES[0],
    show_default=True,
    help="What to start from: no authentication, an API key, or Microsoft Entra ID.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=note_verbose, help="Say more of internal errors."
)
def init(directory: Path, template: str, quiet: bool) -> None:
    """Write a starter spec into DIRECTORY. Nothing that is there is overwritten.

    \b
    connector-builder init my-connector
    connector-builder build my-connector
    """
    from connector_builder.report.escape import terminal
    from connector_builder.starter import write_starter

    paths = write_starter(directory, template)
    if not quiet:
        console.out("".join(f"wrote {terminal(path.as_posix())}\n" for path in paths))
        named = f'"{directory.as_posix()}"' if " " in str(directory) else directory.as_posix()
        console.out(f"next: connector-builder build {terminal(named)}\n")
