"""Finds where the schemas, operations and templates of a spec are declared and used, and renames them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.lsp.spec_tree import Spot

_OF_OPERATIONS = frozenset({"operation", "operations", "operationId", "unsubscribe", "order", "testConnection"})
_CALLS = frozenset({"dynamicValues", "dynamicSchema"})
_REFERENCE = "#/definitions/"
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,199}")


class Sort(StrEnum):
    """What a name belongs to."""

    SCHEMA = "schema"
    OPERATION = "operation"
    ENUM = "enum"
    PARAMETER = "parameter"


class Use(NamedTuple):
    """A name in a text: offsets of it, and whether it is declared there."""

    sort: Sort
    name: str
    file: Path
    start: int
    end: int
    declares: bool = False


_DECLARED = {
    "schemas": Sort.SCHEMA,
    "actions": Sort.OPERATION,
    "triggers": Sort.OPERATION,
    "enums": Sort.ENUM,
    "parameters": Sort.PARAMETER,
}


def uses(every: list[Spot]) -> list[Use]:
    """Returns every declaration and every use of a name that the spec declares."""
    declared: set[tuple[Sort, str]] = set()
    found: list[Use] = []
    for spot in every:
        if len(spot.path) == 2 and spot.path[0] in _DECLARED and spot.node.key_span is not None:
            sort, name = _DECLARED[str(spot.path[0])], str(spot.path[1])
            declared.add((sort, name))
            found += _use(spot, sort, name, spot.node.key_span, declares=True)
    for spot in every:
        for sort, name, span in _named(spot):
            if (sort, name) in declared:
                found += _use(spot, sort, name, span)
    return sorted(set(found), key=lambda use: (str(use.file), use.start))


def use_at(every: list[Use], path: Path, offset: int) -> Use | None:
    """Returns the name at an offset of a file."""
    return next((use for use in every if use.file == path and use.start <= offset <= use.end), None)


def same(every: list[Use], one: Use) -> list[Use]:
    """Returns all places of a name."""
    return [use for use in every if (use.sort, use.name) == (one.sort, one.name)]


def refusal(every: list[Use], one: Use, new: str) -> str | None:
    """Returns why a name can't become another one; None if it can."""
    if not _NAME.fullmatch(new):
        return f"'{new[:60]}' can't be a name: letters, digits, '_', '.' and '-' can be in it"
    if one.sort is Sort.SCHEMA and new in TYPE_WORDS:
        return f"'{new}' is a type word"
    if any((use.sort, use.name) == (one.sort, new) for use in every):
        return f"there is already a {one.sort} '{new}'"
    if one.sort is Sort.PARAMETER:
        return "a parameter's name is in the request lines too, so it can't be renamed here"
    return None


def _named(spot: Spot) -> Iterator[tuple[Sort, str, tuple[int, int]]]:
    node, last = spot.node, spot.path[-1] if spot.path else ""
    owner = next((step for step in reversed(spot.path) if isinstance(step, str)), "")
    if spot.path[:1] in (("dynamicValues",), ("dynamicSchema",)) and len(spot.path) == 2 and node.key_span is not None:
        yield Sort.OPERATION, str(last), node.key_span
    if not isinstance(node.value, str) or not isinstance(node.marks, tuple):
        return
    text = node.value
    if owner == "enum" or (owner == "type" and "enums" in (spot.form.text or "")):
        yield Sort.ENUM, text, node.marks
    elif owner in _OF_OPERATIONS or owner in _CALLS or "operation's id" in (spot.form.text or ""):
        yield Sort.OPERATION, text, node.marks
    elif owner == "$ref" or owner == "like" or "schema's name" in (spot.form.text or ""):
        yield Sort.SCHEMA, text.removeprefix(_REFERENCE), node.marks


def _use(spot: Spot, sort: Sort, name: str, span: tuple[int, int], *, declares: bool = False) -> list[Use]:
    """Returns the use at the letters of the name themselves: without quotes, and without what stands before it."""
    start = spot.node.text.content.find(name, *span)
    return [] if start < 0 else [Use(sort, name, spot.file, start, start + len(name), declares)]
