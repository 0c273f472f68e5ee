"""The bytes that the platform's tools read."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connector_builder.package import definition_bytes, json_bytes, properties_bytes
from connector_builder.platform.swagger.key_order import json_lines
from tests.support.properties import examples


def test_json_is_ascii_with_two_spaces_and_a_final_newline() -> None:
    assert json_bytes({"a": ["é", 1.0, None]}) == b'{\n  "a": [\n    "\\u00e9",\n    1.0,\n    null\n  ]\n}\n'


def test_minified_json_has_no_blanks() -> None:
    assert json_bytes({"a": ["é", 1.0]}, minify=True) == b'{"a":["\\u00e9",1.0]}\n'


_LEAVES = st.none() | st.booleans() | st.integers() | st.text()
_JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@examples(100)
@given(_JSON)
def test_lines_are_counted_without_writing_them(value: object) -> None:
    assert json_lines(value) == json_bytes(value).count(b"\n")


def test_keys_have_the_customary_order_and_names_keep_theirs() -> None:
    definition = {
        "x-a": 1,
        "definitions": {
            "Z": {"properties": {"b": {"description": "d", "type": "string"}, "a": {}}, "type": "object"},
            "A": {},
        },
        "paths": {
            "/b": {
                "post": {"responses": {"404": {}, "200": {"schema": {}, "description": "OK"}}, "operationId": "B"},
                "get": {},
            },
            "/a": {},
        },
        "info": {"version": "1", "title": "T"},
        "swagger": "2.0",
    }
    assert definition_bytes(definition, minify=True) == (
        b'{"swagger":"2.0","info":{"title":"T","version":"1"},'
        b'"paths":{"/b":{"post":{"operationId":"B","responses":{"404":{},"200":{"description":"OK","schema":{}}}},"get":{}},"/a":{}},'
        b'"definitions":{"Z":{"type":"object","properties":{"b":{"type":"string","description":"d"},"a":{}}},"A":{}},"x-a":1}\n'
    )


def test_what_is_no_mapping_stays_as_it_is() -> None:
    values: list[Any] = [[], 1, None, "x", {"info": "x", "paths": [], "definitions": {"a": 1}}]
    for value in values:
        assert definition_bytes(value, minify=True) == json_bytes(value, minify=True)


def test_properties_have_their_order() -> None:
    properties = {"properties": {"publisher": "P", "iconBrandColor": "#fff", "connectionParameters": {}}}
    assert properties_bytes(properties, minify=True) == (
        b'{"properties":{"connectionParameters":{},"iconBrandColor":"#fff","publisher":"P"}}\n'
    )
