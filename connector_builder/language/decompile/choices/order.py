"""Finds the `order` that gives the paths of a spec the package's order."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from connector_builder.language.compile.operations.order import first_beginnings, operation_ids
from connector_builder.language.decompile.operations.parameters import named_first

Placed = Sequence[tuple[str, str]]
"""Names and paths of operations."""


def order_of(wanted: Sequence[str], written: Placed, plain: Mapping[str, Any]) -> list[str]:
    """Returns the entries of `order`; empty if the paths are already in the right order.

    `wanted` are the package's paths, `written` the operations in the order of the spec's tables, `plain` the path items
    under `paths`, which come last. In most packages, paths with the same beginning are neighbours: then the beginning
    names them. Otherwise the name of its operation names a path, or the path itself if that name means something else
    too.
    """
    usual = list(dict.fromkeys([*(path for _, path in written), *plain]))
    last = named_first(wanted, usual)
    if not last:
        return []
    position = {path: index for index, path in enumerate(usual)}
    elsewhere = {*wanted, *(name for item in plain.values() for name in operation_ids(item))}
    first = {path: name for name, path in reversed(written) if name not in elsewhere}
    taken = {*elsewhere, *(name for name, _ in written)}
    return _beginnings(wanted, last, position, taken) or [first.get(path, path) for path in wanted[:last]]


def _beginnings(wanted: Sequence[str], last: int, position: dict[str, int], taken: Collection[str]) -> list[str]:
    """Returns the beginnings of paths (`/pets*` for all with this beginning) if they give the order; else []."""
    heads = _heads(wanted)
    named = list(dict.fromkeys(heads[path] for path in wanted[:last]))
    if len(named) * 3 > last or any(f"{head}*" in taken for head in named):
        return []
    ranks, _ = first_beginnings({head: index for index, head in enumerate(named)}, wanted)
    given = sorted(wanted, key=lambda path: (ranks.get(path, len(named)), position[path]))
    return [f"{head}*" for head in named] if given == list(wanted) else []


def _heads(paths: Sequence[str]) -> dict[str, str]:
    """Returns the beginning of each path: the common parts and the next, with its slash unless a path ends there."""
    split = [path.split("/") for path in paths]
    shared = common_parts(split)
    heads = {path: "/".join(parts[: shared + 1]) for path, parts in zip(paths, split, strict=True)}
    ends = set(paths)
    return {path: head if head in ends else f"{head}/" for path, head in heads.items()}


def common_parts(split: Sequence[Sequence[str]]) -> int:
    """Counts the parts that all have in common at their beginning, without the last part of any."""
    count = 0
    for parts in zip(*(one[:-1] for one in split), strict=False):
        if len(set(parts)) > 1:
            break
        count += 1
    return count
