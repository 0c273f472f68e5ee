"""The top level's `order`: names of operations, paths, and beginnings of paths such as `/pets*`."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any

from connector_builder.language.compile.context import Context
from connector_builder.language.compile.operations import Operation
from connector_builder.language.rules import NAME_NOT_FOUND
from connector_builder.package import VERBS
from connector_builder.source.node import Node


def in_order(ctx: Context, operations: list[Operation]) -> list[Operation]:
    """The operations by `order`, which may be partial; ids and paths that aren't there are findings."""
    order = ctx.root.entries.get("order")
    if order is None or not order.is_list:
        return operations
    raw = ctx.table("paths")
    exact = {*(one.id for one in operations), *(one.path for one in operations), *raw}
    names: dict[str, int] = {}
    for index, item in enumerate(order.items):
        names.setdefault(item.value, index)
    heads = {name.removesuffix("*"): index for name, index in names.items() if name.endswith("*") and name not in exact}
    first, found = first_beginnings(heads, chain((one.path for one in operations), raw))
    _report_unknown(ctx, order, operations, exact, found)
    last = len(order.items)
    ranks = {one.path: first.get(one.path, last) for one in operations}
    return sorted(operations, key=lambda one: min(ranks[one.path], names.get(one.id, last), names.get(one.path, last)))


def _report_unknown(
    ctx: Context, order: Node, operations: list[Operation], exact: Collection[str], found: set[str]
) -> None:
    """Finds the items that name nothing. `exact` are names and paths, `found` the beginnings that some path has."""
    raw_ids = _raw_ids(ctx)
    for item in order.items:
        name = item.value
        if name in exact:
            continue
        if name.endswith("*"):
            head = name.removesuffix("*")
            if head not in found:
                found.add(head)  # once
                help_ = ctx.suggestions.of(head, (one.path for one in operations))
                ctx.report(NAME_NOT_FOUND, item, f"no path begins with '{head}'", help=help_)
        elif name not in raw_ids and not ctx.is_left_out(name):
            names = chain((one.id for one in operations), (one.path for one in operations))
            help_ = ctx.suggestions.of(name, names)
            ctx.report(NAME_NOT_FOUND, item, f"there is no operation or path '{name}'", help=help_)


def _raw_ids(ctx: Context) -> set[str]:
    """The ids of the operations under `paths`."""
    return {
        str(verb["operationId"])
        for path in ctx.table("paths").values()
        for verb in (path.value.values() if isinstance(path.value, dict) else ())
        if isinstance(verb, dict) and "operationId" in verb
    }


def path_order(ctx: Context, paths: dict[str, Any]) -> dict[str, Any]:
    """Raw paths come last, but where `order` names them they stand where it says."""
    order = ctx.root.entries.get("order")
    if order is None or not order.is_list:
        return paths
    where = {str(item.value): index for index, item in enumerate(order.items)}
    last = len(where)
    heads = {name.removesuffix("*"): index for name, index in where.items() if name.endswith("*")}
    first, _ = first_beginnings(heads, paths)
    ids = {
        path: min(
            [where.get(path, last), first.get(path, last)]
            + [
                where.get(str(one.get("operationId")), last)
                for verb, one in (item.items() if isinstance(item, dict) else ())
                if verb in VERBS and isinstance(one, dict)
            ]
        )
        for path, item in paths.items()
    }
    listed = sorted(paths, key=lambda path: ids.get(path, last))
    if listed == list(paths):
        return paths
    moved = {path: paths.pop(path) for path in listed}
    paths.update(moved)
    return paths


def first_beginnings(heads: dict[str, int], paths: Iterable[str]) -> tuple[dict[str, int], set[str]]:
    """The least number of all heads that a path begins with, by path, and the heads that some path begins with.

    Sorted, the paths that begin alike stand together after their head: one walk finds all, however many there are.
    """
    least: dict[str, int] = {}
    found: set[str] = set()
    around: list[tuple[str, int]] = []  # each head begins with the one before it
    for text, is_path in sorted({*((head, False) for head in heads), *((path, True) for path in paths)}):
        while around and not text.startswith(around[-1][0]):
            _leave(around, found)
        if is_path:
            if around:
                found.add(around[-1][0])
                least[text] = around[-1][1]
        else:
            around.append((text, min([heads[text], *(number for _, number in around[-1:])])))
    while around:
        _leave(around, found)
    return least, found


def _leave(around: list[tuple[str, int]], found: set[str]) -> None:
    """What begins with a head begins with the head around it too."""
    head, _ = around.pop()
    if head in found and around:
        found.add(around[-1][0])
