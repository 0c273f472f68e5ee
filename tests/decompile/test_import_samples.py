"""Where a source hands over the samples that it inferred schemas from, the spec shows samples instead of fields."""

import json
from typing import Any

import pytest

from connector_builder.findings import Pointer, Text
from connector_builder.language.compile.schemas.from_sample import schema_of_sample
from connector_builder.language.decompile import Imported
from connector_builder.source.yaml_reader import read_yaml
from tests.support.imports.import_one import PATH, import_whole, package_of

ORDER = {"id": 7, "placed": "2024-05-01T10:00:00Z", "lines": [{"sku": "A-1", "price": 2.5}]}
LARGE = {
    f"field{number}": {"name": f"some longer text to fill a line {number}", "of": [number]} for number in range(12)
}
RESPONSE: Pointer = ("paths", "/orders", "get", "responses", "200", "schema")
BODY: Pointer = ("paths", "/orders", "post", "parameters", 0, "schema")


def schema(sample: Any) -> dict[str, Any]:
    made = schema_of_sample(sample)
    assert made is not None
    return made


def spec_of(response: Any, body: Any, sampled: dict[Pointer, Any]) -> tuple[Any, Imported]:
    definition = {
        "swagger": "2.0",
        "info": {"title": "Orders", "description": "All orders.", "version": "1.0.0"},
        "host": "api.contoso.example",
        "basePath": "/",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/orders": {
                "get": {"operationId": "ListOrders", "summary": "List orders", "responses": {"200": {"description": "OK", "schema": response}}},
                "post": {
                    "operationId": "CreateOrder",
                    "summary": "Create order",
                    "parameters": [{"name": "body", "in": "body", "required": True, "schema": body}],
                    "responses": {"201": {"description": "Created"}},
                },
            }
        },
    }  # fmt: skip
    package = package_of(definition, {"properties": {"connectionParameters": {}}})
    package.sampled = sampled
    imported = import_whole(package)
    root = read_yaml(Text(PATH, imported.files["connector.yaml"].decode())).root
    assert root is not None
    return root.value, imported


def test_small_samples_stand_in_the_spec() -> None:
    new = {"sku": "A-1", "count": 2}
    tree, imported = spec_of(schema([ORDER]), schema(new), {RESPONSE: [ORDER], BODY: new})
    assert tree["actions"]["ListOrders"]["response"] == {"sample": [ORDER]}
    assert tree["actions"]["CreateOrder"]["body"] == {"sample": new}
    assert imported.files.keys() == {"connector.yaml"}
    assert imported.reading.findings == []
    assert imported.plain == []


def test_large_samples_are_files() -> None:
    tree, imported = spec_of(schema(LARGE), schema(LARGE), {RESPONSE: LARGE, BODY: LARGE})
    [inline] = tree["schemas"].values()  # the same schema twice is written once
    assert inline == {"inline": True, "sample": "samples/ListOrders.200.json"}
    assert imported.files.keys() == {"connector.yaml", "samples/ListOrders.200.json"}
    assert json.loads(imported.files["samples/ListOrders.200.json"]) == LARGE


def test_the_samples_of_the_package_are_the_authors() -> None:
    _, imported = spec_of(schema(ORDER), schema(LARGE), {RESPONSE: ORDER, BODY: LARGE})
    assert imported.files.keys() == {"connector.yaml", "samples/CreateOrder.body.json"}
    assert imported.reading.package is not None
    assert [(one.operation, one.status, one.value) for one in imported.reading.package.samples] == [
        ("ListOrders", "200", ORDER)
    ]


def test_a_text_of_a_sample_that_looks_like_a_variable() -> None:
    sample = {"text": "${NAME}", "more": "$${NAME}"}
    _, imported = spec_of(schema(sample), {}, {RESPONSE: sample})
    assert imported.reading.package is not None
    assert imported.reading.package.samples[0].value == sample


@pytest.mark.parametrize(
    ("change", "sample"),
    [
        ({"description": "An order."}, ORDER),  # the schema says more than the sample
        ({}, {**ORDER, "more": 1}),  # the sample says more than the schema
        ({}, {**ORDER, "lines": []}),  # the sample doesn't say what it is
        ({}, dict(reversed(ORDER.items()))),  # another order
        ({}, "a text"),
        ({}, {}),
        ({}, None),
    ],
)
def test_where_a_sample_does_not_give_the_schema_there_are_fields(change: dict[str, Any], sample: Any) -> None:
    tree, imported = spec_of({**schema(ORDER), **change}, {}, {RESPONSE: sample})
    without, plain = spec_of({**schema(ORDER), **change}, {}, {})
    assert tree == without
    response = tree["actions"]["ListOrders"]["response"]
    schema_ = response.get("schema", response)
    assert "id" in schema_.get("fields", schema_)
    assert imported.files == plain.files


def test_a_pointer_that_leads_nowhere() -> None:
    wrong: dict[Pointer, Any] = {("definitions", "None"): ORDER, ("paths", 3): ORDER, (): ORDER}
    tree, _ = spec_of(schema(ORDER), {}, wrong)
    assert "id" in tree["actions"]["ListOrders"]["response"]


@pytest.mark.parametrize("sample", [{"a": []}, {"a": None}, [], {"a": [1, "x"]}])
def test_samples_that_say_too_little(sample: Any) -> None:
    assert schema_of_sample(sample) is None
