"""Infers schemas from samples, like the portal's "Import from sample", but from all elements and with formats."""

import re
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings import Pointer

_TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)\Z"
)
INT32 = 2**31
MIXTURE = "is a mixture"
"""Why the values of a place have no common type: they have different ones."""


Located = tuple[Pointer, Any]
"""A value, and its place: the index of its sample, then the pointer in it."""


@dataclass(slots=True)
class Inferred:
    """The common schema of the values of one place.

    `type` contains type and format if all values agree; else None, for only nulls, empty arrays or a mixture, and `why`
    names the cause. `items` is set for arrays, `properties` for objects. `first` is the place of the first value.
    """

    first: Pointer = ()
    type: dict[str, str] | None = None
    items: "Inferred | None" = None
    properties: "dict[str, Inferred]" = field(default_factory=dict)
    why: str = ""


def infer(values: list[Located]) -> Inferred:
    """Infers the common schema of the values of one place, over all samples and array elements. Nulls don't count."""
    inferred = Inferred(values[0][0] if values else ())
    present = [(at, value) for at, value in values if value is not None]
    if not present:
        inferred.why = "is null" if values else "is in no element"
    elif all(isinstance(value, dict) for _, value in present):
        inferred.type = {"type": "object"}
        gathered: dict[str, list[Located]] = {}
        for at, value in present:
            for key, part in value.items():
                gathered.setdefault(key, []).append(((*at, key), part))
        inferred.properties = {key: infer(parts) for key, parts in gathered.items()}
    elif all(isinstance(value, list) for _, value in present):
        inferred.type = {"type": "array"}
        elements = [((*at, index), element) for at, value in present for index, element in enumerate(value)]
        inferred.items = infer(elements)
        if not elements:
            inferred.items.why = "is an empty array"
    else:
        inferred.type = _scalar_type([value for _, value in present])
        inferred.why = "" if inferred.type else MIXTURE
    return inferred


def _scalar_type(values: list[Any]) -> dict[str, str] | None:
    if all(isinstance(value, bool) for value in values):
        return {"type": "boolean"}
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        if any(isinstance(value, float) for value in values):
            return {"type": "number", "format": "double"}
        fits = all(-INT32 <= value < INT32 for value in values)
        return {"type": "integer", "format": "int32" if fits else "int64"}
    if all(isinstance(value, str) for value in values):
        if all(_TIME.match(value) for value in values):
            return {"type": "string", "format": "date-time"}
        return {"type": "string"}
    return None
