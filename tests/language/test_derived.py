"""What the language derives, value by value."""

from dataclasses import fields
from typing import Any

import pytest

from connector_builder.language import derived
from connector_builder.language.derived import Conventions, LabelCase
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS

PLAIN = Conventions()


@pytest.mark.parametrize(
    ("name", "title", "sentence"),
    [
        ("startTime", "Start Time", "Start time"),
        ("StartTime", "Start Time", "Start time"),
        ("start_time", "Start Time", "Start time"),
        ("start-time", "Start Time", "Start time"),
        ("start.time", "Start Time", "Start time"),
        ("properties/startTime", "Properties Start Time", "Properties start time"),
        ("start  time", "Start Time", "Start time"),
        ("START_TIME", "START TIME", "START TIME"),
        ("$top", "Top", "Top"),
        ("@odata.nextLink", "Odata Next Link", "Odata next link"),
        ("api-version", "API Version", "API version"),
        ("HTTPStatus", "HTTP Status", "HTTP status"),
        ("statusHTTP", "Status HTTP", "Status HTTP"),
        ("runId", "Run ID", "Run ID"),
        ("runID", "Run ID", "Run ID"),
        ("runIds", "Run IDs", "Run IDs"),
        ("id", "ID", "ID"),
        ("callbackUrl", "Callback URL", "Callback URL"),
        ("URLs", "UR Ls", "UR ls"),
        ("address2", "Address2", "Address2"),
        ("address2Line", "Address2 Line", "Address2 line"),
        ("2ndName", "2nd Name", "2nd name"),
        ("42", "42", "42"),
        ("x", "X", "X"),
        ("aB", "A B", "A b"),
        ("größe", "Größe", "Größe"),
        ("straßenName", "Straßen Name", "Straßen name"),
        ("éTat", "ÉTat", "ÉTat"),
        ("名前", "名前", "名前"),
    ],
)
def test_a_label_is_made_of_the_words_of_a_name(name: str, title: str, sentence: str) -> None:
    assert derived.label(name) == title
    assert derived.label(name, "sentence") == sentence
    assert derived.label(name, "name") == name


@pytest.mark.parametrize("name", ["", "$", "_", "--", "🙂", "a" * (derived.MAX_NAME + 1)])
@pytest.mark.parametrize("case", ["title", "sentence", "name"])
def test_a_name_without_words_or_without_end_has_no_label(name: str, case: LabelCase) -> None:
    assert derived.label(name, case) is None


@pytest.mark.parametrize(
    ("operation_id", "summary"),
    [
        ("ListFlowRuns", "List flow runs"),
        ("GetURLById", "Get URL by ID"),
        ("list_flow_runs_V2", "List flow runs V2"),
        ("getHTTPStatus", "Get HTTP status"),
        ("_", "_"),
        ("", ""),
    ],
)
def test_a_summary_is_made_of_the_words_of_an_operation_id(operation_id: str, summary: str) -> None:
    assert derived.operation_summary(derived.Conventions(), operation_id) == summary


@pytest.mark.parametrize(
    ("changes", "kind", "labels"),
    [
        ({}, "string", {"x-ms-summary": "Run ID"}),
        ({}, "object", {"x-ms-summary": "Run ID"}),
        ({}, None, {"x-ms-summary": "Run ID"}),
        ({"label": "title"}, "string", {"title": "Run ID"}),
        ({"label": "both"}, "string", {"x-ms-summary": "Run ID", "title": "Run ID"}),
        ({"label": "none"}, "string", {}),
        ({"label_case": "name"}, "string", {"x-ms-summary": "runId"}),
        ({"containers": False}, "object", {}),
        ({"containers": False}, "array", {}),
        ({"containers": False}, "string", {"x-ms-summary": "Run ID"}),
        ({"parameter_label": "none"}, "string", {"x-ms-summary": "Run ID"}),
    ],
)
def test_a_field_has_the_labels_that_the_conventions_say(
    changes: dict[str, Any], kind: str | None, labels: dict[str, str]
) -> None:
    conventions = Conventions(**changes)
    assert derived.field_labels(conventions, "runId", kind, hidden=False) == labels
    assert derived.field_labels(conventions, "runId", kind, hidden=True) == {}
    assert derived.field_labels(conventions, "$", kind, hidden=False) == {}


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({}, {"x-ms-summary": "Max Results"}),
        ({"label": "none"}, {"x-ms-summary": "Max Results"}),
        ({"label_case": "sentence"}, {"x-ms-summary": "Max results"}),
        ({"parameter_label": "none"}, {}),
    ],
)
def test_a_parameter_has_the_label_that_the_conventions_say(changes: dict[str, Any], labels: dict[str, str]) -> None:
    conventions = Conventions(**changes)
    assert derived.parameter_labels(conventions, "maxResults", hidden=False) == labels
    assert derived.parameter_labels(conventions, "maxResults", hidden=True) == {}


def test_a_field_is_described_by_its_name_only_where_defaults_say_so() -> None:
    labelled = {"x-ms-summary": "Run", "title": "Title"}
    assert derived.field_description(PLAIN, "runId", labelled) is None
    assert derived.field_description(Conventions(description="name"), "runId", labelled) == "runId"
    assert derived.field_description(Conventions(description="label"), "runId", labelled) == "Run"
    assert derived.field_description(Conventions(description="label"), "runId", {"title": "Title"}) == "Title"
    assert derived.field_description(Conventions(description="label"), "runId", {}) is None


def test_the_description_of_a_parameter() -> None:
    labelled = {"x-ms-summary": "Run"}
    assert derived.parameter_description(PLAIN, labelled) is None
    assert derived.parameter_description(Conventions(parameter_description="label"), labelled) == "Run"
    assert derived.parameter_description(Conventions(parameter_description="label"), {}) is None


def test_the_description_of_an_operation() -> None:
    assert derived.operation_description(PLAIN, "List runs") is None
    assert derived.operation_description(Conventions(operation_description="summary"), "List runs") == "List runs"
    assert derived.operation_description(Conventions(operation_description="summary"), None) is None


def test_the_order_of_places() -> None:
    assert [derived.place_rank(PLAIN, place) for place in ("path", "body", "other")] == [0, 0, 0]
    own = Conventions(parameter_order=("header", "form"))
    ranks = [derived.place_rank(own, place) for place in ("header", "formData", "path", "query", "body", "other")]
    assert ranks == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("swagger", "hidden"),
    [
        ({"x-ms-visibility": "internal"}, True),
        ({"x-ms-visibility": "advanced"}, False),
        ({"x-ms-visibility": ["internal"]}, False),
        ({}, False),
    ],
)
def test_what_is_internal_is_hidden(swagger: dict[str, Any], hidden: bool) -> None:
    assert derived.is_hidden(swagger) is hidden


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("The run.", True),
        ("one\ntwo", True),
        ("string", False),
        ("Run", False),
        (" Run ", False),
        ("", False),
    ],
)
def test_a_text_with_a_space_is_a_description(text: str, description: bool) -> None:
    assert derived.is_description(text) is description


@pytest.mark.parametrize("word", TYPE_WORDS)
def test_each_type_word_is_read_back_as_itself_or_as_a_shorter_one(word: str) -> None:
    said = TYPE_WORDS[word]
    assert derived.type_word(said.get("type"), said.get("format")) == {"boolean": "bool"}.get(word, word)


def test_a_type_without_a_word_has_none() -> None:
    assert derived.type_word("string", "ipv4") is None
    assert derived.type_word("text") is None


@pytest.mark.parametrize(
    ("swagger", "kind"),
    [
        ({}, "string"),
        ({"enum": [1, 2]}, "integer"),
        ({"enum": [1, 2.5]}, "number"),
        ({"enum": [1, "a"]}, "string"),
        ({"enum": [True, False]}, "boolean"),
        ({"enum": [None, 1]}, "integer"),
        ({"enum": [], "default": 1}, "integer"),
        ({"enum": ["a"], "default": 1}, "string"),
        ({"default": False}, "boolean"),
        ({"default": None}, "string"),
        ({"default": [1]}, "string"),
        ({"default": {"a": 1}}, "string"),
    ],
)
def test_a_type_is_told_by_an_enum_or_a_default(swagger: dict[str, Any], kind: str) -> None:
    assert derived.value_type(swagger) == kind
    assert derived.value_type(swagger, items=True) == "array"
    assert derived.value_type(swagger, fields=True, items=True) == "object"


@pytest.mark.parametrize(
    ("key", "word", "value"),
    [
        ("7", "int", 7),
        ("-7", "long", -7),
        ("0x1F", "integer", 31),
        ("1.5", "double", 1.5),
        ("7", "number", 7),
        ("true", "bool", True),
        ("true", "string", "true"),
        ("7", "date", "7"),
        ("7", "Weekly", "7"),
        ("7", "any", "7"),
        ("7", "array", 7),
        ("1.5", "int", None),
        ("true", "int", None),
        ("1", "bool", None),
        ("eins", "number", None),
        ("9" * 5000, "int", None),
    ],
)
def test_a_key_of_an_enum_is_a_value_of_the_type(key: str, word: str, value: Any) -> None:
    found = derived.enum_value(key, word)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "word", "key"),
    [
        ("Weekly", "string", "Weekly"),
        ("7", "string", "7"),
        (7, "int", "7"),
        (1.5, "double", "1.5"),
        (True, "bool", "true"),
        (7, "string", None),
        (True, "int", None),
        (7.0, "int", None),
        ("7", "int", None),
        (None, "string", None),
        (None, "object", None),
        ({"a": 1}, "object", None),
    ],
)
def test_a_value_has_a_key_only_where_the_key_means_it(value: Any, word: str, key: str | None) -> None:
    assert derived.enum_key(value, word) == key


@pytest.mark.parametrize(
    ("place", "marked", "flag", "absent"),
    [
        ("path", False, True, True),
        ("query", False, False, None),
        ("header", False, False, None),
        ("formData", False, False, None),
        ("query", True, True, True),
        ("header", True, True, True),
    ],
)
def test_a_parameter_is_required_in_a_path_and_by_its_mark(
    place: str, marked: bool, flag: bool, absent: bool | None
) -> None:
    assert derived.parameter_required(PLAIN, place, marked=marked) is flag
    assert derived.parameter_required(Conventions(optional_absent=True), place, marked=marked) is absent


def test_only_parameters_of_a_path_are_encoded() -> None:
    assert derived.url_encoding(PLAIN, "path") == "single"
    assert derived.url_encoding(Conventions(url_encoding="double"), "path") == "double"
    assert derived.url_encoding(Conventions(url_encoding=None), "path") is None
    assert derived.url_encoding(PLAIN, "query") is None


@pytest.mark.parametrize(
    ("said", "optional_absent", "flag"),
    [
        (True, False, True),
        (True, True, True),
        (False, False, False),
        (False, True, None),
        (None, False, None),
        (None, True, None),
    ],
)
def test_a_body_is_required_as_defaults_say(said: bool | None, optional_absent: bool, flag: bool | None) -> None:
    assert derived.body_required(Conventions(body_required=said, optional_absent=optional_absent)) is flag


def test_media_types() -> None:
    assert derived.media_types(PLAIN, "consumes") == ["application/json"]
    assert derived.media_types(Conventions(media_types="none"), "consumes") == []
    assert derived.media_types(Conventions(media_types="produces"), "consumes") == []
    assert derived.media_types(Conventions(media_types="produces"), "produces") == ["application/json"]
    assert derived.form_media_types(["string", None]) == ["application/x-www-form-urlencoded"]
    assert derived.form_media_types([]) == ["application/x-www-form-urlencoded"]
    assert derived.form_media_types(["string", "file"]) == ["multipart/form-data"]


@pytest.mark.parametrize(
    ("operation", "types"),
    [
        ({}, {}),
        ({"parameters": [{"in": "body"}], "responses": {"204": {}}}, {"consumes": ["application/json"]}),
        ({"parameters": [{"in": "query"}, {"$ref": "#/parameters/Body"}]}, {}),
        ({"responses": {"201": {"schema": {}}}}, {"produces": ["application/json"]}),
        ({"responses": {"200": {"schema": {"type": "file"}}, "400": {"schema": {}}}}, {}),
        ({"responses": {"200": {"schema": {"type": "string", "format": "binary"}}}}, {}),
    ],
)
def test_media_types_of_operations(operation: dict[str, Any], types: dict[str, list[str]]) -> None:
    assert derived.operation_media_types(Conventions(media_types="operations"), operation) == types
    assert derived.operation_media_types(PLAIN, operation) == {}
    types.pop("produces", None)
    assert derived.operation_media_types(Conventions(media_types="bodies"), operation) == types


@pytest.mark.parametrize(
    ("status", "said", "text"),
    [
        ("200", None, "OK"),
        ("404", None, "Not Found"),
        ("default", None, "The operation failed."),
        ("299", None, "Status 299"),
        ("404", "There is no such run.", "There is no such run."),
        ("404", "", ""),
        ("404", ["no text"], "Not Found"),
    ],
)
def test_a_response_is_described_by_its_status(status: str, said: Any, text: str) -> None:
    assert derived.response_description(status, said) == text


def test_a_shared_response_has_the_status_that_its_key_is() -> None:
    assert {status: derived.shared_status(status) for status in PHRASES} == {status: status for status in PHRASES}
    assert derived.shared_status("NotFound") == "200"


def test_triggers() -> None:
    assert derived.TRIGGERS == {"webhook": "single", "polling": "batch"}
    assert derived.polling_metadata() == {"kind": "query", "mode": "polling"}
    assert derived.unsubscribe_id("WhenOrderArrives") == "DeleteWhenOrderArrives"


@pytest.mark.parametrize(
    ("items", "path"), [("", "@triggerBody()"), ("value", "@triggerBody().value"), ("a/b", "@triggerBody().a.b")]
)
def test_the_policy_of_a_polling_trigger(items: str, path: str) -> None:
    assert derived.polling_policy("WhenRun", "New runs", {"since": "@{utcNow()}"}, items) == {
        "templateId": "pollingtrigger",
        "title": "New runs",
        "type": "PollingTrigger",
        "parameters": {
            "x-ms-apimTemplateParameter.triggerConfig": {"since": "@{utcNow()}"},
            "x-ms-apimTemplateParameter.triggerDataPath": path,
            "x-ms-apimTemplate-operationName": ["WhenRun"],
        },
    }


def test_a_spec_without_defaults_has_the_conventions_that_the_reference_names() -> None:
    without = {
        "label": "label", "parameterLabel": "parameter_label", "labelCase": "label_case", "summaryCase": "summary_case",
        "urlEncoding": "url_encoding", "mediaTypes": "media_types", "parameterDescription": "parameter_description",
        "operationDescription": "operation_description",
    }  # fmt: skip
    rows = OBJECTS["defaults"].keys
    assert {key: rows[key].without for key in without} == {key: getattr(PLAIN, name) for key, name in without.items()}
    flags = {"twins": PLAIN.twins, "odata": PLAIN.odata, "optional": PLAIN.optional_absent}
    assert {key: rows[key].without for key in flags} == {key: str(flag).lower() for key, flag in flags.items()}
    body = OBJECTS["bodyDefault"].keys
    assert (body["name"].without, body["required"].without) == (PLAIN.body_name, str(PLAIN.body_required).lower())
    assert (rows["containerLabel"].without, PLAIN.containers) == ("label", True)
    assert (rows["description"].without, PLAIN.description) == ("none", "none")
    assert (rows["parameterOrder"].without, PLAIN.parameter_order) == (", ".join(derived.PLACES), ())
    assert len(fields(Conventions)) == len(without) + 8
