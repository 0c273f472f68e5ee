"""The command line: a module of `commands` for each command, and what they share.

A run imports the module of its own command alone, and a command imports slow modules when it runs.
"""

import gc
import sys

import click

from connector_builder import __version__
from connector_builder.cli.program import Commands, Program, heed_signals, stopped

COMMANDS = {
    "init": "init",
    "build": "build",
    "validate": "validate",
    "import": "import_",
    "add": "add",
    "view": "view",
    "preview": "preview",
    "diff": "diff",
    "docs": "docs",
    "mock": "mock",
    "explain": "explain",
    "register": "register",
    "login": "login",
    "logout": "login",
    "whoami": "login",
    "token": "token",
    "environments": "environments",
    "call": "call",
    "deploy": "deploy",
    "pack": "pack",
    "pull": "pull",
    "lsp": "lsp",
    "schema": "schema",
    "rules": "rules",
    "completion": "completion",
}
"""The module of each command, in the order of the documentation."""


@click.group(cls=Program, commands=Commands(COMMANDS))
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
    heed_signals()
    try:
        program(prog_name="connector-builder")
    except KeyboardInterrupt as reason:
        sys.exit(stopped(reason))
