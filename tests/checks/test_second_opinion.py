"""openapi-spec-validator's opinion: what it adds to ours, and that nothing in a document can hurt it or us."""

import copy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.checks import second_view
from connector_builder.checks.second_opinion import SECOND_OPINION, _validator_class, second_opinion
from connector_builder.checks.second_view import view_of
from connector_builder.findings import Place, Text
from connector_builder.package.model import DEFINITION, Package
from connector_builder.rules import check
from tests.support.examples.rule_examples import found_in

OK = {"200": {"description": "OK"}}
EVIL = (
    "http://127.0.0.1:9/x.json",
    "https://127.0.0.1:9/x.json",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "x.json",
    "x.json#/a",
)


def package(definition: Any) -> Package:
    source = Path("folder")
    whole = Place(Text(source, ""))
    return Package("orders", source, definition, None, lambda _, pointers: dict.fromkeys(pointers, whole))


def swagger(schema: Any = None, **parts: Any) -> dict[str, Any]:
    """A valid definition, in which the response of one operation has a schema."""
    responses = OK if schema is None else {"200": {"description": "OK", "schema": schema}}
    whole = {
        "swagger": "2.0",
        "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
        "host": "api.contoso.example",
        "schemes": ["https"],
        "paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": responses}}},
    }
    return {**whole, **parts}


def alone(definition: Any) -> list[tuple[Any, ...]]:
    """What it says by itself: places and the beginnings of messages."""
    return [(hit.pointer, hit.message) for hit in second_opinion(package(definition), [])]


def after_ours(definition: Any) -> list[str]:
    whole = package(definition)
    return [hit.message for hit in second_opinion(whole, list(check(whole)))]


@pytest.fixture
def opens_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever opens a file or a connection for a reference fails the test, even if the error is caught on the way."""
    opened: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        opened.append(args)
        raise OSError("opened")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("jsonschema_path.handlers.urllib.urlopen", refuse, raising=False)
    monkeypatch.setattr("jsonschema_path.retrievers.urlopen", refuse, raising=False)
    yield
    assert opened == []


def test_a_good_definition_needs_no_word() -> None:
    assert alone(swagger({"type": "object", "properties": {"id": {"type": "string"}}})) == []


@pytest.mark.parametrize("definition", [None, [], "text", 1, {"openapi": "3.0.0", "paths": {"a": 1}}])
def test_without_a_definition_it_is_not_asked(definition: Any) -> None:
    assert alone(definition) == []


def test_a_hit_is_an_error_of_the_platform_in_the_definition() -> None:
    (hit,) = second_opinion(package(swagger(host="a b")), [])
    assert hit.rule is SECOND_OPINION
    assert (str(hit.rule.severity), hit.rule.scope, hit.document) == ("error", "platform", DEFINITION)
    assert hit.pointer == ("host",)
    assert hit.message.startswith("'a b' does not match ")
    assert hit.help == "if the definition is right, ignore SecondOpinion"


def test_what_has_no_place_of_its_own_gets_one() -> None:
    parameter = {"name": "top", "in": "query", "type": "integer", "default": "1"}
    operation = {"operationId": "A", "responses": OK, "parameters": [parameter, parameter]}
    definition = swagger(
        paths={
            "/a/{id}": {"get": operation},
            "/b": {"get": {"operationId": "A", "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/S"}}}}},
        },
        definitions={"S": {"type": "object", "properties": {"n": {"type": "object", "default": {"m": "x"}, "properties": {"m": {"type": "integer"}}}}}},
        tags=[{"name": "x"}, {"name": "x", "description": "y"}],
    )  # fmt: skip
    places = [place for place, _ in alone(definition)]
    get = ("paths", "/a/{id}", "get")
    assert places == [
        (*get, "parameters"),  # equal items
        ("tags",),
        (*get, "parameters", 0, "default"),
        (*get, "parameters", 1, "default"),
        (*get, "parameters"),  # the same name twice
        ("paths", "/a/{id}"),
        ("paths", "/b", "get", "operationId"),
        ("definitions", "S", "properties", "n", "default", "m"),  # through the reference
    ]
    assert after_ours(definition) == []


def test_the_cause_is_told_not_that_nothing_fits() -> None:
    parameters = [{"name": "body", "in": "body", "schema": {"maxLength": -1}}]
    whole = swagger(paths={"/a": {"get": {"operationId": "A", "responses": OK, "parameters": parameters}}})
    message = "-1 is less than the minimum of 0"
    parameter = ("paths", "/a", "get", "parameters", 0)
    assert alone(whole) == [(parameter, message), ((*parameter, "schema", "maxLength"), message)]


def test_ours_at_the_place_or_below_silences_it_and_elsewhere_does_not() -> None:
    definition = swagger(host="a b", basePath="x")
    whole = package(definition)
    hits = found_in(whole)
    assert [hit.rule.name for hit in hits] == ["HostNameNotValid", "BasePathNotValid"]
    assert second_opinion(whole, hits) == []
    assert [hit.pointer for hit in second_opinion(whole, hits[1:])] == [("host",)]


def test_a_rule_of_practice_silences_nothing() -> None:
    definition = swagger({"x-ms-sumary": "A", "maxLength": -1})
    whole = package(definition)
    hits = [hit for hit in check(whole) if hit.rule.name == "ExtensionNameNotKnown"]
    assert len(hits) == 1
    assert second_opinion(whole, hits)


@pytest.mark.usefixtures("opens_nothing")
@pytest.mark.parametrize("reference", EVIL)
def test_references_out_of_the_document_are_never_opened(reference: str) -> None:
    evil = {"$ref": reference}
    schemas = {"S": evil, "T": {"type": "object", "properties": {"a": {"items": evil}}, "allOf": [evil]}}
    assert alone(swagger(evil)) == []
    assert alone(swagger({"$ref": "#/definitions/S"}, definitions=schemas)) == []
    assert alone(swagger(paths={"/a": {"$ref": reference}})) == []
    assert (
        alone(swagger(paths={"/a": {"get": {"operationId": "A", "responses": {"200": evil}, "parameters": [evil]}}}))
        == []
    )
    assert "SchemaReferenceNotValid" in [hit.rule.name for hit in check(package(swagger(evil)))]


@pytest.mark.usefixtures("opens_nothing")
@pytest.mark.parametrize("reference", EVIL)
def test_references_in_what_is_no_reference_are_never_opened(reference: str) -> None:
    evil = {"$ref": reference}
    schema = {
        "type": "object",
        "default": evil,
        "example": evil,
        "enum": [evil, {"a": evil}],
        "x-odd": evil,
        "$id": reference,
        "id": reference,
        "properties": {
            "$ref": {"type": "string"},
            "$id": {"type": "string"},
            "a": {"type": "array", "items": {}, "default": [evil]},
        },
    }
    definition = swagger(schema, **{"x-odd": evil, "$id": reference, "$schema": reference, "id": reference})
    definition["paths"]["x-odd"] = evil
    definition["paths"]["/orders"]["get"]["responses"]["200"]["examples"] = {"application/json": evil}
    assert after_ours(definition) == []
    for properties in ({"$ref": reference}, {"$id": reference}):
        assert after_ours(swagger({"type": "object", "properties": properties})) == []


@pytest.mark.usefixtures("opens_nothing")
def test_it_could_open_nothing_if_a_reference_got_through(monkeypatch: pytest.MonkeyPatch) -> None:
    definition = swagger({"$ref": "http://127.0.0.1:9/x.json"})
    monkeypatch.setattr(second_view.View, "closed", True)
    ((place, message),) = alone(definition)
    assert place == ()
    assert message.startswith("openapi-spec-validator stopped: ")


def test_an_exception_is_a_finding_unless_an_error_of_ours_explains_it() -> None:
    endless = {"A": {"type": "array", "items": {"allOf": [{"$ref": "#/definitions/A"}]}}}
    definition = swagger({"$ref": "#/definitions/A"}, definitions=endless)
    ((place, message),) = alone(definition)
    assert place == ()
    assert message.startswith("openapi-spec-validator stopped: RecursionError")
    assert after_ours(definition) == [message]
    assert after_ours({**definition, "host": "a b"}) == []


def test_patterns_are_never_run() -> None:
    bomb = {"type": "string", "pattern": "^(a+)+$", "default": "a" * 60 + "!"}
    definition = swagger({"type": "object", "properties": {"a": bomb}}, definitions={"B": bomb})
    definition["paths"]["/orders"]["get"]["parameters"] = [{"name": "a", "in": "query", **bomb}]
    assert alone(definition) == []
    assert "(a+)+" not in repr(view_of(definition).document)
    assert found_in(package(definition)) == []


def test_ways_that_multiply_are_not_followed() -> None:
    layers: dict[str, Any] = {f"S{n}": {"allOf": [{"$ref": f"#/definitions/S{n + 1}"}] * 2} for n in range(60)}
    layers["S60"] = {"type": "object"}
    definition = swagger({"$ref": "#/definitions/S0"}, definitions=layers)
    expected = "openapi-spec-validator can't check the definition: its schemas are too entangled"
    assert alone(definition) == [((), expected)]
    small = {name: schema for name, schema in layers.items() if name in ("S57", "S58", "S59", "S60")}
    assert alone(swagger({"$ref": "#/definitions/S57"}, definitions=small)) == []


def test_a_default_that_would_multiply_ways_is_left_to_our_rule() -> None:
    value: Any = 1
    for _ in range(30):
        value = {"a": value}
    twice = [{"properties": {"a": {"$ref": "#/definitions/A"}}}] * 2
    definition = swagger(
        {"$ref": "#/definitions/A"}, definitions={"A": {"type": "object", "default": value, "allOf": twice}}
    )
    assert "default" not in view_of(definition).document["definitions"]["A"]
    alone(definition)


@pytest.mark.parametrize("size", ["MAX_NODES", "MAX_PAIRS"])
def test_what_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setattr(second_view, size, 3)
    definition = swagger({"enum": [{"a": 1}, {"a": 2}]})
    assert alone(definition) == [((), "openapi-spec-validator can't check the definition: it is too large")]


def test_the_definition_is_not_changed() -> None:
    schema = {
        "type": "file",
        "pattern": "a",
        "default": None,
        "x-nullable": True,
        "enum": [{"a": [1]}],
        "example": {"a": 1},
    }
    definition = swagger(
        schema, basePath='@environmentVariables("x")', definitions={"S": {"$ref": "#/definitions/S", "title": "x"}}
    )
    before = copy.deepcopy(definition)
    alone(definition)
    assert definition == before


def test_where_it_is_wrong_it_is_not_asked() -> None:
    assert alone(swagger({"type": "file"})) == []
    assert after_ours(swagger(host='@environmentVariables("contoso_host")')) == []
    assert alone(swagger(basePath='@environmentVariables("contoso_path")')) == []
    assert alone(swagger({"type": "string", "default": None, "x-nullable": True})) == []
    assert alone(swagger({"type": "number", "multipleOf": 0.1, "default": 0.3})) == []


def test_a_file_where_it_may_not_stand_is_still_refused() -> None:
    assert [place for place, _ in alone(swagger({"type": "object", "properties": {"a": {"type": "file"}}}))]


def test_messages_are_short_and_on_one_line() -> None:
    definition = swagger({"type": "integer", "default": "long\n" * 10_000})
    ((_, message),) = alone(definition)
    assert len(message) == 301
    assert message.endswith("…")
    assert "\n" not in message


def test_what_is_remembered_changes_no_error() -> None:
    from openapi_spec_validator import OpenAPIV2SpecValidator

    def told(error: Any) -> tuple[Any, ...]:
        causes = [told(cause) for cause in error.context]
        return tuple(error.absolute_path), tuple(error.absolute_schema_path), error.message, error.validator, causes

    schema = {
        "type": "wrong",
        "properties": {"a": {"minimum": "1"}, "b": {"$ref": 1}},
        "allOf": [],
        "required": ["a", "a"],
    }
    definition = swagger(
        schema, host="/", schemes=["ftp"], tags=[{}], definitions={"A": schema, "B": {"items": schema}}
    )
    definition["paths"]["/orders"]["get"]["parameters"] = [
        {"name": "a", "in": "query", "type": "object"},
        {"in": "body"},
    ]
    definition["paths"]["orders"] = {"get": {}}
    plain, remembering = OpenAPIV2SpecValidator.schema_validator, _validator_class().schema_validator
    said = [told(error) for error in plain.iter_errors(definition)]
    assert [told(error) for error in remembering.iter_errors(definition)] == said
    assert [told(error) for error in remembering.iter_errors(definition)] == said  # now that it knows all parts
    assert len(said) > 10


def test_it_is_imported_only_when_asked() -> None:
    code = "import sys, connector_builder.checks.second_opinion; sys.exit('openapi_spec_validator' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
