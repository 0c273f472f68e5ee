"""Which schemas of an operation get new names beside those of its older version."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.app.successors import _other_schemas
from connector_builder.package import Package
from connector_builder.platform.swagger.operations import Operation, operations
from tests.support.growth import calls


def package(definitions: dict[str, Any]) -> Package:
    schema = {"$ref": "#/definitions/S0"}
    responses = {"200": {"description": "Fine.", "schema": schema}}
    paths = {"/tides": {"get": {"operationId": "GetTide", "responses": responses}}}
    return Package(
        "tides", Path("tides"), {"swagger": "2.0", "paths": paths, "definitions": definitions}, {}, lambda *_: {}
    )


def chain(length: int, last: str, links: Callable[[int], list[int]] = lambda number: [number + 1]) -> dict[str, Any]:
    """Returns schemas that each refer to the next one."""
    made: dict[str, Any] = {
        f"S{number}": {
            "type": "object",
            "properties": {f"to{to}": {"$ref": f"#/definitions/S{to}"} for to in links(number)},
        }
        for number in range(length)
    }
    return {**made, f"S{length}": {"type": last}}


def operation(of: Package) -> Operation:
    [found] = operations(of.definition)
    return found


def test_what_refers_to_a_changed_schema_is_another_too() -> None:
    old, new = package(chain(3, "string")), package(chain(3, "integer"))
    assert _other_schemas(old, new, operation(new)) == {f"S{number}": f"S{number}V2" for number in range(4)}
    assert _other_schemas(old, old, operation(old)) == {}


def test_a_schema_that_is_new_keeps_its_name() -> None:
    new = package(chain(3, "integer"))
    old = package({name: part for name, part in chain(3, "string").items() if name != "S1"})
    assert _other_schemas(old, new, operation(new)) == {"S0": "S0V2", "S2": "S2V2", "S3": "S3V2"}


@pytest.mark.parametrize(
    "links", [lambda number: [number + 1], lambda number: [number + 1, 0, number]], ids=["a chain", "circles"]
)
def test_work_grows_with_the_schemas(links: Callable[[int], list[int]]) -> None:
    def work(length: int) -> int:
        old, new = package(chain(length, "string", links)), package(chain(length, "integer", links))
        return calls(lambda: _other_schemas(old, new, operation(new)))

    work(10)
    assert work(160) < 5 * work(40)
