"""Collects the operations of a connector as people see them, for its README."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from connector_builder.platform.swagger import operations as definitions
from connector_builder.platform.view import model
from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.reference import input_rows
from connector_builder.render.rows import Line, line_of

MAX_FIELDS = 100
"""The most fields of an operation: a longer table helps nobody, and schemas can multiply without end."""
_KINDS = {"action": "Action", "poll": "Polling trigger"}


class Operation(NamedTuple):
    """An action or a trigger; `internal` ones serve the designer only. `more` says that `fields` isn't complete."""

    title: str
    key: str
    kind: str
    description: str
    deprecated: bool
    internal: bool
    important: bool
    fields: tuple[Line, ...]
    more: bool


def operations(definition: Any, view: model.View | None = None) -> Iterator[Operation]:
    """Yields all operations of a Swagger document, in its order. `view` is what people see of it, if that is known."""
    view = view or view_of(definition)
    seen = {(one.verb, one.path): one for one in (*view.operations, *view.hidden)}
    for one in definitions.operations(definition):
        yield _operation(seen[one.verb, one.path])


def shortened(operation: Operation, most: int) -> Operation:
    """Returns an operation with at most so many fields. With none, it has no description either, so that it is short."""
    more = operation.more or len(operation.fields) > most
    description = operation.description if most else ""
    return operation._replace(fields=operation.fields[:most], more=more, description=description)


def _operation(one: model.Operation) -> Operation:
    found = list(islice(input_rows(one.inputs), MAX_FIELDS + 1))
    return Operation(
        title=one.title,
        key=one.id,
        kind=_KINDS.get(one.kind, "Webhook trigger"),
        description=one.description,
        deprecated=one.deprecated,
        internal=one.visibility == "internal",
        important=one.visibility == "important",
        fields=tuple(map(line_of, found[:MAX_FIELDS])),
        more=len(found) > MAX_FIELDS,
    )
