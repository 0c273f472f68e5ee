"""Imports the libraries of the extra `live`, which a plain installation doesn't have."""

from importlib import import_module
from typing import Any

from connector_builder.live.errors import NotInstalled

INSTALL = 'pip install "connector-builder[live]"'


def extra(name: str) -> Any:
    """Returns a module of a library of the extra `live`. Raises NotInstalled."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise  # the library is there, and broken
        raise NotInstalled(f"this command requires more than is installed: {INSTALL}") from error
