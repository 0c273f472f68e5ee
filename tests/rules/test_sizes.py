"""How much the platform takes: at the limit nothing is found, one more is."""

from typing import Any

import pytest

from connector_builder.rules import check
from tests.support.examples.rule_examples import definition, package

REFERENCE = {"$ref": "#/definitions/Part"}


def _found(fragment: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    names = ("TotalOperationsCountExceedsMaxAllowed", "BodySchemaCountExceedsMaxAllowed")
    hits = check(package(definition(fragment)))
    return [(hit.pointer, hit.message) for hit in hits if hit.rule.name in names]


def _operations(count: int) -> dict[str, Any]:
    return {"paths": {f"/a{number}": {"get": {"operationId": f"A{number}"}} for number in range(count)}}


def _fields(count: int) -> dict[str, Any]:
    return {"type": "object", "properties": {f"a{number}": {"type": "string"} for number in range(count)}}


def test_operations() -> None:
    assert _found(_operations(256)) == []
    assert _found(_operations(257)) == [(("paths",), "257 operations are more than 256")]


@pytest.mark.parametrize("same", [{}, {"operationId": "A"}])
def test_operations_count_whatever_their_ids(same: dict[str, str]) -> None:
    paths = {f"/a{number}": {"get": dict(same)} for number in range(257)}
    assert _found({"paths": paths}) == [(("paths",), "257 operations are more than 256")]


def test_schemas_of_a_definition_a_body_and_a_response() -> None:
    message = "more than 512 schemas, with those that it refers to"

    def described(count: int) -> dict[str, Any]:
        body = {"in": "body", "name": "body", "schema": _fields(count)}
        post = {
            "operationId": "A",
            "parameters": [body],
            "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": _fields(count - 1)}}},
        }
        return {"definitions": {"Part": _fields(count)}, "paths": {"/a": {"post": post}}}

    assert _found(described(511)) == []
    assert _found(described(512)) == [
        (("paths", "/a", "post", "responses", "200", "schema"), message),
        (("paths", "/a", "post", "parameters", 0, "schema"), message),
        (("definitions", "Part"), message),
    ]


@pytest.mark.parametrize(("count", "found"), [(10, []), (11, [("definitions", "Whole")])])
def test_what_a_reference_leads_to_counts_at_each_reference(count: int, found: list[tuple[str, ...]]) -> None:
    whole = {"type": "object", "properties": {f"a{number}": REFERENCE for number in range(count)}}
    assert [pointer for pointer, _ in _found({"definitions": {"Part": _fields(50), "Whole": whole}})] == found


def test_a_reference_alone_is_told_where_it_leads() -> None:
    body = {"in": "body", "name": "body", "schema": REFERENCE}
    post = {"operationId": "A", "parameters": [body]}
    found = _found({"definitions": {"Part": _fields(600)}, "paths": {"/a": {"post": post}}})
    assert [pointer for pointer, _ in found] == [("definitions", "Part")]


def test_a_circle_is_counted_once_around() -> None:
    part = {"type": "object", "properties": {"next": REFERENCE, "name": {"type": "string"}}}
    assert _found({"definitions": {"Part": part}}) == []


def test_schemas_that_double_at_each_step_are_soon_known_to_be_too_many() -> None:
    def twice(number: int) -> dict[str, Any]:
        return {"allOf": [{"$ref": f"#/definitions/D{number + 1}"}] * 2}

    definitions = {f"D{number}": twice(number) for number in range(200)}
    found = _found({"definitions": {**definitions, "D200": {"type": "string"}}})
    assert len(found) == 192
