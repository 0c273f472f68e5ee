"""Forty secrets in recorded calls: no command prints or writes one, in any format."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from connector_builder.report import FORMATS
from tests.support.hostile.hostile_cli import run

pytestmark = pytest.mark.no_cover
MARK = "PLANTEDMARK"


class Plants:
    """Gives each secret a number of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.planted = 0

    def __call__(self, form: str = "{}") -> str:
        self.planted = next(self._numbers)
        return form.format(f"{MARK}{self.planted}x9Kq")


def pair(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "value": value}


def har(new: Plants) -> str:
    body = {
        "text": "Hello",
        "password": new(),
        "client_secret": new(),
        "nested": [{"apiKey": new(), "refreshToken": new()}],
    }
    answer = {
        "id": 5,
        "access_token": new(),
        "link": f"https://a.example/x?sig={new()}",
        "session": {"cookie": new()},
        "connectionString": f"AccountKey={new()}",
    }
    headers = ("Authorization", "Cookie", "X-Api-Key", "X-Tenant", "X-Anything", "Proxy-Authorization", "X-CSRF-Token")
    entry = {
        "request": {
            "method": "POST",
            "url": f"https://user:{new()}@api.contoso.example/v1/orders/7?api_key={new()}&q={new()}&access_token={new()}#{new()}",
            "headers": [pair(name, new("Bearer {}" if name == "Authorization" else "{}")) for name in headers],
            "cookies": [pair("s", new())],
            "queryString": [pair("q", new())],
            "postData": {"mimeType": "application/json", "text": json.dumps(body)},
        },
        "response": {
            "status": 200,
            "headers": [pair("Set-Cookie", new())],
            "content": {"mimeType": "application/json", "text": json.dumps(answer)},
        },
    }
    form = {
        "request": {
            "method": "POST",
            "url": "https://api.contoso.example/v1/form",
            "postData": {
                "mimeType": "application/x-www-form-urlencoded",
                "text": f"a={new()}&password={new()}",
                "params": [pair("c", new())],
            },
        },
        "response": {"status": 200, "content": {"mimeType": "text/plain", "text": new()}},
    }
    failed = {
        "request": {"method": "GET", "url": f"https://api.contoso.example/v1/broken?token={new()}"},
        "response": {"status": 401, "content": {"mimeType": "application/json", "text": json.dumps({"error": new()})}},
    }
    sign_in = {
        "request": {"method": "POST", "url": f"https://login.contoso.example/token?code={new()}"},
        "response": {
            "status": 200,
            "content": {"mimeType": "application/json", "text": json.dumps({"access_token": new()})},
        },
    }
    return json.dumps({"log": {"version": "1.2", "entries": [entry, form, failed, sign_in]}}, indent=1)


def postman(new: Plants) -> str:
    def auth(kind: str, *keys: str) -> dict[str, Any]:
        return {"type": kind, kind: [{"key": key, "value": new()} for key in keys]}

    request = {
        "method": "POST",
        "url": {"raw": f"{{{{base}}}}/orders?key={new()}", "query": [{"key": "key", "value": new()}]},
        "auth": auth("basic", "username", "password"),
        "header": [{"key": "X-Token", "value": new()}, {"key": "X-Other", "value": new()}],
        "body": {
            "mode": "raw",
            "raw": json.dumps({"total": 5, "secret": new()}),
            "options": {"raw": {"language": "json"}},
        },
    }
    response = {
        "code": 200,
        "header": [{"key": "Set-Cookie", "value": new()}, {"key": "Content-Type", "value": "application/json"}],
        "body": json.dumps({"id": 1, "token": new()}),
        "originalRequest": request,
    }
    return json.dumps({
        "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "auth": auth("oauth2", "clientSecret", "accessToken", "password"),
        "variable": [{"key": "base", "value": "https://api.contoso.example/v1"}, {"key": "secret", "value": new(), "type": "secret"}, {"key": "other", "value": new()}],
        "event": [{"listen": "prerequest", "script": {"exec": [f"pm.environment.set('token', '{new()}')"]}}],
        "item": [
            {"name": "Create", "request": request, "response": [response], "event": [{"listen": "test", "script": {"exec": [new()]}}]},
            {"name": "Form", "request": {"method": "POST", "url": "{{base}}/form", "auth": auth("bearer", "token"), "body": {"mode": "urlencoded", "urlencoded": [{"key": "a", "value": new()}]}}},
        ],
    }, indent=1)  # fmt: skip


def curl(new: Plants) -> str:
    return "\n".join([
        f"curl https://api.contoso.example/v1/orders -u me:{new()} -H 'X-Api-Key: {new()}' -b 's={new()}' --oauth2-bearer {new()}",
        f"curl 'https://u:{new()}@api.contoso.example/v1/orders/5?token={new()}&q={new()}' -H 'Authorization: Bearer {new()}' -H 'X-Any: {new()}'",
        f"curl https://api.contoso.example/v1/notes -d '{{\"a\": 1, \"password\": \"{new()}\"}}' -H 'Content-Type: application/json' -x http://p:{new()}@proxy:80",
        f"curl https://api.contoso.example/v1/form --data 'a={new()}&password={new()}' -e https://a.example/?x={new()} --pass {new()}",
        f"curl https://api.contoso.example/v1/parts -F 'a={new()}' -F 'file=@{new()}' --cert c:{new()} -A {new()}",
        f"curl -G https://api.contoso.example/v1/search --data-urlencode 'q={new()}' --url-query 'b={new()}' <<< {new()}",
    ])  # fmt: skip


def http(new: Plants) -> str:
    return (
        f"@host = https://api.contoso.example\n@token = {new()}\n\n### Orders\nPOST {{{{host}}}}/orders?key={new()}\n"
        f"Authorization: Bearer {new()}\nCookie: s={new()}\nX-Other: {new()}\nContent-Type: application/json\n\n"
        f'{{"a": 1, "apiKey": "{new()}", "link": "https://a.example/?t={new()}"}}\n'
    )


CAPTURES = {"a.har": har, "a.postman_collection.json": postman, "a.curl": curl, "a.http": http}


@pytest.mark.parametrize("name", CAPTURES)
def test_no_secret_gets_out(name: str, here: Path) -> None:
    (here / name).write_text(CAPTURES[name](Plants()), encoding="utf-8", newline="\n")
    printed = ""
    (here / "reports").mkdir()
    for more in ((), ("--keep-values",)):
        reports = [word for form in FORMATS for word in ("--report", f"{form}=reports/{form}{len(more)}")]
        outcome = run("import", name, "-o", f"specs/{len(more)}", "--verbose", *reports, *more)
        assert outcome.status == 0, outcome.err
        printed += outcome.out + outcome.err
    listed = run("import", name, "--list")
    printed += listed.out + listed.err
    written = {
        path.name: path.read_bytes().decode("utf-8", "replace")
        for path in here.rglob("*")
        if path.is_file() and path.name != name
    }
    assert written.keys() >= {f"{form}{more}" for form in FORMATS for more in (0, 1)}
    assert MARK.lower() not in printed.lower()
    assert [file for file, text in written.items() if MARK.lower() in text.lower()] == []


def test_how_many_are_planted() -> None:
    new = Plants()
    for capture in CAPTURES.values():
        capture(new)
    assert new.planted >= 40
