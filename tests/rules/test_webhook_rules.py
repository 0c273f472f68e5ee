"""Callbacks: found behind references and in combined schemas, told once, and only where they are."""

from typing import Any

import pytest

from connector_builder.findings import Pointer
from tests.support.examples.rule_examples import definition, found_in, package

URL = {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"}
HOOK = {"type": "object", "required": ["url"], "properties": {"url": URL}}


def hits(fragment: dict[str, Any]) -> list[tuple[str, Pointer]]:
    return [(hit.rule.name, hit.pointer) for hit in found_in(package(definition(fragment)))]


def subscribing(schema: Any, *, required: bool = True, **more: Any) -> dict[str, Any]:
    body = {"name": "body", "in": "body", "required": required, "schema": schema}
    post = {"operationId": "Subscribe", "x-ms-trigger": "single", "parameters": [body]}
    item = {
        "x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "post": post,
    }
    return {"paths": {"/hooks": item}, **more}


@pytest.mark.parametrize(
    "schema",
    [
        HOOK,
        {"$ref": "#/definitions/Hook"},
        {"allOf": [{"$ref": "#/definitions/Hook"}]},
        {"type": "object", "required": ["hook"], "properties": {"hook": {"$ref": "#/definitions/Hook"}}},
    ],
)
def test_a_callback_is_found_wherever_the_body_leads(schema: dict[str, Any]) -> None:
    assert hits(subscribing(schema, definitions={"Hook": HOOK})) == []


def test_every_level_up_to_the_body_is_required() -> None:
    place = ("definitions", "Hook", "properties", "url")
    optional = {"type": "object", "properties": {"hook": {"$ref": "#/definitions/Hook"}}}
    assert hits(subscribing(optional, definitions={"Hook": HOOK})) == [("NotificationUrlNotRequired", place)]
    referred = {"$ref": "#/definitions/Hook"}
    assert hits(subscribing(referred, required=False, definitions={"Hook": HOOK})) == [
        ("NotificationUrlNotRequired", place)
    ]


def test_the_finding_says_which_level_is_optional() -> None:
    attributes = {"type": "object", "required": ["url"], "properties": {"url": URL}}
    data = {"type": "object", "properties": {"attributes": attributes}}
    schema = {"type": "object", "required": ["data"], "properties": {"data": data}}

    def said(required: bool) -> list[tuple[str, str | None]]:
        found = found_in(package(definition(subscribing(schema, required=required))))
        return [(hit.message, hit.help) for hit in found]

    one = "'attributes' isn't required in 'data'"
    cure = "add 'attributes' to 'required' of 'data'"
    assert said(True) == [(one, cure)]
    both = "write 'required: true' at the body; " + cure
    assert said(False) == [(f"the body isn't required, and {one}", both)]


def test_an_empty_schema_describes_no_output() -> None:
    responses = {"200": {"description": "OK", "schema": {}}}
    trigger = {"operationId": "A", "x-ms-trigger": "batch", "responses": responses}
    assert [name for name, _ in hits({"paths": {"/a": {"get": trigger}}})] == ["SchemaDefinitionSetIncorrectly"]


def test_what_is_around_the_callback_may_be_internal() -> None:
    seen = {
        "type": "object",
        "required": ["url"],
        "properties": {"url": {"type": "string", "x-ms-notification-url": True}},
    }
    hidden = {"type": "object", "required": ["hook"], "properties": {"hook": {**seen, "x-ms-visibility": "internal"}}}
    assert hits(subscribing(hidden)) == []
    assert [name for name, _ in hits(subscribing(seen))] == ["NotificationUrlNotInternal"]


def test_a_shared_callback_is_told_once() -> None:
    seen = {
        "type": "object",
        "required": ["url"],
        "properties": {"url": {"type": "string", "x-ms-notification-url": True}},
    }
    fragment = subscribing({"$ref": "#/definitions/Hook"}, definitions={"Hook": seen})
    fragment["paths"]["/hooks"]["put"] = {**fragment["paths"]["/hooks"]["post"], "operationId": "Renew"}
    place = ("definitions", "Hook", "properties", "url")
    assert hits(fragment) == [("NotificationUrlNotInternal", place)]


def test_a_callback_in_a_response_is_misplaced() -> None:
    responses = {"200": {"description": "OK", "schema": {"type": "object", "properties": {"url": URL}}}}
    found = hits({"paths": {"/a": {"get": {"operationId": "A", "responses": responses}}}})
    assert [name for name, _ in found] == ["NotificationUrlNotAllowedInThisPosition"]


def test_schemas_in_a_circle_end() -> None:
    hook = {"type": "object", "required": ["url"], "properties": {"url": URL, "next": {"$ref": "#/definitions/Hook"}}}
    assert hits(subscribing({"$ref": "#/definitions/Hook"}, definitions={"Hook": hook})) == []


def test_a_body_of_the_path_and_a_shared_one_count() -> None:
    fragment = subscribing(HOOK)
    item = fragment["paths"]["/hooks"]
    item["parameters"] = item["post"].pop("parameters")
    assert hits(fragment) == []
    shared = {"Body": item.pop("parameters")[0]}
    item["post"]["parameters"] = [{"$ref": "#/parameters/Body"}]
    assert hits({**fragment, "parameters": shared}) == []


def test_a_mark_that_is_false_is_none() -> None:
    schema = {"type": "object", "properties": {"url": {"type": "string", "x-ms-notification-url": False}}}
    assert [name for name, _ in hits(subscribing(schema))] == ["WebhookOperationsMissingNotificationUrlProperty"]


def test_an_internal_default_of_a_response_is_no_input() -> None:
    schema = {
        "type": "object",
        "properties": {"kind": {"type": "string", "default": "a", "x-ms-visibility": "internal"}},
    }
    responses = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/A"}}}
    operation: dict[str, Any] = {"operationId": "A", "responses": responses}
    fragment = {"paths": {"/a": {"post": operation}}, "definitions": {"A": schema}}
    assert hits(fragment) == []
    operation["parameters"] = [{"name": "body", "in": "body", "schema": {"$ref": "#/definitions/A"}}]
    assert hits(fragment) == [("InternalPropertyWithDefaultOptional", ("definitions", "A", "properties", "kind"))]
