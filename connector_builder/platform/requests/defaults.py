"""Completes a body with the values that the platform sends by itself, and finds the fields that it must have.

The platform sends a default only where a field is required; an optional internal field is left out.
Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions#x-ms-visibility
"""

import copy
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, items
from connector_builder.platform.requests.model import Problem
from connector_builder.platform.requests.values import Shape, path_text
from connector_builder.platform.swagger.references import References

MAX_DEPTH = 20


def completed(value: Any, schema: Any, references: References) -> tuple[Any, list[Problem]]:
    """Returns a body with the defaults of its required fields, and a problem for each required field without a value."""
    problems: list[Problem] = []
    return _filled(value, schema, references, (), problems), problems


def _filled(value: Any, schema: Any, references: References, path: Pointer, problems: list[Problem]) -> Any:
    if len(path) > MAX_DEPTH:
        return value
    shape = Shape(schema, references)
    if isinstance(value, list):
        inner = shape.items
        return [_filled(one, inner, references, (*path, index), problems) for index, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    out = dict(value)
    for name, one in shape.properties.items():
        here = (*path, name)
        if name in out:
            out[name] = _filled(out[name], one.schema, references, here, problems)
        elif one.required:
            own = Shape(one.schema, references)
            made = _default(own)
            if made is ABSENT and own.type == "object" and own.properties:
                made = _filled({}, one.schema, references, here, problems)
            elif made is ABSENT and own.said("readOnly") is not True:
                problems.append(Problem(f"'{path_text(here, counted=True)}' is required"))
            if made is not ABSENT:
                out[name] = made
    return out


def _default(shape: Shape) -> Any:
    """Returns the default of a schema, or its only value; ABSENT if it has neither."""
    default, allowed = shape.said("default"), items(shape.said("enum"))
    if default is ABSENT:
        default = allowed[0] if len(allowed) == 1 else ABSENT
    return default if default is ABSENT else copy.deepcopy(default)
