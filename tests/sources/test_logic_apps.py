"""Operations of Azure Logic Apps as those of Power Automate: each is the same, another, unproven or missing, and told."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile import import_package
from connector_builder.package import Package
from connector_builder.platform.services.logic_apps import TWINS, Standing, flow_operation
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.folder import OnDisk
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, candidates, read_source
from tests.support.imports.source_files import put

GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Logic"
FLOWS = Wishes(flows=True)
OWN = compile_folder(OnDisk(Path(__file__).parents[2] / "specs/power-automate-management"), MAIN, Variables()).package


def azure(path: str) -> str:
    """The path of an operation as Azure's Swagger writes it: `{flow}` is `{workflowName}` there."""
    words = {"flow": "workflowName", "trigger": "triggerName", "run": "runName", "action": "actionName"}
    return GROUP + "/".join(
        "{" + words.get(part[1:-1], part[1:-1] + "Name") + "}" if part[:1] == "{" else part for part in path.split("/")
    )


def swagger() -> dict[str, Any]:
    """A document with all operations of the table, such as Azure publishes it."""
    paths: dict[str, Any] = {}
    for index, twin in enumerate(TWINS):
        path = azure(twin.path)
        names = [part[1:-1] for part in path.split("/") if part[:1] == "{"][2:]
        each: list[dict[str, Any]] = [
            {"$ref": f"#/parameters/{name}"} for name in ("subscriptionId", "resourceGroupName", "api-version")
        ]
        each += [
            {"name": name, "in": "path", "required": True, "type": "string", "description": f"The workflow {name}."}
            for name in names
        ]
        paths.setdefault(path, {})[twin.verb] = {
            "operationId": f"Workflows_{index}",
            "description": "Does something with a workflow.",
            "parameters": each,
            "responses": {
                "200": {"description": "OK", "schema": {"$ref": "#/definitions/Workflow"}},
                "default": {"description": "Error", "schema": {"$ref": "#/definitions/Error"}},
            },
            "x-ms-examples": {"a": {"$ref": "./examples/a.json"}},
        }
    shared = {"subscriptionId": "path", "resourceGroupName": "path", "api-version": "query"}
    return {
        "swagger": "2.0",
        "info": {"title": "LogicManagementClient", "version": "2016-06-01"},
        "host": "management.azure.com",
        "schemes": ["https"],
        "paths": paths,
        "parameters": {
            name: {"name": name, "in": where, "required": True, "type": "string"} for name, where in shared.items()
        },
        "definitions": {
            "Workflow": {"type": "object", "x-ms-azure-resource": True, "properties": {"name": {"type": "string"}}},
            "Error": {"type": "object", "properties": {"code": {"type": "string"}}},
        },
    }


def imported(tmp_path: Path, content: Any, kind: Kind) -> tuple[Package, list[tuple[str, str]]]:
    reading = read_source(Source(put(tmp_path / "a.json", content), kind), wishes=FLOWS)
    assert reading.package is not None
    return reading.package, [(one.rule.name, one.message) for one in reading.findings]


def test_the_whole_swagger(tmp_path: Path) -> None:
    package, told = imported(tmp_path, swagger(), Kind.SWAGGER)
    kept = [twin for twin in TWINS if twin.standing is not Standing.MISSING]
    found = {one.value["operationId"]: (one.verb, one.path) for one in operations(package.definition)}
    assert found == {twin.name: (twin.flow_verb, f"/environments/{{environment}}{twin.flow_path}") for twin in kept}
    rules = {
        Standing.SAME: "FlowOperationSame",
        Standing.OTHERWISE: "FlowOperationDiffers",
        Standing.UNPROVEN: "FlowOperationUnproven",
        Standing.MISSING: "FlowOperationMissing",
    }
    assert sorted(rule for rule, _ in told) == sorted(rules[twin.standing] for twin in TWINS)
    assert list(package.definition["definitions"]) == ["Workflow"]
    text = json.dumps(package.definition)
    assert [
        word for word in ("subscription", "resourceGroup", "workflow", "x-ms-examples", "2016-06-01") if word in text
    ] == []
    imported_ = import_package(package)
    assert (imported_.operations, imported_.plain) == (len(kept), [])


def test_what_exists_is_what_our_own_connector_has() -> None:
    assert OWN is not None
    own = {one.value["operationId"]: (one.verb, one.path) for one in operations(OWN.definition)}
    new = {twin.name for twin in TWINS if twin.name and twin.name not in own}
    assert new == {
        "CheckFlowErrors", "GetFlowTrigger", "GetFlowTriggerHistory", "GetFlowRunActionRepetition",
        "ListFlowRunActionScopeRepetitions", "GetFlowRunActionScopeRepetition",
    }  # fmt: skip
    for twin in TWINS:
        if twin.name in own:
            assert own[twin.name] == (twin.flow_verb, f"/environments/{{environment}}{twin.flow_path}")


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: f"{twin.verb} {twin.path}")
def test_each_request_finds_its_twin(twin: Any) -> None:
    path = azure(twin.path).replace("{", "").replace("}", "").replace("Microsoft.Logic", "microsoft.logic")
    matched = flow_operation(twin.verb, path.strip("/").split("/"))
    assert matched is not None
    assert matched.twin == twin


@pytest.mark.parametrize(
    ("verb", "path", "expected"),
    [
        ("get", "/subscriptions/1/providers/Microsoft.Logic/workflows", "get /workflows"),
        ("get", f"{GROUP}/integrationAccounts/a/maps/b", "get /integrationAccounts/{…}/maps/{…}"),
        ("trace", f"{GROUP}/workflows", "trace /workflows"),
        ("get", f"{GROUP}/workflows/a/new/b", "get /workflows/{…}/new/{…}"),
    ],
)
def test_what_is_missing(verb: str, path: str, expected: str) -> None:
    matched = flow_operation(verb, path.strip("/").split("/"))
    assert matched is not None
    assert (f"{matched.twin.verb} {matched.twin.path}", matched.twin.standing) == (expected, Standing.MISSING)


@pytest.mark.parametrize("path", ["/workflows", "/providers/Microsoft.Logic", "/providers/Microsoft.Web/sites"])
def test_what_is_no_operation_of_logic_apps(path: str) -> None:
    assert flow_operation("get", path.strip("/").split("/")) is None


def test_recorded_calls(tmp_path: Path) -> None:
    at = "https://management.azure.com/subscriptions/1/resourceGroups/a/providers/Microsoft.Logic/workflows/b"
    url = f"{at}/runs?api-version=2016-06-01&$top=5"
    token = "Bearer eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyJ9.x"
    calls = f"curl '{url}' -H 'Authorization: {token}'\ncurl -X POST '{at}/move'\n"
    reading = read_source(Source(put(tmp_path / "calls.curl", calls), Kind.CURL), wishes=FLOWS)
    assert reading.package is not None
    definition = reading.package.definition
    assert (definition["host"], definition["basePath"]) == (
        "api.flow.microsoft.com",
        "/providers/Microsoft.ProcessSimple",
    )
    [operation] = operations(definition)
    assert (operation.path, operation.value["operationId"]) == (
        "/environments/{environment}/flows/{flow}/runs",
        "ListFlowRuns",
    )
    assert [
        (one["name"], one.get("default"), one["type"]) for one in operation.value["parameters"] if one["in"] == "query"
    ] == [
        ("api-version", "2016-11-01", "string"),
        ("$top", None, "integer"),
    ]
    assert [one.rule.name for one in reading.findings] == ["FlowOperationSame", "FlowOperationMissing"]
    assert reading.package.properties is not None
    settings = reading.package.properties["properties"]["connectionParameters"]["token"]["oAuthSettings"]
    assert settings["customParameters"]["resourceUri"]["value"] == "https://service.flow.microsoft.com/"
    assert "management.azure.com" not in json.dumps(definition) + json.dumps(reading.package.properties)
    each = candidates(Source(tmp_path / "calls.curl", Kind.CURL), FLOWS)
    assert [(one.path, one.id) for one in each] == [("/environments/{environment}/flows/{flow}/runs", "ListFlowRuns")]


def test_other_calls_stay(tmp_path: Path) -> None:
    reading = read_source(
        Source(put(tmp_path / "a.curl", "curl https://api.contoso.example/orders\n"), Kind.CURL), wishes=FLOWS
    )
    assert reading.package is not None
    assert reading.package.definition["host"] == "api.contoso.example"


def test_a_choice(tmp_path: Path) -> None:
    source = Source(put(tmp_path / "a.json", swagger()), Kind.SWAGGER)
    reading = read_source(source, wishes=Wishes(include=("id:GetFlow",), flows=True))
    assert reading.package is not None
    assert [one.value["operationId"] for one in operations(reading.package.definition)] == ["GetFlow"]
    assert [one.rule.name for one in read_source(source, wishes=Wishes(include=("id:No",), flows=True)).findings][
        -1
    ] == "NotImportable"


def test_schemas_as_azure_writes_them(tmp_path: Path) -> None:
    """Azure's resources are their base by `allOf`, and describe what they refer to beside the reference."""
    document = swagger()
    state = {"$ref": "#/definitions/State", "readOnly": True, "description": "Its state.", "x-ms-client-flatten": True}
    document["definitions"] |= {
        "Resource": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Named": {"allOf": [{"$ref": "#/definitions/Resource"}], "properties": {"name": {"type": "string"}}},
        "State": {"type": "string", "enum": ["On", "Off"], "x-ms-enum": {"name": "State", "modelAsString": True}},
        "Circle": {"allOf": [{"$ref": "#/definitions/Circle"}], "properties": {"around": {"type": "integer"}}},
        "Workflow": {
            "type": "object",
            "allOf": [{"$ref": "#/definitions/Named"}, {"$ref": "#/definitions/Circle"}],
            "required": ["properties"],
            "properties": {"properties": state},
        },
    }
    for item in document["paths"].values():
        for operation in item.values():
            operation["responses"]["201"] = operation["responses"]["200"]
    package, _ = imported(tmp_path, document, Kind.SWAGGER)
    definitions = package.definition["definitions"]
    assert definitions["Workflow"] == {
        "type": "object",
        "properties": {
            "id": {"type": "string", "x-ms-summary": "ID"},
            "name": {"type": "string", "x-ms-summary": "Name"},
            "around": {"type": "integer", "x-ms-summary": "Around"},
            "properties": {"$ref": "#/definitions/State"},
        },
        "required": ["id", "properties"],
    }
    assert definitions["State"] == {"type": "string", "enum": ["On", "Off"]}
    responses = {
        status: "schema" in one for status, one in next(operations(package.definition)).value["responses"].items()
    }
    assert responses == {"200": True, "default": False, "201": False}
