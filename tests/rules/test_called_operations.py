"""What calls operations is held against them: through references, combined schemas, and where nothing can be said."""

from typing import Any

import pytest

from tests.support.examples.rule_examples import definition, found_in, package

NAMED = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
SHOP = {"name": "shop", "in": "query", "type": "string"}
BODY = {"name": "body", "in": "body", "required": True}


def hits(fragment: dict[str, Any]) -> list[tuple[str, str | int, str, str | None]]:
    """Each hit's rule, the last step of its place, its message and its cure."""
    found = found_in(package(definition(fragment)))
    return [(hit.rule.name, hit.pointer[-1], hit.message, hit.help) for hit in found]


def picking(call: dict[str, Any], returned: Any = None, *parameters: Any, **more: Any) -> dict[str, Any]:
    """A connector whose operation picks from what another one returns, which takes these parameters."""
    response = {"200": {"description": "OK", **({} if returned is None else {"schema": returned})}}
    called = {
        "operationId": "List", "x-ms-visibility": "internal", "parameters": list(parameters), "responses": response
    }  # fmt: skip
    picker = {"name": "buyer", "in": "query", "type": "string", "x-ms-dynamic-values": {"operationId": "List", **call}}
    return {"paths": {"/a": {"get": {"operationId": "A", "parameters": [picker]}}, "/b": {"post": called}}, **more}


PATHS = {"value-path": "id", "value-title": "title"}
NO_TITLE = [
    ("InvokedOperationShouldProduceProperty", "value-title", "an item of 'List' has no 'title'", "did you mean 'tile'?")
]
TILED = {"type": "object", "properties": {"id": {"type": "string"}, "tile": {"type": "string"}}}


@pytest.mark.parametrize(
    "item",
    [
        TILED,
        {"$ref": "#/definitions/Tiled"},
        {"allOf": [{"$ref": "#/definitions/Tiled"}, {"type": "object", "properties": {"more": {"type": "string"}}}]},
        {**TILED, "additionalProperties": False},
    ],
)
def test_an_item_without_the_title(item: dict[str, Any]) -> None:
    returned = {"type": "array", "items": item}
    assert hits(picking(PATHS, returned, definitions={"Tiled": TILED})) == NO_TITLE


@pytest.mark.parametrize(
    "item",
    [
        {"type": "object"},
        {**TILED, "additionalProperties": {"type": "string"}},
        {**TILED, "additionalProperties": True},
        {**TILED, "x-ms-dynamic-schema": {"operationId": "List"}},
        {"type": "object", "allOf": [TILED, {"type": "object", "properties": {"title": {"type": "string"}}}]},
    ],
)
def test_an_item_that_may_have_the_title(item: dict[str, Any]) -> None:
    assert hits(picking(PATHS, {"type": "array", "items": item})) == []


@pytest.mark.parametrize("returned", [None, {}, {"type": "array", "items": {"type": "object"}}])
def test_what_is_not_described_is_not_checked(returned: Any) -> None:
    assert hits(picking(PATHS, returned)) == []


def test_a_list_may_be_in_an_object_that_is_not_described() -> None:
    assert hits(picking({**PATHS, "value-collection": "value"}, {"type": "object"})) == []
    assert [message for _, _, message, _ in hits(picking(PATHS, {"type": "object"}))] == [
        "'List' doesn't return a list, but an object"
    ]


def test_a_circle_of_schemas_ends() -> None:
    returned = {"$ref": "#/definitions/A"}
    schemas = {"A": {"allOf": [{"$ref": "#/definitions/A"}]}}
    assert [name for name, *_ in hits(picking(PATHS, returned, definitions=schemas))] == ["SchemaRefLoopNotAllowed"]


def test_a_path_goes_through_objects_and_their_other_properties() -> None:
    item = {"type": "object", "properties": {"names": {"type": "object", "additionalProperties": NAMED}}}
    returned = {
        "type": "object",
        "properties": {"out": {"type": "object", "properties": {"list": {"type": "array", "items": item}}}},
    }
    call = {"value-collection": "out/list", "value-path": "names/en/id", "value-title": "names/en/nme"}
    assert hits(picking(call, returned)) == [
        (
            "InvokedOperationShouldProduceProperty",
            "value-title",
            "an item of 'List' has no 'names/en/nme'",
            "did you mean 'names/en/name'?",
        )
    ]


LISTED = {"type": "object", "properties": {"value": {"type": "array", "items": NAMED}, "count": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("call", "returned", "message", "cure"),
    [
        (
            {**PATHS, "value-collection": "desks"},
            LISTED,
            "'List' returns no 'desks'",
            "its response has the list 'value': write the path as 'value-collection', or as 'items' in a spec",
        ),
        (
            PATHS,
            {
                "type": "object",
                "properties": {"a": {"type": "array", "items": {}}, "b": {"type": "array", "items": {}}},
            },
            "'List' doesn't return a list, but an object",
            "its response has the lists 'a' and 'b': write the path as 'value-collection', or as 'items' in a spec",
        ),
        (
            {"value-path": "ReportId", "value-title": "Name"},
            {"type": "string"},
            "'List' doesn't return a list, but a string",
            "describe its response as an array with 'ReportId' and 'Name'",
        ),
        (
            {"value-path": "id", "value-title": "name", "value-collection": "value"},
            {"type": "array", "items": NAMED},
            "'List' returns no 'value'",
            "its response is the list itself: leave 'value-collection' out, in a spec 'items'",
        ),
        (
            {"value-path": "id", "value-title": "label"},
            {"type": "array", "items": NAMED},
            "an item of 'List' has no 'label'",
            "it has 'id' and 'name'",
        ),
    ],
)
def test_the_help_names_what_is_there(call: Any, returned: Any, message: str, cure: str) -> None:
    assert [(said, help_) for _, _, said, help_ in hits(picking(call, returned))] == [(message, cure)]


def test_a_field_of_the_body_is_reached_by_the_newer_extension() -> None:
    fragment = picking({"parameters": {"shop": {"parameter": "Hook.CycleId"}}, "value-path": "id"}, None, SHOP)
    hook = {"type": "object", "properties": {"CycleId": {"type": "string"}}}
    schema = {"type": "object", "properties": {"Hook": hook, "name": {"type": "string"}}}
    operation = fragment["paths"]["/a"].pop("get")
    operation["parameters"].append({**BODY, "schema": schema})
    fragment["paths"]["/a"]["post"] = operation
    assert [(message, help_) for _, _, message, help_ in hits(fragment)] == [
        (
            "there is no parameter 'Hook.CycleId' in 'A'",
            "add 'x-ms-dynamic-list' with the parameterReference 'body/Hook/CycleId'",
        )
    ]


def test_inputs_that_nothing_is_like_are_listed() -> None:
    fragment = picking({"parameters": {"market": "x"}, "value-path": "id"}, None, SHOP)
    assert [help_ for *_, help_ in hits(fragment)] == ["its inputs are 'shop'"]
    fragment = picking({"parameters": {"market": "x"}, "value-path": "id"})
    assert [help_ for *_, help_ in hits(fragment)] == ["it takes no inputs: leave this one out"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shop", "x"),
        ("body", {"filter": {"id": "x"}}),
        ("body/filter", {"id": "x"}),
        ("body/filter/id", "x"),
        ("filter", {"id": "x"}),
        ("filter/id", "x"),
        ("id", "x"),
    ],
)
def test_an_input_may_be_named_in_several_ways(name: str, value: Any) -> None:
    body = {**BODY, "schema": {"type": "object", "properties": {"filter": NAMED}}}
    assert hits(picking({"parameters": {name: value}, "value-path": "id"}, None, SHOP, body)) == []


def test_an_input_that_a_body_has_not() -> None:
    body = {**BODY, "schema": {"type": "object", "properties": {"filter": NAMED}}}
    assert hits(picking({"parameters": {"body/id": "x"}, "value-path": "id"}, None, body)) == [
        ("OperationParameterNameNotFound", "body/id", "'List' has no input 'body/id'", "did you mean 'body'?")
    ]
    open_body = {**BODY, "schema": {"type": "object"}}
    assert hits(picking({"parameters": {"anything": "x"}, "value-path": "id"}, None, open_body)) == []


def test_required_fields_of_a_body_are_required_inputs() -> None:
    schema = {
        "type": "object",
        "required": ["id", "kind", "hidden"],
        "properties": {
            "id": {"type": "string"},
            "kind": {"type": "string", "default": "all"},
            "hidden": {"type": "string", "x-ms-visibility": "internal"},
        },
    }
    body = {**BODY, "schema": schema}
    found = hits(picking({"value-path": "id"}, None, body))
    assert [one for one in found if one[0] != "InternalParameterRequiresDefault"] == [
        (
            "OperationMissingRequiredProperty",
            "x-ms-dynamic-values",
            "'List' requires 'body/id', which the extension doesn't pass",
            "add 'body/id' to its parameters: a value, or a parameter beside it",
        )
    ]
    for name, value in (("body/id", "x"), ("id", "x"), ("body", {"id": "x"})):
        assert hits(picking({"parameters": {name: value}, "value-path": "id"}, None, body)) == found[1:]


def test_a_parameter_of_the_path_counts_for_both() -> None:
    fragment = picking({"parameters": {"shop": {"parameter": "shop"}}, "value-path": "id"})
    fragment["paths"]["/b"]["parameters"] = [{**SHOP, "required": True}]
    assert [message for _, _, message, _ in hits(fragment)] == ["there is no parameter 'shop' in 'A'"]
    fragment["paths"]["/a"]["parameters"] = [{**SHOP, "required": True}]
    assert hits(fragment) == []


def test_the_caller_of_a_shared_schema_is_not_known() -> None:
    call = {"operationId": "List", "parameters": {"shop": {"parameter": "anything"}}, "value-path": "id"}
    shared = {"Buyer": {"type": "object", "properties": {"id": {"type": "string", "x-ms-dynamic-values": call}}}}
    paths = {"/b": {"get": {"operationId": "List", "parameters": [SHOP]}}}
    assert hits({"paths": paths, "definitions": shared}) == []


def test_tests_of_connections_pickers_and_simulations_name_operations() -> None:
    missing = {"operationId": "Lst"}
    capabilities = {"testConnection": missing, "file-picker": {"open": missing, "browse": missing}}
    operation = {"operationId": "List", "x-ms-operation-context": {"simulate": missing}}
    found = hits({"x-ms-capabilities": capabilities, "paths": {"/a": {"get": operation}}})
    assert [(name, message, help_) for name, _, message, help_ in found] == [
        ("OperationIdNotFound", "there is no operation 'Lst'", "did you mean 'List'?")
    ] * 4


def test_a_built_in_operation_is_not_looked_for() -> None:
    call = {"builtInOperation": "AadGraph.GetUsers", "value-path": "id", "value-title": "displayName"}
    picker = {"name": "user", "in": "query", "type": "string", "x-ms-dynamic-values": call}
    assert hits({"paths": {"/a": {"get": {"operationId": "A", "parameters": [picker]}}}}) == []


def test_many_calls_of_a_large_operation_take_linear_time() -> None:
    parameters = [{"name": f"p{number}", "in": "query", "type": "string"} for number in range(2000)]
    given = {f"p{number}": {"parameter": f"p{number}"} for number in range(2000)}
    fragment = picking({"parameters": given, "value-path": "id"}, None, *parameters)
    fragment["paths"]["/a"]["parameters"] = parameters
    assert hits(fragment) == []
