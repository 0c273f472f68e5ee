"""Finds where the schemas, operations and templates of a spec are declared and used, and renames them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from connector_builder.language.tables.top import FORMS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.lsp.spec_tree import Spot

_OF_OPERATIONS = frozenset({"operation", "operations", "operationId", "unsubscribe", "testConnection"})
_CALLS = frozenset({"dynamicValues", "dynamicSchema"})
_OF_PARAMETERS = frozenset({"parameters", "query", "headers", "form"})
_REFERENCE = "#/definitions/"
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,199}")
_IN_LINE = re.compile(r"\{([^{}/]+)\}|[?&]([^=&!#\s{}]+)")
_IN_QUERY = re.compile(r"""(?:^["']?|[?&\s])([^=&!?#\s{}"']+)()""")
_ARGUMENT = re.compile(r"\{([^{}/]+)(?:/[^{}]*)?\}")
_FIELD = re.compile(r"""([^.\[\]!"']+)(?:\[\])*!?$""")
_SHARED = ("components", "parameters")


class Sort(StrEnum):
    """What a name belongs to."""

    SCHEMA = "schema"
    OPERATION = "operation"
    ENUM = "enum"
    PARAMETER = "parameter"
    FIELD = "field"
    TREE = "tree"
    SHARED = "shared parameter"


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
    "fields": Sort.FIELD,
    "dynamicTree": Sort.TREE,
}


def uses(every: list[Spot]) -> list[Use]:
    """Returns every declaration and every use of a name that the spec declares."""
    declared: set[tuple[Sort, str]] = set()
    found: list[Use] = []
    for spot in every:
        sort = _declared(spot)
        if sort is not None and spot.node.key_span is not None:
            name = _bare(str(spot.path[-1])) if sort is Sort.PARAMETER else str(spot.path[-1])
            declared.add((sort, name))
            found += _use(spot, sort, name, spot.node.key_span, declares=True)
    for spot in every:
        for sort, name, span in (*_named(spot), *_parameters(spot)):
            if (sort, name) in declared:
                found += _use(spot, sort, name, span)
    return sorted(_once(found), key=lambda use: (str(use.file), use.start))


def _declared(spot: Spot) -> Sort | None:
    """Returns the sort of name that a part declares."""
    if len(spot.path) == 2:
        return _DECLARED.get(str(spot.path[0]))
    return Sort.SHARED if len(spot.path) == 3 and spot.path[:2] == _SHARED else None


def _once(found: list[Use]) -> Iterator[Use]:
    """Yields each place once: a declaration is no use of itself."""
    places: set[tuple[Sort, Path, int]] = set()
    for use in found:
        if (use.sort, use.file, use.start) not in places:
            places.add((use.sort, use.file, use.start))
            yield use


def use_at(every: list[Use], path: Path, offset: int) -> Use | None:
    """Returns the name at an offset of a file."""
    return next((use for use in every if use.file == path and use.start <= offset <= use.end), None)


def same(every: list[Use], one: Use) -> list[Use]:
    """Returns all places of a name."""
    return [use for use in every if (use.sort, use.name) == (one.sort, one.name)]


def refusal(every: list[Use], one: Use, new: str | None) -> str | None:
    """Returns why a name can't become another one, or any other one if `new` is None; None if it can."""
    if one.sort is Sort.FIELD:
        return "the API calls the field so: a spec can't give it another name"
    if new is None:
        return None
    if not _NAME.fullmatch(new):
        return f"'{new[:60]}' can't be a name: letters, digits, '_', '.' and '-' can be in it"
    if one.sort is Sort.SCHEMA and new in TYPE_WORDS:
        return f"'{new}' is a type word"
    if any((use.sort, use.name) == (one.sort, new) for use in every):
        return f"there is already a {one.sort} '{new}'"
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
    elif owner == "dynamicTree":
        yield Sort.TREE, text, node.marks
    elif owner == "$ref" or owner == "like" or "schema's name" in (spot.form.text or ""):
        yield Sort.SCHEMA, text.removeprefix(_REFERENCE), node.marks
        yield Sort.SHARED, text.removeprefix("#/parameters/"), node.marks


def _parameters(spot: Spot) -> Iterator[tuple[Sort, str, tuple[int, int]]]:
    """Yields the names of parameters and fields, for which the top level may have a description of all that are called so."""
    node, path = spot.node, spot.path
    if spot.key is None and path and isinstance(path[-1], str) and node.key_span is not None:
        if spot.form is FORMS["field"] and path[0] != "fields" and (field := _FIELD.search(path[-1])):
            yield Sort.FIELD, field[1], node.key_span
        elif len(path) > 2 and path[-2] in _OF_PARAMETERS:
            yield Sort.PARAMETER, _bare(path[-1]), node.key_span
    if not isinstance(node.value, str) or not isinstance(node.marks, tuple):
        return
    start, end = node.marks
    written = node.text.content[start:end]
    is_query = "query" in path[-2:]
    if is_query or "request line" in (spot.form.text or ""):
        for found in (_IN_QUERY if is_query else _IN_LINE).finditer(written):
            yield Sort.PARAMETER, found[1] or found[2], (start + found.start(), start + found.end())
    elif "parameters" in path[:-1] and (argument := _ARGUMENT.search(written)):
        yield Sort.PARAMETER, argument[1], (start + argument.start(1), start + argument.end(1))
    elif len(path) > 2 and path[-2] == "order":
        yield Sort.PARAMETER, _bare(node.value), (start, end)


def _bare(name: str) -> str:
    """Returns the name of a parameter without the mark for required ones, and without its place."""
    return name.removesuffix("!").partition(" in ")[0]


def _use(spot: Spot, sort: Sort, name: str, span: tuple[int, int], *, declares: bool = False) -> list[Use]:
    """Returns the use at the letters of the name themselves: without quotes, and without what stands before it."""
    start = spot.node.text.content.find(name, *span)
    return [] if start < 0 else [Use(sort, name, spot.file, start, start + len(name), declares)]
