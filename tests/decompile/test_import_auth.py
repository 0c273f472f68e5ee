"""Authentication comes back as a person would write it."""

import ast
from typing import Any

import pytest

from connector_builder.language.compile.connector.auth import compile_auth
from connector_builder.language.decompile.connector import trial
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.language.tables.auth import KEYS
from connector_builder.package.secrets import secrets_left_out, without_secrets
from connector_builder.platform.auth.kinds import PROVIDERS
from tests.support.imports.top_level import build, changed, imported, sections

OAUTH = {
    "type": "oauth2",
    "clientId": "abc",
    "scopes": ["read", "write"],
    "authorizationUrl": "https://login.contoso.example/authorize",
    "tokenUrl": "https://login.contoso.example/token",
}
GENERIC = {
    "type": "oauth2generic",
    "clientId": "abc",
    "authorizationUrl": "https://{host}.contoso.example/authorize",
    "tokenUrl": "https://{host}.contoso.example/token",
}
AAD = {"type": "aad", "clientId": "abc", "resource": "https://service.contoso.example/"}
AUTHS: dict[str, Any] = {
    "a key in a header": {"type": "apiKey", "header": "X-API-Key"},
    "a key in the query": {"type": "apiKey", "query": "api_key"},
    "a key with a scheme": {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"},
    "a key with a scheme and a name": {"type": "apiKey", "query": "key", "scheme": "Token", "parameter": "token"},
    "a key whose definition has a name": {"type": "apiKey", "header": "X-API-Key", "definition": "API Key"},
    "a key with texts": {
        "type": "apiKey",
        "header": "X-API-Key",
        "parameter": {"summary": "Key", "description": "The key for this API.", "tooltip": None},
    },
    "a key with constraints": {
        "type": "apiKey",
        "header": "X-API-Key",
        "parameter": {"type": "string", "required": False, "hidden": True, "constraints": {"tabIndex": None, "clearText": True}},
    },
    "a key whose constraint is a boolean": {
        "type": "apiKey",
        "header": "X-API-Key",
        "parameter": {"constraints": {"required": True}},
    },
    "a definition with a description": {
        "type": "apiKey",
        "header": "X-API-Key",
        "definition": {"name": "key", "description": "The key of your account."},
    },
    "basic": {"type": "basic"},
    "basic with texts": {"type": "basic", "username": {"summary": "Login", "type": "string"}, "password": {"summary": "Token"}},
    "windows": {"type": "windows"},
    "oauth2": OAUTH,
    "oauth2 with scopes that have descriptions": {**OAUTH, "scopes": {"read": "Reads.", "write": "Writes."}},
    "oauth2 without a definition": {**OAUTH, "definition": None},
    "oauth2 with an address to refresh at": {**OAUTH, "refreshUrl": "https://login.contoso.example/refresh"},
    "oauth2 without an address to refresh at": {**OAUTH, "refreshUrl": None},
    "oauth2 that says that it isn't on behalf of": {**OAUTH, "onBehalfOf": False},
    "oauth2 with a redirect of its own": {**OAUTH, "redirect": "perConnector"},
    "oauth2 with a redirect in another mode": {**OAUTH, "redirect": {"mode": "direct", "url": "https://contoso.example/back"}},
    "oauth2 with a redirect without an address": {**OAUTH, "redirect": {"url": None}},
    "oauth2 with another name": {**OAUTH, "parameter": "login", "definition": "contoso"},
    "oauth2 with texts": {**OAUTH, "parameter": {"summary": "Sign in", "required": True}},
    "oauth2 with settings": {
        **OAUTH,
        "settings": {"scopes": ["read write"], "customParameters": {"realm": {"value": "eu"}}, "properties": {"IsFirstParty": "True"}},
    },
    "oauth2 with another address in its definition": {
        **OAUTH,
        "definition": {"authorizationUrl": "https://www.contoso.example/authorize"},
    },
    "a provider": {"type": "github", "clientId": "abc", "scopes": ["repo"]},
    "a provider with an address": {"type": "docusign", "clientId": "abc", "loginUri": "https://account-d.docusign.com"},
    "generic": GENERIC,
    "generic with templates": {
        **GENERIC,
        "scopes": ["read", "write"],
        "tokenBody": "code={Code}&client_id={ClientId}",
        "tokenQuery": None,
        "scopeDelimiter": ",",
    },
    "aad": AAD,
    "aad with everything": {
        **AAD,
        "tenant": "contoso.example",
        "loginUri": "https://login.windows.net",
        "scopes": ["Flows.Read.All"],
        "onBehalfOf": True,
        "servicePrincipal": True,
        "tenantParameter": False,
    },
    "aad without on behalf of": {**AAD, "onBehalfOf": None},
    "aad with another id of its resource": {
        **AAD,
        "settings": {"properties": {"AzureActiveDirectoryResourceId": "https://other.contoso.example"}},
    },
    "aad with the portal's address of tokens": {
        **AAD,
        "loginUri": "https://login.windows.net",
        "definition": {"tokenUrl": "https://login.windows.net/common/oauth2/authorize"},
    },
    "aadcertificate": {"type": "aadcertificate", "clientId": "abc", "resource": "https://graph.microsoft.com"},
    "several": {
        "title": "Sign in",
        "sets": [
            {"name": "key", "title": "API key", "type": "apiKey", "header": "X-API-Key", "allowSharing": False},
            {**OAUTH, "name": "oauth", "description": "With your account."},
            {**AAD, "name": "aad", "connection": {"region": {"allowed": ["eu", "us"]}}},
        ],
    },
}  # fmt: skip


def test_every_kind_is_among_them_and_the_providers_as_one() -> None:
    kinds = {auth.get("type") for auth in AUTHS.values()}
    assert {kind for kind in KEYS if kind not in kinds and kind not in PROVIDERS} == {"none", "raw"}


@pytest.mark.parametrize("auth", AUTHS.values(), ids=AUTHS)
def test_what_is_written_comes_back(auth: dict[str, Any]) -> None:
    assert imported({"auth": auth}) == {"auth": auth}


def test_what_is_written_comes_back_in_the_order_of_the_language() -> None:
    auth = imported({"auth": dict(reversed(OAUTH.items()))})["auth"]
    assert list(auth) == ["type", "clientId", "scopes", "authorizationUrl", "tokenUrl"]


def test_what_a_draft_was_compiled_to_is_kept_as_it_was() -> None:
    """The parts of the importer share it, and none of them changes it."""
    for auth in AUTHS.values():
        imported({"auth": auth})
    kept = {written: made for written, made in trial._MADE.items() if written.startswith("{'auth'")}
    assert len(kept) > 100
    assert {written: compile_auth(trial.context(ast.literal_eval(written))) for written in kept} == kept


def test_no_authentication_isnt_written() -> None:
    assert imported({}) == {}
    assert imported({"auth": {"type": "none"}}) == {}


def test_what_is_unusual_in_a_set_stands_under_properties_by_the_name_of_the_set() -> None:
    sets = "properties/connectionParameterSets/values"
    package = changed(
        {"auth": AUTHS["several"]},
        (f"{sets}/0/uiDefinition/displayname", "Key"),
        (f"{sets}/1/parameters/token/uiDefinition/constraints/required", None),
    )
    top = sections(package)
    assert top["auth"] == AUTHS["several"]
    assert top["properties"]["connectionParameterSets"] == {
        "values": {
            "key": {"uiDefinition": {"displayname": "Key"}},
            "oauth": {"parameters": {"token": {"uiDefinition": {"constraints": {"required": None}}}}},
        }
    }


def test_a_set_with_user_name_and_password_is_basic_although_swagger_defines_another() -> None:
    sets = [
        {"name": "password", "type": "basic", "definition": None, "username": {"summary": "Login"}},
        {"name": "oauth", **OAUTH},
    ]
    assert imported({"auth": {"sets": sets}})["auth"] == {"sets": sets}


def test_a_definition_that_nothing_else_belongs_to_is_no_reason_for_plain_words() -> None:
    package = changed(
        {"auth": {"type": "apiKey", "header": "X-API-Key"}},
        ("properties/connectionParameters", {}),
        ("definition/security", None),
    )
    top = sections(package)
    assert top["auth"] == {"type": "apiKey", "header": "X-API-Key", "parameter": None}
    assert top["security"] is None
    assert "properties" not in top


def test_a_second_definition_stands_in_swaggers_words() -> None:
    package = changed(
        {"auth": {"type": "apiKey", "header": "X-API-Key"}},
        ("definition/securityDefinitions/query", {"type": "apiKey", "in": "query", "name": "key"}),
    )
    top = sections(package)
    assert top["auth"] == {"type": "apiKey", "header": "X-API-Key"}
    assert top["securityDefinitions"] == {"query": {"type": "apiKey", "in": "query", "name": "key"}}


def test_the_scheme_is_read_from_the_first_policy_only() -> None:
    spec = {
        "auth": {"type": "apiKey", "header": "Authorization"},
        "policies": [
            {"setHeader": {"name": "x-client", "value": "contoso"}},
            {"setHeader": {"name": "Authorization", "value": "Bearer @connectionParameters('api_key')"}},
        ],
    }
    assert imported(spec) == spec


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("properties/connectionParameters", {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "x"}}}),
        ("properties/connectionParameters", []),
        ("properties/connectionParameters/token", 5),
        ("properties/connectionParameters/token/type", False),
        ("properties/connectionParameters/token/oAuthSettings", "none"),
        ("properties/connectionParameters/token/oAuthSettings/clientId", 5),
        ("properties/connectionParameters/token/oAuthSettings/scopes", {"read": 1.0}),
        ("properties/connectionParameters/token/oAuthSettings/customParameters/tokenUrl", {"value": "${X} $${Y} {z}"}),
        ("definition/securityDefinitions/oauth2_auth", []),
        ("definition/securityDefinitions/oauth2_auth/scopes", {"read": None}),
        ("definition/securityDefinitions/oauth2_auth/flow", 1),
        ("definition/security", [1, None]),
    ],
)  # fmt: skip
def test_whatever_stands_there_comes_back(path: str, value: Any) -> None:
    sections(changed({"auth": OAUTH}, (path, value)))


@pytest.mark.parametrize(
    "path",
    ["", "/token", "/token/type", "/token/oAuthSettings", "/token/oAuthSettings/clientId", "/token/oAuthSettings/customParameters/tokenUrl/value"],
)  # fmt: skip
def test_a_null_comes_back(path: str) -> None:
    package = build({"auth": OAUTH})
    part: Any = package.properties["properties"]
    *steps, last = f"connectionParameters{path}".split("/")
    for step in steps:
        part = part[step]
    part[last] = None
    sections(package)


def test_a_client_secret_is_left_out_and_told() -> None:
    package = build({"auth": OAUTH})
    settings = package.properties["properties"]["connectionParameters"]["token"]["oAuthSettings"]
    settings["clientSecret"] = "abcdefgh"
    assert secrets_left_out(package.properties) == [
        ("properties", "connectionParameters", "token", "oAuthSettings", "clientSecret")
    ]
    top = top_sections(package.definition, package.properties, script=False, polling=())
    assert "abcdefgh" not in str(top)
    assert top["auth"] == OAUTH
    assert settings["clientSecret"] == "abcdefgh"


def test_a_client_secret_is_left_out_wherever_it_stands() -> None:
    properties = {"properties": {"clientSecret": "a", "more": [{"clientSecret": 1, "clientId": "b"}], "clientId": "c"}}
    assert secrets_left_out(properties) == [("properties", "clientSecret"), ("properties", "more", 0, "clientSecret")]
    assert without_secrets(properties) == {"properties": {"more": [{"clientId": "b"}], "clientId": "c"}}


def test_a_connection_parameter_that_is_called_so_is_no_secret() -> None:
    properties = {"properties": {"connectionParameters": {"clientSecret": {"type": "securestring"}}}}
    assert secrets_left_out(properties) == []
    assert without_secrets(properties) == properties


def test_a_client_secret_that_is_null_is_none() -> None:
    package = build({"auth": OAUTH})
    package.properties["properties"]["connectionParameters"]["token"]["oAuthSettings"]["clientSecret"] = None
    assert secrets_left_out(package.properties) == []
    assert sections(package)["auth"] == {**OAUTH, "settings": {"clientSecret": None}}


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"type": "apiKey", "header": "X-API-Key"}, {"type": "apiKey", "header": "X-API-Key"}),
        ({"type": "basic"}, {"type": "basic"}),
        (OAUTH, {**OAUTH, "clientId": "00000000-0000-0000-0000-000000000000"}),
        (None, None),
    ],
)
def test_swagger_alone_says_how_to_sign_in(auth: Any, expected: Any) -> None:
    package = build({} if auth is None else {"auth": auth})
    top = top_sections(package.definition, None, script=False, polling=())
    assert top.get("auth") == expected
    assert "properties" not in top
    assert (
        build(top).definition["securityDefinitions" if auth else "info"]
        == package.definition["securityDefinitions" if auth else "info"]
    )


NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("urls", "scopes", "expected"),
    [
        ("https://login.microsoftonline.com/common/oauth2", {}, {"resource": "https://api.contoso.example/"}),
        (
            "https://login.microsoftonline.com/f0e1/oauth2",
            {"https://orders.contoso.example/Orders.Read": "Reads."},
            {"resource": "https://orders.contoso.example", "tenant": "f0e1"},
        ),
        (
            "https://login.microsoftonline.us/common/oauth2",
            {"api://orders/Read": "api://orders/Read"},
            {"resource": "api://orders", "loginUri": "https://login.microsoftonline.us"},
        ),
    ],
)
def test_swagger_alone_may_sign_in_at_microsoft(urls: str, scopes: dict[str, str], expected: dict[str, str]) -> None:
    definition = {
        "type": "oauth2",
        "flow": "accessCode",
        "authorizationUrl": f"{urls}/authorize",
        "tokenUrl": f"{urls}/token",
        "scopes": scopes,
    }
    package = changed({"auth": OAUTH}, ("definition/securityDefinitions/oauth2_auth", definition))
    auth = top_sections(package.definition, None, script=False, polling=())["auth"]
    assert {key: part for key, part in auth.items() if key != "scopes"} == {
        "type": "aad",
        "clientId": NOBODY,
        **expected,
    }
    assert build({"auth": auth}).definition["securityDefinitions"] == {"oauth2_auth": definition}
