"""Expressions in policies: `@headers('name')`, with an optional second argument as default, which may be an expression too.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/expressions/expressions
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from connector_builder.patterns import regex

CONNECTION = "connectionParameters"
NAMED = ("headers", "queryParameters", CONNECTION)
"""The functions whose first argument is a name."""
FUNCTIONS = (*NAMED, "body", "item", "triggerBody")
"""The functions that the platform evaluates in a policy."""

_HEAD = regex(rf"@(?P<brace>\{{?)(?P<function>{'|'.join(NAMED)})\(")
_CALLED = regex(r"(?<![\w.])@\{?([A-Za-z_]\w*)\(")
_SHOWN = regex(r"[^()]*\)?")
_NAME = regex(r"\s*'(?P<name>[^']*)'\s*")
_COMMA = regex(r",\s*")
_DEFAULT = regex(r"'[^']*'|[^,'()]+")
_END = regex(r"\s*\)")


class Call(NamedTuple):
    """A call in an expression: its text, and the name in its first argument; None if it can't be read."""

    function: str
    text: str
    name: str | None


def calls(text: str) -> Iterator[Call]:
    """Yields the calls with a name in a text, in order. Leaves out a call whose only fault is that of the call inside it."""
    found: list[Call] = []
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
            found.append(Call(head["function"], whole, name["name"] if name is not None and end is not None else None))
    return reversed(found)


def unknown_functions(text: str) -> Iterator[str]:
    """Yields the names of functions that a text calls, as it spells them, and that the platform doesn't evaluate."""
    return (name for name in _CALLED.findall(text) if name not in FUNCTIONS)


def is_known(name: str, connection: Collection[str]) -> bool:
    """Checks whether an expression may name a connection parameter, or a setting of OAuth (`token:resourceUri`)."""
    return name in connection or (":" in name and name.partition(":")[0] in connection)


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
