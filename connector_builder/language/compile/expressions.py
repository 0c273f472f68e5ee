"""Checks expressions in policies: `@headers('name')`, with an optional second argument as default.

The default may be an expression too. Facts:
https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/expressions/expressions
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from connector_builder.language.compile.context import Context
from connector_builder.language.rules import NAME_NOT_FOUND, VALUE_NOT_VALID
from connector_builder.source.node import Node

_HEAD = re.compile(r"@(?P<brace>\{?)(?P<function>headers|queryParameters|connectionParameters)\(")
_SHOWN = re.compile(r"[^()]*\)?")
_NAME = re.compile(r"\s*'(?P<name>[^']*)'\s*")
_COMMA = re.compile(r",\s*")
_DEFAULT = re.compile(r"'[^']*'|[^,'()]+")
_END = re.compile(r"\s*\)")


@dataclass(frozen=True, slots=True)
class _Call:
    """A call in an expression: its text, and the name in its first argument; None if it can't be read."""

    function: str
    text: str
    name: str | None


def check_expression(ctx: Context, node: Node, connection: Collection[str]) -> None:
    """Reports names in an expression that aren't in single quotes, and connection parameters that don't exist."""
    for call in _calls(node.value) if isinstance(node.value, str) else ():
        if call.name is None:
            help_ = f"write @{call.function}('name') with single quotes"
            ctx.report(VALUE_NOT_VALID, node, f"the expression '{call.text}' can't be read", help=help_)
        elif call.function == "connectionParameters" and not _is_known(call.name, connection):
            help_ = ctx.suggestions.of(call.name, connection) or "add it under 'connection', or fix the name"
            ctx.report(NAME_NOT_FOUND, node, f"there is no connection parameter '{call.name}'", help=help_)


def _calls(text: str) -> Iterator[_Call]:
    """Yields the calls in a text, in order. Leaves out a call whose only fault is that of the call inside it."""
    calls: list[_Call] = []
    ends: dict[int, int | None] = {}
    for head in reversed(list(_HEAD.finditer(text))):  # inner calls come before those around them
        name = _NAME.match(text, head.end())
        end, inner = (None, False) if name is None else _end(text, name.end(), ends)
        if end is not None and head["brace"] and text[end : end + 1] == "}":
            end += 1
        ends[head.start()] = end
        if not inner:
            shown = _SHOWN.match(text, head.end())
            whole = text[head.start() : shown.end() if shown is not None else None]
            calls.append(_Call(head["function"], whole, name["name"] if name is not None and end is not None else None))
    return reversed(calls)


def _end(text: str, at: int, ends: dict[int, int | None]) -> tuple[int | None, bool]:
    """Returns the end of a call whose name ends at `at`, or None; and whether a call inside is the cause."""
    comma = _COMMA.match(text, at)
    if comma is not None:
        default = _DEFAULT.match(text, comma.end())
        after = ends[comma.end()] if comma.end() in ends else default.end() if default is not None else at
        if after is None:
            return None, True
        at = after
    end = _END.match(text, at)
    return (None if end is None else end.end()), False


def _is_known(name: str, connection: Collection[str]) -> bool:
    """Checks whether an expression may name a connection parameter, or a setting of OAuth (`token:resourceUri`)."""
    return name in connection or (":" in name and name.partition(":")[0] in connection)
