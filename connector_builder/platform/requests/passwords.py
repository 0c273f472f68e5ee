"""Finds the values of a request that its definition calls passwords, by the format `password`."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from connector_builder.platform.requests.inputs import BODY, Input
from connector_builder.platform.requests.model import Given
from connector_builder.platform.requests.values import MAX_STEPS, Shape
from connector_builder.platform.swagger.references import References

_FORMAT = "password"


def passwords_of(
    inputs: Sequence[Input], given: Sequence[Given], body: bytes | None, references: References
) -> Iterator[str]:
    """Yields the values of inputs, as a person wrote them, and those of fields in a JSON body."""
    for one in inputs:
        if one.place == BODY:
            yield from _in_body(body, one.schema, references)
        elif one.schema.get("format") == _FORMAT:
            yield from (said.text for said in given if said.name in (one.name, f"{one.place}:{one.name}"))


def _in_body(body: bytes | None, schema: Any, references: References) -> Iterator[str]:
    try:
        waiting: list[tuple[Any, Any]] = [(json.loads(body or b""), schema)]
    except (ValueError, RecursionError):
        return
    steps = 0
    while waiting and steps < MAX_STEPS:
        steps += 1
        value, described = waiting.pop()
        shape = Shape(described, references)
        if isinstance(value, str):
            if shape.said("format") == _FORMAT:
                yield value
        elif isinstance(value, list):
            waiting += [(one, shape.items) for one in value]
        elif isinstance(value, dict):
            known = shape.properties
            waiting += [(one, known[name].schema) for name, one in value.items() if name in known]
