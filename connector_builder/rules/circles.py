"""Finds references that close a circle of schemas: each is only a reference to the next, or contains it in `allOf`."""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import same


class Circles:
    """Follows `$ref` and `allOf`, every schema once however often it is asked."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._closing: set[int] = set()

    def closes(self, reference: dict[str, Any]) -> bool:
        """Checks whether a schema's reference or `allOf` closes a circle."""
        if id(reference) not in self._done:
            self._explore(reference)
        return id(reference) in self._closing

    def _explore(self, start: dict[str, Any]) -> None:
        """Searches depth-first without recursion: a chain of references may have any length."""
        way = [(start, self._parts(start))]
        self._open.add(id(start))
        while way:
            schema, parts = way[-1]
            part = next(parts, None)
            if part is None:
                way.pop()
                self._open.discard(id(schema))
                self._done.add(id(schema))
            elif id(part) in self._open:
                self._closing.add(id(schema if "$ref" in schema else part))
            elif id(part) not in self._done:
                self._open.add(id(part))
                way.append((part, self._parts(part)))

    def _parts(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        return (part for part in same(schema, self._references) if isinstance(part, dict))
