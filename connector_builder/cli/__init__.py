"""Options in, one library call, report, exit status. What is slow to import, commands import when they run."""

import gc
import sys

import click

from connector_builder import __version__
from connector_builder.cli.build import build
from connector_builder.cli.import_ import import_
from connector_builder.cli.init import init
from connector_builder.cli.program import INTERRUPTED, Program
from connector_builder.cli.rules import rules
from connector_builder.cli.schema import schema
from connector_builder.cli.validate import validate


@click.group(cls=Program, commands=[init, build, validate, import_, schema, rules])
@click.version_option(__version__, prog_name="connector-builder")
def program() -> None:
    """Build custom connectors for Microsoft Power Platform from short YAML descriptions.

    \b
    connector-builder init my-connector
    connector-builder build my-connector
    """


def main() -> None:
    """The `connector-builder` command."""
    # Nearly all that a run makes lives to its end: looking for garbage at every 700th object costs a tenth of the time.
    # Most builds make fewer objects than this, and of many it is 20 MB that wait.
    gc.set_threshold(200_000)
    try:
        program(prog_name="connector-builder")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
