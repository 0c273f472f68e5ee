"""An answer against its schema: what the schema lacks, and what it says otherwise."""

from typing import Any

import pytest

from connector_builder.platform.requests import values
from connector_builder.platform.requests.answers import described, mismatches
from connector_builder.platform.requests.values import differences
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import References

DEFINITION: dict[str, Any] = {
    "responses": {"Missing": {"description": "None.", "schema": {"type": "object"}}},
    "definitions": {
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}},
        "Run": {
            "allOf": [
                {"$ref": "#/definitions/Base"},
                {
                    "properties": {
                        "state": {"type": "integer"},
                        "kind": {"type": "string", "enum": ["a", "b"]},
                        "next": {"$ref": "#/definitions/Run"},
                        "odd.name": {"type": "string"},
                    }
                },
            ]
        },
        "Runs": {"type": "object", "properties": {"value": {"type": "array", "items": {"$ref": "#/definitions/Run"}}}},
    },
    "paths": {
        "/runs": {
            "get": {
                "operationId": "ListRuns",
                "responses": {
                    "200": {"description": "OK", "schema": {"$ref": "#/definitions/Runs"}},
                    "404": {"$ref": "#/responses/Missing"},
                    "202": {"description": "Soon."},
                },
            }
        }
    },
}
REFERENCES = References(DEFINITION)
LIST = next(operations(DEFINITION))
ID = "22222222-2222-4222-8222-222222222222"


def told(answer: Any, schema: Any) -> list[str]:
    return [str(one) for one in mismatches(answer, schema, REFERENCES)]


def test_a_status_has_its_response_or_none() -> None:
    assert described(LIST, 200, REFERENCES).schema == {"$ref": "#/definitions/Runs"}
    assert described(LIST, 404, REFERENCES)[1:] == ({"type": "object"}, ("responses", "Missing"))
    assert described(LIST, 202, REFERENCES)[:2] == ("202", None)
    assert described(LIST, 500, REFERENCES)[:2] == ("", None)


def test_an_answer_that_fits() -> None:
    item = {"id": ID, "state": 1, "kind": "a", "next": {"id": ID}, "odd.name": None}
    assert told({"value": [item, {"id": ID, "state": None}]}, {"$ref": "#/definitions/Runs"}) == []


def test_what_differs_is_told_field_by_field_and_once_for_all_items() -> None:
    item = {"id": "7", "state": "done", "kind": "c", "more": [1], "next": {"state": 1.5}, "odd.name": True}
    assert told({"value": [item, {**item, "id": ID}], "count": 2}, {"$ref": "#/definitions/Runs"}) == [
        "count: the answer has a whole number, the schema lacks the field",
        "value[].more: the answer has a list, the schema lacks the field (2 times)",
        "value[].id: the answer has a text, which isn't an id such as 22222222-2222-4222-8222-222222222222",
        "value[].state: the answer has a text, the schema says integer (2 times)",
        "value[].kind: the answer has a value that the 'enum' lacks: 'c' (2 times)",
        "value[].next.id: the answer lacks the field, the schema requires it (2 times)",
        "value[].next.state: the answer has a number, the schema says integer (2 times)",
        "value[]['odd.name']: the answer has a truth value, the schema says string (2 times)",
    ]


def test_an_answer_of_another_type() -> None:
    assert told([1], {"type": "object"}) == ["the answer has a list, the schema says object"]
    assert told("x", {}) == []


def test_fields_of_any_name() -> None:
    assert told({"a": 1}, {"type": "object"}) == []
    assert told({"a": 1, "b": "x"}, {"type": "object", "additionalProperties": {"type": "integer"}}) == [
        "b: the answer has a text, the schema says integer"
    ]
    closed = {"type": "object", "properties": {"a": {}}, "x-ms-dynamic-schema": {"operationId": "X"}}
    assert told({"a": 1, "b": "x"}, closed) == []


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string", "format": "date"}, "2026-01-31", "2026-02-31"),
        ({"type": "string", "format": "date-time"}, "2026-01-31T09:00:00.1234567Z", "2026-01-31T09:00:00"),
        ({"type": "string", "format": "date-time"}, "2026-01-31T09:00:00+01:00", "2026-01-31T25:00:00Z"),
        ({"type": "string", "format": "date-no-tz"}, "2026-01-31T09:00:00", "31.01.2026"),
        ({"type": "string", "format": "email"}, "ann@contoso.example", "ann"),
        ({"type": "string", "format": "uri"}, "https://contoso.example/a", "contoso"),
        ({"type": "string", "format": "byte"}, "aGk=", "a!"),
        ({"type": "integer", "format": "int32"}, -(2**31), 2**31),
        ({"type": "integer"}, 3.0, 3.5),
        ({"type": "integer"}, 3, True),
        ({"type": "number", "maximum": 3, "exclusiveMaximum": True}, 2.9, 3),
        ({"type": "string", "maxLength": 2}, "ab", "abc"),
        ({"type": "array", "minItems": 1}, [1], []),
        ({"enum": [1, 2]}, 1, True),
        ({"type": "boolean", "enum": ["true"]}, True, False),
    ],
)
def test_types_formats_and_limits(schema: dict[str, Any], good: Any, bad: Any) -> None:
    assert list(differences(good, schema, REFERENCES)) == []
    assert len(list(differences(bad, schema, REFERENCES))) == 1


def test_a_large_answer_is_compared_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = {"type": "array", "items": {"type": "string"}}
    monkeypatch.setattr(values, "MAX_STEPS", 2_000)
    assert len(list(differences([1] * 2_010, schema, REFERENCES))) == 1_999


def test_a_schema_of_a_stranger_breaks_nothing() -> None:
    strange: list[Any] = [
        {"$ref": "#/nowhere"},
        {"enum": 5},
        {"type": ["string"]},
        {"properties": []},
        {"maximum": "x"},
        7,
        None,
    ]
    for schema in strange:
        list(differences({"a": [1, "x"]}, schema, REFERENCES))
        list(differences(4, schema, REFERENCES))
