"""Walks schemas, and merges a schema with its `allOf`. A schema may be any JSON, and may refer to itself.

Nothing here goes deeper than one call per schema, so that a chain may have any length.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.swagger.references import References

MAX_COMBINED = 1000
"""The most schemas that `combined` looks at."""
_MAX_NEAREST = 100


class Part(NamedTuple):
    """A schema as written, and its pointer. A reference is one part, and what it leads to is another."""

    schema: Any
    pointer: Pointer


class Property(NamedTuple):
    """A property of a schema or its `allOf`: its schema as written, and whether one of them requires it."""

    schema: Any
    required: bool


def inner(schema: dict[str, Any]) -> Iterator[Part]:
    """Yields the schemas directly in a schema, each with the steps to it; `items` and `additionalProperties` only if mappings."""
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name, part in properties.items():
            yield Part(part, ("properties", name))
    for key in ("items", "additionalProperties"):
        part = schema.get(key)
        if isinstance(part, dict):
            yield Part(part, (key,))
    combined = schema.get("allOf")
    if isinstance(combined, list):
        for index, part in enumerate(combined):
            yield Part(part, ("allOf", index))


def directly_in(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns those of `inner` that are mappings, for those who don't ask where they are."""
    properties, combined = schema.get("properties"), schema.get("allOf")
    parts = [*properties.values()] if isinstance(properties, dict) else []
    parts += (schema.get("items"), schema.get("additionalProperties"))
    if isinstance(combined, list):
        parts += combined
    return [part for part in parts if isinstance(part, dict)]


def walk(starts: Iterable[Part], references: References) -> Iterator[Part]:
    """Yields schemas and all schemas in them. It follows references, and yields each mapping once, and what isn't a mapping too.

    What a reference leads to has the pointer of its own place in the document.
    """
    waiting, seen = [*starts][::-1], set[int]()
    while waiting:
        part = waiting.pop()
        schema = part.schema
        if not isinstance(schema, dict):
            yield part
            continue
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        yield part
        if isinstance(schema.get("$ref"), str):  # beside which nothing counts
            waiting.append(Part(*references.target(schema["$ref"])))
        else:
            waiting += [Part(one, (*part.pointer, *steps)) for one, steps in reversed([*inner(schema)])]


def every(starts: Iterable[Any], references: References) -> Iterator[dict[str, Any]]:
    """Yields those schemas of `walk` that are mappings, for those who don't ask where they are."""
    waiting, seen = [*starts][::-1], set[int]()
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        yield schema
        if isinstance(schema.get("$ref"), str):
            waiting.append(references.target(schema["$ref"]).value)
        else:
            waiting += reversed(directly_in(schema))


def same(schema: Any, references: References) -> Iterator[Any]:
    """Yields what a schema directly includes: the target of its reference, or else the parts of its `allOf`."""
    if isinstance(schema, dict):
        reference, combined = schema.get("$ref"), schema.get("allOf")
        if isinstance(reference, str):
            yield references.target(reference).value
        elif isinstance(combined, list):
            yield from combined


def combined(schema: Any, references: References) -> list[Any]:
    """Returns a schema and everything that it includes by references and `allOf`, each once, in the order of the document.

    It includes what isn't a mapping, such as ABSENT for a reference that leads nowhere.
    """
    schema = references.resolved(schema)
    if not isinstance(schema, dict) or "allOf" not in schema:
        return [schema]
    found: dict[int, Any] = {}
    waiting = [schema]
    while waiting and len(found) < MAX_COMBINED:
        part = references.resolved(waiting.pop())
        if id(part) not in found:
            found[id(part)] = part
            more = part.get("allOf") if isinstance(part, dict) else None
            waiting += reversed(more[:MAX_COMBINED]) if isinstance(more, list) else ()
    return list(found.values())


def has_properties(schema: Any, references: References) -> bool:
    """Checks whether a schema or its `allOf` has properties: those that are nearest are looked at first, and not more than 100."""
    waiting = deque([references.resolved(schema)])
    for _ in range(_MAX_NEAREST):
        if not waiting:
            break
        part = references.resolved(waiting.popleft())
        if isinstance(part, dict):
            if isinstance(part.get("properties"), dict) and part["properties"]:
                return True
            more = part.get("allOf")
            waiting.extend(more[:_MAX_NEAREST] if isinstance(more, list) else ())
    return False


def properties_of(schema: Any, references: References) -> dict[str, Property]:
    """Returns the properties of a schema and its `allOf` by name. Of several with one name, the first counts."""
    parts = [part for part in combined(schema, references) if isinstance(part, dict)]
    lists = [part["required"] for part in parts if isinstance(part.get("required"), list)]
    required = {name for names in lists for name in names if isinstance(name, str)}
    found: dict[str, Property] = {}
    for part in parts:
        properties = part.get("properties")
        for name, one in properties.items() if isinstance(properties, dict) else ():
            found.setdefault(name, Property(one, name in required))
    return found
