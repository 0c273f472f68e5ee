"""Values in forms, lists and paths, and the ways to sign in."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.mock.connector import Connector
from connector_builder.mock.messages import Answer, Incoming
from connector_builder.mock.service import Fire, Service
from connector_builder.package import Package

MULTIPART = "multipart/form-data"
OK = {"200": {"description": "x"}}


def ask(operation: dict[str, Any], target: str, body: bytes = b"", path: str = "/x", **headers: str) -> Answer:
    """Sends a request to a definition of one operation."""
    verb = "post" if body else "get"
    definition = {"swagger": "2.0", "paths": {path: {verb: {"operationId": "X", "responses": OK} | operation}}}
    service = Service([Connector(Package("x", Path(), definition, None, lambda *_: {}))])
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    found = service.handle(Incoming(verb.upper(), target, {"host": "localhost"} | named, body))
    assert not isinstance(found, Fire)
    return found


def codes(found: Answer) -> list[tuple[list[str], str]]:
    return [(one["location"], one["code"]) for one in json.loads(found.body)["validation"]] if found.body else []


@pytest.mark.parametrize(
    ("collection", "query", "wrong"),
    [("csv", "?n=1,2", []), ("csv", "?n=1,b", [(["query", "n"], "type")]), ("multi", "?n=1&n=2", []), ("multi", "?n=1&n=b", [(["query", "n"], "type")]), ("pipes", "?n=1|2", [])],
)  # fmt: skip
def test_lists_in_the_query(collection: str, query: str, wrong: list[Any]) -> None:
    one = {"name": "n", "in": "query", "type": "array", "items": {"type": "integer"}, "collectionFormat": collection}
    assert codes(ask({"parameters": [one]}, f"/x{query}")) == wrong


def test_a_value_of_a_path_that_is_encoded_twice() -> None:
    one = {
        "name": "p",
        "in": "path",
        "required": True,
        "type": "string",
        "enum": ["a/b"],
        "x-ms-url-encoding": "double",
    }
    assert ask({"parameters": [one]}, "/a%252Fb", path="/{p}").status == 200
    assert ask({"parameters": [one]}, "/a%252Fc", path="/{p}").status == 400


def form(*parts: bytes) -> bytes:
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


FILE = b'Content-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x00\r\n--\xff'
COUNT = b'Content-Disposition: form-data; name="count"\r\n\r\n%b'


@pytest.mark.parametrize(
    ("body", "media", "wrong"),
    [
        (form(FILE, COUNT % b"3"), f"{MULTIPART}; boundary=b", []),
        (form(FILE, COUNT % b"x"), f'{MULTIPART}; boundary="b"', [(["body", "count"], "type")]),
        (form(COUNT % b"3"), f"{MULTIPART}; boundary=b", [(["body", "file"], "required")]),
        (form(FILE)[:-4], f"{MULTIPART}; boundary=b", [(["body"], "format")]),
        (form(b"no head"), f"{MULTIPART}; boundary=b", [(["body"], "format")]),
        (form(FILE), MULTIPART, [(["body"], "format")]),
        (b"file=a&count=3", "application/x-www-form-urlencoded", []),
        (b"a=1&" * 3_000, "application/x-www-form-urlencoded", [(["body"], "format")]),
    ],
)
def test_forms(body: bytes, media: str, wrong: list[Any]) -> None:
    parameters = [
        {"name": "file", "in": "formData", "type": "file", "required": True},
        {"name": "count", "in": "formData", "type": "integer"},
    ]
    found = ask({"consumes": [MULTIPART], "parameters": parameters}, "/x", body, content_type=media)
    assert codes(found) == wrong


def test_a_body_that_is_no_form_is_415() -> None:
    parameters = [{"name": "count", "in": "formData", "type": "integer"}]
    assert (
        ask({"consumes": [MULTIPART], "parameters": parameters}, "/x", b"{}", content_type="application/json").status
        == 415
    )


@pytest.mark.parametrize(
    ("scheme", "headers", "status"),
    [
        ({"type": "basic"}, {"authorization": "Basic YTpi"}, 200),
        ({"type": "basic"}, {"authorization": "Basic nonsense"}, 401),
        ({"type": "oauth2"}, {"authorization": "Bearer a"}, 200),
        ({"type": "oauth2"}, {"authorization": "Bearer "}, 401),
        ({"type": "oauth2"}, {"authorization": "Basic YTpi"}, 401),
        ({"type": "apiKey", "in": "query", "name": "key"}, {}, 401),
    ],
)
def test_ways_to_sign_in(scheme: dict[str, Any], headers: dict[str, str], status: int) -> None:
    definition = {
        "swagger": "2.0",
        "securityDefinitions": {"a": scheme},
        "paths": {"/x": {"get": {"operationId": "X", "responses": OK}}},
    }
    service = Service([Connector(Package("x", Path(), definition, None, lambda *_: {}))])
    found = service.handle(Incoming("GET", "/x", {"host": "localhost"} | headers))
    assert not isinstance(found, Fire)
    assert found.status == status
    if scheme["type"] == "apiKey":
        found = service.handle(Incoming("GET", "/x?key=1", {"host": "localhost"}))
        assert not isinstance(found, Fire)
        assert found.status == 200
