"""Each row of the table of changes, seeded into a package: exactly that kind is found, with the verdict of each consumer."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.findings import Severity
from connector_builder.findings.verdict import Verdict
from connector_builder.package.model import Package
from connector_builder.package.read import read_package
from connector_builder.rules.changes.change import Change
from connector_builder.rules.changes.compare import compare
from connector_builder.rules.changes.kinds import CHANGES
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.defects.whole_definition import spoiled
from tests.support.examples.rule_examples import package
from tests.support.growth import calls

Seed = Callable[[dict[str, Any], dict[str, Any]], object]
TEXT = {"type": "string"}


def parameter(name: str, place: str = "query", **further: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "type": "string", "x-ms-summary": name.title(), **further}


def definition() -> dict[str, Any]:
    order = {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": TEXT,
            "total": {"type": "integer"},
            "placed": TEXT,
            "lines": {"type": "array", "items": TEXT},
        },
    }
    new_order = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": TEXT, "note": TEXT, "count": {"type": "integer"}},
    }
    listed: Any = {
        "operationId": "ListShops",
        "value-collection": "value",
        "value-path": "id",
        "value-title": "name",
        "parameters": {},
    }
    shops = {
        "type": "object",
        "properties": {
            "value": {"type": "array", "items": {"type": "object", "properties": {"id": TEXT, "name": TEXT}}}
        },
    }
    return {
        "swagger": "2.0",
        "info": {"title": "Orders", "description": "Orders of a shop.", "version": "1.2.3"},
        "host": "api.contoso.example",
        "basePath": "/",
        "consumes": ["application/json"],
        "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "definitions": {"Order": order, "NewOrder": new_order},
        "paths": {
            "/orders/{id}": {
                "get": {
                    "operationId": "GetOrder",
                    "summary": "Get order",
                    "parameters": [
                        parameter("id", "path", required=True),
                        parameter("shop", required=True),
                        parameter("state", enum=["open", "closed"]),
                        parameter("limit", type="integer", maximum=100, default=10),
                        parameter("version", required=True, default="1", **{"x-ms-visibility": "internal"}),
                        parameter("branch", **{"x-ms-dynamic-values": listed}),
                    ],
                    "responses": {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Order"}}},
                }
            },
            "/orders": {
                "post": {
                    "operationId": "CreateOrder",
                    "summary": "Create order",
                    "parameters": [
                        {"name": "order", "in": "body", "required": True, "schema": {"$ref": "#/definitions/NewOrder"}}
                    ],
                    "responses": {"201": {"description": "Created"}},
                }
            },
            "/fields": {
                "put": {
                    "operationId": "PutFields",
                    "summary": "Put fields",
                    "parameters": [
                        {
                            "name": "row",
                            "in": "body",
                            "schema": {
                                "type": "object",
                                "x-ms-dynamic-schema": {"operationId": "ListShops", "value-path": "value"},
                            },
                        }
                    ],
                    "responses": {"204": {"description": "Done"}},
                }
            },
            "/shops": {
                "get": {
                    "operationId": "ListShops",
                    "summary": "List shops",
                    "responses": {"200": {"description": "OK", "schema": shops}},
                }
            },
            "/hooks": {
                "x-ms-notification-content": {
                    "schema": {"type": "object", "properties": {"id": TEXT, "total": {"type": "integer"}}}
                },
                "post": {
                    "operationId": "WhenPaid",
                    "summary": "When an order is paid",
                    "x-ms-trigger": "single",
                    "parameters": [
                        {
                            "name": "hook",
                            "in": "body",
                            "required": True,
                            "schema": {
                                "type": "object",
                                "required": ["url"],
                                "properties": {
                                    "url": {
                                        "type": "string",
                                        "x-ms-notification-url": True,
                                        "x-ms-visibility": "internal",
                                    },
                                    "event": TEXT,
                                },
                            },
                        }
                    ],
                    "responses": {"201": {"description": "Created"}},
                },
            },
            "/hooks/{id}": {
                "delete": {
                    "operationId": "EndPaid",
                    "x-ms-visibility": "internal",
                    "parameters": [parameter("id", "path", required=True)],
                    "responses": {"200": {"description": "OK"}},
                }
            },
            "/new": {
                "get": {
                    "operationId": "WhenPlaced",
                    "summary": "When an order is placed",
                    "x-ms-trigger": "batch",
                    "x-ms-trigger-hint": "Place one.",
                    "parameters": [parameter("since")],
                    "responses": {"200": {"description": "OK", "schema": copy.deepcopy(shops)}},
                }
            },
        },
    }


def properties() -> dict[str, Any]:
    oauth = {
        "identityProvider": "oauth2",
        "clientId": "orders",
        "scopes": ["read"],
        "customParameters": {"tokenUrl": {"value": "https://a.example"}},
    }
    return {
        "properties": {
            "iconBrandColor": "#112233",
            "connectionParameters": {
                "token": {"type": "oauthSetting", "oAuthSettings": oauth},
                "region": {"type": "string", "uiDefinition": {"displayName": "Region"}},
            },
            "policyTemplateInstances": [
                {"templateId": "setheader", "title": "Header", "parameters": {"x-ms-apimTemplateParameter.name": "A"}},
                {"templateId": "setheader", "title": "Other", "parameters": {"x-ms-apimTemplateParameter.name": "B"}},
                {
                    "templateId": "pollingtrigger",
                    "title": "Poll",
                    "parameters": {"x-ms-apimTemplateParameter.triggerState": "x"},
                },
            ],
            "scriptOperations": ["GetOrder"],
            "tier": "Standard",
        }
    }


def get(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["paths"]["/orders/{id}"]["get"]
    return found


def of(whole: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in get(whole)["parameters"] if one["name"] == name)


def body(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["definitions"]["NewOrder"]["properties"]
    return found


def answer(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["definitions"]["Order"]["properties"]
    return found


def rename(holder: dict[str, Any], old: str, new: str) -> None:
    for key in list(holder):
        holder[new if key == old else key] = holder.pop(key)


def oauth(p: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = p["properties"]["connectionParameters"]["token"]["oAuthSettings"]
    return found


def polled(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["paths"]["/new"]["get"]
    return found


def hook(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["paths"]["/hooks"]["post"]["parameters"][0]["schema"]
    return found


def swap(names: list[Any], one: int, other: int) -> None:
    names[one], names[other] = names[other], names[one]


def add_zone(whole: dict[str, Any], *, at: int) -> None:
    get(whole)["parameters"].insert(at, parameter("zone", required=True))


def rename_url(whole: dict[str, Any]) -> None:
    rename(hook(whole)["properties"], "url", "callback")
    hook(whole)["required"] = ["callback"]


def policies(p: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = p["properties"]["policyTemplateInstances"]
    return found


ROWS: list[tuple[str, str, str, Seed]] = [
    ("1", "OperationRemoved", "B.BB", lambda d, p: d["paths"].pop("/fields")),
    ("1 renamed", "OperationRemoved", "B.SB", lambda d, p: get(d).update(operationId="ReadOrder")),
    ("2", "OperationHidden", "R.RB", lambda d, p: get(d).update({"x-ms-visibility": "internal"})),
    ("3", "OperationDeprecated", "S.SS", lambda d, p: get(d).update(deprecated=True)),
    ("4", "OperationPathChanged", "S.BS", lambda d, p: rename(d["paths"], "/orders/{id}", "/order/{id}")),
    ("5", "OperationVerbChanged", "S.BS", lambda d, p: rename(d["paths"]["/orders"], "post", "put")),
    ("6", "HostChanged", "RRRR", lambda d, p: d.update(host="new.contoso.example")),
    ("6 scheme", "HostChanged", "RRRR", lambda d, p: d.update(schemes=["http"])),
    ("7", "OptionalInputAdded", "S.SS", lambda d, p: get(d)["parameters"].append(parameter("more"))),
    ("8", "RequiredInputAdded", "B.BB", lambda d, p: get(d)["parameters"].append(parameter("more", required=True))),
    ("9", "HiddenInputAdded", "S.RS", lambda d, p: get(d)["parameters"].append(parameter("more", required=True, default="1", **{"x-ms-visibility": "internal"}))),
    ("10", "RequiredInputWithDefaultAdded", "R.BB", lambda d, p: get(d)["parameters"].append(parameter("more", required=True, default="1"))),
    ("11", "InputRequired", "B.BB", lambda d, p: of(d, "state").update(required=True)),
    ("12", "InputOptional", "S.SB", lambda d, p: of(d, "shop").pop("required")),
    ("13", "InputRemoved", "R.SB", lambda d, p: get(d)["parameters"].remove(of(d, "state"))),
    ("14", "InputRenamed", "B.BB", lambda d, p: of(d, "state").update(name="status")),
    ("15", "BodyRenamed", "B.SS", lambda d, p: d["paths"]["/orders"]["post"]["parameters"][0].update(name="request")),
    ("16", "InputLocationChanged", "S.BB", lambda d, p: of(d, "state").update({"in": "header"})),
    ("17", "RequiredOrderChanged", "S.SB", lambda d, p: add_zone(d, at=1)),
    ("18", "OptionalOrderChanged", "S.SS", lambda d, p: swap(get(d)["parameters"], 2, 3)),
    ("19", "InputTypeChanged", "B.RB", lambda d, p: of(d, "branch").update(type="boolean")),
    ("19 wider", "InputTypeChanged", "S.SR", lambda d, p: of(d, "limit").update(type="number")),
    ("19 with its default", "InputTypeChanged", "R.RB", lambda d, p: of(d, "limit").update(type="string", default="10")),
    ("20", "InputFormatChanged", "R.SR", lambda d, p: of(d, "branch").update(format="uuid")),
    ("20 date", "InputFormatChanged", "R.SB", lambda d, p: of(d, "branch").update(format="date-time")),
    ("21", "InputArrayChanged", "B.BB", lambda d, p: body(d).update(note={"type": "array", "items": TEXT})),
    ("22", "InputChoiceRemoved", "R.RR", lambda d, p: of(d, "state")["enum"].pop()),
    ("23", "InputChoiceAdded", "S.SS", lambda d, p: of(d, "state")["enum"].append("late")),
    ("24", "InputBecameChoice", "R.SS", lambda d, p: of(d, "branch").update(enum=["a"])),
    ("25", "InputDefaultChanged", "R.SR", lambda d, p: of(d, "version").update(default="2")),
    ("26", "InputHidden", "R.SB", lambda d, p: of(d, "state").update({"x-ms-visibility": "internal"})),
    ("27", "VisibilityChanged", "S.SS", lambda d, p: of(d, "state").update({"x-ms-visibility": "advanced"})),
    ("28", "TextChanged", "S.SS", lambda d, p: get(d).update(summary="Read order")),
    ("29", "InputLimitTightened", "R.SS", lambda d, p: of(d, "limit").update(maximum=50)),
    ("30", "OutputRemoved", "R.RR", lambda d, p: answer(d).pop("total")),
    ("31", "OutputAdded", "S.SS", lambda d, p: answer(d).update(more=TEXT)),
    ("32", "OutputTypeChanged", "R.RB", lambda d, p: answer(d).update(total=TEXT)),
    ("33", "OutputFormatChanged", "R.RB", lambda d, p: answer(d).update(placed={"type": "string", "format": "date-time"})),
    ("34", "OutputMoved", "B.BB", lambda d, p: answer(d).update(lines={"type": "object", "properties": {"a": TEXT}})),
    ("35", "OutputNullable", "R.RS", lambda d, p: answer(d).update(total={"type": "integer", "x-nullable": True})),
    ("36", "OutputNotRequired", "S.SS", lambda d, p: d["definitions"]["Order"].update(required=[])),
    ("37", "SuccessStatusChanged", "R.RS", lambda d, p: rename(d["paths"]["/fields"]["put"]["responses"], "204", "202")),
    ("38", "OutputSchemaRemoved", "R.RB", lambda d, p: get(d)["responses"]["200"].pop("schema")),
    ("39", "OutputSchemaAdded", "S.SR", lambda d, p: d["paths"]["/orders"]["post"]["responses"]["201"].update(schema={"type": "object", "properties": {"a": TEXT}})),
    ("40", "TriggerChanged", ".BB.", lambda d, p: polled(d).update({"x-ms-trigger": "single"})),
    ("40 removed", "TriggerChanged", ".BB.", lambda d, p: polled(d).pop("x-ms-trigger") and polled(d).pop("x-ms-trigger-hint")),
    ("40 added", "TriggerChanged", "B.BB", lambda d, p: d["paths"]["/shops"]["get"].update({"x-ms-trigger": "single"})),
    ("41", "NotificationChanged", ".RR.", lambda d, p: d["paths"]["/hooks"]["x-ms-notification-content"]["schema"]["properties"].pop("total")),
    ("41 retyped", "NotificationChanged", ".RR.", lambda d, p: d["paths"]["/hooks"]["x-ms-notification-content"]["schema"]["properties"].update(total=TEXT)),
    ("42", "NotificationUrlMoved", ".BB.", lambda d, p: rename_url(d)),
    ("43", "WebhookEndRemoved", ".RR.", lambda d, p: d["paths"].pop("/hooks/{id}")),
    ("43 renamed", "WebhookEndRemoved", ".RR.", lambda d, p: d["paths"]["/hooks/{id}"]["delete"].update(operationId="StopPaid")),
    ("44", "TriggerTextChanged", ".SS.", lambda d, p: polled(d).update({"x-ms-trigger-hint": "Place an order."})),
    ("45", "PollingChanged", ".BB.", lambda d, p: policies(p)[2]["parameters"].update({"x-ms-apimTemplateParameter.triggerState": "y"})),
    ("46", "DynamicValuesChanged", "R.RR", lambda d, p: of(d, "branch")["x-ms-dynamic-values"].update({"value-path": "name"})),
    ("47", "DynamicSchemaChanged", "R.RB", lambda d, p: d["paths"]["/fields"]["put"]["parameters"][0]["schema"]["x-ms-dynamic-schema"].update({"value-path": "x"})),
    ("48", "PagingChanged", "R.RS", lambda d, p: get(d).update({"x-ms-pageable": {"nextLinkName": "nextLink"}})),
    ("49", "UrlEncodingChanged", "R.RR", lambda d, p: of(d, "id").update({"x-ms-url-encoding": "double"})),
    ("50", "MediaTypesChanged", "RRRR", lambda d, p: d.update(consumes=["application/xml"])),
    ("51", "SignInChanged", "BBBB", lambda d, p: p["properties"]["connectionParameters"].pop("token")),
    ("51 key", "SignInChanged", "RRRR", lambda d, p: d["securityDefinitions"]["key"].update(name="X-Other")),
    ("52 optional", "ConnectionParameterAdded", "SSSS", lambda d, p: p["properties"]["connectionParameters"].update(more={"type": "string"})),
    ("52 required", "ConnectionParameterAdded", "RRRR", lambda d, p: p["properties"]["connectionParameters"].update(more={"type": "string", "uiDefinition": {"constraints": {"required": "true"}}})),
    ("53", "ConnectionParameterChanged", "BBBB", lambda d, p: p["properties"]["connectionParameters"].pop("region")),
    ("54", "OAuthChanged", "RRRR", lambda d, p: oauth(p)["scopes"].append("write")),
    ("54 addresses", "OAuthChanged", "RRRR", lambda d, p: oauth(p)["customParameters"].update(tokenUrl={"value": "https://b.example"})),
    ("55 scope", "OAuthProviderChanged", "SSSS", lambda d, p: oauth(p)["scopes"].pop()),
    ("55 provider", "OAuthProviderChanged", "BBBB", lambda d, p: oauth(p).update(identityProvider="github")),
    ("56", "PolicyChanged", "RRRR", lambda d, p: policies(p)[0]["parameters"].update({"x-ms-apimTemplateParameter.name": "C"})),
    ("56 order", "PolicyChanged", "RRRR", lambda d, p: swap(policies(p), 0, 1)),
    ("57", "ScriptChanged", "RRRR", lambda d, p: p["properties"]["scriptOperations"].append("ListShops")),
    ("58", "OperationStatusChanged", "S.SS", lambda d, p: get(d).update({"x-ms-api-annotation": {"status": "Preview"}})),
    ("59", "ConnectorLookChanged", "SSSS", lambda d, p: p["properties"].update(iconBrandColor="#445566")),
    ("60", "TierChanged", "BB.B", lambda d, p: p["properties"].update(tier="Premium")),
    ("61 operation", "OperationAdded", "S.SS", lambda d, p: d["paths"].update({"/more": {"get": {"operationId": "More", "responses": {}}}})),
    ("61 order", "DefinitionsRearranged", "SSSS", lambda d, p: d["definitions"].update(Order=d["definitions"].pop("Order"))),
    ("61 examples", "DefinitionsRearranged", "S.SS", lambda d, p: get(d)["responses"]["200"].update(examples={"application/json": {}})),
    ("62", "SummariesAlike", "R.SS", lambda d, p: get(d).update(summary="Create order")),
]  # fmt: skip


def letters(change: Change) -> str:
    return "".join("." if one is None else str(one)[0].upper() for one in change.verdicts)


def changes(old: Package | None, new: Package | None) -> list[Change]:
    return list(compare(old, new).changes)


@pytest.mark.parametrize(("row", "kind", "verdicts", "seed"), ROWS, ids=[row for row, _, _, _ in ROWS])
def test_a_seeded_change_is_exactly_its_kind(row: str, kind: str, verdicts: str, seed: Seed) -> None:
    old = package(definition(), properties())
    new = package(definition(), properties())
    if row == "17":  # two required inputs in both versions, in another order in one
        add_zone(old.definition, at=2)
    seed(new.definition, new.properties)
    assert [(one.kind.name, letters(one)) for one in changes(old, new)] == [(kind, verdicts)]


def test_the_rows_have_every_kind() -> None:
    assert {kind for _, kind, _, _ in ROWS} == {rule.name for rule in CHANGES}
    numbers = {row.split()[0] for row, _, _, _ in ROWS}
    assert numbers == {str(number) for number in range(1, 63)}


def test_a_severity_is_the_worst_verdict() -> None:
    severities = {Verdict.BREAKING: Severity.ERROR, Verdict.RISKY: Severity.WARNING, Verdict.SAFE: Severity.NOTE}
    for rule in CHANGES:
        assert rule.verdicts is not None
        assert rule.severity is severities[rule.verdicts.worst()]


def test_nothing_changed_is_no_change() -> None:
    assert changes(package(definition(), properties()), package(definition(), properties())) == []


def test_names_of_schemas_and_of_variables_in_paths_dont_count() -> None:
    new = definition()
    text = json.dumps(new).replace('"Order"', '"Purchase"').replace("definitions/Order", "definitions/Purchase")
    found = changes(package(definition()), package(json.loads(text)))
    assert [one.kind.name for one in found] == ["DefinitionsRearranged"]
    inline = definition()
    get(inline)["responses"]["200"]["schema"] = inline["definitions"]["Order"]
    assert changes(package(definition()), package(inline)) == []


def test_a_shared_schema_is_one_change_with_its_operations() -> None:
    sides = [definition(), definition()]
    for whole in sides:
        whole["paths"]["/shops"]["get"]["responses"]["200"]["schema"] = {
            "type": "array",
            "items": {"$ref": "#/definitions/Order"},
        }
    answer(sides[1]).pop("total")
    [one] = changes(package(sides[0]), package(sides[1]))
    assert (one.operations, one.old) == (("GetOrder", "ListShops"), ("definitions", "Order", "properties", "total"))
    assert one.message.startswith(
        "the output 'total' of 2 operations ('GetOrder', 'ListShops') was removed: risky for "
    )


def test_an_internal_operation_counts_only_if_something_calls_it() -> None:
    def hidden(called: bool) -> dict[str, Any]:
        whole = definition()
        whole["paths"]["/shops"]["get"]["x-ms-visibility"] = "internal"
        if not called:
            of(whole, "branch").pop("x-ms-dynamic-values")
            whole["paths"].pop("/fields")
        return whole

    for called, found in ((True, ["OperationRemoved"]), (False, [])):
        new = hidden(called)
        new["paths"].pop("/shops")
        assert [one.kind.name for one in changes(package(hidden(called)), package(new))] == found


def test_a_field_below_all_of_counts_although_the_designer_doesnt_see_it() -> None:
    def whole(*names: str) -> dict[str, Any]:
        made = definition()
        part = {"type": "object", "properties": dict.fromkeys(names, TEXT)}
        get(made)["responses"]["200"]["schema"] = {"type": "object", "allOf": [part]}
        return made

    assert [(one.kind.name, one.what) for one in changes(package(whole("a", "b")), package(whole("a")))] == [
        ("OutputRemoved", "the output 'b'")
    ]


def test_an_object_around_all_outputs_is_one_change() -> None:
    new = definition()
    new["definitions"]["Order"] = {"type": "object", "properties": {"data": new["definitions"]["Order"]}}
    found = changes(package(definition()), package(new))
    assert [(one.kind.name, one.said) for one in found] == [("OutputMoved", "is at 'data' now")]


def test_an_object_around_a_list_and_its_count_is_one_change() -> None:
    def whole(*, wrapped: bool) -> dict[str, Any]:
        made = definition()
        answer_ = made["paths"]["/shops"]["get"]["responses"]["200"]
        answer_["schema"]["properties"]["count"] = {"type": "integer"}
        if wrapped:
            answer_["schema"] = {"type": "object", "properties": {"data": answer_["schema"]}}
        return made

    found = changes(package(whole(wrapped=False)), package(whole(wrapped=True)))
    assert [(one.kind.name, one.what, one.said) for one in found] == [
        ("OutputMoved", "the output 'body'", "is at 'data' now")
    ]


def test_an_array_under_another_name_is_one_change() -> None:
    new = definition()
    rename(new["paths"]["/shops"]["get"]["responses"]["200"]["schema"]["properties"], "value", "items")
    found = changes(package(definition()), package(new))
    assert [(one.kind.name, one.what, one.said) for one in found] == [
        ("OutputMoved", "the output 'value'", "is at 'items' now")
    ]


MICROSOFT = [
    ("1", "The operation has been deleted. This change breaks existing flows.", "operation/PutFields"),
    ("2", "The operation has been hidden. This change breaks the designer for existing flows.", "operation/GetOrder/x-ms-visibility"),
    ("4", "The path template has been changed for the operation.", "operation/GetOrder"),
    ("5", "The method has been changed for the operation.", "operation/CreateOrder"),
    ("8", "The required input field has been added. Existing flows will not send this new field.", "operation/GetOrder/parameter/more"),
    ("11", "The input field has been changed from optional to required.", "operation/GetOrder/parameter/state/required"),
    ("22", "An enum value has been removed from the input field. Existing flows may have this value chosen and will continue to send it.", "operation/GetOrder/parameter/state/enum"),
    ("30", "The output field has been deleted. Existing flows may be broken if they are using this field and actual payload has been changed.", "operation/GetOrder/responses/200/schema/properties/total"),
    ("32", "The type has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed.", "operation/GetOrder/responses/200/schema/properties/total/type"),
    ("41 retyped", "The type has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed.", "operation/WhenPaid/responses/x-ms-notification-content/schema/properties/total/type"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sentence", "path"), MICROSOFT, ids=[row for row, _, _ in MICROSOFT])
def test_microsofts_sentence_and_path(row: str, sentence: str, path: str) -> None:
    new = package(definition(), properties())
    next(seed for name, _, _, seed in ROWS if name == row)(new.definition, new.properties)
    [one] = changes(package(definition(), properties()), new)
    assert (one.kind.rule.sentence, one.value_path) == (sentence, path)


@pytest.mark.parametrize(
    ("row", "suggested", "part"),
    [
        ("1", "2.0.0", "major"),
        ("30", "1.3.0", "minor"),
        ("31", "1.3.0", "minor"),
        ("28", "1.2.4", "patch"),
        ("61 order", "1.2.4", "patch"),
    ],
)
def test_what_the_version_should_become(row: str, suggested: str, part: str) -> None:
    new = package(definition(), properties())
    next(seed for name, _, _, seed in ROWS if name == row)(new.definition, new.properties)
    version = compare(package(definition(), properties()), new).version
    assert (version.suggested, version.part, version.is_enough) == (suggested, part, False)


def test_a_version_that_grew_is_enough() -> None:
    new = definition()
    new["info"]["version"] = "v2"
    get(new)["deprecated"] = True
    assert compare(package(definition()), package(new)).version.is_enough


@pytest.mark.parametrize(
    "broken", [None, [], 1, {"paths": [1]}, {"paths": {"/orders": {"get": {"parameters": 3, "responses": []}}}}]
)
def test_any_json_can_be_compared(broken: Any) -> None:
    changes(package(broken, broken), package(definition(), properties()))
    changes(package(definition(), properties()), package(broken, broken))


def test_many_operations_that_share_a_changed_schema_take_linear_work() -> None:
    def whole(number: int, name: str) -> Package:
        get_ = {"responses": {"200": {"schema": {"$ref": "#/definitions/A"}}}}
        paths = {f"/{one}": {"get": {**get_, "operationId": f"Get{one}"}} for one in range(number)}
        return package(
            {"paths": paths, "definitions": {"A": {"type": "object", "properties": {name: {"type": "integer"}}}}}
        )

    small = calls(lambda: compare(whole(100, "a"), whole(100, "b")))
    large = calls(lambda: compare(whole(800, "a"), whole(800, "b")))
    assert large < small * 10


def test_too_many_fields_are_named_instead_of_compared() -> None:
    def whole(number: int) -> Package:
        fields = {f"f{one}": TEXT for one in range(number)}
        made = definition()
        get(made)["responses"]["200"]["schema"] = {"type": "object", "properties": fields}
        return package(made)

    result = compare(whole(5_000), whole(5_001))
    assert (list(result.changes), list(result.uncompared)) == ([], ["GetOrder"])


@needs_corpus
@pytest.mark.parametrize("part", PARTS)
def test_a_published_connector_differs_from_itself_in_nothing(part: int) -> None:
    for folder in connectors(part):
        old, new = (read_package(Path(folder)).package for _ in range(2))
        assert (folder.name, changes(old, new)) == (folder.name, [])


@pytest.mark.no_cover
def test_damaged_definitions_are_compared() -> None:
    whole = package(definition(), properties())
    for _, damaged in spoiled(1511):
        for pair in ((whole, package(damaged)), (package(damaged), whole)):
            for one in changes(*pair):
                assert one.message
                assert (one.old is None) <= (one.new is not None)
