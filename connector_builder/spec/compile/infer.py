"""Schemas from samples, as the portal's "Import from sample" makes them, but over all elements and with formats."""

import re
from dataclasses import dataclass, field
from typing import Any

_TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)\Z"
)
INT32 = 2**31


@dataclass(slots=True)
class Inferred:
    """What values of one place have in common.

    `type` holds type and format where all agree; None where nothing tells: only nulls, empty arrays or a mixture, and
    `why` says which. `items` is there for arrays, `properties` for objects.
    """

    type: dict[str, str] | None = None
    items: "Inferred | None" = None
    properties: "dict[str, Inferred]" = field(default_factory=dict)
    why: str = ""


def infer(values: list[Any]) -> Inferred:
    """What the values of one place, over all samples and array elements, have in common; nulls say nothing."""
    present = [value for value in values if value is not None]
    if not present:
        return Inferred(why="is null" if values else "is in no element")
    if all(isinstance(value, dict) for value in present):
        return _infer_object(present)
    if all(isinstance(value, list) for value in present):
        elements = [element for value in present for element in value]
        items = infer(elements)
        if not elements:
            items.why = "is an empty array"
        return Inferred({"type": "array"}, items=items)
    return _infer_scalar(present)


def _infer_object(values: list[dict[str, Any]]) -> Inferred:
    gathered: dict[str, list[Any]] = {}
    for value in values:
        for key, part in value.items():
            gathered.setdefault(key, []).append(part)
    return Inferred({"type": "object"}, properties={key: infer(parts) for key, parts in gathered.items()})


def _infer_scalar(values: list[Any]) -> Inferred:
    if all(isinstance(value, bool) for value in values):
        return Inferred({"type": "boolean"})
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        if any(isinstance(value, float) for value in values):
            return Inferred({"type": "number", "format": "double"})
        fits = all(-INT32 <= value < INT32 for value in values)
        return Inferred({"type": "integer", "format": "int32" if fits else "int64"})
    if all(isinstance(value, str) for value in values):
        if all(_TIME.match(value) for value in values):
            return Inferred({"type": "string", "format": "date-time"})
        return Inferred({"type": "string"})
    return Inferred(why="is a mixture")
