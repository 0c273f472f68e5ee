"""The table of errors: it is complete and readable, and codes are found in every kind of body."""

import json
import re

import pytest

from connector_builder.platform.service_errors import EXPLANATIONS, Explanation, codes_in, explain, find, suggestion
from connector_builder.platform.service_errors.finding import LONGEST, MOST

SIGN_IN = """
900561 65001 65002 65004 90094 90095 650056 650057 65005 650052 650051 500011 50001 50011 500113 900971 9002326 9002327
700016 700011 50194 50059 50128 9001023 90002 90038 900382 900432 7000215 7000222 7000218 700025 700027 700213 7002131
7002138 70021 700229 7000112 70001 50105 50020 50034 16000 90072 51004 50072 50074 50076 50078 50079 53000 53001 53003
530032 530035 70043 700082 70008 50173 50089 70016 70018 70019 70020 70011 28002 28003 700022 501481 54005 50196
"""
SERVICES = """
InvalidAuthenticationToken InvalidAuthenticationAudience MissingEnvironmentFilter InvalidApiVersion EnvironmentAccess
PermissionBlockedByOfficeAI EnvironmentAccessDenied ServiceToServiceEnvironmentNotFound ApiResourceNotFound
ServiceToServiceUnauthorized ConnectionAuthorizationFailed ApiHubsRequestFailed CustomScriptProvisioningFailed
FindAndAssignFunctionApp ApiPolicyDataFlowViolation WorkflowRunActionNotFound WorkflowRunNotFound insufficient_claims 429
ClientScopeAuthorizationFailed FlowNotFound AzureResourceManagerRequestFailed WorkflowRunActionInputsInvalidProperty
InvokerConnectionOverrideFailed invalid_client ConnectionNotFound MissingAdequateQuotaPolicy 0x80072560 0x80040220
Authorization_RequestDenied
"""
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoIn0.c2lnbmF0dXJl"


def found(text: str) -> list[str]:
    return [one.code for one in find(text)]


@pytest.mark.parametrize("number", SIGN_IN.split())
def test_each_code_of_the_sign_in_is_there(number: str) -> None:
    one = explain(number)
    assert one is not None
    assert one.code == f"AADSTS{number}"
    assert f"https://login.microsoftonline.com/error?code={number}" in one.sources


@pytest.mark.parametrize("code", SERVICES.split())
def test_each_code_of_the_services_is_there(code: str) -> None:
    one = explain(code)
    assert one is not None
    assert one.code == code


def test_no_code_and_no_phrase_is_there_twice() -> None:
    codes = [one.code.lower() for one in EXPLANATIONS]
    phrases = [phrase for one in EXPLANATIONS for phrase in one.phrases]
    assert sorted(codes) == sorted(set(codes))
    assert sorted(phrases) == sorted({phrase.lower() for phrase in phrases})


@pytest.mark.parametrize("one", EXPLANATIONS, ids=lambda one: one.code)
def test_an_explanation_is_whole(one: Explanation) -> None:
    assert one.causes
    assert one.cures
    assert not one.title.endswith(".")
    for text in (one.meaning, *one.causes, *one.cures):
        assert re.fullmatch(r"[A-Z`*\"0-9][^\n]*[.]", text), text
        assert text.isascii(), text
    assert all(re.fullmatch(r"https://[\w./?=#&%~-]+", source) for source in one.sources)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("AADSTS65001", "AADSTS65001"),
        ("aadsts65001", "AADSTS65001"),
        ("AADSTS 65001", "AADSTS65001"),
        (" 65001\n", "AADSTS65001"),
        ("'environmentaccessdenied'", "EnvironmentAccessDenied"),
        ("10006", "10006"),
        ("502", "BadGateway"),
        ("Secret-Lost-After-Import", "secret-lost-after-import"),
    ],
)
def test_a_code_is_known_in_any_spelling(given: str, code: str) -> None:
    one = explain(given)
    assert one is not None
    assert one.code == code


@pytest.mark.parametrize(
    "given", ["", "AADSTS", "AADSTS123456", "AADSTS65001x", "EnvironmentAccesDenied", "a" * 100_000]
)
def test_what_is_no_code_is_none(given: str) -> None:
    assert explain(given) is None


def test_an_unknown_code_gets_a_hint() -> None:
    assert suggestion("EnvironmentAccesDenied") == "did you mean 'EnvironmentAccessDenied'?"
    page = "Microsoft's page for the sign-in may know it: https://login.microsoftonline.com/error?code=123456"
    assert suggestion("AADSTS123456") == page
    assert "docs/errors.md" in suggestion("Qwxyz")
    assert suggestion("403") == "a status alone says little: give the whole answer on standard input ('explain -')"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (
            '{"error":"invalid_grant","error_description":"AADSTS65001: The user","error_codes":[65001],"suberror":"consent_required"}',
            ["AADSTS65001", "invalid_grant", "consent_required"],
        ),
        ('{"error_codes": [50076, 65001]}', ["AADSTS50076", "AADSTS65001"]),
        (
            "https://localhost/?error=access_denied&error_description=AADSTS65004%3a+User+declined&state=1",
            ["AADSTS65004", "access_denied"],
        ),
        ("<html><p>AADSTS900561&#58; The endpoint</p></html>", ["AADSTS900561"]),
        ("You can&apos;t: it does not have permission to access the path", ["management-application"]),
        ("Fehler: AADSTS700016 und sonst nichts", ["AADSTS700016"]),
        ("AADSTS7000161234567: too long for a code", []),
        (r'{"x":"{\"error\":{\"code\":\"FlowNotFound\"}}"}', ["FlowNotFound"]),
        (r'{"x":"\u0041ADSTS50011"}', ["AADSTS50011"]),
        ("HTTP/1.1 429 Too Many Requests\nRetry-After: 30\n", ["429"]),
        ('{"statusCode": 429, "message": "Rate limit is exceeded."}', ["429"]),
        ("HTTP/1.1 504 Gateway Timeout", ["GatewayTimeout"]),
        ('{"error":{"code":502,"source":"europe-002.azure-apim.net","message":"x"}}', ["BadGateway"]),
        (
            '{"error":{"code":"X","message":"The x-ms-client-scope header must not be null or empty."}}',
            ["ClientScopeAuthorizationFailed"],
        ),
        ("error code: '<null>'", []),
        ("Error Code: 'PermissionBlockedByOfficeAI'", ["PermissionBlockedByOfficeAI"]),
        (
            'WWW-Authenticate: Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="',
            ["insufficient_claims"],
        ),
        (
            '{"error":{"code":"0x80040220","message":"Principal user (Id=1, type=8) is missing prvCreateConnector privilege"}}',
            ["0x80040220"],
        ),
        ("Dataverse answered 403 Forbidden: The user is not a member of the organization.", ["0x80072560"]),
        ("", []),
        ("everything is fine", []),
    ],
)
def test_codes_are_found_in_a_body(body: str, codes: list[str]) -> None:
    assert found(body) == codes


def test_the_inner_message_comes_before_the_envelope() -> None:
    inner = json.dumps({"error": {"code": 400, "message": "Invalid Api definition object. Please specify more."}})
    body = {"error": {"code": "ApiHubsRequestFailed", "message": f"Request failed with error: '{inner}'."}}
    assert found(json.dumps(body)) == ["invalid-api-definition", "ApiHubsRequestFailed"]


def test_unknown_codes_are_named_but_never_what_may_be_a_secret() -> None:
    assert codes_in('{"error":{"code":"FooNotFound","message":"x"}}') == ["FooNotFound"]
    assert codes_in('{"error":{"code":"0x80040265"}}') == ["0x80040265"]
    assert codes_in("AADSTS123456: new") == ["AADSTS123456"]
    assert codes_in(f'{{"error":"{JWT}","code":"{JWT}"}}') == []
    assert codes_in("https://localhost/?code=0.AXoAq8Zabcdef&state=12345&session_state=AQABAAIAAAD") == []
    assert codes_in('{"code": "Zk8Q1w2e3r4t5y6u7i8o"}') == []


def test_a_body_has_a_limit() -> None:
    assert codes_in(" ".join(f"AADSTS{number}" for number in range(10_000, 20_000))) == [
        f"AADSTS{number}" for number in range(10_000, 10_000 + MOST)
    ]
    assert found("x" * LONGEST + "AADSTS65001") == []


@pytest.mark.parametrize(
    "part", ["AADSTS", '"code":"', "error=", "a" * 90 + " ", "error_codes: [1,", "&amp;%25", "\\\\"]
)
def test_a_hostile_body_of_full_size_is_read(part: str) -> None:
    assert codes_in(part * (LONGEST // len(part))) == []
