"""Finds what a definition mentions: the shared parts that are used, the operations that others call, and callbacks."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.platform.data.plain import ABSENT, mapping
from connector_builder.platform.swagger.operations import VERBS, operations
from connector_builder.platform.swagger.references import parse_reference
from connector_builder.rules.context import Context, once

CALLBACK = "x-ms-notification-url"
"""The key that marks the field for a callback."""
SECTIONS = ("definitions", "parameters", "responses")
"""The top-level keys whose parts references use."""
_CONTAINERS = (dict, list)


class Mentions(NamedTuple):
    """The texts of the references in a part of a definition, and the ids of the operations that extensions in it call.

    `callbacks` says whether it marks a field for a callback.
    """

    references: frozenset[str]
    operations: frozenset[str]
    callbacks: bool


@once
def unused(context: Context) -> dict[str, list[str]]:
    """The names of the shared parts that no operation uses, directly or through another part, by section.

    There are none where a reference leads nowhere, or an operation lacks its responses: it may be meant for any of them.
    """
    if any("responses" not in one.value for one in operations(context.package.definition)):
        return {}
    used: set[tuple[str, str]] = set()
    waiting = [*_mentions(None, context).references]
    while waiting:
        reference = waiting.pop()
        pointer = context.references.target(reference).pointer or parse_reference(reference) or ()
        if len(pointer) < 2 or pointer[0] not in SECTIONS:
            continue
        part = (str(pointer[0]), str(pointer[1]))
        if part in used:
            continue
        used.add(part)
        if _part(part, context) is ABSENT:
            return {}
        waiting += _mentions(part, context).references
    return {
        section: [name for name in names if (section, name) not in used and not name.startswith("x-")]
        for section, names in _shared(context).items()
    }


@once
def called_names(context: Context) -> frozenset[str]:
    """The ids of the operations that extensions call."""
    return frozenset().union(*(one.operations for one in _all_mentions(context)))


@once
def has_callbacks(context: Context) -> bool:
    """Whether the definition marks any field for a callback: most don't."""
    return any(one.callbacks for one in _all_mentions(context))


def _all_mentions(context: Context) -> Iterator[Mentions]:
    parts = [(section, name) for section, names in _shared(context).items() for name in names]
    return (_mentions(part, context) for part in (None, *parts))


@once
def _shared(context: Context) -> dict[str, list[str]]:
    definition = mapping(context.package.definition)
    return {section: [str(name) for name in mapping(definition.get(section))] for section in SECTIONS}


def _part(part: tuple[str, str], context: Context) -> Any:
    return mapping(mapping(context.package.definition).get(part[0])).get(part[1], ABSENT)


@once
def _mentions(part: tuple[str, str] | None, context: Context) -> Mentions:
    """What a shared part mentions; for None, what all the rest of the definition does."""
    definition = mapping(context.package.definition)
    outside = (value for key, value in definition.items() if key not in SECTIONS)
    waiting: list[tuple[Any, Any]] = [("", one) for one in (outside if part is None else [_part(part, context)])]
    references, operations, callbacks = set[str](), set[str](), False
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(key, one) for one in value if isinstance(one, _CONTAINERS)]
            continue
        if not isinstance(value, dict):
            continue
        for name, one in value.items():  # the walk over a whole definition: texts first, as most values are some
            if isinstance(one, str):
                if name == "$ref":
                    references.add(one)
                elif name == "operationId" and key not in VERBS:
                    operations.add(one)
            elif one is True:
                callbacks = callbacks or name == CALLBACK
            else:
                waiting.append((name, one))
    return Mentions(frozenset(references), frozenset(operations), callbacks)
