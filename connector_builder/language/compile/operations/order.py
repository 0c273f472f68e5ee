"""Applies the top level's `order`: the positions of operations and paths in the definition."""

from collections.abc import Iterable, Sequence
from typing import Any

from connector_builder.language.compile.context import Context, Entries
from connector_builder.language.compile.operations.operations import Operation
from connector_builder.language.rules import NAME_NOT_FOUND
from connector_builder.platform.swagger.operations import operations_of


class Order:
    """The entries of `order` by meaning: a path, the name of an operation, or (with `*`) the beginning of paths.

    An entry means the first of these that the connector has. So a path that ends in `*` is that path, and every path
    can be written unchanged. Operations and paths without an entry follow in their own order.
    """

    def __init__(self, entries: Iterable[str], names: Iterable[str], paths: Iterable[str]) -> None:
        where: dict[str, int] = {}
        for entry in entries:
            where.setdefault(entry, len(where))
        self._end = len(where)
        known = set(paths)
        self._paths = {entry: index for entry, index in where.items() if entry in known}
        self._names = {name: where[name] for name in names if name in where and name not in known}
        self._heads = {
            entry[:-1]: index
            for entry, index in where.items()
            if entry.endswith("*") and entry not in self._paths and entry not in self._names
        }
        self._begins, self._met = first_beginnings(self._heads, known)

    def names_something(self, entry: str) -> bool:
        """Checks whether an entry of the list names any path or operation."""
        return entry in self._paths or entry in self._names or (entry.endswith("*") and entry[:-1] in self._met)

    def operations(self, operations: Sequence[Operation]) -> list[Operation]:
        """Returns the operations in their new order."""
        return sorted(operations, key=lambda one: min(self._of_name(one.id), self._of_path(one.path)))

    def paths(self, paths: dict[str, Any], operations: Iterable[Operation]) -> dict[str, Any]:
        """Returns the paths in their new order, including those of plain Swagger, which come last by default."""
        by_operation: dict[str, int] = {}
        for one in operations:
            by_operation[one.path] = min(by_operation.get(one.path, self._end), self._of_name(one.id))
        rank = {
            path: min(
                [self._of_path(path), by_operation.get(path, self._end), *map(self._of_name, operation_ids(item))]
            )
            for path, item in paths.items()
        }
        listed = sorted(paths, key=rank.__getitem__)
        if listed != list(paths):
            moved = {path: paths.pop(path) for path in listed}
            paths.update(moved)
        return paths

    def _of_name(self, name: str) -> int:
        return self._names.get(name, self._end)

    def _of_path(self, path: str) -> int:
        return min(self._paths.get(path, self._end), self._begins.get(path, self._end))


def read_order(ctx: Context, operations: Sequence[tuple[str, str]], raw: Entries) -> Order:
    """Reads the top level's `order`, for operations by name and path and for the paths of plain Swagger.

    An entry that names nothing is a finding.
    """
    node = ctx.root.entries.get("order")
    items = node.items if node is not None and node.is_list else []
    names = [name for name, _ in operations]
    names += [name for part in raw.values() for name in operation_ids(part.value)]
    paths = [*(path for _, path in operations), *raw]
    known = [*names, *paths]
    order = Order((str(item.value) for item in items), names, paths)
    for item in items:
        entry = str(item.value)
        if order.names_something(entry) or ctx.is_left_out(entry):
            continue
        if entry.endswith("*"):
            help_ = ctx.suggestions.of(entry[:-1], paths)
            ctx.report(NAME_NOT_FOUND, item, f"no path begins with '{entry[:-1]}'", help=help_)
        else:
            help_ = ctx.suggestions.of(entry, known)
            ctx.report(NAME_NOT_FOUND, item, f"there is no operation or path '{entry}'", help=help_)
    return order


def operation_ids(item: Any) -> list[str]:
    """Returns the ids of the operations of a path in plain Swagger, which may be any JSON."""
    return [str(one.value["operationId"]) for one in operations_of("", item) if "operationId" in one.value]


def first_beginnings(heads: dict[str, int], paths: Iterable[str]) -> tuple[dict[str, int], set[str]]:
    """Returns by path the least number of all heads that it begins with, and the heads that some path begins with.

    After sorting, the paths with the same head follow that head. So one walk finds all, however many there are.
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
    """Leaves the innermost head. If a path begins with it, that path begins with the head around it too."""
    head, _ = around.pop()
    if head in found and around:
        found.add(around[-1][0])
