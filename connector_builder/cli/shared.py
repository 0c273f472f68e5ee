"""The options that most commands have, checking or not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from connector_builder.cli.program import note_verbose

Option = Callable[[Any], Any]


def verbose_option(help: str = "Print the details of internal errors.", *, expose_value: bool = False) -> Option:
    """Returns `--verbose`: the group prints the details of internal errors, and `is_verbose` tells a command to print more."""
    return click.option("-v", "--verbose", is_flag=True, expose_value=expose_value, callback=note_verbose, help=help)


def variable_options(of: str, name: str = "given") -> Option:
    """Returns `--var` and `--vars-file`, which set variables `of` "the specs" or "the spec".

    The command gets `name`, a tuple of `NAME=VALUE`, and `vars_file`, as `read_variables` takes them.
    """

    def decorated(command: Any) -> Any:
        file = click.option(
            "--vars-file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Read variables from this file, a YAML mapping.",
        )
        one = click.option("--var", name, multiple=True, metavar="NAME=VALUE", help=f"Set a variable of {of}.")
        return one(file(command))

    return decorated
