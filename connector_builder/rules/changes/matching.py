"""Pairs the operations of two versions: by id, then by verb and path."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from connector_builder.rules.changes.side import Part

_VARIABLE = re.compile(r"\{[^{}]*\}")


class Pairs(NamedTuple):
    """The operations of both versions, and those of only one. In `renamed`, verb and path are the same, and the id isn't."""

    both: Sequence[tuple[Part, Part]]
    renamed: Sequence[tuple[Part, Part]]
    gone: Sequence[Part]
    added: Sequence[Part]


def pairs(old: Sequence[Part], new: Sequence[Part]) -> Pairs:
    """Pairs the operations of two versions. Of several with one id, the first counts."""
    by_id = {part.id: part for part in reversed(new) if part.id}
    both: list[tuple[Part, Part]] = []
    left: list[Part] = []
    taken: set[int] = set()
    for part in old:
        other = by_id.get(part.id) if part.id else None
        if other is not None and id(other) not in taken:
            both.append((part, other))
            taken.add(id(other))
        else:
            left.append(part)
    by_route = {route(part): part for part in reversed(new) if id(part) not in taken}
    renamed: list[tuple[Part, Part]] = []
    gone: list[Part] = []
    for part in left:
        other = by_route.get(route(part))
        if other is not None and id(other) not in taken:
            (renamed if part.id != other.id else both).append((part, other))
            taken.add(id(other))
        else:
            gone.append(part)
    return Pairs(both, renamed, gone, [part for part in new if id(part) not in taken])


def route(part: Part) -> tuple[str, str]:
    """Returns the verb and the path of an operation. The names of variables in the path don't count: flows have their values."""
    return part.operation.verb, _VARIABLE.sub("{}", part.operation.path)
