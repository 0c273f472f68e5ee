"""`connector-builder schema`."""

import click

from connector_builder.cli import console
from connector_builder.cli.program import note_verbose


@click.command()
@click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=note_verbose, help="Say more of internal errors."
)
def schema() -> None:
    """Print the JSON Schema of the spec language, for editors.

    \b
    connector-builder schema > connector.schema.json

    With the YAML extension of an editor, a spec that begins with this line is completed and checked while you type:

    \b
    # yaml-language-server: $schema=connector.schema.json
    """
    from connector_builder.report.escape import json_text
    from connector_builder.spec import json_schema

    console.out(json_text(json_schema()) + "\n")
