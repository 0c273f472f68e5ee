"""The connectors of public services, each of another kind: what their specs build, fact by fact."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from connector_builder.cli import program
from connector_builder.language import Variables, compile_spec
from connector_builder.package import Package
from connector_builder.platform.swagger.operations import VERBS

SPECS = Path(__file__).parents[2] / "specs"
DEEPL = SPECS / "deepl-translation.yaml"
GITHUB = SPECS / "github-issues"
USGS = SPECS / "usgs-earthquakes"
ALL = [DEEPL, GITHUB, USGS]

# What the platform allows custom code to use, of what the script uses.
# https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
NAMESPACES = [
    "System",
    "System.Linq",
    "System.Net",
    "System.Net.Http",
    "System.Threading.Tasks",
    "System.Web",
    "Newtonsoft.Json",
    "Newtonsoft.Json.Linq",
]

ENDPOINTS = {
    DEEPL: [
        ("post", "https://api.deepl.com/v2/translate", "TranslateText"),
        ("get", "https://api.deepl.com/v2/languages", "ListLanguages"),
        ("get", "https://api.deepl.com/v2/usage", "GetUsage"),
    ],
    GITHUB: [
        ("get", "https://api.github.com/repos/{owner}/{repo}/issues/{issue_number}", "GetIssue"),
        ("post", "https://api.github.com/repos/{owner}/{repo}/issues/{issue_number}/comments", "CreateIssueComment"),
        ("get", "https://api.github.com/users/{owner}/repos", "ListRepositories"),
        ("post", "https://api.github.com/orgs/{org}/hooks", "WhenRepositoryChanges"),
        ("delete", "https://api.github.com/orgs/{org}/hooks/{hook_id}", "DeleteWhenRepositoryChanges"),
        ("post", "https://api.github.com/repos/{owner}/{repo}/hooks", "WhenIssueChanges"),
        ("delete", "https://api.github.com/repos/{owner}/{repo}/hooks/{hook_id}", "DeleteWhenIssueChanges"),
    ],
    USGS: [
        ("get", "https://earthquake.usgs.gov/fdsnws/event/1/query", "FindEarthquakes"),
        ("get", "https://earthquake.usgs.gov/fdsnws/event/1/query/one", "GetEarthquake"),
        ("get", "https://earthquake.usgs.gov/fdsnws/event/1/query/new", "WhenEarthquakeIsReported"),
    ],
}
STATUSES = {
    "TranslateText": ["200", "400", "403", "413", "429", "456", "500"],
    "ListLanguages": ["200", "403", "429", "500"],
    "GetUsage": ["200", "403", "429", "500"],
    "GetIssue": ["200", "401", "403", "404", "410"],
    "CreateIssueComment": ["201", "401", "403", "404", "410", "422"],
    "ListRepositories": ["200", "401", "403", "404"],
    "WhenIssueChanges": ["201", "401", "403", "404", "422"],
    "DeleteWhenIssueChanges": ["204", "401", "403", "404"],
    "WhenRepositoryChanges": ["201", "401", "403", "404", "422"],
    "DeleteWhenRepositoryChanges": ["204", "401", "403", "404"],
    "FindEarthquakes": ["200", "400"],
    "GetEarthquake": ["200", "400", "404", "409"],
    "WhenEarthquakeIsReported": ["200", "400"],
}
QUERY = {
    "ListLanguages": ["type"],
    "ListRepositories": ["sort", "per_page"],
    "FindEarthquakes": [
        *("starttime", "endtime", "minmagnitude", "latitude", "longitude", "maxradiuskm", "alertlevel", "orderby"),
        *("limit", "format"),
    ],
    "GetEarthquake": ["eventid", "format"],
    "WhenEarthquakeIsReported": [
        *("minmagnitude", "latitude", "longitude", "maxradiuskm", "alertlevel", "updatedafter", "format"),
    ],
}


@pytest.fixture(scope="module")
def packages() -> dict[Path, Package]:
    return {path: _package(path, Variables()) for path in ALL}


@pytest.fixture(scope="module")
def operations(packages: dict[Path, Package]) -> dict[str, Any]:
    return {part["operationId"]: part for package in packages.values() for _, _, part in _operations(package)}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_nothing_is_found_by_what_certification_asks(path: Path) -> None:
    output = SPECS.parent / "output" / path.stem
    arguments = ["--certification", "--fail-on", "warning", "--format", "json"]
    report = CliRunner().invoke(program, ["validate", str(path), *arguments])
    assert (report.exit_code, json.loads(report.stdout)["findings"]) == (0, [])
    # What is built for an upload has no 'stackOwner', on which paconn fails, and nothing else is missing.
    report = CliRunner().invoke(program, ["validate", str(output), *arguments])
    assert [finding["message"] for finding in json.loads(report.stdout)["findings"]] == ["'stackOwner' is missing"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_endpoints_are_these_in_this_order(packages: dict[Path, Package], path: Path) -> None:
    definition = packages[path].definition
    base = f"{definition['schemes'][0]}://{definition['host']}{definition['basePath']}".rstrip("/")
    found = [(verb, base + url, part["operationId"]) for verb, url, part in _operations(packages[path])]
    assert found == ENDPOINTS[path]


@pytest.mark.parametrize("name", STATUSES)
def test_every_status_means_something(operations: dict[str, Any], name: str) -> None:
    responses = operations[name]["responses"]
    assert sorted(responses) == STATUSES[name]
    failures = [response["description"] for status, response in responses.items() if status >= "400"]
    assert all(meaning.endswith(".") for meaning in failures)
    assert len(set(failures)) == len(failures)


@pytest.mark.parametrize("name", STATUSES)
def test_the_query_is_what_the_service_documents(operations: dict[str, Any], name: str) -> None:
    query = [part["name"] for part in operations[name].get("parameters", []) if part["in"] == "query"]
    assert query == QUERY.get(name, [])


@pytest.mark.parametrize("name", STATUSES)
def test_operations_and_what_people_fill_in_are_described(operations: dict[str, Any], name: str) -> None:
    operation = operations[name]
    assert operation["description"].endswith(".")
    for part in operation.get("parameters", []):
        if part["in"] != "body" and part.get("x-ms-visibility") != "internal":
            assert part["x-ms-summary"]
            assert part["description"].endswith(".")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_answer_with_a_body_has_a_sample(packages: dict[Path, Package], path: Path) -> None:
    with_body = {
        (part["operationId"], status)
        for _, _, part in _operations(packages[path])
        for status, response in part["responses"].items()
        if "schema" in response
    }
    assert {(sample.operation, sample.status) for sample in packages[path].samples} == with_body


# DeepL: one file, an API key with a word before it


def test_deepl_takes_the_key_alone_and_sends_it_behind_a_word(packages: dict[Path, Package]) -> None:
    package = packages[DEEPL]
    assert package.definition["securityDefinitions"] == {
        "api_key": {"type": "apiKey", "in": "header", "name": "Authorization"}
    }
    assert package.definition["security"] == [{"api_key": []}]
    assert package.properties["properties"]["connectionParameters"]["api_key"]["type"] == "securestring"
    assert package.properties["properties"]["policyTemplateInstances"] == [
        {
            "templateId": "setheader",
            "title": "Set the header of the API key",
            "parameters": _template(
                name="Authorization",
                value="DeepL-Auth-Key @connectionParameters('api_key')",
                existsAction="override",
            )
            | {"x-ms-apimTemplate-policySection": "Request"},
        }
    ]


def test_deepl_of_the_free_plan_has_another_host() -> None:
    package = _package(DEEPL, Variables(given={"DEEPL_HOST": "api-free.deepl.com"}))
    assert package.definition["host"] == "api-free.deepl.com"
    assert package.definition["basePath"] == "/v2"


def test_deepl_asks_for_texts_and_a_language(operations: dict[str, Any]) -> None:
    body = _body(operations["TranslateText"])
    assert body["required"] == ["text", "target_lang"]
    assert body["properties"]["text"]["items"] == {"type": "string"}
    for name, kind in (("target_lang", "target"), ("source_lang", "source")):
        assert body["properties"][name]["x-ms-dynamic-values"] == {
            "operationId": "ListLanguages",
            "parameters": {"type": kind},
            "value-path": "language",
            "value-title": "name",
        }


# GitHub: a folder, webhooks


def test_github_signs_in_with_scopes_that_may_delete_webhooks(packages: dict[Path, Package]) -> None:
    definition, properties = packages[GITHUB].definition, packages[GITHUB].properties["properties"]
    scopes = ["repo", "admin:repo_hook", "admin:org_hook"]
    assert definition["securityDefinitions"]["oauth2_auth"] == {
        "type": "oauth2",
        "flow": "accessCode",
        "authorizationUrl": "https://github.com/login/oauth/authorize",
        "tokenUrl": "https://github.com/login/oauth/access_token",
        "scopes": {scope: scope for scope in scopes},
    }
    assert definition["security"] == [{"oauth2_auth": scopes}]
    settings = properties["connectionParameters"]["token"]["oAuthSettings"]
    assert settings["identityProvider"] == "github"
    assert settings["scopes"] == scopes


def test_github_gets_the_headers_that_it_recommends_on_every_request(packages: dict[Path, Package]) -> None:
    policies = packages[GITHUB].properties["properties"]["policyTemplateInstances"]
    assert [policy["templateId"] for policy in policies] == ["setheader", "setheader"]
    assert [policy["parameters"]["x-ms-apimTemplateParameter.value"] for policy in policies] == [
        "application/vnd.github+json",
        "2022-11-28",
    ]
    assert not any("x-ms-apimTemplate-operationName" in policy["parameters"] for policy in policies)


@pytest.mark.parametrize(
    ("name", "event"),
    [("WhenIssueChanges", "issues"), ("WhenRepositoryChanges", "repository")],
)
def test_github_webhooks_subscribe_with_a_hidden_callback(operations: dict[str, Any], name: str, event: str) -> None:
    operation = operations[name]
    assert operation["x-ms-trigger"] == "single"
    assert operation["responses"]["201"]["headers"]["Location"]["type"] == "string"
    body = _body(operation)
    assert body["required"] == ["name", "config", "events"]
    assert body["properties"]["events"]["default"] == [event]
    assert body["properties"]["name"]["default"] == "web"
    settings = body["properties"]["config"]
    assert settings["required"] == ["url", "content_type"]
    assert settings["properties"]["url"]["x-ms-notification-url"] is True
    assert settings["properties"]["content_type"]["default"] == "json"
    hidden = [body["properties"]["name"], body["properties"]["events"], *settings["properties"].values()]
    assert {field["x-ms-visibility"] for field in hidden} == {"internal"}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/repos/{owner}/{repo}/hooks", ["action", "issue", "repository", "sender", "zen"]),
        ("/orgs/{org}/hooks", ["action", "repository", "sender", "zen"]),
    ],
)
def test_github_describes_what_it_sends_and_how_to_unsubscribe(
    packages: dict[Path, Package], path: str, fields: list[str]
) -> None:
    paths = packages[GITHUB].definition["paths"]
    assert sorted(paths[path]["x-ms-notification-content"]["schema"]["properties"]) == fields
    delete = paths[f"{path}/{{hook_id}}"]["delete"]
    assert delete["x-ms-visibility"] == "internal"
    assert delete["responses"]["204"] == {"description": "The webhook was deleted."}


# USGS: polling, with a route and a script


def test_usgs_needs_no_sign_in(packages: dict[Path, Package]) -> None:
    definition, properties = packages[USGS].definition, packages[USGS].properties["properties"]
    assert "securityDefinitions" not in definition or definition["securityDefinitions"] == {}
    assert properties["connectionParameters"] == {}


def test_usgs_polls_from_where_the_script_says(packages: dict[Path, Package], operations: dict[str, Any]) -> None:
    operation = operations["WhenEarthquakeIsReported"]
    assert operation["x-ms-trigger"] == "batch"
    assert operation["x-ms-trigger-metadata"] == {"kind": "query", "mode": "polling"}
    state = next(part for part in operation["parameters"] if part["name"] == "updatedafter")
    assert state["x-ms-visibility"] == "internal"
    earthquakes = packages[USGS].definition["definitions"]["Earthquakes"]["properties"]
    assert earthquakes["earthquakes"]["items"] == {"$ref": "#/definitions/Earthquake"}
    assert earthquakes["next"]["x-ms-visibility"] == "internal"


def test_usgs_has_one_policy_for_polls_and_one_for_routes(packages: dict[Path, Package]) -> None:
    assert packages[USGS].properties["properties"]["policyTemplateInstances"] == [
        {
            "templateId": "routerequesttoendpoint",
            "title": "Route request",
            "parameters": _template(newPath="/query", httpMethod="@Request.OriginalHTTPMethod")
            | {"x-ms-apimTemplate-operationName": ["GetEarthquake", "WhenEarthquakeIsReported"]},
        },
        {
            "templateId": "pollingtrigger",
            "title": "Trigger configuration",
            "type": "PollingTrigger",
            "parameters": _template(
                triggerConfig={"updatedafter": "@{triggerBody().next}"},
                triggerDataPath="@triggerBody().earthquakes",
            )
            | {"x-ms-apimTemplate-operationName": ["WhenEarthquakeIsReported"]},
        },
    ]


def test_usgs_asks_for_geojson_which_its_script_reads(
    packages: dict[Path, Package], operations: dict[str, Any]
) -> None:
    names = [name for _, _, name in ENDPOINTS[USGS]]
    formats = [part for name in names for part in operations[name]["parameters"] if part["name"] == "format"]
    assert [(part["default"], part["required"]) for part in formats] == [("geojson", True)] * 3
    assert packages[USGS].properties["properties"]["scriptOperations"] == []


def test_usgs_runs_its_script_for_every_operation(packages: dict[Path, Package]) -> None:
    script = packages[USGS].script
    assert script == (USGS / "script.csx").read_bytes()
    code = script.decode("utf-8")
    assert re.findall(r"^using (.+);$", code, re.MULTILINE) == NAMESPACES
    assert "public class Script : ScriptBase\n" in code
    assert "public override async Task<HttpResponseMessage> ExecuteAsync()\n" in code
    assert code.count("this.Context.SendAsync(") == 1


def test_usgs_describes_the_fields_that_its_script_writes(packages: dict[Path, Package]) -> None:
    code = (USGS / "script.csx").read_text(encoding="utf-8")
    written = re.findall(r'^ {12}\["(\w+)"\] = ', code, re.MULTILINE)
    schemas = packages[USGS].definition["definitions"]
    described = [*schemas["Earthquakes"]["properties"], *schemas["Earthquake"]["properties"]]
    assert sorted(written) == sorted(described)


@pytest.mark.parametrize("folder", [GITHUB, USGS], ids=lambda path: path.stem)
def test_sample_files_are_written_alike(folder: Path) -> None:
    files = sorted(folder.glob("samples/*.json"))
    assert len(files) == {GITHUB: 6, USGS: 2}[folder]
    for file in files:
        content = file.read_bytes()
        text = json.dumps(json.loads(content), indent=2, ensure_ascii=False) + "\n"
        assert content == text.encode(), file.name


def _package(path: Path, variables: Variables) -> Package:
    reading = compile_spec(path, variables)
    assert [finding.message for finding in reading.findings] == []
    assert reading.package is not None
    return reading.package


def _operations(package: Package) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in package.definition["paths"].items():
        for verb, operation in item.items():
            if verb in VERBS:
                yield verb, path, operation


def _body(operation: dict[str, Any]) -> Any:
    return next(part["schema"] for part in operation["parameters"] if part["in"] == "body")


def _template(**values: Any) -> dict[str, Any]:
    return {f"x-ms-apimTemplateParameter.{name}": value for name, value in values.items()}
