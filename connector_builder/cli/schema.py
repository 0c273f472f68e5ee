"""`connector-builder schema`."""

import click

from connector_builder.cli import console
from connector_builder.cli.program import note_verbose

PARTS = ("actions", "triggers", "schemas")


@click.command()
@click.option(
    "--part",
    type=click.Choice(PARTS),
    help="The schema of files in this folder of a spec, instead of that of connector.yaml and single files.",
)
@click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=note_verbose, help="Say more of internal errors."
)
def schema(part: str | None) -> None:
    """Print the JSON Schema of the spec language, for editors.

    \b
    connector-builder schema > connector.schema.json

    With the YAML extension of an editor, a spec that begins with this line is completed and checked while you type:

    \b
    # yaml-language-server: $schema=connector.schema.json

    Files of a spec's folder, such as actions/orders.yaml, have a schema of their own:

    \b
    connector-builder schema --part actions > actions.schema.json
    """
    from connector_builder.language import json_schema
    from connector_builder.report.escape import json_text

    console.out(json_text(json_schema(part)) + "\n")
