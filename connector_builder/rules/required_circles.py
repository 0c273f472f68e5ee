"""Finds the required properties that close a circle: a value of such a schema would have no end."""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.schemas import every
from connector_builder.rules.context import Context, once

_Step = tuple[str, dict[str, Any]]
_STEPPING = frozenset({"required", "allOf"})
"""The keys of a schema that a value of it can't be without others for."""


@once
def circles(context: Context) -> dict[int, list[str]]:
    """The names of the required properties that lead back to a schema around them, by the id of the schema with them.

    Each schema is visited once.
    """
    found: dict[int, list[str]] = {}
    done: set[int] = set()
    definitions = mapping(mapping(context.package.definition).get("definitions"))
    for schema in every(definitions.values(), context.references):
        if not _STEPPING.isdisjoint(schema) and id(schema) not in done and "$ref" not in schema:
            _explore(schema, context, done, found)
    return found


def _explore(start: dict[str, Any], context: Context, done: set[int], found: dict[int, list[str]]) -> None:
    way: list[tuple[dict[str, Any], Iterator[_Step]]] = [(start, _steps(start, context))]
    open_ = {id(start)}
    while way:
        schema, steps = way[-1]
        step = next(steps, None)
        if step is None:
            way.pop()
            open_.discard(id(schema))
            done.add(id(schema))
            continue
        name, following = step
        if id(following) in open_:
            if name:
                found.setdefault(id(schema), []).append(name)
        elif id(following) not in done:
            open_.add(id(following))
            way.append((following, _steps(following, context)))


def _steps(schema: dict[str, Any], context: Context) -> Iterator[_Step]:
    """Yields the schemas that a value of a schema can't be without, with the property that has each; '' for `allOf`."""
    properties = mapping(schema.get("properties"))
    for name in items(schema.get("required")):
        part = context.resolved(properties.get(name)) if isinstance(name, str) else None
        if isinstance(part, dict) and part.get("x-nullable") is not True:
            yield name, part
    for part in map(context.resolved, items(schema.get("allOf"))):
        if isinstance(part, dict):
            yield "", part
