"""The walk: what it visits, what it bounds, and that no document is too odd for it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.package.model import DEFINITION, PROPERTIES
from connector_builder.platform.api_properties import TABLE as PROPERTIES_TABLE
from connector_builder.platform.swagger.objects import TABLE as SWAGGER_TABLE
from connector_builder.rules import check
from connector_builder.rules.registry import CHECKS, SHAPES
from connector_builder.rules.walk import MAX_HITS, Plans
from tests.support.examples.rule_examples import definition, found_in, names, package, told
from tests.support.properties import examples

KEYS = sorted(
    {
        key.removesuffix("!")
        for entry in [*SWAGGER_TABLE.values(), *PROPERTIES_TABLE.values()]
        if isinstance(entry, dict)
        for key in entry
    }
    | {
        "x-ms-summary",
        "x-foo",
        "ms-summary",
        "200",
        "default",
        "/a",
        "/a/{b}",
        "#/definitions/A",
        "A",
        "openapi",
        "oneOf",
    }
)
PLACES = ["path", "query", "body", "formData", "#/parameters/A", "#/responses/A", "#", "http://contoso.example"]
TYPES = ["file", "string", "integer", "array", "object", "apiKey", "oauth2", "date-time", "int32", "uuid", "byte"]
WORDS = st.sampled_from([*KEYS, *PLACES, *TYPES, "2.0", "", "{", "["])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
TOP = SWAGGER_TABLE["document"]
assert isinstance(TOP, dict)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=60,
)


@given(TREES, TREES)
@examples(300)
def test_any_json_is_checked_without_raising(definition: Any, properties: Any) -> None:
    for hit in check(package(definition, properties)):
        assert hit.document in (DEFINITION, PROPERTIES)
        _follow(definition if hit.document == DEFINITION else properties, hit.pointer)
        json.dumps([hit.message, hit.help])


@given(st.sampled_from([key for key in TOP if key != "swagger!"]), TREES)
@examples(300)
def test_any_json_at_any_key_is_checked_without_raising(key: str, value: Any) -> None:
    list(check(package({**definition({}), key.removesuffix("!"): value})))


@pytest.mark.parametrize("root", [[], "text", 1, 1.5, True, [[]]])
def test_a_document_that_is_no_mapping_is_one_finding(root: Any) -> None:
    (hit,) = found_in(package(root))
    assert (hit.rule.name, hit.pointer) == ("JsonTypeIncorrect", ())
    assert hit.message.startswith("this must be a mapping, not ")


def test_a_package_without_documents_has_no_findings() -> None:
    assert list(found_in(package(None))) == []


def test_hits_come_in_the_order_of_the_document() -> None:
    paths = {"/a": {"get": {"operationId": "A"}, "post": {"operationId": "A"}}, "/b": {"get": {"operationId": "A"}}}
    assert [told(hit) for hit in found_in(package(definition({"paths": paths})))] == [
        "Finding: /paths/~1a/post/operationId: the operation id 'A' is used already",
        "Finding: /paths/~1b/get/operationId: the operation id 'A' is used already",
    ]


def test_a_second_place_is_told() -> None:
    paths = {"/a": {"get": {"operationId": "A"}, "post": {"operationId": "A"}}}
    (hit,) = found_in(package(definition({"paths": paths})))
    assert hit.related == ((("paths", "/a", "get", "operationId"), "first used here"),)


def test_hits_of_one_rule_are_bounded() -> None:
    schemas = {f"S{number}": {"type": "array"} for number in range(MAX_HITS + 5)}
    assert names(definition({"definitions": schemas})) == ["ArrayHasNoItems"] * MAX_HITS


def test_a_deep_document_is_no_recursion() -> None:
    schema: dict[str, Any] = {"type": "array"}
    for _ in range(5000):
        schema = {"type": "array", "items": schema}
    large, deep = found_in(package(definition({"definitions": {"Deep": schema}})))
    assert (large.rule.name, large.pointer) == ("BodySchemaCountExceedsMaxAllowed", ("definitions", "Deep"))
    assert deep.pointer == ("definitions", "Deep", *["items"] * 5000)


def test_examples_defaults_and_extensions_are_data() -> None:
    odd = {"$ref": "http://contoso.example", "type": "array", "responses": None}
    schema = {"type": "object", "example": odd, "default": odd, "enum": [odd], "x-odd": odd, "properties": {"type": {}}}
    response = {"description": "OK", "examples": {"application/json": odd}, "schema": schema}
    paths = {
        "/a": {"get": {"operationId": "A", "responses": {"200": response, "x-odd": odd}}, "x-odd": odd},
        "x-odd": odd,
    }
    assert names(definition({"paths": paths, "x-odd": odd})) == []


def test_a_schema_in_a_notification_is_checked() -> None:
    paths = {"/a": {"x-ms-notification-content": {"schema": {"type": "array"}}}}
    assert names(definition({"paths": paths})) == ["ArrayHasNoItems"]


def _follow(value: Any, pointer: tuple[str | int, ...]) -> None:
    """Every place is there: raises KeyError or IndexError if not."""
    for step in pointer:
        value = value[step]


def test_a_rule_for_nodes_with_a_certain_key_is_called_for_no_others() -> None:
    plan = Plans(CHECKS, SHAPES).at(SHAPES["schema"])
    assert plan.asks == {"required", "example", "examples", "properties", "items", "additionalProperties", "allOf"}
    for keys in [(), ("type",), ("required", "type"), ("example",), ("example", "required"), ("required",), ()]:
        expected = [one for one in plan.checks if not one.having or not {*one.having}.isdisjoint(keys)]
        assert plan.checks_of(dict.fromkeys(keys)) == expected
    assert len(plan.chosen) == 4
