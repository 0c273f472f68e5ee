"""Cuts schemas that are larger than the platform takes: deep optional parts become objects without fields."""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.limits import SCHEMAS
from connector_builder.platform.sizes import schemas_in
from connector_builder.platform.swagger.operations import operations
from connector_builder.sources import losses
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
MAX_STEPS = 500_000
"""The most schemas that are counted or cut for one document. `validate` reports what then is too large."""
_DEEPEST = 3
"""The most levels of definitions that a body keeps if it is too large; then fewer."""


def prune(paths: Entries, definitions: dict[str, Entries], original: Original) -> None:
    """Cuts definitions until no body, no answer and no definition has more schemas than the platform takes.

    The most deeply nested references of optional fields are cut first. What was cut is told.
    """
    cutter = _Cutter(definitions)
    roots = [*_bodies(paths), *definitions.values()]
    for root in roots:
        if cutter.left <= 0:
            return
        before = cutter.size(root)
        if before <= SCHEMAS.most:
            continue
        cut, depth = 0, _DEEPEST
        for depth in range(_DEEPEST, -1, -1):
            cut = cutter.cut(root, depth)
            if cutter.size(root) <= SCHEMAS.most:
                break
        at = original.where(root)
        original.tell(
            losses.SCHEMA_CUT,
            at,
            f"more than {SCHEMAS.most} schemas: fields that are {depth + 1} levels deep become objects without fields ({cut} in the last step)",
        )


def _bodies(paths: Entries) -> Iterator[Entries]:
    for one in operations({"paths": paths}):
        for parameter in items(one.value.get("parameters")):
            if isinstance(parameter.get("schema"), dict):
                yield parameter["schema"]
        for response in mapping(one.value.get("responses")).values():
            if isinstance(response.get("schema"), dict):
                yield response["schema"]


class _Cutter:
    """Counts and cuts the schemas of one document."""

    def __init__(self, definitions: dict[str, Entries]) -> None:
        self._definitions = definitions
        self.left = MAX_STEPS

    def _target(self, schema: Entries) -> Entries:
        reference = schema.get("$ref")
        return (
            self._definitions.get(reference.removeprefix("#/definitions/"), {})
            if isinstance(reference, str)
            else schema
        )

    def size(self, root: Entries) -> int:
        """Counts schemas as the platform does, up to one more than it takes."""
        count = schemas_in(root, self._target, SCHEMAS.most)
        self.left -= count
        return count

    def cut(self, root: Entries, depth: int) -> int:
        """Turns optional fields that refer to a definition, below so many definitions, into objects. Returns how many."""
        cut = 0
        level, seen = [self._target(root)], set[int]()
        for below in range(_DEEPEST + 1):
            after: list[Entries] = []
            for schema in level:
                found = list(self._references(schema))
                self.left -= len(found)
                for owner, key, field in found:
                    if below >= depth:
                        owner[key] = {"type": "object"}
                        cut += 1
                    else:
                        target = self._target(field)
                        if id(target) not in seen:
                            seen.add(id(target))
                            after.append(target)
            level = after
        return cut

    @staticmethod
    def _references(schema: Entries) -> Iterator[tuple[Entries, str, Entries]]:
        """Yields the references within a schema, each with the mapping and the key that has it."""
        waiting = [schema]
        found: list[tuple[Entries, str, Entries]] = []
        while waiting:
            part = waiting.pop()
            properties = mapping(part.get("properties"))
            places = [(properties, name, field) for name, field in properties.items()]
            places += [
                (part, key, part[key]) for key in ("items", "additionalProperties") if isinstance(part.get(key), dict)
            ]
            for owner, key, field in places:
                if "$ref" in field:
                    found.append((owner, key, field))
                else:
                    waiting.append(field)
        yield from found
