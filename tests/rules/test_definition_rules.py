"""The pitfalls of the rules about a definition: what they must not find, beside what they must."""

from typing import Any

import pytest

from connector_builder.rules import check
from tests.support.examples.rule_examples import definition, found_in, package
from tests.support.growth import calls

RESPONSE = {"200": {"description": "OK"}}


def found(fragment: dict[str, Any], rule: str, properties: Any = None) -> list[str]:
    """The messages of one rule."""
    hits = found_in(package(definition(fragment), properties), rule)
    return [hit.message for hit in hits if hit.rule.name == rule]


def info(**texts: str) -> dict[str, Any]:
    return {
        "info": {"title": "Orders", "description": "Reads and writes the orders of a shop.", "version": "1", **texts}
    }


def operation(**keys: Any) -> dict[str, Any]:
    return {"paths": {"/a": {"get": {"operationId": "A", **keys}}}}


def policy(template: str, **parameters: Any) -> dict[str, Any]:
    named = {f"x-ms-apimTemplate{name}": value for name, value in parameters.items()}
    return {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
        {"templateId": template, "title": "T", "parameters": named}]}}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Rapid Orders", []),
        ("SignatureAPI", []),
        ("Orders (api)", ["certification refuses 'api' in a title"]),
        ("Connectors", []),
        ("The Connector", ["certification refuses 'Connector' in a title"]),
    ],
)
def test_only_whole_words_are_refused(title: str, message: list[str]) -> None:
    assert found(info(title=title), "ValueContainsRestrictedWords") == message


def test_products_are_refused_in_descriptions_only() -> None:
    text = "Starts flows of Power Automate for people in sales."
    assert found(info(description=text), "ValueContainsRestrictedWords") == [
        "certification refuses 'Power Automate' in a description"
    ]
    assert found(info(title="Power Automate"), "ValueContainsRestrictedWords") == []


@pytest.mark.parametrize(("length", "count"), [(29, 1), (30, 0), (500, 0), (501, 1)])
def test_a_description_has_a_length(length: int, count: int) -> None:
    assert len(found(info(description="x" * length), "FieldLengthNotInRange")) == count


@pytest.mark.parametrize("title", ["Café ™ Orders", "Größe", "Orders\u2019 \u2013 \u2026"])
def test_letters_of_other_latin_alphabets_are_english(title: str) -> None:
    assert found(info(title=title), "ValueMustBeInEnglish") == []


def test_a_text_without_letters_is_in_no_language() -> None:
    assert found(info(title="123"), "ValueMustBeInEnglish") == []


@pytest.mark.parametrize("title", ["Orders (Europe)", "Orders [beta]", "Orders 2"])
def test_a_title_may_end_in_a_bracket(title: str) -> None:
    assert found(info(title=title), "ValueMustEndWithAlphanumeric") == []


def test_only_summaries_of_operations_are_restricted() -> None:
    parameter = {"name": "a", "in": "query", "type": "string", "x-ms-summary": "From / To"}
    assert found(operation(parameters=[parameter]), "RestrictedCharactersInSummary") == []


def test_ampersands_alone_are_replaced() -> None:
    (hit,) = found_in(package(definition(operation(summary="A & B"))))
    assert hit.defect.fix is not None
    (hit,) = found_in(package(definition(operation(summary="A & B / C"))))
    assert hit.defect.fix is None


def test_categories_ignore_case_and_white_space() -> None:
    metadata = [
        {"propertyName": "Website", "propertyValue": "https://contoso.example"},
        {"propertyName": "privacy policy", "propertyValue": "https://contoso.example"},
        {"propertyName": "categories", "propertyValue": " data ; sales and crm;"},
    ]
    whole = {"x-ms-connector-metadata": metadata}
    assert [hit.rule.name for hit in found_in(package(definition(whole)))] == ["ConnectorMetadataPropertiesMissing"] * 2


@pytest.mark.parametrize("metadata", [None, {}, "x", [1], [{"propertyName": 1}]])
def test_metadata_of_another_shape_are_one_finding(metadata: Any) -> None:
    whole = {"x-ms-connector-metadata": metadata}
    assert [hit.rule.name for hit in found_in(package(definition(whole)))] == ["JsonTypeIncorrect"]


def test_internal_operations_and_inputs_need_no_texts() -> None:
    bare = {"name": "a", "in": "query", "type": "string"}
    assert found(operation(parameters=[bare]), "ParameterTextMissing") == [
        "'a' has no 'x-ms-summary' and no 'description'"
    ]
    hidden = {**bare, "x-ms-visibility": "internal"}
    assert found(operation(parameters=[hidden]), "ParameterTextMissing") == []
    internal = operation(parameters=[bare], **{"x-ms-visibility": "internal"})
    assert found(internal, "ParameterTextMissing") == []
    assert found(internal, "OperationTextMissing") == []


def test_what_an_agent_s_server_returns_needs_no_fields() -> None:
    answers = {"200": {"description": "OK", "schema": {"type": "object"}}}
    assert found(operation(responses=answers), "OutputWithoutFields") == [
        "people get no fields of what 'A' returns, only the whole body"
    ]
    agent = {"x-ms-agentic-protocol": "mcp-streamable-1.0"}
    assert found(operation(responses=answers, **agent), "OutputWithoutFields") == []


def test_operations_without_consumes_are_one_finding() -> None:
    body = {"name": "body", "in": "body", "schema": {"type": "object"}}
    paths = {f"/{name}": {"post": {"operationId": name, "parameters": [body]}} for name in "AB"}
    assert found({"paths": paths}, "ConsumesMissing") == [
        "2 operations send a body, and no 'consumes' says in which format"
    ]
    assert found({"consumes": ["application/json"], "paths": paths}, "ConsumesMissing") == []


def test_the_parameters_of_a_media_type_do_not_matter() -> None:
    assert found({"produces": ["application/JSON; charset=utf-8"]}, "MimeTypeNotSupported") == []
    assert found({"produces": ["application/JSON; charset=utf-8"]}, "MimeTypeNotValid") == []


def test_the_type_of_a_file_is_exempt_where_a_file_is_returned() -> None:
    file = {"200": {"description": "OK", "schema": {"type": "string", "format": "binary"}}}
    assert found(operation(produces=["application/pdf"], responses=file), "MimeTypeNotSupported") == []
    assert found(operation(produces=["application/pdf"]), "MimeTypeNotSupported") == [
        "certification doesn't accept 'application/pdf'"
    ]
    assert found(operation(produces=["text/xml"], responses=file), "MimeTypeNotSupported") == [
        "certification doesn't accept 'text/xml'"
    ]


def test_an_id_may_have_an_underscore() -> None:
    assert found(operation(operationId="A_V2"), "OperationIdSanitized") == []
    assert found(operation(operationId="a.b c"), "OperationIdSanitized") == ["an operation id contains ' ' and '.'"]


def test_a_host_that_a_policy_sets_may_be_anything() -> None:
    set_host = policy("dynamichosturl", **{"Parameter.urlTemplate": "https://@connectionParameters('host')"})
    for host, rule in (("localhost", "HostNotReachable"), ("test.contoso.example", "HostNotForProduction")):
        assert len(found({"host": host}, rule)) == 1
        assert found({"host": host}, rule, set_host) == []
    one = policy("dynamichosturl", **{"Parameter.urlTemplate": "https://x", "-operationName": ["A"]})
    assert len(found({"host": "localhost"}, "HostNotReachable", one)) == 1


@pytest.mark.parametrize("host", ["10.0.0.1", "127.0.0.1:8080", "server.local", "$HOST", "your-domain.com"])
def test_a_host_that_nothing_reaches(host: str) -> None:
    assert len(found({"host": host}, "HostNotReachable")) == 1


@pytest.mark.parametrize(
    "host", ["api.contoso.example", "8.8.8.8", "mydomain.example", "localhosts.example", "shadify.dev"]
)
def test_a_host_that_is_one(host: str) -> None:
    assert found({"host": host}, "HostNotReachable") == []
    assert found({"host": host}, "HostNotForProduction") == []


def test_a_gateway_reaches_a_private_host() -> None:
    gateway = {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting", "gatewaySettings": {}}}}}
    assert found({"host": "server.local", "schemes": ["http"]}, "HostNotReachable", gateway) == []
    assert found({"host": "server.local", "schemes": ["http"]}, "SchemeWithoutEncryption", gateway) == []


def test_a_policy_finds_the_list_of_a_polling_trigger() -> None:
    responses = {"200": {"description": "OK", "schema": {"type": "object"}}}
    polling = operation(responses=responses, **{"x-ms-trigger": "batch"})
    assert len(found(polling, "PollingReturnsNoList")) == 1
    configured = policy("pollingtrigger", **{"Parameter.triggerConfig": {}, "Parameter.triggerDataPath": "x"})
    assert found(polling, "PollingReturnsNoList", configured) == []


def test_a_definition_that_only_an_unused_one_uses_is_unused() -> None:
    schemas = {"A": {"items": {"$ref": "#/definitions/B"}}, "B": {}, "C": {"$ref": "#/definitions/C/x"}}
    assert found({"definitions": schemas}, "SharedPartNotUsed") == [
        "no operation uses the definitions 'A', 'B' and 'C'"
    ]


def test_where_a_reference_leads_nowhere_nothing_is_unused() -> None:
    broken = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Ordr"}}}
    fragment = {**operation(responses=broken), "definitions": {"Order": {}}}
    assert found(fragment, "SharedPartNotUsed") == []


def test_what_calls_an_operation_may_be_anywhere() -> None:
    tested = {
        "x-ms-capabilities": {"testConnection": {"operationId": "A"}},
        **operation(**{"x-ms-visibility": "internal"}),
    }
    assert found(tested, "InternalOperationNotCalled") == []
    assert len(found(operation(**{"x-ms-visibility": "internal"}), "InternalOperationNotCalled")) == 1


def test_null_fits_every_example() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "example": {"a": None}}
    assert found({"definitions": {"A": schema}}, "ExampleMustMatchSchema") == []


def test_faults_of_an_example_are_one_finding() -> None:
    schema = {"type": "array", "items": {"type": "string"}, "example": [1, 2, 3]}
    (hit,) = (hit for hit in found_in(package(definition({"definitions": {"A": schema}}))))
    assert hit.message == "the example doesn't fit: the number 3 isn't a string"
    assert hit.help is not None
    assert hit.help.endswith("(and 2 more places)")


@pytest.mark.parametrize(("format_", "cure"), [("GUID", "uuid"), ("Date-Time", "date-time"), ("decimal", None)])
def test_a_format_of_another_platform_is_replaced(format_: str, cure: str | None) -> None:
    (hit,) = found_in(package(definition({"definitions": {"A": {"type": "string", "format": format_}}})))
    assert (hit.help == f"write '{cure}'") == (cure is not None)
    assert (hit.defect.fix is not None) == (cure is not None)


def test_a_required_circle_may_go_through_several_schemas() -> None:
    ref = {name: {"$ref": f"#/definitions/{name}"} for name in "ABC"}
    schemas: dict[str, Any] = {
        "A": {"type": "object", "required": ["b"], "properties": {"b": ref["B"]}},
        "B": {"allOf": [ref["C"]]},
        "C": {"type": "object", "required": ["a"], "properties": {"a": ref["A"]}},
    }
    assert found({"definitions": schemas}, "RequiredLoopInSchemaNotAllowed") == [
        "'a' is required, and leads back to a schema around it"
    ]
    schemas["C"]["properties"] = {"a": {"type": "array", "items": ref["A"]}}  # it may be empty
    assert found({"definitions": schemas}, "RequiredLoopInSchemaNotAllowed") == []


@pytest.mark.parametrize(("depth", "count"), [(30, 0), (31, 1)])
def test_depth(depth: int, count: int) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(depth - 1):
        schema = {"type": "array", "items": schema}
    assert len(found({"definitions": {"Deep": schema}}, "SchemaTooDeep")) == count


@pytest.mark.parametrize(("responses", "count"), [(32, 0), (33, 1)])
def test_schemas_of_an_operation(responses: int, count: int) -> None:
    schema = {"type": "object", "properties": {f"a{number}": {"type": "string"} for number in range(499)}}
    answers = {str(200 + number): {"description": "OK", "schema": schema} for number in range(responses)}
    assert len(found(operation(responses=answers), "OperationSchemaCountExceedsMaxAllowed")) == count


def test_a_schema_that_is_too_large_alone_is_one_finding() -> None:
    schema = {"type": "object", "properties": {f"a{number}": {"type": "string"} for number in range(17_000)}}
    answers = {"200": {"description": "OK", "schema": schema}}
    assert [hit.rule.name for hit in found_in(package(definition(operation(responses=answers))))] == [
        "BodySchemaCountExceedsMaxAllowed"
    ]


def test_what_may_go_where_another_path_has_a_word() -> None:
    item = {
        "parameters": [{"name": "id", "in": "path", "required": True, "type": "string", "x-ms-url-encoding": "single"}]
    }
    get = {"get": {"operationId": "A"}}
    paths: dict[str, Any] = {"/a/{id}": {**item, **get}, "/a/b": {"post": {"operationId": "B"}}}
    assert found({"paths": paths}, "PartialDuplicateOperationPath") == []  # another verb
    paths["/a/b"] = {"get": {"operationId": "B"}}
    assert found({"paths": paths}, "PartialDuplicateOperationPath") == [
        "another path has a parameter where this one has a word"
    ]


def test_the_rules_take_linear_time() -> None:
    def connector(count: int) -> dict[str, Any]:
        part: dict[str, Any] = {
            "type": "object",
            "required": ["x"],
            "properties": {"x": {"type": "string", "title": ""}},
        }
        schemas: dict[str, Any] = {
            f"S{number}": {**part, "allOf": [{"$ref": f"#/definitions/S{count}"}]} for number in range(count)
        }
        schemas[f"S{count}"] = part
        paths = {
            f"/a{number}/{{id}}/b": {"get": {"operationId": f"A-{number}", "x-ms-visibility": "internal", "responses": {
                "200": {"description": "OK", "schema": {"$ref": f"#/definitions/S{number}"}}}}}
            for number in range(count)
        }  # fmt: skip
        return definition({"paths": paths, "definitions": schemas})

    small, large = (package(connector(count)) for count in (50, 200))
    assert calls(lambda: list(check(large))) < 5 * calls(lambda: list(check(small)))
