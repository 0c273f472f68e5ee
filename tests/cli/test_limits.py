"""How much of the platform's limits a connector uses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from connector_builder.checks.nearness import measures
from connector_builder.package.model import DEFINITION, ICON, SCRIPT
from connector_builder.platform.limits import OPERATIONS, SCHEMAS
from tests.support.examples.rule_examples import package

Run = Callable[..., Result]


def definition(operations: int) -> dict[str, Any]:
    return {
        "swagger": "2.0",
        "info": {"title": "Orders", "description": "Lists orders.", "version": "1.0"},
        "host": "api.contoso.example",
        "basePath": "/",
        "schemes": ["https"],
        "paths": {
            f"/orders{number}": {
                "get": {"operationId": f"ListOrders{number}", "responses": {"200": {"description": "OK"}}}
            }
            for number in range(operations)
        },
    }


def put(here: Path, operations: int, **more: bytes) -> str:
    (here / "pkg").mkdir(exist_ok=True)
    text = json.dumps(definition(operations))
    (here / "pkg/apiDefinition.swagger.json").write_text(text, encoding="utf-8")
    for name, content in more.items():
        (here / "pkg" / name.replace("_", ".")).write_bytes(content)
    return text


def test_each_limit_has_a_line(run: Run, here: Path) -> None:
    length = len(put(here, 64, script_csx=b"x" * 20_972))
    lines = run("validate", "pkg", "--limits").stdout.splitlines()
    shown = lines[lines.index("limits of pkg:") + 1 :]
    assert shown[:4] == [
        "         64 of       256   25 %  operations of a connector",
        f"     {length:>6,} of 1,048,576    0 %  bytes of a definition",
        f"     {length:>6,} of   500,000 {length * 100 // 500_000:>4} %  characters of a definition, and of each part of its properties, in a solution",
        "     20,972 of 1,048,576    2 %  bytes of the custom code",
    ]


@pytest.mark.parametrize(("operations", "noted"), [(204, False), (205, True), (256, True), (257, False)])
def test_above_80_percent_is_a_note(run: Run, here: Path, operations: int, noted: bool) -> None:
    put(here, operations)
    report = json.loads(run("validate", "pkg", "--limits", "--format", "json").stdout)
    found = [one for one in report["findings"] if one["rule"] == "LimitNear"]
    assert [one["pointer"] for one in found] == (["/paths"] if noted else [])
    assert all(one["severity"] == "note" for one in found)
    (target,) = report["limits"]
    assert target["target"] == "pkg"
    assert target["limits"][0] == {
        "what": OPERATIONS.what,
        "used": operations,
        "most": 256,
        "source": OPERATIONS.source,
    }
    assert "LimitNear" not in run("validate", "pkg").stdout


def test_a_spec_is_measured_as_it_is_built(run: Run, spec: Path) -> None:
    assert run("build").exit_code == 0
    of_spec = json.loads(run("validate", "specs", "--limits", "--format", "json").stdout)["limits"][0]["limits"]
    built = json.loads(run("validate", "output", "--limits", "--format", "json").stdout)["limits"][0]["limits"]
    names = {one["what"] for one in of_spec}
    assert of_spec == [one for one in built if one["what"] in names]


def test_schemas_are_counted_with_what_they_refer_to() -> None:
    schema = {"$ref": "#/definitions/A"}
    whole = definition(1) | {
        "definitions": {
            "A": {"properties": {"b": {"$ref": "#/definitions/B"}, "c": {"$ref": "#/definitions/B"}}},
            "B": {"properties": {"a": schema, "x": {}, "y": {}}},
        }
    }
    whole["paths"]["/orders0"]["get"]["responses"] = {"200": {"schema": schema}, "404": {"schema": {}}}
    found = {one.limit: (one.used, one.pointer) for one in measures(package(whole))}
    assert found[SCHEMAS] == (9, ("definitions", "A"))
    by_operation = next(one for one in measures(package(whole)) if one.limit.what == "schemas of an operation")
    assert (by_operation.used, by_operation.pointer) == (10, ("paths", "/orders0", "get"))


@pytest.mark.parametrize(
    "broken", [None, [], {"paths": 7, "definitions": []}, {"paths": {"/a": {"get": {"parameters": 7}}}}]
)
def test_a_broken_definition_is_measured_as_far_as_it_goes(broken: object) -> None:
    whole = package(broken)
    whole.script, whole.icon = b"abc", b"de"
    documents = [one.document for one in measures(whole)]
    assert documents == [DEFINITION] * 3 * isinstance(broken, dict) + ["files", "files"]
    assert [one.pointer for one in measures(whole)[-2:]] == [(SCRIPT,), (ICON,)]
