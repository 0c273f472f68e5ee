"""The table of extensions is the one place where they are described."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language.tables.sugar import SUGAR, TWINS, form_of
from connector_builder.platform.data.shapes import compile_table
from connector_builder.platform.policies.templates import OPERATIONS, PARAMETER, SECTION
from connector_builder.platform.swagger import extension_objects, key_order, objects
from connector_builder.platform.swagger.extensions import BY_NAME, EXTENSIONS, extensions_of
from connector_builder.rules import check
from tests.support.examples.rule_examples import definition, package

SOURCE = Path(__file__).parents[2] / "connector_builder"
TABLES = (SOURCE / "platform" / "swagger", SOURCE / "platform" / "policies")
SHAPES = compile_table({**objects.TABLE, **extension_objects.TABLE})
ORDERS = {
    "operation": key_order._OPERATION,
    "query parameter": key_order._PARAMETER,
    "schema": key_order._SCHEMA,
    "response": key_order._RESPONSE,
}
OF_THE_LANGUAGE = {
    "visibility", "dynamicValues", "dynamicSchema", "dynamicTree", "urlEncoding", "pageable", "apiAnnotation",
}  # fmt: skip
"""The friendly keys whose value the language writes in its own way."""


def test_each_extension_has_one_row() -> None:
    assert len(BY_NAME) == len(EXTENSIONS)


@pytest.mark.parametrize("extension", EXTENSIONS, ids=lambda one: one.name)
def test_each_extension_has_places_and_a_shape_in_each(extension: Any) -> None:
    assert extension.name.startswith("x-ms-")
    kinds = [kind for place in extension.places for kind in place.kinds]
    assert kinds
    assert len(set(kinds)) == len(kinds), "one kind of object has one shape"
    for place in extension.places:
        for kind in place.kinds:
            shape = SHAPES[kind].keys[extension.name]
            assert shape.values == place.shape if isinstance(place.shape, tuple) else shape.name == place.shape


@pytest.mark.parametrize("extension", EXTENSIONS, ids=lambda one: one.name)
def test_an_extension_stands_behind_the_key_that_it_follows(extension: Any) -> None:
    for place in extension.places:
        for kind, order in ORDERS.items():
            if kind in place.kinds and place.after:
                assert order.index(extension.name) > order.index(place.after)
            elif kind in place.kinds and kind != "query parameter":  # parameters of all kinds have one order
                assert extension.name not in order


def test_no_other_module_of_the_platform_describes_an_extension() -> None:
    """What the shapes and the order of keys have of extensions comes from the table."""
    for kind, entry in objects._SWAGGER.items():
        if isinstance(entry, dict):
            assert [key for key in entry if key.startswith("x-ms-")] == [], kind
    for order in ORDERS.values():
        assert {key for key in order if key.startswith("x-")} <= set(BY_NAME)


@pytest.mark.parametrize("row", SUGAR, ids=lambda one: one.name)
def test_a_friendly_key_takes_what_the_table_says(row: Any) -> None:
    places = [place for place in BY_NAME[row.extension].places if place.meant]
    assert places
    assert row.places
    if row.name not in OF_THE_LANGUAGE - {"visibility"}:
        assert row.form in [form_of(place.shape) for place in places]


def test_a_twin_goes_with_a_key() -> None:
    assert TWINS == {
        "x-ms-dynamic-list": "dynamicValues",
        "x-ms-dynamic-properties": "dynamicSchema",
        "x-ms-enum-values": "enum",
    }
    assert {one.beside for one in EXTENSIONS if one.beside.startswith("x-")} <= set(BY_NAME)


def _names(tree: ast.AST) -> Iterator[str]:
    """The texts in code that are an extension's name; docstrings and messages have other words around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("x-ms-"):
            yield node.value


BEGINNINGS = {"x-ms-", "x-ms-dynamic", PARAMETER, OPERATIONS, SECTION}
OTHERS = {"x-ms-requestBody-name", "x-ms-client-"}
"""An extension of OpenAPI.NET in OpenAPI 3, and the beginning of headers."""
HEADERS = {
    "x-ms-origin",
    "x-ms-blob-type",
    "x-ms-request-url",
    "x-ms-request-method",
    "x-ms-user-agent",
    "x-ms-client-environment-id",
    "x-ms-client-session-id",
    "x-ms-client-scope header must not be null",
}
"""Headers of the services, and a text of theirs."""
SETTINGS = {f"{PARAMETER}name", f"{PARAMETER}value"}
"""Settings of a policy that may carry a secret."""


@pytest.fixture(scope="module")
def outside() -> dict[str, ast.Module]:
    """The modules outside of the platform that have the name of an extension anywhere, by their paths."""
    texts = {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
        if path.parent not in TABLES
    }
    return {name: ast.parse(text) for name, text in texts.items() if "x-" in text}


def test_code_names_only_extensions_of_the_table(outside: dict[str, ast.Module]) -> None:
    known = {*BY_NAME, *BEGINNINGS, *SETTINGS, *OTHERS, *HEADERS}
    assert len(outside) > 50
    assert {
        module: names
        for module, tree in outside.items()
        if (names := {name.partition("/")[0] for name in _names(tree)} - known)
    } == {}


def test_no_code_holds_a_table_of_extensions_of_its_own(outside: dict[str, ast.Module]) -> None:
    """A module may build or read particular extensions; what lists many of them reads the table."""
    listed = [
        f"{module}:{node.lineno}"
        for module, tree in outside.items()
        if not module.endswith("/sugar.py")  # it gives each its friendly name
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict) and len(_direct(node) & set(BY_NAME)) > 5
    ]
    assert listed == []


def _direct(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> set[Any]:
    parts = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
    return {part.value for part in parts if isinstance(part, ast.Constant)}


def _found(key: str, value: Any, kind: str) -> list[tuple[str, str]]:
    parameter = {"name": "a", "in": "query", "type": "string"}
    operation: dict[str, Any] = {"operationId": "A", "parameters": [parameter]}
    schema: dict[str, Any] = {"type": "string"}
    {"operation": operation, "parameter": parameter, "schema": schema}[kind][key] = value
    fragment = {"paths": {"/a": {"get": operation}}, "definitions": {"Part": schema}}
    names = ("JsonTypeIncorrect", "JsonValueNotInEnum")
    return [(hit.rule.name, hit.message) for hit in check(package(definition(fragment))) if hit.rule.name in names]


def _type(key: str, expected: str, found: str) -> list[tuple[str, str]]:
    return [("JsonTypeIncorrect", f"'{key}' must be {expected}, not {found}")]


def _word(key: str, found: str) -> list[tuple[str, str]]:
    return [("JsonValueNotInEnum", f"'{key}' can't be '{found}'")]


@pytest.mark.parametrize("kind", ["parameter", "schema"])
def test_values_at_parameters_and_schemas(kind: str) -> None:
    assert _found("x-ms-localizeDefaultValue", "yes", kind) == _type(
        "x-ms-localizeDefaultValue", "true or false", "the text 'yes'"
    )
    assert _found("x-ms-media-kind", "video", kind) == _word("x-ms-media-kind", "video")
    assert _found("x-ms-notification-url", "yes", kind) == _type(
        "x-ms-notification-url", "true or false", "the text 'yes'"
    )
    assert _found("x-ms-test-value", {"any": [None]}, kind) == []


def test_values_at_a_parameter() -> None:
    assert _found("x-ms-skip-url-encoding", "true", "parameter") == _type(
        "x-ms-skip-url-encoding", "true or false", "the text 'true'"
    )


@pytest.mark.parametrize("key", ["x-ms-safe-operation", "x-ms-no-generic-test"])
def test_flags_of_an_operation(key: str) -> None:
    assert _found(key, True, "operation") == []
    assert _found(key, "true", "operation") == _type(key, "true or false", "the text 'true'")


@pytest.mark.parametrize("key", ["x-ms-name-for-model", "x-ms-description-for-model"])
def test_texts_for_a_model(key: str) -> None:
    assert _found(key, "list_orders", "operation") == []
    assert _found(key, ["list"], "operation") == _type(key, "a text", "a list")


def test_the_protocol_of_agents() -> None:
    assert _found("x-ms-agentic-protocol", "mcp-streamable-1.0", "operation") == []
    assert _found("x-ms-agentic-protocol", "mcp-sse-1.0", "operation") == _word("x-ms-agentic-protocol", "mcp-sse-1.0")


def test_the_kind_of_a_polling_trigger() -> None:
    key = "x-ms-trigger-metadata"
    assert _found(key, {"kind": "query", "mode": "polling"}, "operation") == []
    assert _found(key, {"kind": "query", "mode": "push"}, "operation") == _word("mode", "push")
    assert _found(key, "polling", "operation") == _type(key, "a mapping", "the text 'polling'")


def test_the_capabilities_of_an_operation() -> None:
    key = "x-ms-capabilities"
    assert _found(key, {"chunkTransfer": True, "more": 1}, "operation") == []
    assert _found(key, {"chunkTransfer": "true"}, "operation") == _type(
        "chunkTransfer", "true or false", "the text 'true'"
    )


def test_the_extensions_of_an_object() -> None:
    assert extensions_of("header") == {
        "x-ms-summary": "text|number",
        "x-ms-visibility": BY_NAME["x-ms-visibility"].places[0].shape,
    }
    assert extensions_of("tag") == {}
