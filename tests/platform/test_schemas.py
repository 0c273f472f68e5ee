"""The walk over schemas, and the merged view of a schema with its `allOf`."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.swagger.references import References, follow
from connector_builder.platform.swagger.schemas import (
    MAX_COMBINED,
    Part,
    Property,
    combined,
    inner,
    properties_of,
    same,
    walk,
)

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
KEYS = ["properties", "items", "additionalProperties", "allOf", "required", "$ref", "a", "b"]
REFERENCES = st.sampled_from(["#/a", "#/b", "#/a/allOf/0", "#/b/items", "#/c", "#", "a"])
JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=2) | REFERENCES | REFERENCES.map(lambda text: {"$ref": text}),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(KEYS), part, max_size=4),
    max_leaves=20,
)
NONE = References({})


def test_a_schema_contains_its_properties_items_additional_properties_and_the_parts_of_its_all_of() -> None:
    schema = {
        "allOf": [TEXT, None],
        "items": TEXT,
        "properties": {"b": TEXT, "a": 3},
        "additionalProperties": NUMBER,
        "default": {"properties": {"c": TEXT}},
    }
    assert list(inner(schema)) == [
        (TEXT, ("properties", "b")),
        (3, ("properties", "a")),
        (TEXT, ("items",)),
        (NUMBER, ("additionalProperties",)),
        (TEXT, ("allOf", 0)),
        (None, ("allOf", 1)),
    ]
    assert list(inner({"properties": [], "items": [TEXT], "additionalProperties": False, "allOf": {}})) == []


def test_a_walk_follows_references_and_tells_each_schema_once() -> None:
    run: dict[str, Any] = {
        "properties": {"parent": {"$ref": "#/definitions/Run"}, "log": {"$ref": "#/definitions/Lag"}}
    }
    document = {"definitions": {"Run": run}}
    start = {"items": {"$ref": "#/definitions/Run"}}
    assert list(walk([Part(start, ("here",)), Part(run, ())], References(document))) == [
        (start, ("here",)),
        (start["items"], ("here", "items")),
        (run, ("definitions", "Run")),
        (run["properties"]["parent"], ("definitions", "Run", "properties", "parent")),
        (run["properties"]["log"], ("definitions", "Run", "properties", "log")),
        (ABSENT, ()),
    ]


def test_a_walk_through_a_maze_is_as_long_as_the_maze() -> None:
    """Each of 50 schemas refers twice to the next: there are 2^50 ways through them."""
    schemas = {str(n): {"allOf": [{"$ref": f"#/{n + 1}"}, {"$ref": f"#/{n + 1}"}]} for n in range(50)}
    references = References(schemas)
    assert len(list(walk([Part(schemas["0"], ("0",))], references))) == 3 * 50 + 2  # the last leads nowhere, twice
    assert len(combined(schemas["0"], references)) == 51


def test_a_schema_is_the_target_of_its_reference_or_the_parts_of_its_all_of() -> None:
    references = References({"a": TEXT})
    assert list(same({"$ref": "#/a", "allOf": [NUMBER]}, references)) == [TEXT]
    assert list(same({"allOf": [NUMBER, {"$ref": "#/a"}, 3]}, references)) == [NUMBER, {"$ref": "#/a"}, 3]
    assert list(same({"$ref": "#/b"}, references)) == [ABSENT]
    assert list(same({"allOf": {}}, references)) == []
    assert list(same(None, references)) == []


def test_a_schema_is_combined_with_its_all_of_in_the_order_of_the_document() -> None:
    deep = {"allOf": [TEXT]}
    shared = {"title": "shared", "allOf": [{"$ref": "#/start"}]}
    start = {"allOf": [deep, {"$ref": "#/shared"}, {"$ref": "#/nowhere"}, 3, NUMBER, deep]}
    references = References({"shared": shared, "start": start})
    assert combined(start, references) == [start, deep, TEXT, shared, ABSENT, 3, NUMBER]
    assert combined({"$ref": "#/shared"}, references)[:2] == [shared, start]
    assert combined(None, references) == [None]


def test_how_many_schemas_are_combined_has_a_bound() -> None:
    wide = {"allOf": [{"title": str(number)} for number in range(MAX_COMBINED + 5)]}
    assert combined(wide, NONE) == [wide, *wide["allOf"][: MAX_COMBINED - 1]]


def test_properties_are_those_of_all_parts_and_the_first_of_a_name_counts() -> None:
    base = {"properties": {"id": NUMBER, "at": TEXT}, "required": ["at", "name", 3]}
    schema = {"properties": {"id": TEXT}, "allOf": [{"$ref": "#/base"}, {"properties": {"name": TEXT, "at": NUMBER}}]}
    assert properties_of(schema, References({"base": base})) == {
        "id": Property(TEXT, False),
        "at": Property(TEXT, True),
        "name": Property(TEXT, True),
    }
    assert properties_of({"properties": 3, "required": "id", "allOf": [[], None]}, NONE) == {}
    assert properties_of(ABSENT, NONE) == {}


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), JSON, max_size=3), JSON)
def test_any_json_is_walked_to_an_end_once_and_at_its_pointers(document: dict[str, Any], start: Any) -> None:
    document = {**document, "start": start}
    references = References(document)
    found = list(walk([Part(start, ("start",))], references))
    mappings = [id(part.schema) for part in found if isinstance(part.schema, dict)]
    assert len(mappings) == len(set(mappings))
    assert all(follow(document, part.pointer).value is part.schema for part in found if part.schema is not ABSENT)
    reached = {id(part.schema) for part in found}
    assert {id(part) for part in combined(start, references)} <= reached | {id(ABSENT)}
    assert {id(one.schema) for one in properties_of(start, references).values()} <= reached
