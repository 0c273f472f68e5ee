"""From recorded calls to a spec: which calls, which variables, which sign-in, and no value that nobody should see."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.package import Package
from connector_builder.sources.captures.call import Call, json_of, parse_url
from connector_builder.sources.captures.noise import base_of, reason_against
from connector_builder.sources.captures.samples import Masks, merged
from connector_builder.sources.captures.signin import SignIn
from connector_builder.sources.captures.templates import templates_of
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.imports.source_files import put, said

UUID = "11111111-2222-4333-8444-555555555555"


def call(url: str, verb: str = "get", **more: Any) -> Call:
    parts = parse_url(url)
    assert parts is not None
    headers = {key.lower(): value for key, value in more.pop("headers", {}).items()}
    return Call(verb, parts.scheme, parts.host, parts.segments, parts.query, headers, (0,), **more)


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/orders/1", "/orders/{orderId}"),
        (f"/orders/{UUID}/items/7", "/orders/{orderId}/items/{itemId}"),
        (f"/environments/Default-{UUID}/flows", "/environments/{environmentId}/flows"),
        ("/customers/anna%40contoso.example", "/customers/{customerId}"),
        ("/reports/2026-10-31/summary", "/reports/{date}/summary"),
        ("/customers/cus_9s6XKzkNRiz8i3", "/customers/{customerId}"),
        ("/policies/5", "/policies/{policyId}"),
        ("/2026-10-31/orders", "/2026-10-31/orders"),
        ("/v2/orders/export", "/v2/orders/export"),
        ("/users/me", "/users/me"),
        ("/orders/{{id}}/items/:item", "/orders/{id}/items/{item}"),
        ("/orders/$ORDER", "/orders/{ORDER}"),
        ("/1/2", "/{id}/{id2}"),
        ("/2FA-Authenticator/setup", "/2FA-Authenticator/setup"),
        ("/posts/my-first-post-2026", "/posts/my-first-post-2026"),
        ("/posts/order-2026-01-15-abc", "/posts/{postId}"),
        ("/videos/dQw4w9WgXcQabc123", "/videos/{videoId}"),
        ("/login/44GPG-6CWDD", "/login/{loginId}"),
        ("/about/COVID-2019", "/about/COVID-2019"),
    ],
)
def test_variables_by_their_shape(path: str, template: str) -> None:
    assert [one.path for one in templates_of([call(f"https://a.example{path}")], 0)] == [template]


def test_variables_by_their_number() -> None:
    calls = [call(f"https://a.example/shops/{name}/orders") for name in ("north", "south", "west")]
    assert {(one.path, one.guessed) for one in templates_of(calls, 0)} == {("/shops/{shopId}/orders", ("shopId",))}
    assert [one.path for one in templates_of(calls[:2], 0)] == ["/shops/north/orders", "/shops/south/orders"]


@pytest.mark.parametrize(
    ("paths", "base"),
    [
        (["/api/v2/orders", "/api/v2/items/1"], ("api", "v2")),
        (["/orders", "/items"], ()),
        (["/shop/orders", "/shop/items"], ()),
        (["/v1/orders"], ("v1",)),
    ],
)
def test_base_path(paths: list[str], base: tuple[str, ...]) -> None:
    assert base_of([call(f"https://a.example{path}") for path in paths]) == base


@pytest.mark.parametrize(
    ("url", "verb", "more", "reason"),
    [
        ("https://a.example/x", "get", {}, None),
        ("https://a.example/x", "options", {}, "a browser's question before the call"),
        ("https://login.contoso.example/token", "post", {}, "signing in"),
        ("https://browser.events.data.microsoft.com/OneCollector/1.0/", "post", {}, "telemetry"),
        ("https://a.example/app.js", "get", {"kind": "script"}, "a browser's script"),
    ],
)
def test_calls_of_an_api(url: str, verb: str, more: dict[str, Any], reason: str | None) -> None:
    assert reason_against(call(url, verb, **more)) == reason


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([{"a": 1}, {"b": None}, {"b": 2}], {"a": 1, "b": 2}),
        ([{"n": 1}, {"n": 1.5}], {"n": 1.5}),
        ([[], [{"a": 1}], [{"b": 2}]], [{"a": 1, "b": 2}]),
        ([{"list": [{"a": None}, {"a": 3}]}], {"list": [{"a": 3}]}),
        ([], None),
    ],
)
def test_samples_are_merged(samples: list[Any], expected: Any) -> None:
    assert merged(samples) == expected


def test_people_and_secrets_are_masked_the_same_value_by_the_same() -> None:
    sample = {
        "email": "anna@fabrikam.example",
        "note": "write to anna@fabrikam.example or +44 20 7946 0958",
        "password": "hunter2",
        "token": 5,
        "link": "https://a.example/x?whatever=abc",
        "jwt": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x",
        "id": UUID,
        "displayName": "Anna",
        "count": 3,
    }
    assert Masks().masked(sample) == {
        "email": "person1@contoso.example",
        "note": "write to person1@contoso.example or +1 555 0102",
        "password": "REDACTED",
        "token": 0,
        "link": "https://a.example/x",
        "jwt": "REDACTED",
        "id": "00000000-0000-4000-8000-000000000003",
        "displayName": "Person 4",
        "count": 3,
    }
    kept = Masks(keep=True).masked(sample)
    assert (kept["email"], kept["displayName"], kept["password"]) == ("anna@fabrikam.example", "Anna", "REDACTED")


ID = "a8Jk2mQ9x7Lp4Zt1Wv6R"
SHAPED = "a0Aa0aA0a0Aa0Aa0Aa1A"


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ({"password": {"value": "hunter2", "set": True, "at": "2026-01-31T09:00:00Z"}}, {"password": {"value": "REDACTED", "set": True, "at": "2026-01-31T09:00:00Z"}}),
        ({"cookies": [{"name": "sid", "value": "hunter2"}]}, {"cookies": [{"name": "REDACTED", "value": "REDACTED"}]}),
        ({"secrets": {"smtp": "hunter2", "all": ["hunter2", 4711]}}, {"secrets": {"smtp": "REDACTED", "all": ["REDACTED", 0]}}),
        ({"usage": {"total_tokens": 5, "output_tokens": {"cached": 3}}}, {"usage": {"total_tokens": 5, "output_tokens": {"cached": 3}}}),
        ([["password", "hunter2"], ["a", "b"]], [["password", "REDACTED"], ["a", "b"]]),
        ({"primaryKey": "hunter2", "keyboard": "b"}, {"primaryKey": "REDACTED", "keyboard": "b"}),
        ([ID, f"by {ID}"], [SHAPED, f"by {SHAPED}"]),
        ({ID: 1, "address_line_2_of_2024": 2}, {SHAPED: 1, "address_line_2_of_2024": 2}),
    ],
)  # fmt: skip
def test_secrets_of_which_only_a_name_further_up_or_the_shape_tells(sample: Any, expected: Any) -> None:
    assert Masks().masked(sample) == expected


@pytest.mark.parametrize(
    ("given", "auth"),
    [
        ({"headers": {"Authorization": "Basic eDp5"}}, {"type": "basic"}),
        ({"headers": {"Authorization": "Bearer opaque"}}, {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"}),
        ({"headers": {"x-api-key": "5"}}, {"type": "apiKey", "header": "X-API-Key"}),
        ({}, {"type": "none"}),
    ],
)  # fmt: skip
def test_sign_in_by_the_shape_of_headers(given: dict[str, Any], auth: dict[str, Any]) -> None:
    assert SignIn([call("https://a.example/x", **given)]).auth == auth


def test_a_session_of_a_browser_is_no_sign_in() -> None:
    assert SignIn([call("https://a.example/x", headers={"Cookie": "s=1"})]).cookie_only


# --- Whole files


def package(path: Path, content: Any, kind: Kind, wishes: Wishes = ALL) -> tuple[Package, list[str]]:
    reading = read_source(Source(put(path, content), kind), wishes=wishes)
    assert reading.package is not None, said(reading.findings)
    return reading.package, said(reading.findings)


def requests(read: Package) -> list[str]:
    paths = read.definition["paths"]
    return [f"{verb.upper()} {path} {one['operationId']}" for path, item in paths.items() for verb, one in item.items()]


MARK = "PLANTEDMARK"
ENTRY = {
    "request": {
        "method": "POST",
        "url": f"https://api.contoso.example/v2/orders/17/notes?api_key={MARK}1&page=2&api-version=2026-01-01",
        "headers": [
            {"name": "Authorization", "value": f"Bearer {MARK}2"},
            {"name": "Cookie", "value": f"s={MARK}3"},
            {"name": "X-Tenant", "value": f"{MARK}4"},
        ],
        "postData": {"mimeType": "application/json", "text": json.dumps({"text": "Hello", "password": f"{MARK}5"})},
    },
    "response": {
        "status": 201,
        "headers": [{"name": "Set-Cookie", "value": f"s={MARK}6"}],
        "content": {
            "mimeType": "application/json; charset=utf-8",
            "text": json.dumps({"id": 5, "next": f"https://a.example/?t={MARK}7", "access_token": f"{MARK}8", "author": {"email": f"{MARK}9@x.example"}}),
        },
    },
}  # fmt: skip


def test_a_har_file(tmp_path: Path) -> None:
    har = {
        "log": {
            "version": "1.2",
            "entries": [ENTRY, {"request": {"method": "GET", "url": "https://login.contoso.example/token"}}, {}],
        }
    }
    read, found = package(tmp_path / "a.har", har, Kind.HAR)
    assert requests(read) == ["POST /orders/{orderId}/notes CreateOrderNote"]
    assert (read.definition["host"], read.definition["basePath"]) == ("api.contoso.example", "/v2")
    operation = read.definition["paths"]["/orders/{orderId}/notes"]["post"]
    assert [(one["name"], one["in"], one.get("default")) for one in operation["parameters"]] == [
        ("orderId", "path", None),
        ("page", "query", None),
        ("api-version", "query", "2026-01-01"),
        ("X-Tenant", "header", None),
        ("body", "body", None),
    ]
    assert list(operation["responses"]["201"]["schema"]["properties"]) == ["id", "next", "access_token", "author"]
    assert [line.partition(" ")[2] for line in found] == [
        "note SignInBeside: a key is sent beside the sign-in: a connection parameter and a policy send 'api_key'",
        "note CallLeftOut: signing in: this call is left out",
        "note CallLeftOut: no address with a host: this call is left out",
    ]
    everything = json.dumps([read.definition, read.properties, read.settings, found, [*read.sampled.values()]])
    assert MARK not in everything


def test_a_form_with_a_file(tmp_path: Path) -> None:
    """Some browsers record the text of a form, and no names of its fields."""
    part = 'Content-Disposition: form-data; name="{}"\r\n\r\nx\r\n--b'
    content = "--b\r\n" + part.format('file"; filename="a.txt') + "\r\n" + part.format("title") + "--\r\n"
    form = {"mimeType": "multipart/form-data; boundary=b", "text": content}
    entry = {
        "request": {"method": "POST", "url": "https://a.example/files", "postData": form},
        "response": {"status": 201},
    }
    read, _ = package(tmp_path / "a.har", {"log": {"entries": [entry]}}, Kind.HAR)
    fields = read.definition["paths"]["/files"]["post"]["parameters"]
    assert [(one["name"], one["in"], one["type"]) for one in fields] == [
        ("file", "formData", "file"), ("title", "formData", "string")
    ]  # fmt: skip


def test_why_nothing_is_a_call_of_an_api(tmp_path: Path) -> None:
    path = tmp_path / "a.curl"
    path.write_text(
        "curl https://login.contoso.example/token\ncurl https://a.example/oauth2/x\ncurl ''\n", encoding="utf-8"
    )
    reading = read_source(Source(path, Kind.CURL))
    assert [one.message for one in reading.findings] == [
        "there is no call of an API: signing in (2), no address with a host (1)"
    ]


def test_a_body_that_is_no_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.curl"
    path.write_text(
        "curl https://a.example/x --json '{\"a\": no}'\ncurl -X GET https://a.example/y -d a=1\n", encoding="utf-8"
    )
    reading = read_source(Source(path, Kind.CURL))
    assert [(one.rule.name, one.message, one.operation) for one in reading.findings] == [
        ("BodyLeftOut", "the body of 'CreateX' isn't JSON that can be read: it becomes any object", "CreateX"),
        ("BodyLeftOut", "'GetY' sends a body by GET: it is left out", "GetY"),
    ]


@pytest.mark.parametrize(
    "content", [{"text": "H4sIAAAA", "encoding": "gzip"}, {"text": "{no"}, {"text": "/w==", "encoding": "base64"}]
)
def test_an_answer_that_is_no_json_is_told(tmp_path: Path, content: dict[str, str]) -> None:
    answer = {"status": 200, "content": {"mimeType": "application/json", **content}}
    entry = {"request": {"method": "GET", "url": "https://a.example/orders"}, "response": answer}
    _, found = package(tmp_path / "a.har", {"log": {"entries": [entry]}}, Kind.HAR)
    assert [line.partition(" ")[2] for line in found] == [
        "warning BodyLeftOut: the answer of 'ListOrders' isn't JSON that can be read: its fields aren't known"
    ]


def test_a_key_beside_the_sign_in_is_a_policy(tmp_path: Path) -> None:
    path = tmp_path / "a.curl"
    key = "-H 'Authorization: Bearer SECRETMARK' -H 'apikey: SECRETMARK'"
    path.write_text(
        f"curl https://a.example/x {key}\ncurl 'https://a.example/y?token=SECRETMARK' {key}\n", encoding="utf-8"
    )
    reading = read_source(Source(path, Kind.CURL))
    assert reading.package is not None
    properties = reading.package.properties["properties"]
    assert list(properties["connectionParameters"]) == ["api_key", "key2"]
    policies = [one["parameters"] for one in properties["policyTemplateInstances"]]
    assert [one["x-ms-apimTemplateParameter.name"] for one in policies] == ["Authorization", "Apikey"]
    assert [(one.rule.name, one.message) for one in reading.findings] == [
        ("SignInBeside", "a key is sent beside the sign-in: a connection parameter and a policy send 'Apikey'"),
        ("SignInLeftOut", "some calls send the key 'token' beside the sign-in: the connector doesn't"),
    ]
    assert MARK not in json.dumps([reading.package.definition, properties])


@pytest.mark.parametrize(
    ("headers", "auth", "told"),
    [
        (["Authorization: Bearer SECRETMARK", "X-API-Key: SECRETMARK", "X-API-Key: SECRETMARK"],
         "X-API-Key", [("SignInChosen", "people sign in by 'X-API-Key', not by 'Authorization', as 1 call did")]),
        (["Authorization: Basic U0VDUkVUTUFSSzph", "Authorization: Bearer SECRETMARK"],
         "Authorization", [("SignInChosen", "people sign in by 'Authorization', not by user and password, as 1 call did")]),
        (["X-API-Key: SECRETMARK", "Cookie: sid=SECRETMARK", "Cookie: sid=SECRETMARK"],
         "X-API-Key", [("SignInLeftOut", "2 calls had a cookie in place of the sign-in: a connector sends none")]),
        (["Authorization: Bearer SECRETMARK", "Accept: text/plain"], "Authorization", []),
        (["DD-API-KEY: SECRETMARK", "DD-API-KEY: SECRETMARK"], "Dd-API-Key", []),
    ],
)  # fmt: skip
def test_calls_that_sign_in_otherwise_are_told(
    tmp_path: Path, headers: list[str], auth: str, told: list[tuple[str, str]]
) -> None:
    path = tmp_path / "a.curl"
    calls = [
        f"curl https://a.example/{number}/x -H '{header}'" for number, header in zip("abcd", headers, strict=False)
    ]
    path.write_text("\n".join(calls), encoding="utf-8")
    reading = read_source(Source(path, Kind.CURL))
    assert reading.package is not None
    assert [one["name"] for one in reading.package.definition["securityDefinitions"].values()] == [auth]
    assert [(one.rule.name, one.message) for one in reading.findings] == told
    assert MARK not in json.dumps([reading.package.definition, reading.package.properties])


def test_numbers_of_tokens_are_no_secrets() -> None:
    sample = {
        "max_tokens": 50,
        "totalTokens": 7,
        "token_count": 3,
        "tokens": "abc",
        "token": 5,
        "usage": {"prompt_tokens": 9},
    }
    assert Masks().masked(sample) == {
        "max_tokens": 50, "totalTokens": 7, "token_count": 3, "tokens": "REDACTED", "token": 0, "usage": {"prompt_tokens": 9},
    }  # fmt: skip


def test_the_order_of_a_recording_does_not_matter(tmp_path: Path) -> None:
    entries = [
        {"request": {"method": "GET", "url": f"https://a.example/orders/{number}"}, "response": {"status": 200, "content": {"mimeType": "application/json", "text": json.dumps({key: number})}}}
        for number, key in ((1, "a"), (2, "b"), (3, "a"))
    ]  # fmt: skip
    one, _ = package(tmp_path / "one.har", {"log": {"entries": entries}}, Kind.HAR)
    other, _ = package(tmp_path / "two.har", {"log": {"entries": entries[::-1]}}, Kind.HAR)
    one.definition["info"] = other.definition["info"]
    assert json.dumps(one.definition) == json.dumps(other.definition)


def test_a_postman_collection(tmp_path: Path) -> None:
    collection = {
        "info": {"name": "Orders", "description": {"content": "Reads orders."}, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "variable": [{"key": "base", "value": "https://api.contoso.example/v1"}, {"key": "key", "value": MARK, "type": "secret"}],
        "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": MARK}, {"key": "in", "value": "header"}]},
        "item": [
            {"name": "Orders", "item": [
                {"name": "Get all orders", "request": {"method": "GET", "url": {"raw": "{{base}}/orders?top=5", "query": [{"key": "top", "value": "5"}]}, "header": None},
                 "response": [{"code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": '[{"id": 1}]'}]},
                {"name": "Create order", "request": {"method": "POST", "url": "{{base}}/orders", "body": {"mode": "raw", "raw": '{"name": {{name}}, // comment\n "total": 5}'}}},
                {"name": "Get one", "request": {"url": "{{base}}/orders/:id"}},
            ]},
        ],
    }  # fmt: skip
    read, found = package(tmp_path / "orders.json", collection, Kind.POSTMAN)
    assert requests(read) == ["GET /orders GetAllOrders", "POST /orders CreateOrder", "GET /orders/{id} GetOne"]
    assert read.definition["info"]["title"] == "Orders"
    assert read.definition["info"]["description"] == "Reads orders."
    assert [one["name"] for one in read.definition["securityDefinitions"].values()] == ["X-Key"]
    assert read.definition["paths"]["/orders"]["get"]["tags"] == ["Orders"]
    assert MARK not in json.dumps([read.definition, read.properties, found])


def test_http_files(tmp_path: Path) -> None:
    text = (
        "@host = https://api.contoso.example\n\n### List orders\nGET {{host}}/orders\n  ?top=5\nX-Key: abc\n\n"
        "###\n# @name createOrder\nPOST {{host}}/orders HTTP/1.1\nContent-Type: application/json\n\n{\"name\": \"A\"}\n"
    )  # fmt: skip
    read, _ = package(tmp_path / "a.http", text, Kind.HTTP)
    assert requests(read) == ["GET /orders ListOrders", "POST /orders createOrder"]


def test_curl_files_have_places(tmp_path: Path) -> None:
    text = "# List orders\ncurl https://api.contoso.example/orders\ncurl https://login.contoso.example/token\n"
    _, found = package(tmp_path / "a.sh", text, Kind.CURL)
    assert found == ["a.sh:3:1 note CallLeftOut: signing in: this call is left out"]


@pytest.mark.parametrize("kind", [Kind.HAR, Kind.POSTMAN, Kind.CURL, Kind.HTTP])
@pytest.mark.parametrize(
    "content", ["{}", "[]", "null", '{"log": 5}', '{"item": [5, {"request": 7}], "info": {}}', "x", ""]
)
def test_broken_files_are_refused(kind: Kind, content: str, tmp_path: Path) -> None:
    reading = read_source(Source(put(tmp_path / "a.json", content), kind))
    assert reading.package is None
    assert len(reading.findings) == 1


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("curl https://a.example", [Kind.CURL]),
        ("$ curl -X POST \\\n https://a.example", [Kind.CURL]),
        ("GET https://a.example\n", [Kind.HTTP]),
        ('{"swagger": "2.0", "paths": {"/a": {"description": "\\ncurl https://a.example"}}}', [Kind.SWAGGER]),
        ("swagger: '2.0'\npaths:\n  /a:\n    description: |\n      Try\n      curl https://a.example\n", [Kind.SWAGGER]),
        ('{"openapi": "3.0.1", "paths": {}}', [Kind.OPENAPI3]),
        ('{"log": {"entries": []}}', [Kind.HAR]),
        ('{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": []}', [Kind.POSTMAN]),
        ("notes about curl and GET", []),
    ],
)  # fmt: skip
def test_the_content_shows_the_kind(content: str, kinds: list[Kind]) -> None:
    assert [kind for kind in Kind if kind.reader.recognises(content.encode())] == kinds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1e999, -1e999, NaN, Infinity, 1.5]}', {"a": [None, None, None, None, 1.5]}),
        ('{"\\ud800": "x\\udfff"}', {"\ufffd": "x\ufffd"}),
        ("[" * 50 + "]" * 50, [[]]),
        ("[" * 60 + "]" * 60, None),
        ("[" * 100_000, None),
        ("9" * 5_000, None),
    ],
)
def test_a_body_that_no_spec_can_say(text: str, value: Any) -> None:
    found = json_of(text)
    while value == [[]] and found != [[]]:
        found = found[0]
    assert found == value
