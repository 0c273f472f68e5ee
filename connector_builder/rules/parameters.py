"""Reads the parameters that an operation or a path lists."""

from typing import Any

from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT


@once
def parameters_of(owner: Any, context: Context) -> list[Any]:
    """The parameters of an operation or a path, references followed.

    Each place in the list gives a mapping or ABSENT.
    """
    parameters = owner.get("parameters") if isinstance(owner, dict) else None
    resolved = map(context.resolved, parameters if isinstance(parameters, list) else ())
    return [one if isinstance(one, dict) else ABSENT for one in resolved]
