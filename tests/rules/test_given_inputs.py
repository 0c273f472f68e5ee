"""What calls give to the operations that they call: fields, defaults, shared parameters, and where nothing can be said."""

from typing import Any

import pytest

from tests.support.defects.whole_definition import spoiled
from tests.support.examples.rule_examples import definition, found_in, package
from tests.support.properties import every

SHOP = {"name": "shop", "in": "query", "required": True, "type": "string"}
BODY = {"name": "body", "in": "body", "required": True}
PATHS = {"value-path": "id", "value-title": "name"}


def told(fragment: dict[str, Any]) -> list[tuple[str, str]]:
    return [(hit.rule.name, hit.message) for hit in found_in(package(definition(fragment)))]


def calling(extension: str, given: Any, takes: list[Any], around: list[Any], **beside: Any) -> dict[str, Any]:
    """A connector whose operation A gives something to the input 'x' of its operation B, by this extension."""
    call = {"operationId": "B", "parameters": {"x": given}}
    picker = {"name": "picker", "in": "query", "type": "string", extension: call, **beside}
    return {
        "paths": {
            "/a": {"post": {"operationId": "A", "parameters": [picker, *around]}},
            "/b": {"post": {"operationId": "B", "parameters": takes}},
        }
    }


def x(type_: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": "x", "in": "query", "type": type_, **more}


def body(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**BODY, "schema": {"type": "object", "properties": properties, **more}}


def types(taken: str, wanted: str) -> list[tuple[str, str]]:
    fragment = calling("x-ms-dynamic-values", {"parameter": "shop"}, [x(wanted)], [{**SHOP, "type": taken}])
    return [hit for hit in told(fragment) if hit[0] == "OperationParameterTypeMismatch"]


def test_an_integer_is_a_number_and_a_number_no_integer() -> None:
    assert types("integer", "number") == []
    assert types("number", "integer") == [
        ("OperationParameterTypeMismatch", "'x' of 'B' is an integer, but 'shop' of 'A' is a number")
    ]
    assert types("boolean", "string") == [
        ("OperationParameterTypeMismatch", "'x' of 'B' is a string, but 'shop' of 'A' is a boolean")
    ]


def test_a_type_that_is_not_said_may_fit() -> None:
    untyped = {**BODY, "schema": {"properties": {"card": {"description": "Anything."}}}}
    call = {"parameterReference": "body/card"}
    assert told(calling("x-ms-dynamic-list", call, [x()], [untyped])) == []


FIELDS = {"shop": {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}}


def test_fields_of_the_body_have_types() -> None:
    fragment = calling("x-ms-dynamic-list", {"parameterReference": "body/shop/id"}, [x()], [body(FIELDS)])
    assert told(fragment) == [
        ("OperationParameterTypeMismatch", "'x' of 'B' is a string, but 'body/shop/id' of 'A' is an integer")
    ]
    fragment = calling("x-ms-dynamic-list", {"parameterReference": "body/shop/name"}, [x()], [body(FIELDS)])
    assert told(fragment) == []


def test_fields_are_found_in_what_a_schema_is_all_of() -> None:
    whole = {**BODY, "schema": {"allOf": [{"$ref": "#/definitions/Shop"}, {"type": "object", "required": ["id"]}]}}
    fragment = calling("x-ms-dynamic-list", {"parameterReference": "body/id"}, [x(required=True)], [whole])
    shop = {"type": "object", "properties": {"id": {"type": "string"}}}
    assert told({**fragment, "definitions": {"Shop": shop}}) == []
    whole["schema"] = {"$ref": "#/definitions/Shop"}
    assert told({**fragment, "definitions": {"Shop": shop}}) == [
        ("OperationParameterRequiredMismatch", "'x' of 'B' is required, but 'body/id' of 'A' may be left out")
    ]


REQUIRED = [x(required=True)]


@pytest.mark.parametrize(
    "source",
    [
        {"required": True},
        {"default": "main"},
    ],
)
def test_what_is_required_or_has_a_default_is_given(source: dict[str, Any]) -> None:
    shop = {"name": "shop", "in": "query", "type": "string", **source}
    assert told(calling("x-ms-dynamic-values", {"parameter": "shop"}, REQUIRED, [shop])) == []


@pytest.mark.parametrize("target", [{"default": "main"}, {"x-ms-visibility": "internal"}])
def test_what_has_a_default_or_is_internal_needs_not_be_given(target: dict[str, Any]) -> None:
    shop = {"name": "shop", "in": "query", "type": "string"}
    found = told(calling("x-ms-dynamic-values", {"parameter": "shop"}, [x(required=True, **target)], [shop]))
    assert [rule for rule, _ in found if rule != "InternalParameterRequiresDefault"] == []


def test_a_field_is_required_with_all_that_it_is_in() -> None:
    inner = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    call = {"parameterReference": "body/shop/id"}
    assert told(calling("x-ms-dynamic-list", call, REQUIRED, [body({"shop": inner}, required=["shop"])])) == []
    assert told(calling("x-ms-dynamic-list", call, REQUIRED, [body({"shop": inner})])) == [
        ("OperationParameterRequiredMismatch", "'x' of 'B' is required, but 'body/shop/id' of 'A' may be left out")
    ]


def test_a_field_in_something_internal_is_internal() -> None:
    inner = {"type": "object", "x-ms-visibility": "internal", "properties": {"id": {"type": "string"}}}
    fragment = calling("x-ms-dynamic-list", {"parameterReference": "body/shop/id"}, REQUIRED, [body({"shop": inner})])
    assert told(fragment) == [("SourcePropertyInternal", "'body/shop/id' of 'A' is internal")]
    fragment["paths"]["/a"]["post"]["x-ms-visibility"] = "internal"
    assert told(fragment) == []


def test_a_parameter_of_a_path_is_judged_by_all_its_operations() -> None:
    picker: dict[str, Any] = {"name": "y", "in": "query", "type": "string"}
    picker["x-ms-dynamic-values"] = {"operationId": "B", "parameters": {"x": {"parameter": "shop"}}, **PATHS}
    item = {
        "parameters": [picker],
        "get": {"operationId": "A", "parameters": [{**SHOP, "type": "integer"}]},
        "put": {"operationId": "C", "parameters": [SHOP]},
    }
    paths = {"/a": item, "/b": {"get": {"operationId": "B", "parameters": [x()]}}}
    assert told({"paths": paths}) == []
    item["put"]["parameters"] = [{**SHOP, "type": "boolean"}]  # type: ignore[index]
    assert told({"paths": paths}) == [
        ("OperationParameterTypeMismatch", "'x' of 'B' is a string, but 'shop' of 'A' is an integer")
    ]


@pytest.mark.parametrize(
    ("extension", "given", "found"),
    [
        ("x-ms-dynamic-values", None, None),
        ("x-ms-dynamic-values", 7, "the number 7"),
        ("x-ms-dynamic-values", {"value": "main"}, "a mapping"),
        ("x-ms-dynamic-list", {"value": "main"}, None),
        ("x-ms-dynamic-list", {"value": True}, "true"),
    ],
)
def test_values_are_marked_in_the_newer_extension_only(extension: str, given: Any, found: str | None) -> None:
    expected = [("OperationParameterStaticTypeMismatch", f"'x' of 'B' is a string, but the extension passes {found}")]
    assert told(calling(extension, given, [x()], [])) == (expected if found else [])


def test_the_way_of_the_other_extension_is_told() -> None:
    def helps(extension: str, given: Any) -> list[tuple[str, str | None]]:
        fragment = calling(extension, given, [x()], [SHOP])
        return [(hit.rule.name, hit.help) for hit in found_in(package(definition(fragment)))]

    assert helps("x-ms-dynamic-values", {"parameterReference": "shop"}) == [
        (
            "OperationParameterStaticTypeMismatch",
            "'x-ms-dynamic-values' and 'x-ms-dynamic-schema' say 'parameter', not 'parameterReference'",
        )
    ]
    assert helps("x-ms-dynamic-list", {"parameter": "shop"}) == [
        ("OneOfPropertiesRequired", "what 'x-ms-dynamic-values' calls 'parameter' is 'parameterReference' here")
    ]


@pytest.mark.parametrize("given", [{"value": 7}, {"value-property": "id"}, {"parameter": "shop"}, "main"])
def test_a_file_picker_marks_its_values_or_not(given: Any) -> None:
    picker = {"open": {"operationId": "B", "parameters": {"x": given}}}
    paths = {"/b": {"get": {"operationId": "B", "parameters": [x()]}}}
    expected = [
        ("OperationParameterStaticTypeMismatch", "'x' of 'B' is a string, but the extension passes the number 7")
    ]
    assert told({"paths": paths, "x-ms-capabilities": {"file-picker": picker}}) == (
        expected if given == {"value": 7} else []
    )


def test_a_key_that_any_field_may_have_is_not_ambiguous() -> None:
    anything = body({}, additionalProperties={"type": "string"})
    assert told(calling("x-ms-dynamic-values", "main", [x(), anything], [])) == []
    assert [name for name, _ in told(calling("x-ms-dynamic-values", "main", [x(), body({"x": {}})], []))] == [
        "OperationParameterNameIsAmbiguous"
    ]


def test_a_parameter_may_be_called_like_the_way_to_a_field() -> None:
    takes = [{**x(), "name": "body/x"}, body({"x": {"type": "string"}})]
    fragment = calling("x-ms-dynamic-list", None, takes, [])
    fragment["paths"]["/a"]["post"]["parameters"][0]["x-ms-dynamic-list"]["parameters"] = {"body/x": {"value": "main"}}
    assert told(fragment) == [
        ("OperationParameterNameIsAmbiguous", "'body/x' is a parameter of 'B', and a field of its body")
    ]


EVERYTHING: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "A", "description": "B.", "version": "1", "x-ms-api-annotation": {"status": "Preview"}},
    "host": "api.contoso.example",
    "basePath": "/",
    "schemes": ["https"],
    "paths": {
        "/a": {
            "post": {
                "operationId": "A",
                "x-ms-trigger": "single",
                "x-ms-notification": {"operationId": "B"},
                "deprecated": True,
                "x-ms-api-annotation": {
                    "family": "A",
                    "revision": 1,
                    "status": "Preview",
                    "replacement": {"api": "a", "operationId": "B"},
                },
                "parameters": [
                    {
                        "name": "body",
                        "in": "body",
                        "required": True,
                        "schema": {
                            "type": "object",
                            "required": ["shop"],
                            "properties": {
                                "shop": {"type": "string"},
                                "buyer": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                    "x-ms-editor": "dictionary",
                                    "x-ms-dynamic-list": {
                                        "operationId": "B",
                                        "parameters": {
                                            "x": {"parameterReference": "body/shop"},
                                            "body/y": {"value": 7},
                                        },
                                    },
                                },
                            },
                        },
                    }
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "schema": {"type": "string", "x-ms-capabilities": {"filterFunctions": ["eq", "ne"]}},
                    }
                },
            }
        },
        "/b": {
            "x-ms-notification-content": {"schema": {"type": "object"}},
            "post": {
                "operationId": "B",
                "parameters": [
                    {"name": "x", "in": "query", "type": "string"},
                    {
                        "name": "body",
                        "in": "body",
                        "required": True,
                        "schema": {
                            "type": "object",
                            "required": ["url"],
                            "properties": {
                                "y": {"type": "integer"},
                                "url": {
                                    "type": "string",
                                    "x-ms-notification-url": True,
                                    "x-ms-visibility": "internal",
                                },
                            },
                        },
                    },
                ],
                "responses": {"200": {"description": "OK", "schema": {"type": "array", "items": {"type": "string"}}}},
            },
        },
    },
}


def test_whatever_is_broken_in_a_call_the_rules_go_on() -> None:
    assert told(EVERYTHING) == []
    found = {hit.rule.name for _, broken in spoiled(3 * every(), whole=EVERYTHING) for hit in found_in(package(broken))}
    assert {"OperationParameterStaticTypeMismatch", "OneOfPropertiesRequired"} <= found
