"""The three-way merge of plain data."""

from typing import Any

import pytest

from connector_builder.platform.data.merging import ABSENT, Merge, in_between

OBJECT = {"type": "object", "description": "A pet."}


@pytest.mark.parametrize(
    ("base", "own", "new", "merged", "conflicts"),
    [
        (1, 1, 1, 1, []),
        (1, 2, 1, 2, []),
        (1, 1, 2, 2, []),
        (1, 2, 2, 2, []),
        (1, 2, 3, 2, [()]),
        (1, True, 1.0, True, [()]),
        (ABSENT, ABSENT, 1, 1, []),
        (ABSENT, 2, 1, 2, [()]),
        (1, ABSENT, 1, ABSENT, []),
        (1, ABSENT, 2, ABSENT, [()]),
        (1, 1, ABSENT, ABSENT, []),
        (1, 2, ABSENT, 2, [()]),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}, {"a": 2, "b": 3}, []),
        ({"a": 1}, {"a": 2}, {"a": 3, "b": 1}, {"a": 2, "b": 1}, [("a",)]),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, {"a": {"b": 3}}, {"a": {"b": 2}}, [("a", "b")]),
        (["x"], ["x", "own"], ["new", "x"], ["new", "x", "own"], []),
        (["x", "y"], ["x", "y", "own"], ["y"], ["y", "own"], []),
        (["x"], [], ["x", "y"], ["y"], []),
        ([1, [2]], [1, [3]], [1, [4]], [1, [3]], [()]),
        (["x", "x"], ["x", "x", "z"], ["y"], ["x", "x", "z"], [()]),
        (
            [{"in": "query", "name": "a"}, {"$ref": "#/p"}],
            [{"in": "query", "name": "a", "x-ms-summary": "A"}, {"$ref": "#/p"}],
            [{"$ref": "#/p"}, {"in": "query", "name": "a", "type": "string"}, {"in": "header", "name": "a"}],
            [{"in": "query", "name": "a", "x-ms-summary": "A", "type": "string"}, {"in": "header", "name": "a"}, {"$ref": "#/p"}],
            [],
        ),
        (OBJECT, {**OBJECT, "description": "Our pet."}, ABSENT, ABSENT, []),
        (OBJECT, {**OBJECT, "type": "array"}, ABSENT, {**OBJECT, "type": "array"}, [()]),
    ],
)  # fmt: skip
def test_values(base: Any, own: Any, new: Any, merged: Any, conflicts: list[Any]) -> None:
    merge = Merge()
    result = merge.value(base, own, new)
    assert (type(result), result, merge.conflicts) == (type(merged), merged, conflicts)


def test_a_part_that_the_owner_left_out_is_no_conflict() -> None:
    merge = Merge(lambda at: at == ("a",))
    assert merge.value({"a": 1, "b": 1}, {}, {"a": 2, "b": 2}) == {}
    assert merge.conflicts == [("b",)]


@pytest.mark.parametrize(
    ("own", "new", "names"),
    [
        ("", "ab", "ab"),
        ("ab", "", "ab"),
        ("ab", "xaybz", "xaybz"),
        ("ba", "axby", "byax"),
        ("a", "xy", "xya"),
        ("ab", "bxay", "aybx"),
    ],
)
def test_new_names_follow_their_neighbours(own: str, new: str, names: str) -> None:
    assert "".join(in_between(own, new)) == names
