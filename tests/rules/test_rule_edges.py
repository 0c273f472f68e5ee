"""What the examples of the rules are too short for: where rules meet, and where they must keep silent."""

from pathlib import Path
from typing import Any

import pytest

from connector_builder.findings import Severity
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.package.model import DEFINITION, PROPERTIES
from connector_builder.package.read import read_package
from connector_builder.rules import check
from connector_builder.rules.values import Kind, misfits
from connector_builder.source.suggest import MAX_SUGGESTIONS
from tests.support.examples.rule_examples import definition, found_in, names, package, told

ID = {"name": "id", "in": "path", "type": "string", "required": True}
TOP = {"name": "top", "in": "query", "type": "integer"}


def findings(fragment: dict[str, Any]) -> list[str]:
    return [told(hit).removeprefix("Finding: ") for hit in found_in(package(definition(fragment)))]


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
    hits = list(found_in(package(definition({"paths": {"/a/{Id}": {"get": operation(ID)}}}))))
    assert [(hit.rule.name, hit.help) for hit in hits] == [
        ("PathParameterNotDefinedInTemplate", "call the parameter 'Id'")
    ]


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


@pytest.mark.parametrize(("trigger", "status"), [(False, "200"), (True, "201")])
def test_empty_responses_are_a_warning_with_the_usual_status(trigger: bool, status: str) -> None:
    url = {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"}
    schema = {"type": "object", "required": ["url"], "properties": {"url": url if trigger else {"type": "string"}}}
    body = {"name": "body", "in": "body", "required": True, "schema": schema}
    item = (
        {"x-ms-notification-content": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}
        if trigger
        else {}
    )
    hits = found_in(package(definition({"paths": {"/a": {**item, "post": operation(body, responses={})}}})))
    assert [(hit.rule.name, hit.rule.severity, hit.help) for hit in hits] == [
        ("OperationMustHaveResponse", Severity.WARNING, f"add '{status}' with a description")
    ]


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
    (hit,) = found_in(package(definition(schemas(A={key: "A"}))))
    assert (hit.rule.name, hit.help) == ("ExtensionNameNotValid", "did you mean 'x-ms-summary'?")


def test_an_extension_that_is_like_no_other_is_left_alone() -> None:
    assert findings(schemas(A={"x-ms-something-entirely-new": 1, "x-mine": 1})) == []


def test_a_reference_to_a_parameter_or_response_has_no_neighbours() -> None:
    shared = {"parameters": {"Top": TOP}}
    paths = {"/a": {"get": operation({"$ref": "#/parameters/Top", "description": "A", "x-ms-summary": "A"})}}
    assert findings({**shared, "paths": paths}) == [
        "/paths/~1a/get/parameters/0/description: 'description' can't be beside '$ref'",
        "/paths/~1a/get/parameters/0/x-ms-summary: 'x-ms-summary' can't be beside '$ref'",
    ]


@pytest.mark.parametrize(
    ("schema", "message", "cure"),
    [
        ({"title": 1}, "'title' must be a text, not the number 1", "write it in quotes"),
        ({"title": None}, "'title' must be a text, not null", "leave the key out"),
        ({"title": []}, "'title' must be a text, not a list", 'write a text in quotes, such as "Orders"'),
        (
            {"title": ["A", "B"]},
            "'title' must be a text, not a list",
            "keep one of the values, without the brackets",
        ),
        (
            {"maxLength": 1.5},
            "'maxLength' must be a whole number, not the number 1.5",
            "write a whole number, such as 10",
        ),
        ({"maximum": "1"}, "'maximum' must be a number, not the text '1'", "write 1, without quotes"),
        ({"readOnly": "true"}, "'readOnly' must be true or false, not the text 'true'", "write true, without quotes"),
        (
            {"readOnly": 1},
            "'readOnly' must be true or false, not the number 1",
            "write true or false, without quotes",
        ),
        ({"required": "id"}, "'required' must be a list, not the text 'id'", "write it in brackets: ['id']"),
        ({"x-ms-summary": None}, "'x-ms-summary' must be a text or a number, not null", "leave the key out"),
        (
            {"type": ["string", "null"]},
            "'type' must be a text, not a list",
            "write one type, and 'x-nullable: true' where null is possible",
        ),
        ({"items": []}, "'items' must be a mapping, not a list", "write keys with values, in braces"),
    ],
)
def test_a_wrong_type_is_named_with_its_cure(schema: Any, message: str, cure: str | None) -> None:
    (hit,) = found_in(package(definition(schemas(A=schema))))
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
    assert names(definition(schemas(A={"type": "object"}, B={"type": "array", "items": {"$ref": reference}}))) == [rule]


@pytest.mark.parametrize(
    "reference", ["#/definitions/A~1b c", "#/definitions/A~1b%20c", "#/definitions/Deep/properties/x"]
)
def test_a_good_reference_is_found(reference: str) -> None:
    deep = {"type": "object", "properties": {"x": {"type": "string"}}}
    assert (
        findings(
            {
                "definitions": {
                    "A/b c": {"type": "string"},
                    "Deep": deep,
                    "R": {"type": "array", "items": {"$ref": reference}},
                }
            }
        )
        == []
    )


def test_a_bare_name_as_reference_gets_the_right_one() -> None:
    (hit,) = found_in(package(definition(schemas(A={"$ref": "Order"}, Order={}))))
    assert hit.help == "write '#/definitions/Order'"


def test_a_schema_may_contain_itself() -> None:
    folder = {"type": "object", "properties": {"parent": {"$ref": "#/definitions/A"}}}
    assert findings(schemas(A=folder, B={"allOf": [{"$ref": "#/definitions/A"}, {"$ref": "#/definitions/A"}]})) == []


def test_a_circle_is_one_finding_however_one_comes_to_it() -> None:
    circle = schemas(
        A={"$ref": "#/definitions/B"}, B={"$ref": "#/definitions/C"}, C={"allOf": [{"$ref": "#/definitions/B"}]}
    )
    assert findings(circle) == [
        "/definitions/A/$ref: the definition 'A' is only a reference",
        "/definitions/B/$ref: the definition 'B' is only a reference",
        "/definitions/C/allOf/0/$ref: '#/definitions/B' leads in a circle",
    ]


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
        ("", {"type": "string", "minLength": 1}, ["'' has 0 characters, fewer than 'minLength'"]),
        (5, {"type": "integer", "maximum": 5}, []),
        (5, {"type": "integer", "maximum": 5, "exclusiveMaximum": True}, ["the number 5 is above the maximum"]),
        (0, {"type": "integer", "minimum": 1}, ["the number 0 is below the minimum"]),
        (0.3, {"type": "number", "multipleOf": 0.1}, []),
        (2, {"type": "number", "multipleOf": 1.5}, ["the number 2 isn't a multiple of the number 1.5"]),
        ([1, "a"], {"type": "array", "items": {"type": "integer"}}, ["the text 'a' isn't an integer"]),
        ([], {"type": "array", "minItems": 1}, ["it has 0 items, fewer than 'minItems'"]),
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
    found_ = list(misfits(value, schema, _context(whole)))
    assert [one.message for one in found_] == expected
    if "$ref" not in schema and schema.get("type") != ["string"]:
        told_ = [(hit.rule.name, hit.message, hit.help) for hit in found_in(package(whole))]
        told_ = [one for one in told_ if one[0].startswith("DefaultValue")]
        assert told_ == [
            ("DefaultValueIsNull", "the default is null", "leave 'default' out")
            if one.kind is Kind.NULL
            else (OF_KIND[one.kind], f"the default doesn't fit: {one.message}", one.help)
            for one in found_
        ]


OF_KIND = {
    Kind.TYPE: "DefaultValueMustMatchType",
    Kind.ENUM: "DefaultValueNotInEnum",
    Kind.FORMAT: "DefaultValueNotInFormat",
    Kind.LIMIT: "DefaultValueOutsideLimits",
    Kind.INCOMPLETE: "DefaultValueIncomplete",
}


@pytest.mark.parametrize(
    ("value", "schema", "cure"),
    [
        ("1", {"type": "integer"}, "write 1, without quotes"),
        ("1.5", {"type": "integer"}, "write a number, without quotes, or correct 'type'"),
        ("True", {"type": "boolean"}, "write true, without quotes"),
        ("yes", {"type": "boolean"}, "write true or false, without quotes, or correct 'type'"),
        (1, {"type": "string"}, 'write "1", in quotes'),
        (1.0, {"type": "integer"}, "write 1"),
        (1, {"type": "array"}, "write an array, or correct 'type'"),
        ("Open", {"enum": ["open"]}, "write 'open'"),
        ("x", {"enum": ["open"]}, "write one of these values, or add this one to the enum"),
        ("2016-01-01T06:30:30", {"type": "string", "format": "date-time"}, "add the time zone: 2016-01-01T06:30:30Z"),
        ("today", {"type": "string", "format": "date"}, "write it like 2016-01-01"),
        ({"ID": 1}, {"required": ["id"]}, "write 'id' instead of 'ID'"),
        ({}, {"required": ["id"]}, "add 'id' to the default"),
    ],
)
def test_a_default_that_does_not_fit_gets_a_cure(value: Any, schema: Any, cure: str) -> None:
    assert [one.help for one in misfits(value, schema, _context(definition({})))] == [cure]


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        (False, {"type": "boolean", "enum": ["true", "false"]}),  # InvalidEnumValue has said so
        ("@{addDays(utcNow(),7)}", {"type": "string", "format": "date-time"}),
        ("addDays(utcNow(), 7)", {"type": "string", "format": "date-time"}),
    ],
)
def test_a_default_that_another_rule_explains_or_a_flow_computes_is_left_alone(value: Any, schema: Any) -> None:
    assert list(misfits(value, schema, _context(definition({})))) == []


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"type": "boolean", "enum": ["true", "false"]},
            ("InvalidEnumValue", "the enum has texts, but the type is boolean", "write [true, false], or leave the enum out"),
        ),
        (
            {"type": "integer", "enum": ["1", "2"]},
            ("InvalidEnumValue", "the enum has texts, but the type is integer", "write each value as an integer, without quotes, or correct 'type'"),
        ),
        (
            {"type": "integer", "enum": [1, "2"]},
            ("InvalidEnumValue", "the enum has the text '2', but the type is integer", "write 2, without quotes"),
        ),
        (
            {"type": "string", "enum": [1, "2"]},
            ("InvalidEnumValue", "the enum has the number 1, but the type is string", 'write "1", in quotes'),
        ),
    ],
)  # fmt: skip
def test_an_enum_of_another_type_is_one_finding(schema: Any, expected: tuple[str, str, str]) -> None:
    (hit,) = found_in(package(definition(schemas(A=schema))))
    assert (hit.rule.name, hit.message, hit.help) == expected


@pytest.mark.parametrize("key", ["uniqueItems", "exclusiveMaximum", "exclusiveMinimum"])
def test_a_mark_that_is_false_says_nothing(key: str) -> None:
    assert findings(schemas(A={"type": "array", "items": {"type": "string"}, key: False})) == []


def test_no_rule_looks_beside_a_reference() -> None:
    beside = {
        "$ref": "#/definitions/B",
        "required": ["x"],
        "enum": [],
        "default": 1,
        "x-ms-visibilty": 1,
        "title": None,
    }
    (hit,) = found_in(package(definition(schemas(A={"properties": {"b": beside}}, B={"type": "object"}))))
    assert hit.rule.name == "AdditionalPropertyNotAllowedAdjacentToRef"
    assert hit.help == "write them at '#/definitions/B', or write the schema out here"


@pytest.mark.parametrize("key", ["x-ms-client-flatten", "x-ms-docs-operation-type"])
def test_extensions_of_autorest_are_known(key: str) -> None:
    assert findings({"paths": {"/a": {"get": operation(**{key: True})}}}) == []


def test_a_null_in_the_properties_is_the_same_as_no_key() -> None:
    properties = {"properties": {"connectionParameters": {"a": {"type": "string", "uiDefinition": None}}}}
    (hit,) = found_in(package(None, properties))
    assert (hit.rule.name, hit.rule.severity, hit.help) == (
        "JsonTypeIncorrect",
        Severity.NOTE,
        "leave the key out",
    )
    assert names(None, {"properties": None}) == ["JsonTypeIncorrect"]


def test_several_addresses_are_one() -> None:
    settings = {"identityProvider": "oauth2", "redirectUrl": ["https://a.example", "https://b.example"]}
    token = {"token": {"type": "oauthSetting", "oAuthSettings": settings}}
    (hit,) = found_in(package(None, {"properties": {"connectionParameters": token}}))
    assert (hit.rule.name, hit.help) == ("JsonTypeIncorrect", "keep one address")


def test_only_a_value_of_an_extension_may_have_other_capitals() -> None:
    paths = {
        "/a": {
            "get": operation(
                **{"x-ms-trigger": "Single"}, responses={"200": {"description": "A", "schema": {"type": "string"}}}
            )
        }
    }
    hits = list(found_in(package(definition({"paths": paths, **schemas(A={"type": "String"})}))))
    assert [(hit.rule.name, hit.help) for hit in hits] == [
        ("JsonValueNotInEnum", "write 'single'"),
        ("JsonValueNotInEnum", "did you mean 'string'?"),
    ]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ({"security": [{"a": []}]}, "apiProperties.json decides how connections sign in: leave 'security' out"),
        (
            {"security": [{"Authorization": []}], "securityDefinitions": {"oauth2_auth": {"type": "basic"}}},
            "did you mean 'oauth2_auth'?",
        ),
        (
            {"security": [{"x": []}], "securityDefinitions": {"a": {"type": "basic"}, "b": {"type": "basic"}}},
            "it is 'a' or 'b', or define it under 'securityDefinitions'",
        ),
    ],
)
def test_a_requirement_without_a_definition_gets_the_one_that_is_meant(fragment: Any, expected: str) -> None:
    (hit,) = found_in(package(definition(fragment)))
    assert (hit.rule.name, hit.rule.told_once, hit.help) == ("SecurityRequirementMustBeDefined", True, expected)


def test_required_names_of_an_array_belong_to_its_items() -> None:
    items = {"type": "object", "properties": {"field": {"type": "string"}, "message": {"type": "string"}}}
    errors = {"type": "array", "items": items, "required": ["field", "message"]}
    (hit,) = found_in(package(definition(schemas(A=errors))))
    assert hit.message == "an array has no properties"
    assert hit.help == "move 'required' into 'items', which has 'field' and 'message'"


@pytest.mark.parametrize(
    ("fragment", "pointer"),
    [
        ({"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "contoso.example"}]}, ("x-ms-connector-metadata", 0, "propertyValue")),
        ({"x-ms-docs": {"apiDocsUrl": "contoso.example"}}, ("x-ms-docs", "apiDocsUrl")),
        ({"securityDefinitions": {"a": {"type": "oauth2", "flow": "implicit", "authorizationUrl": "contoso.example", "scopes": {}}}}, ("securityDefinitions", "a", "authorizationUrl")),
    ],
)  # fmt: skip
def test_every_address_is_whole(fragment: Any, pointer: tuple[str | int, ...]) -> None:
    (hit,) = (hit for hit in found_in(package(definition(fragment))) if hit.rule.name == "UrlNotValid")
    assert (hit.rule.name, hit.pointer, hit.help) == ("UrlNotValid", pointer, "write 'https://contoso.example'")


def test_a_document_that_is_null_is_an_error(tmp_path: Path) -> None:
    (tmp_path / DEFINITION).write_text("null", encoding="utf-8")
    whole = read_package(tmp_path).package
    assert whole is not None
    (hit,) = check(whole)
    assert (hit.rule.name, hit.pointer, hit.message) == ("JsonTypeIncorrect", (), "this must be a mapping, not null")


def test_a_schema_without_end_is_given_up() -> None:
    twice = {"allOf": [{"$ref": "#/definitions/A"}] * 2}
    assert list(misfits(1, {"$ref": "#/definitions/A"}, _context(definition(schemas(A=twice))))) == []


@pytest.mark.parametrize(
    "pattern", [r"(?i)[\u0000-\uffff]" * 20, "(" * 900, r"(?<name>a)\p{L}", "a" * 100_000, "(?i" + "[" * 50, "[[a]&&]"]
)
def test_patterns_cost_nothing(pattern: str) -> None:
    list(found_in(package(definition(schemas(A={"type": "string", "pattern": pattern})))))


def test_names_are_suggested_only_so_often() -> None:
    keys = {f"titel{number}": 1 for number in range(MAX_SUGGESTIONS + 10)}
    helps = [hit.help for hit in found_in(package(definition(schemas(A=keys))))]
    assert helps[0] == "did you mean 'title'?"
    assert helps[MAX_SUGGESTIONS:] == ["remove it, or begin its name with 'x-'"] * 10


def test_the_properties_are_checked_beside_a_definition() -> None:
    hits = list(found_in(package(definition({"host": "a b"}), {"properties": {"connectionParameters": []}})))
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
    assert [(hit.rule.name, hit.message) for hit in found_in(package(None, properties))] == [(rule, message)]


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
    helps = {hit.pointer[-1]: hit.help for hit in found_in(package(definition({"paths": {"/a": path}})))}
    assert helps["tags"] == "it belongs in 'get' or at the top level"
    assert helps["securityDefinitions"] == "it belongs at the top level"
    properties = {"properties": {"connectionParameters": {}}, "publisher": "Contoso", "description": "Orders."}
    helps = {hit.pointer[-1]: hit.help for hit in found_in(package(definition({}), properties))}
    assert helps["publisher"] == "it belongs in 'properties'"
    assert helps["description"] == "remove it: the platform ignores it"


@pytest.mark.parametrize(
    ("key", "cure"),
    [
        ("token:clientId", "it belongs in 'connectionParameters'"),
        ("script", "it is called 'scriptOperations'"),
        ("iconBrandColour", "did you mean 'iconBrandColor'?"),
        ("somethingElse", "remove it: the platform ignores it"),
    ],
)
def test_an_unknown_key_of_the_properties_is_sent_where_it_belongs(key: str, cure: str) -> None:
    (hit,) = found_in(package(None, {"properties": {"connectionParameters": {}, key: {}}}))
    assert (hit.rule.name, hit.message, hit.help) == ("ConnectionPropertyNotKnown", f"unknown key '{key}'", cure)


def test_a_default_beside_a_reference_is_not_a_hidden_default() -> None:
    beside = {"$ref": "#/definitions/B", "default": 1, "x-ms-visibility": "internal"}
    body = {"name": "body", "in": "body", "schema": {"type": "object", "properties": {"b": beside}}}
    fragment = {"paths": {"/a": {"post": operation(body)}}, **schemas(B={"type": "integer"})}
    assert names(definition(fragment)) == ["AdditionalPropertyNotAllowedAdjacentToRef"]


def test_a_pointer_may_end_as_another_one_is() -> None:
    """Within the field `definitions`, the items' field `a` has a pointer that ends as that of the definition `items` is."""
    named = {"type": "object", "properties": {"a": {"type": "string", "title": "Name"}}}
    fields = {"x": {"$ref": "#/definitions/items"}, "definitions": {"type": "array", "items": named}}
    get = operation(responses={"200": {"description": "A", "schema": {"type": "object", "properties": fields}}})
    assert findings({"paths": {"/a": {"get": get}}, "definitions": {"items": named}}) == [
        "/paths/~1a/get: the outputs 'x/a' and 'definitions/[*]/a' share the label 'Name'"
    ]
