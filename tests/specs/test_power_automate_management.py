"""The connector that started it all: what its spec builds, fact by fact, and that its parts fit each other."""

import json
from typing import Any

import pytest

from connector_builder.package import Package
from tests.support.flow_manager import (
    DOUBTFUL,
    FIRST,
    IDS,
    LAST,
    OPERATIONS,
    PAGED,
    SCOPES,
    SPEC,
    STATUSES,
    WITHOUT_BODY,
    fields_of,
    named_fields_of,
    texts_of,
    value_at,
    values_of,
    walk,
)


def test_the_operations_are_these_in_this_order(package: Package) -> None:
    assert [(verb, path, operation["operationId"]) for verb, path, operation in walk(package)] == OPERATIONS


def test_server(package: Package) -> None:
    assert package.definition["schemes"] == ["https"]
    assert package.definition["host"] == "api.flow.microsoft.com"
    assert package.definition["basePath"] == "/providers/Microsoft.ProcessSimple"


def test_title_and_description_are_what_certification_takes(package: Package) -> None:
    info = package.definition["info"]
    assert info["title"] == "Cloud Flow Manager"
    assert 30 <= len(info["description"]) <= 500
    for word in ("API", "Connector", "Power", "Automate", "Copilot", "Dataverse"):
        assert word.lower() not in f"{info['title']} {info['description']}".lower()


def test_security(package: Package) -> None:
    assert package.definition["security"] == [{"oauth2_auth": SCOPES}]
    assert package.definition["securityDefinitions"] == {
        "oauth2_auth": {
            "type": "oauth2",
            "flow": "accessCode",
            "authorizationUrl": "https://login.microsoftonline.com/common/oauth2/authorize",
            "tokenUrl": "https://login.microsoftonline.com/common/oauth2/token",
            "scopes": {scope: scope for scope in SCOPES},
        }
    }


def test_connection_parameters(package: Package) -> None:
    assert package.properties["properties"]["connectionParameters"] == {
        "token": {
            "type": "oauthSetting",
            "oAuthSettings": {
                "identityProvider": "aad",
                "clientId": "00000000-0000-0000-0000-000000000000",
                "scopes": SCOPES,
                "redirectMode": "Global",
                "redirectUrl": "https://global.consent.azure-apim.net/redirect",
                "properties": {
                    "IsFirstParty": "False",
                    "AzureActiveDirectoryResourceId": "https://service.flow.microsoft.com/",
                    "IsOnbehalfofLoginSupported": True,
                },
                "customParameters": {
                    "loginUri": {"value": "https://login.microsoftonline.com"},
                    "tenantId": {"value": "common"},
                    "resourceUri": {"value": "https://service.flow.microsoft.com/"},
                    "enableOnbehalfOfLogin": {"value": "false"},
                },
            },
        },
        "token:TenantId": {
            "type": "string",
            "metadata": {"sourceType": "AzureActiveDirectoryTenant"},
            "uiDefinition": {"constraints": {"required": "false", "hidden": "true"}},
        },
    }


@pytest.mark.parametrize("name", IDS)
def test_the_api_version_is_a_constant_of_every_operation(operations: dict[str, Any], name: str) -> None:
    versions = [part for part in operations[name]["parameters"] if part["name"] == "api-version"]
    assert versions == [
        {
            "name": "api-version",
            "in": "query",
            "required": True,
            "type": "string",
            "default": "2017-05-01" if name == "DeleteUserDetails" else "2016-11-01",
            "x-ms-visibility": "internal",
        }
    ]


@pytest.mark.parametrize("name", IDS)
def test_every_operation_says_what_it_does(operations: dict[str, Any], name: str) -> None:
    operation = operations[name]
    assert operation["summary"][0].isupper()
    assert operation["summary"].replace(" ", "").isalnum()
    assert operation["description"].endswith(".")
    assert operation["description"] != operation["summary"]


def test_the_summaries_are_what_the_designer_shows(operations: dict[str, Any]) -> None:
    assert {name: operations[name]["summary"] for name in ("StartFlow", "ListFlowRuns", "GetTriggerCallbackUrl")} == {
        "StartFlow": "Turn on flow",
        "ListFlowRuns": "List flow runs",
        "GetTriggerCallbackUrl": "Get trigger callback URL",
    }


@pytest.mark.parametrize("name", IDS)
def test_every_status_means_something(operations: dict[str, Any], name: str) -> None:
    responses = operations[name]["responses"]
    assert sorted(responses) == STATUSES.get(name, ["200", "401", "403", "404"])
    with_schema = [status for status, response in responses.items() if "schema" in response]
    assert with_schema == ([] if name in WITHOUT_BODY else ["200"])
    meanings = {response["description"] for status, response in responses.items() if status not in with_schema}
    assert len(meanings) == len(responses) - len(with_schema)
    assert all(meaning.endswith(".") for meaning in meanings)


@pytest.mark.parametrize("name", IDS)
def test_every_operation_has_a_sample_of_each_answer_with_a_body(
    operations: dict[str, Any], samples: dict[str, Any], name: str
) -> None:
    assert (name in samples) == (name not in WITHOUT_BODY)
    failures = [response for status, response in operations[name]["responses"].items() if status > "400"]
    assert failures
    for response in failures:
        error = response["examples"]["application/json"]["error"]
        assert list(error) == ["code", "message"]


def test_samples_hold_no_signature(samples: dict[str, Any]) -> None:
    texts = [text for value in samples.values() for text in texts_of(value) if "sig=" in text]
    assert len(texts) == 8
    assert all("sig=REDACTED" in text for text in texts)


def test_lists_of_pages_are_paged_and_their_links_come_back(package: Package, operations: dict[str, Any]) -> None:
    paged = {name: operation["x-ms-pageable"] for name, operation in operations.items() if "x-ms-pageable" in operation}
    assert paged == {name: {"nextLinkName": "nextLink"} for name in PAGED}
    for name in PAGED:
        properties = operations[name]["responses"]["200"]["schema"]["properties"]
        assert properties["nextLink"]["type"] == "string"
    assert package.properties["properties"]["policyTemplateInstances"] == [
        {
            "templateId": "updatenextlink",
            "title": "Update next link",
            "parameters": {
                "x-ms-apimTemplateParameter.nextLinkPropertyName": "nextLink",
                "x-ms-apimTemplate-operationName": PAGED,
            },
        }
    ]


@pytest.mark.parametrize(
    ("parameter", "source"),
    [
        ("environment", "ListEnvironments"),
        ("flow", "ListFlows"),
        ("run", "ListFlowRuns"),
        ("action", "ListFlowRunActions"),
        ("trigger", "ListFlowTriggers"),
        ("anyFlow", "ListFlowsAsAdmin"),
        ("deletedFlow", "ListFlowsAsAdmin"),
    ],
)
def test_what_a_path_names_is_picked_from_a_list(
    operations: dict[str, Any], samples: dict[str, Any], parameter: str, source: str
) -> None:
    uses = [part for operation in operations.values() for part in operation["parameters"] if part["name"] == parameter]
    assert uses
    items = samples[source]["value"]
    for use in uses:
        old, new = use["x-ms-dynamic-values"], use["x-ms-dynamic-list"]
        assert old["operationId"] == new["operationId"] == source
        assert old["value-collection"] == new["itemsPath"] == "value"
        assert old["value-path"] == new["itemValuePath"]
        assert old["value-title"] == new["itemTitlePath"]
        assert all(value_at(item, old["value-path"]) and value_at(item, old["value-title"]) for item in items)


@pytest.mark.parametrize("name", IDS)
def test_a_list_is_called_with_what_the_caller_has(operations: dict[str, Any], name: str) -> None:
    own = {part["name"] for part in operations[name]["parameters"]}
    for part in operations[name]["parameters"]:
        for key, given in part.get("x-ms-dynamic-values", {}).get("parameters", {}).items():
            called = operations[part["x-ms-dynamic-values"]["operationId"]]["parameters"]
            target = next(candidate for candidate in called if candidate["name"] == key)
            if isinstance(given, dict):
                assert given["parameter"] in own
            else:
                assert given in target["enum"]


def test_answers_are_open(package: Package, operations: dict[str, Any]) -> None:
    """The service adds states and kinds at any time; definitions and connections have keys of their own."""
    answers = [operations[name]["responses"]["200"] for name in IDS if name not in WITHOUT_BODY]
    definitions = package.definition["definitions"]
    assert list(values_of("enum", answers)) == []
    assert {name for name, schema in definitions.items() if list(values_of("enum", schema))} == {
        "Principal",
        "PermissionChanges",
    }
    flow = definitions["Flow"]["properties"]["properties"]["properties"]
    assert flow["definition"]["type"] == "object"
    assert flow["connectionReferences"]["additionalProperties"] == {"$ref": "#/definitions/ConnectionReference"}
    assert all("properties" not in flow[name] for name in ("definition", "triggerSchema", "connectionReferences"))


def test_what_goes_into_a_body_is_labelled(package: Package, operations: dict[str, Any]) -> None:
    bodies = {
        name: next(part["schema"] for part in operation["parameters"] if part["in"] == "body")
        for name, operation in operations.items()
        if any(part["in"] == "body" for part in operation["parameters"])
    }
    assert list(bodies) == [
        "CreateFlow",
        "UpdateFlow",
        "RunFlow",
        "ModifyFlowOwners",
        "ModifyRunOnlyUsers",
        "ModifyFlowPermissions",
        "RespondToApproval",
        "ModifyFlowOwnersAsAdmin",
        "ModifyFlowPermissionsAsAdmin",
    ]
    definitions = [package.definition["definitions"][name] for name in ("OwnerChanges", "PermissionChanges", "Member")]
    for schema in (*bodies.values(), *definitions):
        for field in fields_of(schema):
            assert "$ref" in field or field.get("x-ms-visibility") == "internal" or field["x-ms-summary"]
    assert bodies["CreateFlow"]["required"] == ["properties"]
    assert bodies["CreateFlow"]["properties"]["properties"]["required"] == ["displayName", "definition"]
    assert "required" not in bodies["UpdateFlow"]["properties"]["properties"]


def test_the_inputs_of_a_run_are_those_of_the_flow(operations: dict[str, Any], samples: dict[str, Any]) -> None:
    body = next(part for part in operations["RunFlow"]["parameters"] if part["in"] == "body")
    assert (body["required"], body["x-ms-summary"]) == (False, "Inputs")
    assert body["schema"]["x-ms-dynamic-schema"] == {
        "operationId": "GetFlow",
        "parameters": {"environment": {"parameter": "environment"}, "flow": {"parameter": "flow"}},
        "value-path": "properties/triggerSchema",
    }
    assert value_at(samples["GetFlow"], "properties/triggerSchema")["required"] == ["number"]


def test_an_answer_to_an_approval_is_what_the_service_is_sent(operations: dict[str, Any]) -> None:
    body = next(part for part in operations["RespondToApproval"]["parameters"] if part["in"] == "body")["schema"]
    hidden = {name: field["default"] for name, field in named_fields_of(body) if field.get("x-ms-visibility")}
    assert hidden == {
        "type": "/providers/Microsoft.ProcessSimple/environments/approvals/approvalResponses",
        "properties.owner.type": "NotSpecified",
        "properties.stage": "Basic",
        "properties.status": "Committed",
    }
    assert body["required"] == ["name", "id", "type", "properties"]
    assert "comments" not in body["properties"]["properties"]["required"]


@pytest.mark.parametrize("name", IDS)
def test_what_is_doubtful_says_so(operations: dict[str, Any], name: str) -> None:
    assert ("try it before you rely on it" in operations[name]["description"]) == (name in DOUBTFUL)


@pytest.mark.parametrize("name", IDS)
def test_what_administrators_may_do_says_so(operations: dict[str, Any], name: str) -> None:
    path = next(path for _, path, operation in OPERATIONS if operation == name)
    assert ("You must be an administrator of" in operations[name]["description"]) == path.startswith("/scopes/admin/")


@pytest.mark.parametrize("name", IDS)
def test_what_people_look_for_comes_first(operations: dict[str, Any], name: str) -> None:
    expected = "important" if name in FIRST else "advanced" if name in LAST else None
    assert operations[name].get("x-ms-visibility") == expected


def test_sample_files_are_written_alike() -> None:
    files = sorted(SPEC.glob("samples/*.json"))
    assert len(files) == 20
    for file in files:
        content = file.read_bytes()
        text = json.dumps(json.loads(content), indent=2, ensure_ascii=False) + "\n"
        assert content == text.encode(), file.name
