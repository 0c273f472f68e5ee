"""What is a secret, and what isn't, as tables. Every value is made up."""

from typing import Any

import pytest

from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.secrets import Use, find, is_secret, mask, mask_all, without
from connector_builder.secrets.files import secret_spans

KEY = "hunter2-5bXq81vTz0"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmF0dXJl"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIhunter2\n-----END RSA PRIVATE KEY-----"

SECRET_NAMES = (
    "clientSecret", "client_secret", "client-secret", "CLIENT SECRET", "client.secret", "client\\x53ecret", "client\\u0053ecret",
    "client%5Fsecret", "client%255Fsecret", "x-client-secret", "token:clientSecret", "secret", "Secret", "password", "dbPassword",
    "pwd", "passphrase", "sharedAccessKey", "connectionString", "access_token", "refreshToken", "privateKey", "AccountKey",
    "subscription-key", "Ocp-Apim-Subscription-Key", "apiKey", "X-API-Key", "Authorization",
)  # fmt: skip
OTHER_NAMES = (
    "x-ms-secret", "tokenUrl", "passwordHint", "secretName", "name", "key", "code", "nextPageToken", "isPasswordSet", "keyVault",
)  # fmt: skip


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_name_of_a_secret(name: str) -> None:
    assert is_secret(name, KEY)


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_of_something_else(name: str) -> None:
    assert not is_secret(name, KEY)


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "{{ client secret }}", "{{ClientSecret}}", "<your key>", "${SIG}", "#{key}#", "$(secret)", "%KEY%", "[[DUMMY]]",
        "REDACTED", "redacted2", "xxxx", "XXXXXXXX", "****", "...", "your-client-secret", "YOUR_KEY_1", "string", "string[]", "null",
        "clientSecret", "X-API-Key", "MY_API_KEY", "@connectionParameters('key')", "@{body('x')}", "Bearer {token}",
        "Bearer @connectionParameters('key')", "Basic {credentials}", "The client secret of your app.", "securestring",
        "/subscriptions/1/resourceGroups/a/providers/Microsoft.KeyVault/vaults/v/secrets/Key9876543210",
    ],
)  # fmt: skip
def test_a_placeholder(value: str) -> None:
    assert not is_secret("clientSecret", value)
    assert not is_secret("Authorization", value, Use.HEADER)


@pytest.mark.parametrize(
    "value", ["hunter2", "p@ss", "${SIG:-hunter2}", "{a}hunter2", "Bearer hunter2", "<hunter2", "hunter2>"][:5]
)
def test_no_placeholder(value: str) -> None:
    assert is_secret("clientSecret", value)


TEXTS = {
    f"see https://a.example/x?sv=1&sig={KEY}&y=2": "see https://a.example/x?sv=1&sig=REDACTED&y=2",
    f"https://a.example/x?%73ig={KEY}": "https://a.example/x?%73ig=REDACTED",
    f"https://a.example/x?a=1&amp;code={KEY}.": "https://a.example/x?a=1&amp;code=REDACTED.",
    f"https://a.example/#access_token={KEY}": "https://a.example/#access_token=REDACTED",
    f"https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fsig%3D{KEY}": "https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fsig%3DREDACTED",
    f"https://user:{KEY}@a.example/x": "https://user:REDACTED@a.example/x",
    f"user:{KEY}@a.example": "user:REDACTED@a.example",
    f"Server=a.example;Password={KEY};": "Server=a.example;Password=REDACTED;",
    f"Endpoint=sb://a.example/;SharedAccessKey={KEY}=": "Endpoint=sb://a.example/;SharedAccessKey=REDACTED",
    f'{{"client_secret": "{KEY}"}}': '{"client_secret": "REDACTED"}',
    f'var password = "{KEY}";': 'var password = "REDACTED";',
    f"Authorization: Bearer {KEY}": "Authorization: Bearer REDACTED",
    "Basic dXNlcjpodW50ZXIy": "Basic REDACTED",
    f"a token {JWT}.": "a token REDACTED.",
    PEM: "REDACTED",
    "sk_live_hunter2hunter2": "REDACTED",
    "ghp_hunter2hunter2hunter2": "REDACTED",
    "xoxb-12345678-hunter2": "REDACTED",
    "AKIAHUNTER2HUNTER2XX": "REDACTED",
    f"AIza{'hunter2' * 5}": "REDACTED",
    f"{'hunter2/' * 10}hunter==": "REDACTED",
    # Not secrets.
    "https://a.example/x?sig=REDACTED&code=EUR&key=name": None,
    "https://a.example/x?sig={sig}&code=${CODE}": None,
    "https://a.example/x?client_secret={ClientSecret}&password=": None,
    "https://{user}:{password}@a.example": None,
    "mailto:someone@a.example": None,
    "Basic information, Bearer authentication and a bearer token": None,
    "Bearer {token}": None,
    "AKIAIOSFODNN7EXAMPLE": None,
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----": None,
    "eyJhbGciOiJIUzI1NiJ9": None,
    "task-list-of-the-whole-organisation": None,
    'string private_key = "private_key";': None,
    "if (password == null)": None,
    "@connectionParameters('clientSecret')": None,
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text(text: str) -> None:
    assert mask(text) == (TEXTS[text] or text)


TREES: list[tuple[Any, list[Any]]] = [
    ({"clientSecret": KEY}, [("clientSecret",)]),
    ({"a": [{"client secret": [KEY, "xxx"]}]}, [("a", 0, "client secret", 0)]),
    ({"password": 12345678}, [("password",)]),
    ({"name": "X-API-Key", "in": "header", "default": KEY}, [("default",)]),
    ({"name": "code", "in": "query", "default": KEY}, [("default",)]),
    ({"name": "code", "in": "path", "default": KEY}, []),
    ({"name": "Authorization", "value": f"Basic {KEY}"}, [("value",)]),
    ({"client_secret": {"type": "string", "default": KEY}}, [("client_secret", "default")]),
    ({"token": {"type": "securestring", "default": KEY}}, [("token", "default")]),
    ({"headers": {"token": KEY}}, [("headers", "token")]),
    ({f"/a?sig={KEY}": {}}, [(f"/a?sig={KEY}",)]),
    ({"clientSecret": None, "password": "", "secret": True, "accessToken": 1}, []),
    ({"properties": {"password": {"type": "string", "x-ms-summary": "Password"}}}, []),
    ({"fields": {"password": "Credential!", "accessToken": "string"}}, []),
    ({"connectionParameters": {"clientSecret": {"type": "securestring", "uiDefinition": {}}}}, []),
    ({"scopes": {"secret": "read-secrets"}}, []),
    ({"security": [{"api_key": []}], "required": ["password"], "flow": "password"}, []),
]


@pytest.mark.parametrize(("tree", "pointers"), TREES)
def test_a_tree(tree: Any, pointers: list[Any]) -> None:
    assert [one.pointer for one in find(tree)] == pointers
    assert find(without(tree)[0]) == []
    assert KEY not in repr(without(tree)[0]) or not pointers


def test_what_is_written_instead() -> None:
    tree = {f"/a?sig={KEY}": 1, f"/a?sig={KEY}2": 2, "clientSecret": KEY, "b": [f"https://a:{KEY}@b.example"]}
    assert without(tree)[0] == {
        "/a?sig=REDACTED": 1, "/a?sig=REDACTED2": 2, "clientSecret": "REDACTED", "b": ["https://a:REDACTED@b.example"],
    }  # fmt: skip


FILES = {
    "a key that is spelt otherwise": f'"client\\x53ecret": {KEY}',
    "a broken line": f"client_secret: {KEY}: [ x",
    "an explicit key": f"? client_secret\n: {KEY}",
    "the next line": f"client_secret:\n  {KEY}\nb: c",
    "the next line, like a key": f"client_secret:\n  {KEY}: x",
    "a text of several lines": f"client_secret: |\n  first\n  {KEY}\nb: c",
    "a quoted text of several lines": f'client_secret: "first\n  {KEY}"',
    "an alias": f"a: &s {KEY}\nclient_secret: *s",
    "an anchor": f"client_secret: &s {KEY}\nb: *s",
    "a list": f"client_secret: [{KEY}]",
    "a doubled key": f'{{"secret": "x", "secret": "{KEY}"}}',
    "a quote that isn't closed": f'"client_secret": "{KEY}\nb: c',
    "an equals sign": f"client_secret = {KEY}",
    "an address": f"server: https://user:{KEY}@a.example",
}


@pytest.mark.parametrize("where", FILES)
def test_no_report_shows_it_in_a_broken_file(where: str) -> None:
    content = FILES[where]
    at = content.index(KEY)
    hidden = {index for start, end in secret_spans(content) for index in range(start, end)}
    assert set(range(at, at + len(KEY))) <= hidden


@pytest.mark.parametrize(
    "content", ["password: string", "x-ms-secret: true", "secret: {type: string}", "clientSecret: ${SECRET}"]
)
def test_of_a_file_the_rest_is_shown(content: str) -> None:
    assert secret_spans(content) == []


@pytest.mark.parametrize("word", TYPE_WORDS)
def test_a_type_is_no_secret(word: str) -> None:
    assert not list(find({"schemas": {"Token": {"access_token!": word}}}))


def test_a_request_line_is_no_secret() -> None:
    assert not list(find({"actions": {"GetDatabasePassword": "GET /v2/secrets/my-password"}}))
    assert list(find({"password": "GET/hunter2"}))


def test_the_texts_of_data_are_masked() -> None:
    secret = f"https://a:{KEY}@b.example"
    data = {"a": [secret, 1, None], secret: ("x", secret)}
    hidden = "https://a:REDACTED@b.example"
    assert mask_all(data) == {"a": [hidden, 1, None], hidden: ["x", hidden]}
    assert mask_all(plain := {"a": ["x", 1], "b": ("y",)}) is plain
    assert mask_all(secret) == hidden


MARKED = {
    "npm_": 36, "hf_": 34, "shpat_": (32, "0123456789abcdef"), "glpat-": 20, "gldt-": 20, "hvs.": 24, "dckr_pat_": 20, "figd_": 40,
    "lin_api_": 40, "ntn_": 46, "gsk_": 52, "key-": (32, "0123456789abcdef"), "dapi": (32, "0123456789abcdef"), "1//0": 40, "pypi-AgE": 60,
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKED)
def test_the_marks_of_services(mark: str) -> None:
    wanted = MARKED[mark]
    length, letters = wanted if isinstance(wanted, tuple) else (wanted, "abcXYZ0123456789")
    token = mark + (letters * length)[:length]
    assert mask(f"use {token}, please") == "use REDACTED, please"
    assert mask(f"use x{token}") == f"use x{token}"
    assert mask(f"use {mark}short1") == f"use {mark}short1"


WRITTEN_OTHERWISE = {
    "Authorization: token 8f2ac1d09b7e6f5a4c3d": "Authorization: token REDACTED",
    "Ocp-Apim-Subscription-Key: 8f2ac1d09b7e6f5a": "Ocp-Apim-Subscription-Key: REDACTED",
    "aws_secret_access_key = xG4jDPMRCxGgcjBw56Ec": "aws_secret_access_key = REDACTED",
    "<password>hunter2x</password>": "<password>REDACTED</password>",
    '<add key="Password" value="hunter2x"/>': '<add key="Password" value="REDACTED"/>',
    "curl -u ada:hunter2x https://a.example": "curl -u ada:REDACTED https://a.example",
    "https%3A%2F%2Fada%3Ahunter2x%40a.example": "https%3A%2F%2Fada%3AREDACTED%40a.example",
    "https:\\/\\/ada:hunter2x@a.example": "https:\\/\\/ada:REDACTED@a.example",
    "https://8f2ac1d09b7e6f5a4c3d@a.example/1": "https://REDACTED@a.example/1",
    "https://ada@corp.example:hunter2x@a.example": "https://ada@corp.example:REDACTED@a.example",
    "Basic c2tfOGYyYWMxZDA5Yjdl" + "Og==": "Basic REDACTED",
    "eyJhbGciOiJIUzI1NiJ9.\neyJzdWIiOiIxIn0.\nXG4jDPMRCxGgcjBw56Ec": "REDACTED",
    "abc8Q~" + "xG4jDPMRCxGgcjBw56EcUngmgMsRcgizeg": "REDACTED",
}


@pytest.mark.parametrize("text", WRITTEN_OTHERWISE)
def test_secrets_in_other_notations(text: str) -> None:
    assert mask(text) == WRITTEN_OTHERWISE[text]


@pytest.mark.parametrize(
    "text",
    [
        "password: at least 12 characters", "token: see https://a.example/tokens/12", "Api-Key: {your key}", "<password>string</password>",
        "curl -u user:{password} https://a.example", "https://a.example/user@example.com", "X-Api-Key: the-key-of-your-account",
        "https://www.contoso-services-europe.example/x", "npm_config_registry", "secret_name", "the key-value store", "Key: value",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_secrets(text: str) -> None:
    assert mask(text) == text
