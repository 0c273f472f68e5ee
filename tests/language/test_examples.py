"""Samples made up from schemas: valid against them by construction, the same every time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from connector_builder.language.compile.samples.examples import NoExample, example
from connector_builder.platform.swagger.references import References
from tests.support.properties import examples

DEFINITIONS = {
    "Run": {
        "type": "object",
        "properties": {"id": {"type": "string", "format": "uuid"}, "next": {"$ref": "#/definitions/Run"}},
    },
    "Loop": {"$ref": "#/definitions/Loop"},
    "Needs": {"type": "object", "required": ["me"], "properties": {"me": {"$ref": "#/definitions/Needs"}}},
}


def made(schema: Any) -> Any:
    return example(schema, References({"definitions": DEFINITIONS}))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date-time"}, "2026-01-31T12:00:00Z"),
        ({"type": "string", "format": "date"}, "2026-01-31"),
        ({"type": "string", "format": "uri"}, "https://example.com"),
        ({"type": "string", "minLength": 6}, "textte"),
        ({"type": "string", "maxLength": 2}, "te"),
        ({"type": "string", "enum": ["b", "a"]}, "b"),
        ({"type": "string", "default": "d", "enum": ["b", "d"]}, "d"),
        ({"type": "string", "example": "e", "default": "d"}, "e"),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "number"}, 1.5),
        ({"type": "number", "maximum": 1}, 1),
        ({"type": "boolean"}, True),
        ({}, {}),
        ({"type": "array", "items": {"type": "integer"}}, [1]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, [1, 1]),
        ({"type": "array", "maxItems": 0}, []),
        ({"type": "object", "additionalProperties": {"type": "string"}}, {"key": "text"}),
        ({"$ref": "#/definitions/Run"}, {"id": "11111111-1111-4111-8111-111111111111"}),
        ({"allOf": [{"$ref": "#/definitions/Run"}, {"properties": {"a": {"type": "integer"}}}]},
         {"id": "11111111-1111-4111-8111-111111111111", "a": 1}),
    ],
)  # fmt: skip
def test_a_sample_is_made_from_a_schema(schema: Any, expected: Any) -> None:
    assert made(schema) == expected


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ({"type": "string", "pattern": "^[A-Z]{3}$"}, "the tool can't invent a text for a 'pattern'"),
        ({"type": "integer", "multipleOf": 7}, "the tool can't invent a number for 'multipleOf'"),
        ({"type": "integer", "minimum": 3, "maximum": 2}, "'minimum' is greater than 'maximum'"),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "no simple number is between the bounds"),
        ({"$ref": "#/definitions/Loop"}, "a schema contains itself"),
        ({"$ref": "#/definitions/Needs"}, "a schema contains itself"),
        ({"$ref": "#/definitions/None"}, "a reference has no target"),
        ({"type": "object", "required": ["a"]}, "the required field 'a' isn't described"),
        ({"type": "object", "minProperties": 1}, "'minProperties' requires more fields than the schema describes"),
        ({"type": "file"}, "there is no sample of the type 'file'"),
        ({"type": "array", "items": {}, "minItems": 2, "uniqueItems": True}, "'minItems' requires too many items"),
    ],
)
def test_where_none_can_be_made_it_says_why(schema: Any, why: str) -> None:
    with pytest.raises(NoExample) as caught:
        made(schema)
    assert str(caught.value) == why


_NUMBERS = st.integers(-5, 5)
_LEAVES = st.one_of(
    st.fixed_dictionaries({"type": st.just("string")}, optional={
        "minLength": st.integers(0, 9), "maxLength": st.integers(0, 9), "format": st.sampled_from(["date", "uuid", "int32"]),
    }),
    st.fixed_dictionaries({"type": st.sampled_from(["integer", "number"])}, optional={
        "minimum": _NUMBERS, "maximum": _NUMBERS, "exclusiveMinimum": st.booleans(),
    }),
    st.just({"type": "boolean"}),
    st.just({"$ref": "#/definitions/Run"}),
)  # fmt: skip
_NAMES = st.sampled_from(["a", "b", "c"])
_SCHEMAS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.just("object"), "properties": st.dictionaries(_NAMES, inner, max_size=3)}, optional={
            "required": st.lists(_NAMES, min_size=1, max_size=2, unique=True), "minProperties": st.integers(0, 2),
        }),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}, optional={"minItems": st.integers(0, 3), "maxItems": st.integers(0, 3)}),
        st.fixed_dictionaries({"allOf": st.lists(inner, min_size=1, max_size=2)}),
    ),
    max_leaves=6,
)  # fmt: skip


@examples(400)
@given(_SCHEMAS)
def test_what_is_made_is_valid(schema: dict[str, Any]) -> None:
    if "exclusiveMinimum" in schema and "minimum" not in schema:
        return  # not a schema
    try:
        value = made(schema)
    except NoExample:
        return
    root = {"definitions": DEFINITIONS, "allOf": [schema]}
    errors = [error.message for error in Draft4Validator(root).iter_errors(value)]
    assert errors == []
    assert made(schema) == value
