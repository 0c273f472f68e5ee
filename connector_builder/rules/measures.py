"""How many schemas a schema has, with all that it refers to, and how deep they are: each schema is visited once."""

from typing import Any, NamedTuple

from connector_builder.platform.limits import SCHEMAS, SCHEMAS_OF_ALL
from connector_builder.platform.sizes import schemas_in
from connector_builder.platform.swagger.schemas import directly_in
from connector_builder.rules.context import Context, once

MAX_COUNTED = 300_000
"""The most schemas of one package that are counted one by one, because they are in circles."""


class Measure(NamedTuple):
    """How many schemas a schema has, itself included, and how many are inside one another.

    `exact` says that `size` is the number that `schemas_in` counts: no reference leads back.
    """

    size: int
    depth: int
    exact: bool


HOLDERS = ("properties", "items", "additionalProperties", "allOf")
"""The keys of a schema that may contain others. Most schemas have none."""
_INNER = frozenset(HOLDERS)
_LEAF = Measure(1, 1, exact=True)
_OPEN = Measure(1, 1, exact=False)


class _Total:
    """What of a schema is measured so far, and what in it isn't yet."""

    def __init__(self, schema: dict[str, Any], context: Context) -> None:
        self.schema = schema
        parts = directly_in(schema)
        resolved = [part for part in map(context.resolved, parts) if isinstance(part, dict)]
        deeper = [part for part in resolved if not _INNER.isdisjoint(part)]
        leaves = len(resolved) - len(deeper)
        # A reference that leads nowhere counts as a schema, but nothing is inside it.
        self.size, self.depth = 1 + leaves + len(parts) - len(resolved), int(leaves > 0)
        self.exact = True
        self.rest = iter(deeper)

    def add(self, measure: Measure) -> None:
        self.size += measure.size
        self.depth = max(self.depth, measure.depth)
        self.exact = self.exact and measure.exact


@once
def _known(context: Context) -> dict[int, Measure]:
    """The measures that are known already, by the ids of the schemas."""
    return {}


def measured(schema: dict[str, Any], context: Context) -> Measure:
    """Returns how many schemas a schema has, at most one more than all operations may have, and how deep they are.

    A reference counts with what it leads to, each time; one back to a schema around it counts once. Each schema is
    visited once, however often it is used.
    """
    known, start = _known(context), context.resolved(schema)
    if not isinstance(start, dict):
        return _LEAF
    if id(start) in known:
        return known[id(start)]
    known[id(start)] = _OPEN  # until it is known: what refers to itself
    way = [_Total(start, context)]
    while way:
        total = way[-1]
        for following in total.rest:
            found = known.get(id(following))
            if found is None:
                known[id(following)] = _OPEN
                way.append(_Total(following, context))
                break
            total.add(found)
        else:
            way.pop()
            measure = Measure(min(total.size, SCHEMAS_OF_ALL.most + 1), total.depth + 1, total.exact)
            known[id(total.schema)] = measure
            if way:
                way[-1].add(measure)
    return known[id(start)]


@once
def _left(context: Context) -> list[int]:
    """Returns how many schemas may still be counted one by one, as the only item."""
    return [MAX_COUNTED]


def counted(schema: dict[str, Any], context: Context) -> int:
    """Returns how many schemas a schema has, as the platform counts them, but at most one more than it takes.

    In a circle, each schema has another number, so each is counted by itself: for `MAX_COUNTED` steps. Then the measure, which
    looks at each schema once, stands for the number.
    """
    measure, left = measured(schema, context), _left(context)
    if measure.exact or left[0] <= 0:
        return min(measure.size, SCHEMAS.most + 1)
    size = schemas_in(schema, context.resolved, SCHEMAS.most)
    left[0] -= size
    return size
