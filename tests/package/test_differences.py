"""What counts as a difference between two JSON values, and where it is."""

from typing import Any

import pytest

from connector_builder.platform.data.differences import differences, same

DIFFERENT: list[tuple[Any, Any]] = [
    (1, 1.0),
    (1, True),
    (0.0, -0.0),
    ("1", 1),
    ({}, []),
    ([1], [1, 2]),
    (None, False),
]
ONE, OTHER = {"a": 1, "b": {"c": [], "d": 2}}, {"b": {"d": 2, "c": []}, "a": 1}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_kinds_and_order_of_arrays_count(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert not same({"a": [one]}, {"a": [other]})
    assert list(differences({"x": [one]}, {"x": [other]})) == [("x", 0)]


def test_the_order_of_keys_counts_only_where_asked() -> None:
    assert same(ONE, OTHER)
    assert not same(ONE, OTHER, in_order=True)
    assert same(ONE, {"a": 1, "b": {"c": [], "d": 2}}, in_order=True)
    assert list(differences(ONE, OTHER)) == []


def test_the_order_of_names_counts() -> None:
    one = {"definitions": {"A": {"properties": {"x": {}, "properties": {"a": 1, "b": 2}}}, "B": {}}}
    other = {"definitions": {"B": {}, "A": {"properties": {"properties": {"b": 2, "a": 1}, "x": {}}}}}
    found = [("definitions", "A", "properties"), ("definitions",)]
    assert list(differences(one, other)) == found
    assert list(differences(one, other, ordered=())) == []


def test_what_is_missing_and_what_is_too_much() -> None:
    assert list(differences({"a": 1, "b": {"c": 1}}, {"b": {"d": 1}}, ("at",))) == [
        ("at", "a"),
        ("at", "b", "c"),
        ("at", "b", "d"),
    ]
    assert list(differences({"a": [1]}, {"a": [1, 2]})) == [("a",)]
