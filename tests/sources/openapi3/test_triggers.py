"""Callbacks of OpenAPI 3: one that has all that a trigger requires makes one, and each other is told with what it lacks."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language.decompile import import_package
from connector_builder.package import Package
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.imports.source_files import put

CALLBACK = "{$request.body#/target}"
HOOK: dict[str, Any] = {
    "operationId": "WhenOrderArrives",
    "summary": "When an order arrives",
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Hook"}}}},
    "callbacks": {
        "onOrder": {
            CALLBACK: {
                "post": {
                    "requestBody": {
                        "description": "An order.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
                    },
                    "responses": {"200": {"description": "Thanks."}},
                }
            }
        }
    },
    "responses": {"201": {"description": "Subscribed.", "headers": {"location": {"schema": {"type": "string"}}}}},
}
PATH_PARAMETER = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Orders", "description": "Reads orders.", "version": "1"},
    "servers": [{"url": "https://api.contoso.example"}],
    "paths": {
        "/hooks": {
            "post": HOOK,
            "get": {
                "operationId": "GetHook",
                "responses": {
                    "200": {"description": "A hook.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Hook"}}}}
                },
            },
        },
        "/hooks/{id}": {"delete": {"operationId": "DeleteHook", "parameters": [PATH_PARAMETER], "responses": {"204": {"description": "Gone."}}}},
    },
    "components": {
        "schemas": {
            "Hook": {"type": "object", "properties": {"target": {"type": "string"}, "name": {"type": "string"}}, "required": ["name"]},
            "Order": {"type": "object", "properties": {"id": {"type": "integer"}, "note": {"type": "string", "nullable": True}}, "required": ["id", "note"]},
        }
    },
}  # fmt: skip


def imported(tmp_path: Path, document: dict[str, Any], wishes: Wishes = ALL) -> tuple[Package, list[tuple[str, str]]]:
    reading = read_source(Source(put(tmp_path / "a.json", document), Kind.OPENAPI3), wishes=wishes)
    assert reading.package is not None
    return reading.package, [(one.rule.name, one.message) for one in reading.findings]


def test_a_trigger(tmp_path: Path) -> None:
    package, told = imported(tmp_path, DOCUMENT)
    assert told == [("CallbackAsTrigger", "'WhenOrderArrives' becomes a trigger: a flow gives its address in 'target'")]
    item = package.definition["paths"]["/hooks"]
    assert item["post"]["x-ms-trigger"] == "single"
    [body] = item["post"]["parameters"]
    assert (body["required"], body["schema"]) == (
        True,
        {
            "type": "object",
            "properties": {
                "target": {"type": "string", "x-ms-visibility": "internal", "x-ms-notification-url": True},
                "name": {"type": "string", "x-ms-summary": "Name"},
            },
            "required": ["name", "target"],
        },
    )
    assert item["x-ms-notification-content"] == {"description": "An order.", "schema": {"$ref": "#/definitions/Order"}}
    assert package.definition["definitions"]["Order"]["required"] == ["id"]  # what may be null isn't promised
    assert package.definition["definitions"]["Hook"]["properties"]["target"] == {
        "type": "string",
        "x-ms-summary": "Target",
    }
    spec = import_package(package).files["connector.yaml"].decode()
    assert "triggers:\n  WhenOrderArrives:\n" in spec


ON_ORDER = HOOK["callbacks"]["onOrder"]
CALL = ON_ORDER[CALLBACK]
POST = ("paths", "/hooks", "post")
CHANGES: dict[str, tuple[tuple[str, ...], Any]] = {
    "two": ((*POST, "callbacks", "onNote"), ON_ORDER),
    "query": ((*POST, "callbacks"), {"onOrder": {"{$request.query.target}": CALL}}),
    "part": ((*POST, "callbacks"), {"onOrder": {f"{CALLBACK}/orders": CALL}}),
    "deep": ((*POST, "callbacks"), {"onOrder": {"{$request.body#/target/url}": CALL}}),
    "put": ((*POST, "callbacks"), {"onOrder": {CALLBACK: {"put": CALL["post"]}}}),
    "verb": (("paths", "/hooks"), {"put": HOOK}),
    "list": (("components", "schemas", "Hook", "properties", "target"), {"type": "array", "items": {"type": "string"}}),
    "form": ((*POST, "requestBody", "content"), {"text/plain": {"schema": {"type": "string"}}}),
    "location": ((*POST, "responses", "201", "headers"), {}),
    "delete": (("paths", "/hooks/{id}"), {}),
    "nowhere": ((*POST, "callbacks"), {"onOrder": {"$ref": "#/components/callbacks/No"}}),
}
"""Changes of the document, each with its place and the new value there."""


def changed(change: str) -> dict[str, Any]:
    document = deepcopy(DOCUMENT)
    (*around, last), value = CHANGES[change]
    part: Any = document
    for step in around:
        part = part[step]
    part[last] = deepcopy(value)
    return document


@pytest.mark.parametrize(
    ("change", "why", "times"),
    [
        ("two", "it has several callbacks", 2),
        ("query", "the address isn't a field of the body", 1),
        ("part", "the address isn't a field of the body", 1),
        ("deep", "the address isn't a field of the body", 1),
        ("put", "the subscription and the call aren't both POST", 1),
        ("verb", "the subscription and the call aren't both POST", 1),
        ("list", "the body has no text 'target'", 1),
        ("form", "the body has no text 'target'", 1),
        ("location", "no answer has a 'Location' header, by which the platform ends a subscription", 1),
        ("delete", "no DELETE below '/hooks' is imported, by which the platform ends a subscription", 1),
        ("nowhere", "the address isn't a field of the body", 1),
    ],
)
def test_what_a_callback_lacks(tmp_path: Path, change: str, why: str, times: int) -> None:
    package, told = imported(tmp_path, changed(change))
    message = f"'WhenOrderArrives' can call an address of its user: the connector doesn't, because {why}"
    assert [one for one in told if one[0].startswith("Callback")] == [("CallbackLeftOut", message)] * times
    text = str(package.definition)
    assert ("x-ms-trigger" in text, "x-ms-notification" in text) == (False, False)


def test_the_operation_that_ends_it_must_be_chosen(tmp_path: Path) -> None:
    _, told = imported(tmp_path, DOCUMENT, Wishes(exclude=("id:DeleteHook",)))
    assert [rule for rule, _ in told] == ["CallbackLeftOut"]


def test_a_callback_by_reference(tmp_path: Path) -> None:
    document = deepcopy(DOCUMENT)
    post = document["paths"]["/hooks"]["post"]
    document["components"]["callbacks"] = {"Order": post["callbacks"]["onOrder"]}
    post["callbacks"] = {"onOrder": {"$ref": "#/components/callbacks/Order"}}
    assert [rule for rule, _ in imported(tmp_path, document)[1]] == ["CallbackAsTrigger"]
