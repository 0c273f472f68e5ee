"""`connector-builder schema`."""

import click

from connector_builder.cli import console
from connector_builder.cli.shared import verbose_option

PARTS = ("actions", "triggers", "schemas")


@click.command()
@click.option(
    "--part",
    type=click.Choice(PARTS),
    help="Print the schema of the files in this folder of a spec. Default: the schema of connector.yaml and single-file specs.",
)
@verbose_option()
def schema(part: str | None) -> None:
    """Print the JSON Schema of the spec language. Editors use it to complete and check specs.

    \b
    connector-builder schema > connector.schema.json

    If your editor has a YAML extension, begin a spec with this line. The editor then completes and checks it while you type:

    \b
    # yaml-language-server: $schema=connector.schema.json

    If your spec is a folder, files such as actions/orders.yaml have a schema of their own:

    \b
    connector-builder schema --part actions > actions.schema.json
    """
    from connector_builder.language import json_schema
    from connector_builder.report.escape import json_text

    console.out(json_text(json_schema(part)) + "\n")
