"""What people see of an operation: the labels, the order, the tokens, the function and the tool."""

import json
from typing import Any

import pytest

from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.connections import connection_of
from connector_builder.platform.view.model import Operation, as_json
from tests.support.corpus import connectors, needs_corpus

TEXT = {"type": "string"}
ORDER = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "x-ms-summary": "Name"},
        "owner": {"type": "object", "properties": {"id": {"type": "string", "x-ms-summary": "Owner ID"}}},
        "lines": {
            "type": "array",
            "x-ms-summary": "Lines",
            "items": {"type": "object", "properties": {"sku": {"type": "string", "x-ms-summary": "SKU"}}},
        },
        "created": {"type": "string", "readOnly": True},
    },
}
PAGE = {
    "type": "object",
    "properties": {
        "value": {"type": "array", "x-ms-summary": "Orders", "items": {"$ref": "#/definitions/Order"}},
        "next": TEXT,
        "extra": {"allOf": [{"$ref": "#/definitions/Order"}]},
    },
}


def seen(
    parameters: list[Any] | None = None,
    schema: Any = None,
    *,
    item: dict[str, Any] | None = None,
    definitions: dict[str, Any] | None = None,
    operation: dict[str, Any] | None = None,
    **further: Any,
) -> Operation:
    """The view of one operation, with `keys` that are no names in Python."""
    response = {"description": "OK", **({"schema": schema} if schema is not None else {})}
    whole = {
        "operationId": "Get_Order",
        "parameters": parameters or [],
        "responses": {"200": response},
        **(operation or {}),
        **further,
    }
    document = {"paths": {"/orders": {"get": whole, **(item or {})}}, "definitions": definitions or {}}
    view = view_of(document)
    return [*view.operations, *view.hidden][0]


def body(schema: Any, **further: Any) -> list[Any]:
    return [{"name": "order", "in": "body", "required": True, "schema": schema, **further}]


def fields(properties: dict[str, Any], **further: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **further}


def labels(operation: Operation) -> dict[str, str]:
    return {one.key: one.label for one in operation.inputs}


def tokens(operation: Operation) -> list[str]:
    return [one.token for one in operation.outputs]


def test_the_worked_example() -> None:
    one = seen(
        [
            {"name": "id", "in": "path", "required": True, "type": "string", "x-ms-summary": "Order ID"},
            *body({"$ref": "#/definitions/Order"}),
            {"name": "limit", "in": "query", "type": "integer"},
        ],
        definitions={"Order": ORDER, "Page": PAGE},
        responses={
            "200": {
                "schema": {"$ref": "#/definitions/Page"},
                "headers": {"X-Count": {"type": "integer", "description": "Count of items"}},
            }
        },
    )
    assert [(field.key, field.label, field.required, field.editor) for field in one.inputs] == [
        ("path.$.id", "Order ID", True, "text"),
        ("body.$.name", "Name", True, "text"),
        ("body.$.owner.id", "Owner ID", False, "text"),
        ("body.$.lines", "Lines", False, "array"),
        ("body.$.lines.[*].sku", "lines SKU", False, "text"),
        ("query.$.limit", "limit", False, "text"),
    ]
    assert [(token.token, token.type) for token in one.outputs] == [
        ("Body", "object"),
        ("Orders", "array"),
        ("Orders Item", "object"),
        ("Orders Name", "string"),
        ("Orders owner", "object"),
        ("Orders Owner ID", "string"),
        ("Orders Lines", "array"),
        ("Orders Lines Item", "object"),
        ("Orders Lines SKU", "string"),
        ("Orders created", "string"),
        ("next", "string"),
        ("extra", "any"),
        ("Count of items", "integer"),
    ]
    assert one.loops == ("body.$.value", "body.$.value.[*].lines")
    assert [token.key for token in one.outputs if token.early] == [
        "body.$",
        "body.$.value",
        "body.$.value.[*]",
        "body.$.value.[*].name",
        "body.$.value.[*].owner",
        "body.$.value.[*].owner.id",
    ]


@pytest.mark.parametrize(
    ("schema", "key", "label"),
    [
        (fields({"a": {"type": "string", "title": "T", "x-ms-summary": "S"}}), "body.$.a", "T"),
        (fields({"a": TEXT}, title="Item_Create"), "body.$.a", "Item_Create a"),
        (fields({"a": {"type": "string", "x-ms-summary": "S"}}, title="Order"), "body.$.a", "Order S"),
        (fields({"a": TEXT}, **{"x-ms-summary": "Order"}), "body.$.a", "Order a"),
        # One title anywhere above silences the summaries above.
        (fields({"o": fields({"a": TEXT}, **{"x-ms-summary": "S"})}, title="T"), "body.$.o.a", "T a"),
        (fields({"o": fields({"a": TEXT}, title="T")}, **{"x-ms-summary": "S"}), "body.$.o.a", "T a"),
        (fields({"headers": TEXT}), "body.$.headers", "Headers"),
        (fields({"a.b[*]?~": TEXT}), "body.$.a~1b~2~3]~4~0", "a.b[*]?~"),
    ],
)
def test_a_label_is_the_own_text_after_those_of_the_objects_around_it(schema: Any, key: str, label: str) -> None:
    assert labels(seen(body(schema))) == {key: label}


def test_an_array_comes_before_the_labels_of_its_items_unless_they_have_one() -> None:
    item = fields({"a": TEXT}, title="Line")
    plain = seen(schema=fields({"rows": {"type": "array", "title": "Rows", "items": fields({"a": TEXT})}}))
    named = seen(schema=fields({"rows": {"type": "array", "title": "Rows", "items": item}}))
    assert tokens(plain) == ["Body", "Rows", "Rows Item", "Rows a"]
    assert tokens(named) == ["Body", "Rows", "Line", "Line a"]


def test_a_field_is_required_only_if_every_level_above_it_is() -> None:
    inner = fields({"id": TEXT}, required=["id"])
    for required, parameter, expected in ((["o"], True, True), ([], True, False), (["o"], False, False)):
        one = seen(body(fields({"o": inner}, required=required), required=parameter))
        assert [field.required for field in one.inputs] == [expected]


def test_what_is_only_read_and_what_is_internal_is_no_field() -> None:
    internal = {"type": "string", "default": "x", "x-ms-visibility": "internal"}
    around = fields({"c": TEXT}, **{"x-ms-visibility": "internal"})
    one = seen(body(fields({"a": {"type": "string", "readOnly": True}, "b": internal, "o": around, "d": TEXT})))
    assert labels(one) == {"body.$.d": "d"}
    assert tokens(seen(schema=fields({"a": internal, "b": TEXT}))) == ["Body", "b"]


def test_visibility_comes_from_the_object_around_a_field() -> None:
    one = seen(body(fields({"o": fields({"a": TEXT}, **{"x-ms-visibility": "advanced"})})))
    assert [(field.visibility, field.section, field.classic_section) for field in one.inputs] == [
        ("advanced", "advanced", "advanced")
    ]


@pytest.mark.parametrize("schema", [{"type": "object"}, {"allOf": [ORDER]}, {"properties": {"a": TEXT}}])
def test_an_object_without_properties_of_its_own_is_one_field(schema: Any) -> None:
    assert [(one.key, one.label, one.editor) for one in seen(body(schema)).inputs] == [("body.$", "order", "object")]
    assert len(seen(schema=schema).outputs) == 1


def test_a_schema_that_recurs_has_no_fields_there() -> None:
    tree = fields(
        {
            "name": TEXT,
            "next": {"$ref": "#/definitions/T"},
            "all": {"type": "array", "items": {"$ref": "#/definitions/T"}},
        }
    )
    one = seen(schema={"$ref": "#/definitions/T"}, definitions={"T": tree})
    assert [(token.key, token.type) for token in one.outputs] == [
        ("body.$", "object"),
        ("body.$.name", "string"),
        ("body.$.next", "object"),
        ("body.$.all", "array"),
        ("body.$.all.[*]", "object"),
    ]


def test_a_file_is_two_fields() -> None:
    one = seen([{"name": "f", "in": "formData", "type": "file", "x-ms-summary": "Invoice", "required": True}])
    assert [(field.key, field.label, field.editor, field.required) for field in one.inputs] == [
        ("formData.$.f.$content", "Invoice", "file", True),
        ("formData.$.f.$filename", "Invoice (file name)", "text", False),
    ]


def test_a_dynamic_schema_has_its_fields_later() -> None:
    dynamic = {"operationId": "GetTable", "parameters": {"table": {"parameter": "table"}}, "value-path": "schema"}
    one = seen(body({"type": "object", "x-ms-dynamic-schema": dynamic, "properties": {"a": TEXT}}))
    assert [(field.key, field.editor) for field in one.inputs] == [("body.$", "fields")]
    assert one.notes[-2] == "the fields of 'order' appear after you choose 'table'"


def test_fields_are_in_the_order_of_the_designer() -> None:
    def query(name: str, **further: Any) -> dict[str, Any]:
        return {"name": name, "in": "query", "type": "string", **further}

    listed = {"operationId": "ListX", "parameters": {"table": {"parameter": "table"}}}
    one = seen(
        [
            query("unset"),
            query("advanced", **{"x-ms-visibility": "advanced"}),
            query("important", **{"x-ms-visibility": "important"}),
            query("required", required=True),
            query("column", **{"x-ms-dynamic-values": listed}),
            query("table"),
            query("default", default="x"),
        ]
    )
    assert [(field.wire_name, field.section, field.classic_section) for field in one.inputs] == [
        ("table", "advanced", "shown"),
        ("required", "shown", "shown"),
        ("important", "shown", "shown"),
        ("advanced", "advanced", "advanced"),
        ("unset", "advanced", "shown"),
        ("column", "advanced", "shown"),
        ("default", "shown", "shown"),
    ]
    assert one.inputs[5].dynamic is not None
    assert one.inputs[5].dynamic.depends_on == ("table",)


@pytest.mark.parametrize(
    ("part", "editor", "options"),
    [
        ({"type": "string", "format": "date-time"}, "text", []),
        ({"type": "integer"}, "text", []),
        ({"type": "string", "enum": ["a", "b"]}, "combobox", ["a", "b"]),
        (
            {"type": "string", "enum": ["a"], "x-ms-enum-values": [{"displayName": "A", "value": "a"}]},
            "combobox",
            ["A"],
        ),
        ({"type": "boolean"}, "combobox", ["", "Yes", "No"]),
        ({"type": "boolean", "required": True}, "combobox", ["Yes", "No"]),
        ({"type": "string", "x-ms-dynamic-values": {"operationId": "X"}}, "combobox", []),
        ({"type": "string", "x-ms-dynamic-tree": {"open": {"operationId": "X"}}}, "filepicker", []),
        ({"type": "array", "items": TEXT}, "array", []),
        ({"type": "string", "format": "html"}, "html", []),
        ({"type": "string", "format": "byte"}, "file", []),
        ({"type": "string", "x-ms-editor": "code"}, "code", []),
    ],
)
def test_each_kind_of_field_has_its_control(part: dict[str, Any], editor: str, options: list[str]) -> None:
    [field] = seen([{"name": "p", "in": "query", **part}]).inputs
    assert (field.editor, [one.text for one in field.options]) == (editor, options)


@pytest.mark.parametrize(
    ("statuses", "chosen"),
    [
        (["202"], "202"),
        (["default"], "default"),
        (["404"], ""),
        (["202", "400"], ""),
        (["201", "400"], "201"),
        (["default", "202"], "default"),
        (["201", "200", "default"], "200"),
    ],
)
def test_the_answer_that_counts(statuses: list[str], chosen: str) -> None:
    responses = {status: {"description": "OK", "schema": fields({status: TEXT})} for status in statuses}
    one = seen(responses=responses)
    assert one.response == chosen
    assert tokens(one) == (["Body", chosen] if chosen else [])


def test_the_text_of_a_whole_answer_and_of_headers() -> None:
    assert tokens(seen(schema={"type": "object", "description": "All of it"})) == ["All of it"]
    assert tokens(seen(schema={"type": "object", "title": "Page"})) == ["Page"]
    assert tokens(seen(schema={"type": "file"})) == []
    headers = {"x-ms-request-id": TEXT, "A": {"type": "string", "x-ms-summary": "S", "description": "D"}}
    one = seen(responses={"200": {"description": "OK", "headers": headers}})
    assert [(token.token, token.is_header) for token in one.outputs] == [
        ("Body", False),
        ("Request Id", True),
        ("S", True),
    ]


def test_advanced_tokens_are_early_only_if_others_leave_room() -> None:
    advanced = {"type": "string", "x-ms-visibility": "advanced"}
    one = seen(schema=fields({"x": advanced, **dict.fromkeys("abcde", TEXT)}))
    assert [token.key for token in one.outputs if token.early] == ["body.$", *(f"body.$.{name}" for name in "abcde")]


def test_a_polling_trigger_for_each_item_has_the_tokens_of_an_item() -> None:
    answer = fields({"value": {"type": "array", "x-ms-summary": "Orders", "items": fields({"id": TEXT})}})
    batch = seen(schema=answer, operation={"x-ms-trigger": "batch", "x-ms-trigger-hint": "Place an order."})
    single = seen(schema=answer, operation={"x-ms-trigger": "single"})
    assert batch.trigger == (
        "poll",
        True,
        "body/value",
        "Place an order.",
        ("Interval", "Frequency", "Time zone", "Start time"),
    )
    assert [(token.token, token.in_array_of) for token in batch.outputs] == [("Orders Item", ""), ("Orders id", "")]
    assert tokens(single) == ["Body", "Orders", "Orders Item", "Orders id"]
    assert not batch.app.supported


def test_a_webhook_gets_what_is_sent_to_it_and_asks_for_no_address() -> None:
    content = {"schema": fields({"id": TEXT})}
    url = {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"}
    one = seen(
        body(fields({"url": url, "event": TEXT})),
        item={"x-ms-notification-content": content},
        operation={"x-ms-trigger": "single"},
    )
    assert (one.kind, one.response, tokens(one), list(labels(one))) == (
        "webhook",
        "x-ms-notification-content",
        ["Body", "id"],
        ["body.$.event"],
    )
    assert one.trigger is not None
    assert one.trigger.recurrence == ()


def test_a_function_of_power_apps() -> None:
    one = seen(
        [
            *body(fields({"b": TEXT, "c": {"type": "number"}}, required=["b"])),
            {"name": "q", "in": "query", "type": "string", "required": True},
            {"name": "b", "in": "path", "type": "string", "required": True},
            {
                "name": "hidden",
                "in": "query",
                "type": "string",
                "required": True,
                "x-ms-visibility": "internal",
                "default": "x",
            },
        ],
        fields({"id": TEXT}),
        operationId="2-get_order",
    )
    assert one.app.function == "_2getorder"
    assert one.app.signature == "_2getorder(b, q, b_1, {c: Decimal})"
    assert (one.app.returns, one.app.supported) == ("Record", True)


@pytest.mark.parametrize(
    ("further", "reason"),
    [
        (
            {"parameters": [{"name": "n", "in": "query", "type": "integer", "format": "int16"}]},
            "'n' has the format 'int16', which numbers don't have",
        ),
        (
            {"parameters": [{"name": "n", "in": "query", "type": "string", "deprecated": True}]},
            "the parameter 'n' is deprecated",
        ),
        (
            {"parameters": [{"name": "n", "in": "body", "schema": {"type": "object", "anyOf": []}}]},
            "the body has 'anyOf'",
        ),
        ({"produces": ["application/xml"]}, "it answers with 'application/xml' only"),
        ({"x-ms-visibility": "internal"}, "it is internal"),
        ({"x-ms-trigger": "single"}, "apps have no triggers"),
    ],
)
def test_power_apps_drops_what_it_cant_read(further: dict[str, Any], reason: str) -> None:
    one = seen(**{"responses": {"200": {"description": "OK"}}, **further})
    assert one.app.why_not == (reason,)


def test_of_two_operations_with_one_name_apps_get_the_first() -> None:
    paths: dict[str, Any] = {
        f"/{id_}": {"get": {"operationId": id_, "responses": {}}} for id_ in ("Get_Order", "GetOrder")
    }
    assert [one.app.supported for one in view_of({"paths": paths}).operations] == [True, False]


def test_the_tool_of_an_agent() -> None:
    query = {"name": "q", "in": "query", "type": "string", "required": True, "description": "Words."}
    one = seen([query, {**query, "name": "r", "description": ""}], summary="Find", description="Finds orders.")
    assert one.tool == ("Find", "Finds orders.", (("q", "Words."), ("r", "")))
    assert "an agent has no description of 'r'" in one.notes
    server = seen([query], operation={"x-ms-agentic-protocol": "mcp-streamable-1.0"})
    assert server.tool is not None
    assert server.tool.inputs == ()


def test_operations_are_in_the_order_of_the_list() -> None:
    def item(id_: str, visibility: str) -> dict[str, Any]:
        return {"get": {"operationId": id_, "x-ms-visibility": visibility, "responses": {}}}

    shown = {"C": "advanced", "B": "", "H": "internal", "A": "important"}
    view = view_of({"paths": {f"/{id_}": item(id_, visibility) for id_, visibility in shown.items()}})
    assert ([one.id for one in view.operations], [one.id for one in view.hidden]) == (["A", "B", "C"], ["H"])


def test_only_the_newest_revision_is_offered() -> None:
    def item(id_: str, revision: int) -> dict[str, Any]:
        annotation = {"family": "Get", "revision": revision}
        return {"get": {"operationId": id_, "x-ms-api-annotation": annotation, "responses": {"200": {}}}}

    view = view_of({"paths": {"/1": item("Get", 1), "/2": item("Get_V2", 2)}})
    said = "the list offers only the newest revision of its family"
    assert [said in one.notes for one in view.operations] == [True, False]


def test_the_counts_of_what_is_hard_to_read() -> None:
    long = {"type": "string", "x-ms-summary": "x" * 61}
    one = seen(
        [
            {"name": "id", "in": "query", "type": "string"},
            {"name": "q", "in": "query", "type": "string", "x-ms-summary": "Q"},
        ],
        fields(
            {
                "a": {"type": "string", "x-ms-summary": "Name"},
                "b": {"type": "string", "x-ms-summary": "Name"},
                "c": long,
            }
        ),
    )
    assert one.counts == (2, 1, 4, 2, 1)


def test_the_connection_dialog() -> None:
    def parameter(type_: str, constraints: dict[str, Any], **further: Any) -> dict[str, Any]:
        return {"type": type_, "uiDefinition": {"displayName": "L", "constraints": constraints, **further}}

    made = connection_of(
        {
            "properties": {
                "connectionParameters": {
                    "text": parameter("string", {"required": "true"}, tooltip="T", description="D"),
                    "boolean": parameter("string", {"required": True, "hidden": True}),
                    "hidden": parameter("string", {"hidden": "true"}),
                    "secret": parameter("securestring", {}),
                    "clear": parameter("securestring", {"clearText": "true"}),
                    "choice": parameter("string", {"allowedValues": [{"text": "One", "value": "1"}, {"value": "2"}]}),
                    "flag": parameter("bool", {}),
                    "gateway": parameter("gatewaySetting", {}),
                }
            }
        },
        "Orders",
    )
    [way] = made.ways
    assert [(one.key, one.required, one.editor) for one in way.fields] == [
        ("text", True, "text"),
        ("boolean", False, "text"),
        ("secret", False, "password"),
        ("clear", False, "text"),
        ("choice", False, "dropdown"),
        ("flag", False, "checkbox"),
        ("gateway", False, "gateway"),
    ]
    assert (way.fields[0].label, way.fields[0].tooltip, way.fields[0].placeholder) == ("L", "T", "D")
    assert [one.text for one in way.fields[4].options] == ["One", "2"]
    assert (made.asks_name, way.text, way.button) == (True, "Create a connection for Orders.", "Create new")


def test_signing_in_with_oauth_alone_asks_for_no_name() -> None:
    oauth = {"token": {"type": "oauthSetting"}, "token:TenantId": {"type": "string"}}
    one = connection_of({"properties": {"connectionParameters": oauth}}, "Orders")
    assert (one.asks_name, one.ways[0].text, one.ways[0].button) == (
        False,
        "Sign in to create a connection to Orders.",
        "Sign in",
    )
    assert one.ways[0].tenant
    sets = [{"name": "a", "uiDefinition": {"displayName": "A"}, "parameters": oauth}, {"name": "b", "parameters": {}}]
    several = connection_of({"properties": {"connectionParameterSets": {"values": sets}}}, "Orders")
    assert (several.selector, [way.display_name for way in several.ways]) == ("Authentication type", ["A", "b"])


def test_thousands_of_operations_and_a_maze_of_schemas_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector_builder.platform.view.fields.MAX_ALL", 5 * 4_000)
    names = [f"T{number}" for number in range(12)]
    maze = {name: fields({other: {"$ref": f"#/definitions/{other}"} for other in names}) for name in names}
    get = {"operationId": "A", "responses": {"200": {"schema": {"$ref": "#/definitions/T0"}}}}
    view = view_of({"paths": {f"/{number}": {"get": get} for number in range(2_000)}, "definitions": maze})
    assert len(view.operations) == 2_000
    assert 4_000 < sum(len(one.outputs) for one in view.operations) <= 5 * 4_000
    assert "it has more fields than are shown here" in view.operations[0].notes


@pytest.mark.parametrize(
    "broken",
    [None, [], 1, {"paths": [1]}, {"paths": {"/a": {"get": {"parameters": [3, {"in": "body"}], "responses": 4}}}}],
)
def test_any_json_has_a_view(broken: Any) -> None:
    json.dumps(as_json(view_of(broken, broken)))


@needs_corpus
@pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same
def test_the_counts_over_published_connectors() -> None:
    """They are near those that the designer's own parser gives: 5,435 operations, 90,848 tokens, 1,387 long, 1,029 of headers."""
    counts = dict.fromkeys(("operations", "tokens", "long", "headers"), 0)
    for folder in connectors():
        try:
            definition = json.loads((folder / "apiDefinition.swagger.json").read_text(encoding="utf-8-sig"))
        except ValueError:
            continue
        view = view_of(definition)
        for one in (*view.operations, *view.hidden):
            counts["operations"] += 1
            counts["tokens"] += one.counts.tokens
            counts["long"] += one.counts.long_tokens
            counts["headers"] += sum(token.is_header for token in one.outputs)
    assert counts["long"] / counts["operations"] == pytest.approx(1387 / 5435, rel=0.01)
    assert counts["headers"] / counts["operations"] == pytest.approx(1029 / 5435, rel=0.01)
    assert counts["tokens"] / counts["operations"] == pytest.approx(90848 / 5435, rel=0.01)


def test_choices_that_a_shared_parameter_repeats_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector_builder.platform.view.fields.MAX_ALL", 100)
    shared = {"name": "place", "in": "query", "type": "string", "enum": [f"place{number}" for number in range(100)]}
    get = {"parameters": [{"$ref": "#/parameters/Place"}], "responses": {"200": {"description": "Fine."}}}
    paths = {f"/tides/{number}": {"get": {**get, "operationId": f"Tide{number}"}} for number in range(50)}
    view = view_of({"swagger": "2.0", "paths": paths, "parameters": {"Place": shared}})
    choices = sum(len(one.options) for operation in view.operations for one in operation.inputs)
    assert choices == 5 * 100  # each takes the place of 21 fields
