"""The schemes of OpenAPI 3 become ways to sign in that the platform has."""

from typing import Any

import pytest

from tests.support.imports.openapi import converted, told


def signed(schemes: str, security: str) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    result = converted(
        f"paths: {{/a: {{get: {{operationId: A, security: {security}, responses: {{}}}}}}}}\ncomponents: {{securitySchemes: {schemes}}}\n"
    )
    assert result.properties is not None
    definition = result.definition.data
    return definition.get("securityDefinitions", {}), result.properties.data["properties"], told(result)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("{type: apiKey, in: header, name: X-Key}", {"api_key": {"type": "apiKey", "in": "header", "name": "X-Key"}}),
        ("{type: apiKey, in: query, name: key}", {"api_key": {"type": "apiKey", "in": "query", "name": "key"}}),
        ("{type: http, scheme: basic}", {"basic": {"type": "basic"}}),
    ],
)
def test_schemes_that_mean_the_same(scheme: str, expected: dict[str, Any]) -> None:
    definitions, _, said = signed(f"{{s: {scheme}}}", "[{s: []}]")
    assert (list(definitions.values()), said) == (list(expected.values()), [])


def test_a_bearer_token_is_a_key_with_a_policy() -> None:
    definitions, properties, said = signed("{s: {type: http, scheme: bearer}}", "[{s: []}]")
    assert [one["name"] for one in definitions.values()] == ["Authorization"]
    (policy,) = properties["policyTemplateInstances"]
    assert policy["parameters"]["x-ms-apimTemplateParameter.value"] == "Bearer @connectionParameters('api_key')"
    assert said == ["TokenByHand: 's' is a token: people paste a token when they make a connection"]


def test_microsofts_addresses_are_aad() -> None:
    login = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0"
    flow = f'{{authorizationUrl: "{login}/authorize", tokenUrl: "{login}/token", scopes: {{"api://orders/Read": Reads., "api://orders/Write": Writes.}}}}'
    _, properties, said = signed(
        f"{{s: {{type: oauth2, flows: {{authorizationCode: {flow}}}}}}}", '[{s: ["api://orders/Read"]}]'
    )
    settings = properties["connectionParameters"]["token"]["oAuthSettings"]
    assert (settings["identityProvider"], settings["scopes"]) == ("aad", ["api://orders/Read"])
    assert settings["customParameters"]["resourceUri"]["value"] == "api://orders"
    assert settings["customParameters"]["tenantId"]["value"] == "contoso.example"
    assert said == ["SignInGuessed: 's' is imported as 'aad', and 'clientId' is guessed"]


def test_oauth_is_preferred_and_the_rest_is_told() -> None:
    flow = '{authorizationUrl: "https://l.example/a", tokenUrl: "https://l.example/t", scopes: {}}'
    schemes = f"{{k: {{type: apiKey, in: header, name: X}}, o: {{type: oauth2, flows: {{authorizationCode: {flow}, implicit: {{}}}}}}}}"
    definitions, _, said = signed(schemes, "[{k: []}, {o: []}]")
    assert [one["type"] for one in definitions.values()] == ["oauth2"]
    assert said == [
        "SignInChosen: people sign in by 'o', not by k",
        "FlowChosen: 'o' uses the flow authorizationCode, not implicit",
        "SignInGuessed: 'o' is imported as 'oauth2', and 'clientId' is guessed",
    ]


@pytest.mark.parametrize(("where", "template"), [("header", "setheader"), ("query", "setqueryparameter")])
def test_two_keys_at_once_are_two_connection_parameters(where: str, template: str) -> None:
    schemes = f"{{app: {{type: apiKey, in: header, name: X-App}}, key: {{type: apiKey, in: {where}, name: X-Key}}}}"
    _, properties, said = signed(schemes, "[{app: [], key: []}]")
    assert list(properties["connectionParameters"]) == ["api_key", "key2"]
    (policy,) = properties["policyTemplateInstances"]
    assert policy["templateId"] == template
    assert policy["parameters"]["x-ms-apimTemplateParameter.name"] == "X-Key"
    assert policy["parameters"]["x-ms-apimTemplateParameter.value"] == "@connectionParameters('key2')"
    assert said == ["SignInBeside: 'key' is sent beside the other: a connection parameter and a policy send 'X-Key'"]


def test_a_key_beside_a_password_is_a_policy() -> None:
    schemes = "{app: {type: apiKey, in: header, name: X-App}, user: {type: http, scheme: basic}}"
    definitions, properties, said = signed(schemes, "[{app: [], user: []}]")
    assert [one["type"] for one in definitions.values()] == ["basic"]
    assert list(properties["connectionParameters"]) == ["username", "password", "key2"]
    assert [one.partition(":")[0] for one in said] == ["SignInBeside"]


def test_a_password_beside_oauth_is_left_out() -> None:
    flow = '{authorizationUrl: "https://l.example/a", tokenUrl: "https://l.example/t", scopes: {}}'
    schemes = f"{{o: {{type: oauth2, flows: {{authorizationCode: {flow}}}}}, user: {{type: http, scheme: basic}}}}"
    assert (
        "SignInLeftOut: a connection can't sign in twice: 'user' is left out"
        in signed(schemes, "[{o: [], user: []}]")[2]
    )


def test_schemes_that_people_do_not_use_are_named_once() -> None:
    schemes = "{k: {type: apiKey, in: header, name: X}, c: {type: apiKey, in: cookie, name: s}, m: {type: mutualTLS}}"
    assert signed(schemes, "[{c: []}, {k: []}, {m: []}]")[2] == ["SignInChosen: people sign in by 'k', not by c, m"]


def test_a_way_to_sign_in_that_nothing_requires() -> None:
    text = "paths: {/a: {get: {operationId: A, responses: {}}}}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"
    assert told(converted(text)) == ["SignInUnused: no operation requires 'k': people don't sign in"]


def test_an_own_address_to_refresh_tokens() -> None:
    flow = '{authorizationUrl: "https://l.example/a", tokenUrl: "https://l.example/t", refreshUrl: "https://l.example/r", scopes: {}}'
    _, properties, _ = signed(f"{{o: {{type: oauth2, flows: {{authorizationCode: {flow}}}}}}}", "[{o: []}]")
    custom = properties["connectionParameters"]["token"]["oAuthSettings"]["customParameters"]
    assert custom["refreshUrl"]["value"] == "https://l.example/r"


def test_microsofts_discovery_has_no_resource() -> None:
    url = "https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration"
    said = signed(f"{{s: {{type: openIdConnect, openIdConnectUrl: '{url}'}}}}", "[{s: []}]")[2]
    assert said == ["SignInGuessed: 's' is imported as 'aad', and 'clientId' and 'resource' are guessed"]


@pytest.mark.parametrize(
    ("scheme", "rule"),
    [
        ("{type: apiKey, in: cookie, name: s}", "SignInLeftOut"),
        ("{type: mutualTLS}", "SignInLeftOut"),
        ("{type: http, scheme: digest}", "SignInLeftOut"),
        ("{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://l.example/t'}}}", "TokenByHand"),
        (
            "{type: oauth2, flows: {implicit: {authorizationUrl: 'https://l.example/a', scopes: {}}}}",
            "SignInIncomplete SignInGuessed",
        ),
        (
            "{type: openIdConnect, openIdConnectUrl: 'https://l.example/.well-known/openid-configuration'}",
            "SignInIncomplete",
        ),
    ],
)
def test_what_a_connector_cannot_do_is_told(scheme: str, rule: str) -> None:
    said = signed(f"{{s: {scheme}}}", "[{s: []}]")[2]
    assert [one.partition(":")[0] for one in said] == rule.split()
