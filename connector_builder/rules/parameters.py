"""Reads the parameters that an operation or a path lists."""

from collections.abc import Iterator
from typing import Any

from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT


def parameters_of(owner: Any, context: Context) -> Iterator[Any]:
    """Yields the parameters of an operation or a path, references followed.

    Each place in the list gives a mapping or ABSENT.
    """
    parameters = owner.get("parameters") if isinstance(owner, dict) else None
    for parameter in parameters if isinstance(parameters, list) else ():
        resolved = context.resolved(parameter)
        yield resolved if isinstance(resolved, dict) else ABSENT
