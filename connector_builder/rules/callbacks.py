"""Finds the operations that take a callback: the fields of their bodies that have `x-ms-notification-url`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import items
from connector_builder.platform.swagger.operations import operations_of, path_items
from connector_builder.platform.swagger.schemas import combined, every, inner
from connector_builder.rules.context import Context, once
from connector_builder.rules.mentions import CALLBACK, has_callbacks

MARK = CALLBACK
MAX_CHAIN = 50
"""The longest chain of references that is followed."""
MAX_FOUND = 20
"""The most callbacks of a schema that are reported: there should be one."""


class OptionalPart(NamedTuple):
    """A field that isn't required in the schema around it; the body itself has no name."""

    name: str
    around: str


class Callback(NamedTuple):
    """A field for a callback: its pointer, whether it or a part around it is internal, and what isn't required.

    `optional` has the field and the parts around it that aren't required, the outermost first.
    """

    pointer: Pointer
    internal: bool
    optional: tuple[OptionalPart, ...]


class _Part(NamedTuple):
    schema: Any
    pointer: Pointer
    internal: bool = False
    optional: tuple[OptionalPart, ...] = ()


def callbacks_of(operation: Any, context: Context) -> list[Callback]:
    """The callbacks in the body of an operation of the definition."""
    return _every(context).get(id(operation), [])


@once
def bodies(context: Context) -> set[int]:
    """The ids of all schemas that bodies of operations consist of."""
    starts = [part.schema for _, part in _bodies(context)]
    return set(map(id, every(starts, context.references)))


@once
def asked_bodies(context: Context) -> set[int]:
    """The ids of the schemas that bodies of visible operations are, with those that they include: people fill them in.

    A webhook that marks no field for its callback isn't among them: the one that people don't see may be the callback.
    """
    unmarked = {
        id(operation.value)
        for path, item in path_items(context.package.definition)
        if "x-ms-notification-content" in item
        for operation in operations_of(path, item)
        if not callbacks_of(operation.value, context)
    }
    visible = ((one, part) for one, part in _bodies(context) if one.get("x-ms-visibility") != "internal")
    shown = (part.schema for one, part in visible if id(one) not in unmarked)
    return {id(part) for schema in shown for part in combined(schema, context.references)}


@once
def _every(context: Context) -> dict[int, list[Callback]]:
    return _Search(context).every_operation() if has_callbacks(context) else {}


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
                    internal, optional = part.internal or one.internal, (*part.optional, *one.optional)
                    found.append(one._replace(internal=internal, optional=optional[:MAX_CHAIN]))
                continue
            internal = part.internal or part.schema.get("x-ms-visibility") == "internal"
            if part.schema.get(MARK) is True:
                found.append(Callback(part.pointer, internal, part.optional))
            waiting += _inside(part if internal is part.internal else part._replace(internal=internal))
        return found

    def _behind(self, reference: str, depth: int) -> list[Callback]:
        if reference not in self._known:
            self._known[reference] = []  # what refers to itself has nothing new inside
            if depth <= MAX_CHAIN:
                self._known[reference] = self._in(_Part(*self._context.references.target(reference)), depth)
        return self._known[reference]


def _inside(part: _Part) -> Iterator[_Part]:
    required = part.schema.get("required")
    names = {name for name in required if isinstance(name, str)} if isinstance(required, list) else ()
    for schema, steps in inner(part.schema):
        if steps[0] != "additionalProperties":  # of any name: none that receives the address
            optional = part.optional
            if steps[0] == "properties" and steps[1] not in names:
                optional = (*optional, OptionalPart(str(steps[1]), _name_of(part.pointer)))[:MAX_CHAIN]
            yield _Part(schema, (*part.pointer, *steps), part.internal, optional)


def _name_of(pointer: Pointer) -> str:
    """Returns how to call the schema at a pointer: by its property, else by its definition, else as the body."""
    steps = list(pointer)
    while len(steps) > 1:
        if steps[-2] in ("properties", "definitions"):
            return quoted(str(steps[-1]))
        if steps[-2] == "allOf":
            steps.pop()
        elif steps[-1] != "items":
            break
        steps.pop()
    return "the body"


@once
def _bodies(context: Context) -> list[tuple[Any, _Part]]:
    """Every operation with the schema of its body; a path's body is that of each of its operations."""
    found: list[tuple[Any, _Part]] = []
    for path, item in path_items(context.package.definition):
        shared = list(_schemas(item, ("paths", path), context))
        for operation in operations_of(path, item):
            own = _schemas(operation.value, operation.pointer, context)
            found += ((operation.value, part) for part in (*own, *shared))
    return found


def _schemas(owner: dict[str, Any], pointer: Pointer, context: Context) -> Iterator[_Part]:
    for index, parameter in enumerate(items(owner.get("parameters"))):
        body, place = context.references.place(parameter, (*pointer, "parameters", index))
        if isinstance(body, dict) and body.get("in") == "body":
            internal, optional = body.get("x-ms-visibility") == "internal", body.get("required") is not True
            parts = (OptionalPart("", ""),) if optional else ()
            yield _Part(body.get("schema"), (*place, "schema"), internal, parts)
