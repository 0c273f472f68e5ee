"""Finds what a definition mentions: the shared parts that are used, and the operations that others call."""

from typing import Any

from connector_builder.platform.operations import VERBS
from connector_builder.platform.plain import ABSENT, mapping
from connector_builder.platform.references import parse_reference
from connector_builder.rules.context import Context, once

SECTIONS = ("definitions", "parameters", "responses")
"""The top-level keys whose parts references use."""


@once
def unused(context: Context) -> dict[str, list[str]]:
    """The names of the shared parts that no operation uses, directly or through another part, by section.

    There are none where a reference leads nowhere: it may be meant for any of them.
    """
    definition = mapping(context.package.definition)
    used: set[tuple[str, str]] = set()
    outside = [part for key, part in definition.items() if key not in SECTIONS]
    waiting = list(_references(outside, context))
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            part = mapping(definition.get(name[0])).get(name[1], ABSENT)
            if part is ABSENT and name[0] in SECTIONS:
                return {}
            waiting += _references([part], context)
    return {
        section: [
            name
            for name in mapping(definition.get(section))
            if (section, name) not in used and not name.startswith("x-")
        ]
        for section in SECTIONS
    }


@once
def called_names(context: Context) -> frozenset[str]:
    """The ids of the operations that extensions call."""
    found: set[str] = set()
    waiting: list[tuple[Any, Any]] = [("", context.package.definition)]
    while waiting:
        key, part = waiting.pop()
        if isinstance(part, dict):
            name = part.get("operationId")
            if isinstance(name, str) and key not in VERBS:
                found.add(name)
            waiting += part.items()
        elif isinstance(part, list):
            waiting += ((key, one) for one in part)
    return frozenset(found)


def _references(parts: list[Any], context: Context) -> list[tuple[str, str]]:
    """Returns the section and name of each shared part that a reference somewhere in some parts leads to."""
    found: list[tuple[str, str]] = []
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            reference = part.get("$ref")
            if isinstance(reference, str):
                pointer = context.references.target(reference).pointer or parse_reference(reference) or ()
                if len(pointer) > 1:
                    found.append((str(pointer[0]), str(pointer[1])))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found
