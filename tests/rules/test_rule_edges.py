"""What the examples of the rules are too short for: where rules meet, and where they must keep silent."""

from typing import Any

import pytest

from connector_builder.findings.wording import found, listed, quoted
from connector_builder.package.model import DEFINITION, PROPERTIES
from connector_builder.rules import check
from connector_builder.rules.values import misfits
from connector_builder.source.suggest import MAX_SUGGESTIONS
from tests.support.rule_examples import definition, names, package, told

ID = {"name": "id", "in": "path", "type": "string", "required": True}
TOP = {"name": "top", "in": "query", "type": "integer"}


def findings(fragment: dict[str, Any]) -> list[str]:
    return [told(hit).removeprefix("Finding: ") for hit in check(package(definition(fragment)))]


def operation(*parameters: Any, **more: Any) -> dict[str, Any]:
    return {"operationId": "A", "parameters": list(parameters), **more}


def schemas(**definitions: Any) -> dict[str, Any]:
    return {"definitions": definitions}


def test_a_parameter_of_the_path_item_serves_its_operations() -> None:
    assert findings({"paths": {"/a/{id}": {"parameters": [ID], "get": operation()}}}) == []


def test_an_operation_may_replace_a_parameter_of_its_path() -> None:
    assert findings({"paths": {"/a": {"parameters": [TOP], "get": operation(TOP)}}}) == []


def test_shared_parameters_count_where_they_are_used() -> None:
    shared = {"parameters": {"Id": ID, "Top": TOP}}
    reference = {"$ref": "#/parameters/Id"}
    assert findings({**shared, "paths": {"/a/{id}": {"get": operation(reference)}}}) == []
    assert findings({**shared, "paths": {"/a": {"get": operation(reference)}}}) == [
        "/paths/~1a/get/parameters/0: the path '/a' has no '{id}'"
    ]
    assert findings({**shared, "paths": {"/a": {"get": operation(TOP, {"$ref": "#/parameters/Top"})}}}) == [
        "/paths/~1a/get/parameters/1: the query parameter 'top' is there already"
    ]


def test_a_broken_reference_may_be_the_missing_parameter() -> None:
    assert findings({"paths": {"/a/{id}": {"get": operation({"$ref": "#/parameters/Id"})}}}) == [
        "/paths/~1a~1{id}/get/parameters/0/$ref: there is no '#/parameters/Id'"
    ]


def test_a_name_that_differs_in_capitals_is_pointed_out() -> None:
    hits = list(check(package(definition({"paths": {"/a/{Id}": {"get": operation(ID)}}}))))
    assert [hit.rule.name for hit in hits] == ["OperationMissingPathParameter", "PathParameterNotDefinedInTemplate"]
    assert hits[0].help == "the parameter is called 'id'"


@pytest.mark.parametrize("required", [False, "true", None])
def test_a_path_parameter_that_is_not_required_is_one_finding(required: Any) -> None:
    parameter = {**ID, "required": required}
    assert names(definition({"paths": {"/a/{id}": {"get": operation(parameter)}}})) == ["PathParameterMustBeRequired"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/a/{", "OperationPathTemplateNotValid"),
        ("/a/}", "OperationPathTemplateNotValid"),
        ("/a/{{b}}", "OperationPathTemplateNotValid"),
        ("/a/{}", "OperationPathTemplateNotValid"),
        ("/a#b", "OperationPathMayNotContainQueryOrFragment"),
        ("a", "OperationPathMustStartWithSlash"),
        ("", "OperationPathMustStartWithSlash"),
    ],
)
def test_a_path_that_is_not_valid_is_found(path: str, rule: str) -> None:
    assert rule in names(definition({"paths": {path: {"parameters": []}}}))


def test_an_extension_may_stand_among_paths_and_responses() -> None:
    responses = {"200": {"description": "OK"}, "x-more": 1}
    assert findings({"paths": {"x-more": 1, "/a": {"x-more": 1, "get": operation(responses=responses)}}}) == []


def test_only_extensions_is_no_response() -> None:
    assert findings({"paths": {"/a": {"get": operation(responses={"x-more": 1})}}}) == [
        "/paths/~1a/get/responses: this operation has no response"
    ]


@pytest.mark.parametrize("status", ["2XX", "20", "2000", "Default", "٢٠٠"])
def test_a_status_is_three_digits(status: str) -> None:
    responses = {status: {"description": "OK"}}
    fragment = {"paths": {"/a": {"get": operation(responses=responses)}}}
    assert names(definition(fragment)) == ["ResponseMustBeDefaultOrHttpStatusCode"]


def test_a_shared_response_has_any_name() -> None:
    assert findings({"responses": {"NotFound": {"description": "There is none."}}}) == []


@pytest.mark.parametrize("key", ["ms-summary", "x_ms_summary", "X-MS-Summary", "xms-summary"])
def test_an_extension_spelled_otherwise_is_one_finding(key: str) -> None:
    (hit,) = check(package(definition(schemas(A={key: "A"}))))
    assert (hit.rule.name, hit.help) == ("ExtensionNameNotValid", "did you mean 'x-ms-summary'?")


def test_an_extension_that_is_like_no_other_is_left_alone() -> None:
    assert findings(schemas(A={"x-ms-something-entirely-new": 1, "x-mine": 1})) == []


def test_a_reference_to_a_parameter_or_response_has_no_neighbours() -> None:
    shared = {"parameters": {"Top": TOP}}
    paths = {"/a": {"get": operation({"$ref": "#/parameters/Top", "description": "A", "x-ms-summary": "A"})}}
    assert findings({**shared, "paths": paths}) == [
        "/paths/~1a/get/parameters/0/description: 'description' can't stand beside '$ref'",
        "/paths/~1a/get/parameters/0/x-ms-summary: 'x-ms-summary' can't stand beside '$ref'",
    ]


@pytest.mark.parametrize(
    ("schema", "message", "cure"),
    [
        ({"title": 1}, "'title' must be a text, not the number 1", "write it in quotes"),
        ({"title": None}, "'title' must be a text, not null", "leave the key out"),
        ({"title": []}, "'title' must be a text, not a list", None),
        ({"maxLength": 1.5}, "'maxLength' must be a whole number, not the number 1.5", None),
        ({"maximum": "1"}, "'maximum' must be a number, not the text '1'", None),
        ({"readOnly": 1}, "'readOnly' must be true or false, not the number 1", None),
        ({"x-ms-summary": None}, "'x-ms-summary' must be a text or a number, not null", "leave the key out"),
        (
            {"type": ["string", "null"]},
            "'type' must be a text, not a list",
            "write one type, and 'x-nullable: true' where null is possible",
        ),
        ({"items": []}, "'items' must be a mapping, not a list", None),
    ],
)
def test_a_wrong_type_is_named_with_its_cure(schema: Any, message: str, cure: str | None) -> None:
    (hit,) = check(package(definition(schemas(A=schema))))
    assert (hit.rule.name, hit.message, hit.help) == ("JsonTypeIncorrect", message, cure)


def test_a_schema_of_openapi_3_at_a_parameter_is_one_finding() -> None:
    fragment = {"paths": {"/a": {"get": operation({"name": "top", "in": "query", "schema": {"type": "integer"}})}}}
    assert names(definition(fragment)) == ["NonBodyParameterSchemaNotValid"]


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("#/definitions/Nothing", "SchemaReferenceNotFound"),
        ("#/parameters/A", "SchemaReferenceNotValid"),
        ("#/paths/~1ping", "SchemaReferenceNotValid"),
        ("other.json", "SchemaReferenceNotValid"),
        ("file:///etc/passwd", "SchemaReferenceNotValid"),
        ("", "SchemaReferenceNotValid"),
        ("A", "SchemaReferenceNotValid"),
        ("#", "JsonPointerNotValid"),
        ("#A", "JsonPointerNotValid"),
        ("#/definitions/~2", "JsonPointerNotValid"),
        ("#/definitions/%zz", "JsonPointerNotValid"),
    ],
)
def test_a_bad_reference_is_one_finding(reference: str, rule: str) -> None:
    assert names(definition(schemas(A={"type": "object"}, B={"items": {"$ref": reference}}))) == [rule]


@pytest.mark.parametrize(
    "reference", ["#/definitions/A~1b c", "#/definitions/A~1b%20c", "#/definitions/Deep/properties/x"]
)
def test_a_good_reference_is_found(reference: str) -> None:
    deep = {"type": "object", "properties": {"x": {"type": "string"}}}
    assert findings({"definitions": {"A/b c": {"type": "string"}, "Deep": deep, "R": {"$ref": reference}}}) == []


def test_a_bare_name_as_reference_gets_the_right_one() -> None:
    (hit,) = check(package(definition(schemas(A={"$ref": "Order"}, Order={}))))
    assert hit.help == "did you mean '#/definitions/Order'?"


def test_a_schema_may_contain_itself() -> None:
    folder = {"type": "object", "properties": {"parent": {"$ref": "#/definitions/A"}}}
    assert findings(schemas(A=folder, B={"allOf": [{"$ref": "#/definitions/A"}, {"$ref": "#/definitions/A"}]})) == []


def test_a_circle_is_one_finding_however_one_comes_to_it() -> None:
    circle = schemas(
        A={"$ref": "#/definitions/B"}, B={"$ref": "#/definitions/C"}, C={"allOf": [{"$ref": "#/definitions/B"}]}
    )
    assert findings(circle) == ["/definitions/C/allOf/0/$ref: '#/definitions/B' leads in a circle"]


def test_a_chain_of_any_length_is_followed_for_circles() -> None:
    chain: dict[str, Any] = {f"S{n}": {"$ref": f"#/definitions/S{n + 1}"} for n in range(3000)}
    chain["S3000"] = {"$ref": "#/definitions/S0"}
    assert findings({"definitions": chain}) == ["/definitions/S3000/$ref: '#/definitions/S0' leads in a circle"]


def test_required_names_may_come_from_any_part() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    whole = {
        "allOf": [{"$ref": "#/definitions/Base"}, {"required": ["a", "b"]}],
        "properties": {"b": {}},
        "required": ["a", "b"],
    }
    assert findings(schemas(Base=base, Whole=whole)) == []


def test_equal_values_are_compared_as_json_has_them() -> None:
    assert findings(schemas(A={"enum": [1, True, 0, False, "1", [1], [True], {"a": 1}, {"a": True}, None]})) == []
    assert findings(schemas(A={"enum": [{"a": 1, "b": [2]}, {"b": [2], "a": 1}]})) == [
        "/definitions/A/enum/1: a mapping is in the list already"
    ]


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        (1, {"type": "integer"}, []),
        (1.0, {"type": "integer"}, ["the number 1.0 isn't an integer"]),
        (True, {"type": "integer"}, ["true isn't an integer"]),
        (True, {"type": "number"}, ["true isn't a number"]),
        (1, {"type": "number"}, []),
        (None, {"type": "string"}, ["null isn't a string"]),
        (None, {"type": "string", "x-nullable": True}, []),
        ("a", {}, []),
        ("a", {"type": ["string"]}, []),
        (1, {"enum": [True]}, ["the number 1 is none of true"]),
        ("a", {"enum": [1, "b"]}, ["the text 'a' is none of the number 1 or 'b'"]),
        (2**31, {"type": "integer", "format": "int32"}, ["the number 2147483648 isn't of the format 'int32'"]),
        (2**31, {"type": "integer", "format": "int64"}, []),
        ("2024-02-30", {"type": "string", "format": "date"}, ["'2024-02-30' isn't of the format 'date'"]),
        ("2024-02-29", {"type": "string", "format": "date"}, []),
        ("2024-02-29T10:00:00Z", {"type": "string", "format": "date-time"}, []),
        ("2024-02-29T10:00:00", {"type": "string", "format": "date-time"}, ["'2024-02-29T10:00:00' isn't of the format 'date-time'"]),
        ("a b", {"type": "string", "format": "byte"}, ["'a b' isn't of the format 'byte'"]),
        ("YWI=", {"type": "string", "format": "byte"}, []),
        ("x", {"type": "string", "format": "uuid"}, ["'x' isn't of the format 'uuid'"]),
        ("x", {"type": "string", "format": "made up"}, []),
        ("", {"type": "string", "minLength": 1}, ["'' has 0 characters, which isn't between the limits"]),
        (5, {"type": "integer", "maximum": 5}, []),
        (5, {"type": "integer", "maximum": 5, "exclusiveMaximum": True}, ["the number 5 is above the maximum"]),
        (0, {"type": "integer", "minimum": 1}, ["the number 0 is below the minimum"]),
        (0.3, {"type": "number", "multipleOf": 0.1}, []),
        (2, {"type": "number", "multipleOf": 1.5}, ["the number 2 is no multiple of the number 1.5"]),
        ([1, "a"], {"type": "array", "items": {"type": "integer"}}, ["the text 'a' isn't an integer"]),
        ([], {"type": "array", "minItems": 1}, ["it has 0 items, which isn't between the limits"]),
        ({}, {"type": "object", "required": ["a"]}, ["the required 'a' is missing"]),
        ({}, {"required": ["a"], "properties": {"a": {"readOnly": True}}}, []),
        ({"b": 1}, {"properties": {"a": {}}, "additionalProperties": False}, ["there is no property 'b'"]),
        ({"b": 1}, {"additionalProperties": {"type": "string"}}, ["the number 1 isn't a string"]),
        (1, {"allOf": [{"type": "string"}]}, ["the number 1 isn't a string"]),
        (1, {"$ref": "#/definitions/Text"}, ["the number 1 isn't a string"]),
        (1, {"$ref": "#/definitions/Nothing"}, []),
    ],
)  # fmt: skip
def test_a_default_is_held_against_its_schema(value: Any, schema: Any, expected: list[str]) -> None:
    whole = definition(schemas(Text={"type": "string"}, A={**schema, "default": value}))
    found_ = [message for _, message in misfits(value, schema, _context(whole))]
    assert found_ == expected
    if "$ref" not in schema and schema.get("type") != ["string"]:
        told_ = [hit.message for hit in check(package(whole)) if hit.rule.name == "DefaultValueMustMatchType"]
        assert told_ == [f"the default doesn't fit: {message}" for message in expected]


def test_a_schema_without_end_is_given_up() -> None:
    twice = {"allOf": [{"$ref": "#/definitions/A"}] * 2}
    assert list(misfits(1, {"$ref": "#/definitions/A"}, _context(definition(schemas(A=twice))))) == []


@pytest.mark.parametrize(
    "pattern", [r"(?i)[\u0000-\uffff]" * 20, "(" * 900, r"(?<name>a)\p{L}", "a" * 100_000, "(?i" + "[" * 50, "[[a]&&]"]
)
def test_patterns_cost_nothing(pattern: str) -> None:
    list(check(package(definition(schemas(A={"type": "string", "pattern": pattern})))))


def test_names_are_suggested_only_so_often() -> None:
    keys = {f"titel{number}": 1 for number in range(MAX_SUGGESTIONS + 10)}
    helps = [hit.help for hit in check(package(definition(schemas(A=keys))))]
    assert helps[0] == "did you mean 'title'?"
    assert helps[MAX_SUGGESTIONS:] == [None] * 10


def test_the_properties_are_checked_beside_a_definition() -> None:
    hits = list(check(package(definition({"host": "a b"}), {"properties": {"connectionParameters": None}})))
    assert [(hit.document, hit.rule.name) for hit in hits] == [
        (DEFINITION, "HostNameNotValid"),
        (PROPERTIES, "JsonTypeIncorrect"),
    ]


SHOWN = {"uiDefinition": {"displayName": "A"}}
OAUTH = {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "github"}}


@pytest.mark.parametrize(
    ("properties", "rule", "message"),
    [
        ({}, "RequiredPropertyMissing", "'properties' is missing at the top level"),
        ({"properties": {"connectionParameterSets": {**SHOWN, "values": [{"name": "a", **SHOWN}]}}}, "RequiredPropertyMissing", "'parameters' is missing in this parameter set"),
        ({"properties": {"connectionParameters": {"a": {}}}}, "RequiredPropertyMissing", "'type' is missing in this connection parameter"),
        ({"properties": {"scriptOperations": "A"}}, "JsonTypeIncorrect", "'scriptOperations' must be a list, not the text 'A'"),
        ({"properties": {"connectionParameterSets": {**SHOWN, "values": [{"name": "a", **SHOWN, "parameters": {"a": OAUTH}}]}}}, "OAuthParameterShouldBeCalledToken", "the OAuth parameter is called 'a'"),
    ],
)  # fmt: skip
def test_what_paconn_trips_over_is_found(properties: Any, rule: str, message: str) -> None:
    assert [(hit.rule.name, hit.message) for hit in check(package(None, properties))] == [(rule, message)]


def test_words_are_short() -> None:
    assert quoted("a\n b") == "'a b'"
    assert quoted("x" * 100) == f"'{'x' * 60}…'"
    values: list[Any] = [None, True, 10**30, 1.5, [], {}]
    assert [found(value) for value in values] == [
        "null", "true", "a large number", "the number 1.5", "a list", "a mapping",
    ]  # fmt: skip
    assert listed(["a"]) == "'a'"
    assert listed(["a", "b", 1]) == "'a', 'b' or the number 1"
    assert listed(map(str, range(20))).endswith("'11', …")


def _context(whole: Any) -> Any:
    from connector_builder.rules.context import Context

    return Context(package(whole))


def test_a_key_one_level_too_high_or_low_is_sent_where_it_belongs() -> None:
    path: dict[str, Any] = {"get": {"operationId": "A"}, "tags": ["a"], "securityDefinitions": {}, "security": []}
    helps = {hit.pointer[-1]: hit.help for hit in check(package(definition({"paths": {"/a": path}})))}
    assert helps["tags"] == "it belongs in 'get' or at the top level"
    assert helps["securityDefinitions"] == "it belongs at the top level"
    properties = {"properties": {"connectionParameters": {}}, "publisher": "Contoso", "description": "Orders."}
    helps = {hit.pointer[-1]: hit.help for hit in check(package(definition({}), properties))}
    assert helps["publisher"] == "it belongs in 'properties'"
    assert helps["description"] is None
