"""Values from a seed fit their schemas."""

from typing import Any

import pytest

from connector_builder.language.compile.samples.examples import example
from connector_builder.language.compile.samples.invented import Inventor
from connector_builder.platform.requests.values import differences
from connector_builder.platform.swagger.references import References

NOTHING = References({})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 40},
        {"type": "string", "maxLength": 3},
        {"type": "string", "enum": ["a", "b"]},
        *({"type": "string", "format": name} for name in ("date", "date-time", "date-no-tz", "uuid", "uri", "email", "byte")),
        {"type": "integer", "minimum": 5, "maximum": 6, "exclusiveMinimum": True},
        {"type": "integer", "maximum": -5},
        {"type": "integer", "minimum": 2.5, "maximum": 3.5},
        {"type": "integer", "multipleOf": 7, "minimum": 8, "maximum": 20},
        {"type": "number", "minimum": 0, "maximum": 1, "exclusiveMaximum": True},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "array", "minItems": 5, "items": {"type": "integer"}},
        {"type": "array", "maxItems": 1, "items": {"type": "string"}},
        {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "pattern": "^x"}, "b": {"type": "integer"}}},
        {"type": "string", "example": "an author's", "default": "another"},
    ],
)  # fmt: skip
def test_invented_values_fit(schema: dict[str, Any]) -> None:
    for seed in range(30):
        made = example(schema, NOTHING, inventor=Inventor(seed))
        assert list(differences(made, schema, NOTHING, strict=True)) == []
        assert made == example(schema, NOTHING, inventor=Inventor(seed))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 9, "maxLength": 3},
        {"type": "integer", "minimum": 9, "maximum": 3},
        {"type": "number", "minimum": "a", "maximum": True},
        {"type": "integer", "multipleOf": 0},
        {"type": "integer", "minimum": 10**400},
    ],
)
def test_bounds_that_contradict_do_not_stop_it(schema: dict[str, Any]) -> None:
    assert isinstance(example(schema, NOTHING, inventor=Inventor(0)), int | float | str)
