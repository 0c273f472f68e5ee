"""Every operation of a definition, whatever stands in its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.platform.swagger.operations import VERBS, Operation, operations, operations_of, path_items

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["paths", "get", "post", "/a"]), inner),
    max_leaves=15,
)


def test_operations_come_in_the_order_of_the_document() -> None:
    get: dict[str, Any] = {"operationId": "Get"}
    post: dict[str, Any] = {"operationId": "Post"}
    delete: dict[str, Any] = {}
    first = {"post": post, "parameters": [], "get": get, "x-ms-notification-content": {}}
    second: dict[str, Any] = {"trace": {}, "delete": delete, "put": None, "patch": []}
    definition = {"paths": {"/b": first, "/a": second, "/c": None, "/d": [get]}}
    found = list(operations(definition))
    assert [(one.path, one.verb, one.pointer) for one in found] == [
        ("/b", "post", ("paths", "/b", "post")),
        ("/b", "get", ("paths", "/b", "get")),
        ("/a", "delete", ("paths", "/a", "delete")),
    ]
    assert [id(one.value) for one in found] == [id(post), id(get), id(delete)]
    assert [id(one.item) for one in found] == [id(first), id(first), id(second)]
    assert list(path_items(definition)) == [("/b", first), ("/a", second)]


def test_every_verb_of_swagger_is_one() -> None:
    assert VERBS == ("get", "put", "post", "delete", "options", "head", "patch")
    assert [one.verb for one in operations_of("/a", {verb: {} for verb in ("connect", *VERBS)})] == list(VERBS)


def test_operations_are_equal_if_they_are_the_same_part() -> None:
    one: dict[str, Any] = {}
    assert Operation("/a", "get", one, {}) == Operation("/b", "put", one, {"get": one})
    assert Operation("/a", "get", one, {}) != Operation("/a", "get", {}, {})
    assert len({Operation("/a", "get", one, {}), Operation("/b", "put", one, {}), Operation("/a", "get", {}, {})}) == 2


@pytest.mark.parametrize(
    "definition", [None, 3, "paths", [], {}, {"paths": None}, {"paths": ["/a"]}, {"paths": {"/a": 1}}]
)
def test_where_there_are_no_operations_there_are_none(definition: Any) -> None:
    assert list(operations(definition)) == []


@given(JSON)
def test_any_json_has_operations_that_stand_at_their_pointers(definition: Any) -> None:
    for one in operations(definition):
        assert definition["paths"][one.path][one.verb] is one.value
