"""A `$ref`: how it is read, where it leads, and that following one always ends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.swagger.references import (
    MAX_CHAIN,
    References,
    Target,
    follow,
    format_reference,
    look_up,
    name_in,
    parse_reference,
    resolve,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "$ref", "%20"]), inner, max_size=3)
    ),
    max_leaves=15,
)
REFERENCES = st.sampled_from(["#/a", "#/b", "#/a/b", "#/a/0", "#/b/00", "#/%2520", "#", "#/", "a", "#/a/%zz", "#/a/~2"])
REFERRING = st.dictionaries(
    st.sampled_from(["a", "b", "$ref", "%20"]),
    JSON | REFERENCES | REFERENCES.map(lambda reference: {"$ref": reference}),
    max_size=4,
)


@pytest.mark.parametrize(
    ("reference", "steps"),
    [
        ("#/definitions/Run", ("definitions", "Run")),
        ("#/definitions/Run%20Log", ("definitions", "Run Log")),
        ("#/definitions/caf%C3%A9", ("definitions", "café")),
        ("#/definitions/100%25", ("definitions", "100%")),
        ("#/definitions/a%7E1b", ("definitions", "a/b")),
        ("#/paths/~1runs~1{id}", ("paths", "/runs/{id}")),
        ("#/definitions/~01", ("definitions", "~1")),
        ("#/", ("",)),
        ("#", None),
        ("#Run", None),
        ("", None),
        ("other.json#/definitions/Run", None),
    ],
)
def test_a_reference_is_read_as_the_steps_of_a_pointer(reference: str, steps: tuple[str, ...] | None) -> None:
    assert parse_reference(reference) == steps


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("#/definitions/Run", Target({"type": "string"}, ("definitions", "Run"))),
        ("#/definitions/Run%20Log", Target({"type": "integer"}, ("definitions", "Run Log"))),
        ("#/definitions/100%", Target({"type": "number"}, ("definitions", "100%"))),
        ("#/definitions/a%20b", Target({"type": "boolean"}, ("definitions", "a%20b"))),
        ("#/paths/~1runs/get/parameters/0", Target({"name": "top"}, ("paths", "/runs", "get", "parameters", 0))),
        ("#/paths/~1runs/get/parameters/1", Target(ABSENT, ())),
        ("#/paths/~1runs/get/parameters/-1", Target(ABSENT, ())),
        ("#/paths/~1runs/get/parameters/²", Target(ABSENT, ())),
        (f"#/paths/~1runs/get/parameters/{'9' * 5000}", Target(ABSENT, ())),
        ("#/definitions/Ran", Target(ABSENT, ())),
        ("#/definitions/Run/type/0", Target(ABSENT, ())),
        ("#/definitions/None", Target(None, ("definitions", "None"))),
        ("https://contoso.example", Target(ABSENT, ())),
    ],
)
def test_a_reference_leads_to_a_value_and_its_pointer(reference: str, target: Target) -> None:
    document = {
        "definitions": {
            "Run": {"type": "string"},
            "Run Log": {"type": "integer"},
            "100%": {"type": "number"},
            "a%20b": {"type": "boolean"},
            "None": None,
        },
        "paths": {"/runs": {"get": {"parameters": [{"name": "top"}]}}},
    }
    assert look_up(document, reference) == target


def test_an_escape_counts_before_a_name_that_looks_like_one() -> None:
    assert look_up({"a b": 1, "a%20b": 2}, "#/a%20b") == Target(1, ("a b",))


def test_a_chain_is_followed_to_its_end() -> None:
    document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/c/0"}, "c": [{"type": "string"}]}
    references = References(document)
    assert references.resolved({"$ref": "#/a"}) == {"type": "string"}
    assert references.place({"$ref": "#/a"}, ("here",)) == Target({"type": "string"}, ("c", 0))
    assert references.place(3, ("here",)) == Target(3, ("here",))
    assert list(references.chain({"$ref": "#/b"})) == [{"$ref": "#/b"}, {"$ref": "#/c/0"}, {"type": "string"}]
    assert references.target("#/a") == Target({"$ref": "#/b"}, ("a",))


@pytest.mark.parametrize(
    "document", [{"a": {"$ref": "#/a"}}, {"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}, {"a": {"$ref": "#/c"}}]
)
def test_a_circle_and_a_way_to_nowhere_lead_to_nothing(document: Any) -> None:
    assert resolve(document, {"$ref": "#/a"}) is ABSENT
    assert References(document).place({"$ref": "#/a"}, ()) == Target(ABSENT, ())


def test_a_chain_has_a_bound() -> None:
    document: dict[str, Any] = {str(number): {"$ref": f"#/{number + 1}"} for number in range(MAX_CHAIN)}
    document[str(MAX_CHAIN - 1)] = {"type": "string"}
    assert resolve(document, {"$ref": "#/1"}) == {"type": "string"}
    assert resolve(document, {"$ref": "#/0"}) is ABSENT


def test_what_is_no_reference_is_itself() -> None:
    values: list[Any] = [None, [], "#/a", {"$ref": 3}, {"$ref": ["#/a"]}, {"type": "string"}]
    for value in values:
        assert resolve({"a": 1}, value) is value


def test_a_name_is_taken_only_from_a_reference_in_its_usual_form() -> None:
    assert name_in("definitions", "#/definitions/Run") == "Run"
    assert name_in("definitions", "#/definitions/~1runs") == "/runs"
    assert name_in("definitions", "#/definitions/a%20b") == "a%20b"
    assert name_in("definitions", "#/definitions/a/b") is None
    assert name_in("definitions", "#/definitions/~2") is None
    assert name_in("definitions", "#/parameters/Run") is None
    assert name_in("definitions", None) is None


@given(st.lists(st.text(st.characters(exclude_characters="%"), max_size=5), min_size=1, max_size=4))
def test_what_is_formatted_is_read_back(steps: list[str]) -> None:
    assert parse_reference(format_reference(*steps)) == tuple(steps)


@given(REFERRING, REFERENCES)
def test_any_json_is_followed_to_an_end_that_stands_at_its_pointer(document: dict[str, Any], reference: str) -> None:
    value, pointer = References(document).place({"$ref": reference}, ())
    assert value is References(document).resolved({"$ref": reference})
    assert value is resolve(document, {"$ref": reference})
    if value is not ABSENT:
        assert follow(document, pointer) == Target(value, pointer)
