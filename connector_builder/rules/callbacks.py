"""Finds the operations that take a callback: the fields of their bodies that have `x-ms-notification-url`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.package import VERBS
from connector_builder.rules.context import Context
from connector_builder.source.pointers import parse_reference

MARK = "x-ms-notification-url"
MAX_CHAIN = 50
"""The longest chain of references that is followed."""
MAX_FOUND = 20
"""The most callbacks of a schema that are reported: there should be one."""


class Callback(NamedTuple):
    """A field for a callback: its pointer, whether it or a part around it is internal, and whether all are required."""

    pointer: Pointer
    internal: bool
    required: bool


class _Part(NamedTuple):
    schema: Any
    pointer: Pointer
    internal: bool = False
    required: bool = True


def callbacks_of(operation: Any, context: Context) -> list[Callback]:
    """Returns the callbacks in the body of an operation of the definition."""
    every = context.once("callbacks", None, lambda: _Search(context).every_operation())
    return every.get(id(operation), [])


def bodies(context: Context) -> set[int]:
    """Returns the ids (in memory) of all schemas that are parts of operations' bodies."""
    return context.once("bodies", None, lambda: _reached(context))


class _Search:
    """Searches each shared schema once, however many parts refer to it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, list[Callback]] = {}

    def every_operation(self) -> dict[int, list[Callback]]:
        found: dict[int, list[Callback]] = {}
        for operation, body in _bodies(self._context):
            found.setdefault(id(operation), []).extend(self._in(body, 0))
        return found

    def _in(self, start: _Part, depth: int) -> list[Callback]:
        found: list[Callback] = []
        waiting = [start]
        while waiting and len(found) < MAX_FOUND:
            part = waiting.pop()
            if not isinstance(part.schema, dict):
                continue
            reference = part.schema.get("$ref")
            if isinstance(reference, str):
                for one in self._behind(reference, depth + 1):
                    internal, required = part.internal or one.internal, part.required and one.required
                    found.append(one._replace(internal=internal, required=required))
                continue
            internal = part.internal or part.schema.get("x-ms-visibility") == "internal"
            if part.schema.get(MARK) is True:
                found.append(Callback(part.pointer, internal, part.required))
            waiting += _inside(part if internal is part.internal else part._replace(internal=internal))
        return found

    def _behind(self, reference: str, depth: int) -> list[Callback]:
        if reference not in self._known:
            self._known[reference] = []  # a schema that refers to itself contains nothing new
            steps = parse_reference(reference)
            if steps is not None and depth <= MAX_CHAIN:
                self._known[reference] = self._in(_Part(self._context.target(reference), steps), depth)
        return self._known[reference]


def _inside(part: _Part) -> Iterator[_Part]:
    schema, pointer = part.schema, part.pointer
    properties, required = schema.get("properties"), schema.get("required")
    names = {name for name in required if isinstance(name, str)} if isinstance(required, list) else ()
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        yield _Part(inner, (*pointer, "properties", name), part.internal, part.required and name in names)
    for index, inner in enumerate(schema["allOf"] if isinstance(schema.get("allOf"), list) else ()):
        yield _Part(inner, (*pointer, "allOf", index), part.internal, part.required)
    if isinstance(schema.get("items"), dict):
        yield _Part(schema["items"], (*pointer, "items"), part.internal, part.required)


def _bodies(context: Context) -> Iterator[tuple[Any, _Part]]:
    """Yields every operation with the schema of its body. A path's body counts for each of its operations."""
    definition = context.package.definition
    paths = definition.get("paths") if isinstance(definition, dict) else None
    for path, item in paths.items() if isinstance(paths, dict) else ():
        if not isinstance(item, dict):
            continue
        shared = list(_schemas(item, ("paths", path), context))
        for verb in VERBS:
            own = _schemas(item.get(verb), ("paths", path, verb), context)
            yield from ((item.get(verb), part) for part in (*own, *shared))


def _schemas(owner: Any, pointer: Pointer, context: Context) -> Iterator[_Part]:
    parameters = owner.get("parameters") if isinstance(owner, dict) else None
    for index, parameter in enumerate(parameters if isinstance(parameters, list) else ()):
        reference = parameter.get("$ref") if isinstance(parameter, dict) else None
        steps = parse_reference(reference) if isinstance(reference, str) else None
        body = context.resolved(parameter)
        if isinstance(body, dict) and body.get("in") == "body":
            internal, required = body.get("x-ms-visibility") == "internal", body.get("required") is True
            place = steps if steps is not None else (*pointer, "parameters", index)
            yield _Part(body.get("schema"), (*place, "schema"), internal, required)


def _reached(context: Context) -> set[int]:
    seen: set[int] = set()
    waiting = [part.schema for _, part in _bodies(context)]
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        if isinstance(schema.get("$ref"), str):
            waiting.append(context.target(schema["$ref"]))
        more = schema.get("additionalProperties")
        waiting += [part.schema for part in _inside(_Part(schema, ()))]
        waiting += [more] if isinstance(more, dict) else []
    return seen
