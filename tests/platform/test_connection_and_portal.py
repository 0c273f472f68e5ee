"""What a connection adds to a request, and what the portal's addresses show."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.platform.requests import Problem, Request
from connector_builder.platform.requests.connection import Connection, choose, connections_of, signed, with_policies
from connector_builder.platform.services.portal import parts_of, values_for

OUTPUT = Path(__file__).parents[2] / "output"
KEY = {"type": "securestring", "uiDefinition": {"displayName": "API Key", "constraints": {"required": "true"}}}
SHOP = {"type": "string", "uiDefinition": {"constraints": {"required": "false"}}}
REQUEST = Request("GetOrder", "GET", "https://api.contoso.example/v1", "/orders/1", (("Accept", "application/json"),))
ENVIRONMENT, FLOW = "Default-8f1d1b52-6a0c-4c1e-9a52-0d5c6a7b8c9d", "4e6b1b52-6a0c-4c1e-9a52-0d5c6a7b8c9d"


def built(name: str) -> tuple[Any, Any]:
    files = ("apiDefinition.swagger.json", "apiProperties.json")
    definition, properties = (json.loads((OUTPUT / name / file).read_bytes()) for file in files)
    return definition, properties


def policies(*instances: tuple[str, dict[str, Any]]) -> Any:
    made = [
        {"templateId": kind, "title": f"Policy {index}", "parameters": {f"x-ms-apimTemplate{key}": one for key, one in said.items()}}
        for index, (kind, said) in enumerate(instances)
    ]  # fmt: skip
    return {"properties": {"policyTemplateInstances": made}}


def test_the_ways_to_sign_in_of_what_this_repository_builds() -> None:
    (key,) = connections_of(*built("deepl-translation"))
    assert (key.kind, key.key, [(one.name, one.secret) for one in key.needed]) == (
        "key",
        ("header", "Authorization", "api_key"),
        [("api_key", True)],
    )
    (aad,) = connections_of(*built("power-automate-management"))
    assert aad.oauth is not None
    assert (aad.kind, aad.needed, aad.oauth.provider) == ("oauth", (), "aad")
    assert aad.oauth.settings["resourceUri"] == "https://service.flow.microsoft.com/"
    (github,) = connections_of(*built("github-issues"))
    assert github.oauth is not None
    assert github.oauth.authorize == "https://github.com/login/oauth/authorize"
    assert github.oauth.token == "https://github.com/login/oauth/access_token"
    (none,) = connections_of(*built("usgs-earthquakes"))
    assert none == Connection("", "none")


def test_the_policy_of_a_key_puts_its_word_before_it() -> None:
    definition, properties = built("deepl-translation")
    request, left = with_policies(REQUEST, properties, {"api_key": "k:fx"})
    assert left == []
    request = signed(request, connections_of(definition, properties)[0], {"api_key": "k:fx"})
    assert request.headers == (("Accept", "application/json"), ("Authorization", "DeepL-Auth-Key k:fx"))


def test_a_key_without_a_policy() -> None:
    definition = {"securityDefinitions": {"k": {"type": "apiKey", "in": "query", "name": "key"}}}
    (one,) = connections_of(definition, {"properties": {"connectionParameters": {"api_key": KEY, "shop": SHOP}}})
    assert [(part.name, part.label, part.secret, part.required) for part in one.needed] == [
        ("api_key", "API Key", True, True),
        ("shop", "shop", False, False),
    ]
    assert signed(REQUEST, one, {"api_key": "a b&c"}).target == "/orders/1?key=a%20b%26c"


def test_a_user_and_a_password() -> None:
    definition = {"securityDefinitions": {"b": {"type": "basic"}}}
    parameters = {"username": {"type": "string"}, "password": {"type": "securestring"}}
    (one,) = connections_of(definition, {"properties": {"connectionParameters": parameters}})
    assert one.kind == "basic"
    assert signed(REQUEST, one, {"username": "ann", "password": "pä"}).headers[-1] == (
        "Authorization",
        "Basic YW5uOnDDpA==",
    )


def test_several_ways_by_name() -> None:
    sets = {"values": [{"name": "key", "parameters": {"api_key": KEY}}, {"name": "none", "parameters": {}}]}
    ways = connections_of({}, {"properties": {"connectionParameterSets": sets}})
    assert [one.name for one in ways] == ["key", "none"]
    assert choose(ways, "none") is ways[1]
    assert choose(ways, None) == Problem(
        "the connector has 2 ways to sign in", None, "choose one with --auth: 'key', 'none'"
    )
    assert choose(ways, "kay") == Problem(
        "the connector has no way to sign in called 'kay'", None, "did you mean 'key'?"
    )


def test_a_gateway_is_the_platforms() -> None:
    parameters = {"gateway": {"type": "gatewaySetting"}, "username": {}, "password": {}}
    (one,) = connections_of({}, {"properties": {"connectionParameters": parameters}})
    assert (one.is_usable, one.kind) == (False, "it signs in through an on-premises data gateway")


def test_policies_of_plain_text_and_connection_parameters() -> None:
    properties = policies(
        ("dynamichosturl", {"Parameter.urlTemplate": "https://@connectionParameters('host')/@{connectionParameters('base','v2')}"}),
        ("setheader", {"Parameter.name": "accept", "Parameter.value": "text/plain"}),
        ("SetHeader", {"Parameter.name": "X-A", "Parameter.value": "a", "Parameter.existsAction": "skip", "-operationName": ["Other"]}),
        ("setqueryparameter", {"Parameter.name": "v", "Parameter.value": "1 2"}),
        ("setheader", {"Parameter.name": "X-B", "Parameter.value": "b", "-policySection": "Response"}),
        ("updatenextlink", {"Parameter.nextLinkPropertyName": "nextLink"}),
    )  # fmt: skip
    request, left = with_policies(REQUEST, properties, {"host": "eu.contoso.example"})
    assert (request.url, request.headers, left) == (
        "https://eu.contoso.example/v2/orders/1?v=1%202", (("accept", "text/plain"),), [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("routerequesttoendpoint", {"Parameter.newPath": "/x"}),
        ("setheader", {"Parameter.name": "X-A", "Parameter.value": "@headers('X-B')"}),
        ("setheader", {"Parameter.name": "X-A", "Parameter.value": "@connectionParameters('unset')"}),
        ("setheader", {"Parameter.name": "X-A", "Parameter.value": "a\r\nb"}),
        ("dynamichosturl", {"Parameter.urlTemplate": "file:///etc/passwd"}),
    ],
)
def test_other_policies_are_named(kind: str, parameters: dict[str, Any]) -> None:
    assert with_policies(REQUEST, policies((kind, parameters)), {}) == (REQUEST, ["Policy 0"])


@pytest.mark.parametrize(
    "address",
    [
        f"https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}/details",
        f"https://make.powerautomate.com/environments/{ENVIRONMENT}/solutions/~preferred/flows/{FLOW}/details?v3=true",
        f"https://us.flow.microsoft.com/manage/environments/{ENVIRONMENT}/flows/{FLOW}/runs",
        f" https://flow.microsoft.com/en-us/#/environments/{ENVIRONMENT}/flows/{FLOW}?x=1 ",
    ],
)
def test_the_addresses_of_the_portal(address: str) -> None:
    assert parts_of(address) == {"environments": ENVIRONMENT, "flows": FLOW}


def test_a_run_in_an_address_and_what_is_none() -> None:
    assert parts_of("https://x.example/environments/E/flows/F/runs/08585CU21")["runs"] == "08585CU21"
    for text in (
        "",
        "flows/F",
        "https://contoso.example/",
        "https://[",
        "javascript:/environments/a",
        "https://x/flows/a b",
    ):
        assert parts_of(text) == {}


def test_the_parameters_that_an_address_fills() -> None:
    parts = {"environments": "E", "flows": "F", "runs": "R"}
    path = "/scopes/admin/environments/{environment}/flows/{anyFlow}/triggers/{trigger}/histories/{run}/resubmit"
    assert values_for(path, parts) == {"environment": "E", "anyFlow": "F", "run": "R"}
