"""Checks expressions in policies, as `platform/policies/expressions.py` reads them: `@headers('name')`."""

from collections.abc import Collection

from connector_builder.language.compile.context import Context
from connector_builder.language.rules import NAME_NOT_FOUND, VALUE_NOT_VALID
from connector_builder.platform.policies.expressions import CONNECTION, calls, is_known
from connector_builder.source.node import Node


def check_expression(ctx: Context, node: Node, connection: Collection[str]) -> None:
    """Reports names in an expression that aren't in single quotes, and connection parameters that don't exist."""
    for call in calls(node.value) if isinstance(node.value, str) else ():
        if call.name is None:
            help_ = f"write @{call.function}('name') with single quotes"
            ctx.report(VALUE_NOT_VALID, node, f"the expression '{call.text}' can't be read", help=help_)
        elif call.function == CONNECTION and not is_known(call.name, connection):
            help_ = ctx.suggestions.of(call.name, connection) or "add it under 'connection', or fix the name"
            ctx.report(NAME_NOT_FOUND, node, f"there is no connection parameter '{call.name}'", help=help_)
