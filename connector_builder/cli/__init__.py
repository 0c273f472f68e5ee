"""The command line: options in, one library call, report, exit status.

Commands import slow modules only when they run.
"""

import gc
import sys

import click

from connector_builder import __version__
from connector_builder.cli.add import add
from connector_builder.cli.build import build
from connector_builder.cli.call import call
from connector_builder.cli.deploy import deploy
from connector_builder.cli.diff import diff
from connector_builder.cli.environments import environments
from connector_builder.cli.explain import explain
from connector_builder.cli.import_ import import_
from connector_builder.cli.init import init
from connector_builder.cli.login import login, logout, whoami
from connector_builder.cli.mock import mock
from connector_builder.cli.program import INTERRUPTED, Program
from connector_builder.cli.pull import pull
from connector_builder.cli.register import register
from connector_builder.cli.rules import rules
from connector_builder.cli.schema import schema
from connector_builder.cli.token import token
from connector_builder.cli.validate import validate
from connector_builder.cli.view import view


@click.group(
    cls=Program,
    commands=[
        init,
        build,
        validate,
        import_,
        add,
        view,
        mock,
        diff,
        explain,
        register,
        login,
        logout,
        whoami,
        token,
        environments,
        call,
        deploy,
        pull,
        schema,
        rules,
    ],
)
@click.version_option(__version__, prog_name="connector-builder")
def program() -> None:
    """Build custom connectors for Microsoft Power Platform from short YAML descriptions.

    \b
    connector-builder init my-connector
    connector-builder build my-connector
    """


def main() -> None:
    """Runs the `connector-builder` command."""
    # Nearly all objects of a run live to its end, and a garbage collection after every 700 objects costs a tenth of the
    # time. Most builds make fewer objects than this threshold. In builds of many specs about 20 MB wait for collection.
    gc.set_threshold(200_000)
    try:
        program(prog_name="connector-builder")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
