"""Finds what a definition mentions: the shared parts that are used, and the operations that others call."""

from typing import Any, NamedTuple

from connector_builder.platform.data.plain import ABSENT, mapping
from connector_builder.platform.swagger.operations import VERBS, operations
from connector_builder.platform.swagger.references import parse_reference
from connector_builder.rules.context import Context, once

SECTIONS = ("definitions", "parameters", "responses")
"""The top-level keys whose parts references use."""
_CONTAINERS = (dict, list)


class Mentions(NamedTuple):
    """The texts of the references in a part of a definition, and the ids of the operations that extensions in it call."""

    references: frozenset[str]
    operations: frozenset[str]


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
    parts = [(section, name) for section, names in _shared(context).items() for name in names]
    found = (_mentions(part, context).operations for part in (None, *parts))
    return frozenset().union(*found)


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
    references, operations = set[str](), set[str]()
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(key, one) for one in value if isinstance(one, _CONTAINERS)]
            continue
        if not isinstance(value, dict):
            continue
        for name, one in value.items():
            if isinstance(one, _CONTAINERS):
                waiting.append((name, one))
            elif name == "$ref" and isinstance(one, str):
                references.add(one)
            elif name == "operationId" and isinstance(one, str) and key not in VERBS:
                operations.add(one)
    return Mentions(frozenset(references), frozenset(operations))
