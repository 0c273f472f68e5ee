"""Families of operations: who belongs to one, and which of them is told."""

from typing import Any

import pytest

from connector_builder.findings import Severity
from connector_builder.source.pointers import format_pointer
from tests.support.examples.rule_examples import definition, found_in, package


def told(*operations: dict[str, Any]) -> list[tuple[str, str]]:
    """The rules that operations break, which have the ids A, A_V2, A_V3 …, each with its place."""
    ids = ["A", *(f"A_V{number}" for number in range(2, len(operations) + 1))]
    paths = {
        f"/{name}": {"get": {"operationId": name, **operation}} for name, operation in zip(ids, operations, strict=True)
    }
    found = found_in(package(definition({"paths": paths})))
    return [(hit.rule.name, format_pointer(hit.pointer[1:])) for hit in found]


def revision(number: int | None = None, **more: Any) -> dict[str, Any]:
    return {"x-ms-api-annotation": {"family": "A", **({} if number is None else {"revision": number}), **more}}


def test_an_operation_without_an_annotation_is_the_oldest_of_the_family_that_has_its_name() -> None:
    assert told({}, revision(2)) == []
    assert told({}, revision(2), revision(3)) == [("OperationFamilyHasManyActiveOperations", "/~1A/get")]
    assert told({"deprecated": True}, revision(2), revision(3)) == []


def test_of_many_active_operations_all_but_the_newest_two_are_told() -> None:
    assert told(revision(5), revision(2), revision(3), revision(4)) == [
        ("OperationIdShouldEndWithRevision", "/~1A/get/x-ms-api-annotation/revision"),
        ("OperationFamilyHasManyActiveOperations", "/~1A_V2/get"),
        ("OperationFamilyHasManyActiveOperations", "/~1A_V3/get"),
    ]


def test_of_operations_in_production_all_but_the_newest_are_told() -> None:
    production = {"status": "Production"}
    assert told(revision(1, **production), revision(2, **production)) == [
        ("OperationFamilyHasManyActiveProductionOperations", "/~1A/get")
    ]
    assert told({"deprecated": True, **revision(1, **production)}, revision(2, **production)) == []
    assert told(revision(1), revision(2, **production)) == []


def test_of_operations_without_a_revision_each_is_told_once() -> None:
    assert told({}, revision()) == [("OperationFamilyHasManyEmptyRevisions", "/~1A_V2/get/x-ms-api-annotation")]
    assert told(revision(), revision()) == [
        ("OperationRevisionEmpty", "/~1A/get/x-ms-api-annotation"),
        ("OperationFamilyHasManyEmptyRevisions", "/~1A_V2/get/x-ms-api-annotation"),
    ]


@pytest.mark.parametrize("name", ["A_V2", "A_v2", "AV2", "a_v2"])
def test_an_id_may_end_with_its_revision_in_several_ways(name: str) -> None:
    paths = {"/a": {"get": {"operationId": name, **revision(2)}}}
    assert list(found_in(package(definition({"paths": paths})))) == []


def test_an_id_that_ends_with_another_revision() -> None:
    paths = {"/a": {"get": {"operationId": "A_V12", **revision(2)}}}
    assert [hit.message for hit in found_in(package(definition({"paths": paths})))] == [
        "'A_V12' is revision 2, but doesn't end with '_V2'"
    ]


@pytest.mark.parametrize("number", [0, -1, True, pytest.param(10**5000, id="long")])
def test_a_revision_that_can_not_be_is_none(number: int) -> None:
    assert [name for name, _ in told(revision(number))] in ([], ["JsonTypeIncorrect"])


def test_a_large_family_takes_linear_time() -> None:
    found = told(*(revision(number) for number in range(1, 3001)))
    assert found[0] == ("TotalOperationsCountExceedsMaxAllowed", "")
    assert len(found[1:]) == 1000


def test_the_connector_says_how_far_it_is_or_nothing_is_said() -> None:
    production = revision(1, status="Production")
    paths = {"/a": {"get": {"operationId": "A", **production}}}
    for annotation, names in ((None, []), ("Production", []), ("Preview", ["OperationStatusAheadOfConnector"])):
        info: dict[str, Any] = {"title": "A", "description": "B.", "version": "1"}
        info |= {} if annotation is None else {"x-ms-api-annotation": {"status": annotation}}
        assert [hit.rule.name for hit in found_in(package(definition({"info": info, "paths": paths})))] == names


def test_no_help_asks_to_rename_what_is_published() -> None:
    annotation = {"family": "ReadPage", "revision": 2}
    operation = {"operationId": "ReadPage_V1", "x-ms-api-annotation": annotation}
    (hit,) = found_in(package(definition({"paths": {"/a": {"get": operation}}})))
    assert (hit.rule.name, hit.rule.severity) == ("OperationIdShouldEndWithRevision", Severity.NOTE)
    assert hit.message == "'ReadPage_V1' is revision 2, but doesn't end with '_V2'"
    assert hit.help == ("leave a published id as it is, for flows use it; end the id of the next revision with '_V3'")
