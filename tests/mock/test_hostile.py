"""Definitions from strangers: circles, markup, thousands of operations, and paths that could be tried in many ways."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.mock.connector import Connector
from connector_builder.mock.messages import Answer, Incoming
from connector_builder.mock.routes import Routes
from connector_builder.mock.service import Fire, Service
from connector_builder.mock.wire import written
from connector_builder.package import Package
from tests.support.growth import calls

HEADERS = {"host": "localhost"}
SELF = {"type": "object", "required": ["s"], "properties": {"s": {"$ref": "#/definitions/Self"}}}
TREE = {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/definitions/Tree"}}}}


def definition(paths: dict[str, Any]) -> dict[str, Any]:
    return {
        "swagger": "2.0",
        "basePath": "/v1",
        "paths": paths,
        "definitions": {"Self": SELF, "Tree": TREE, "Loop": {"allOf": [{"$ref": "#/definitions/Loop"}]}},
    }


def mock(paths: dict[str, Any]) -> Service:
    return Service([Connector(Package("x", Path(), definition(paths), None, lambda *_: {}))])


def answer(service: Service, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
    found = service.handle(Incoming(method, target, HEADERS | headers, body))
    assert not isinstance(found, Fire)
    return found


def operation(schema: Any, **further: Any) -> dict[str, Any]:
    return {"get": {"operationId": "Get", "responses": {"200": {"description": "x", "schema": schema, **further}}}}


@pytest.mark.parametrize("prefer", ["", "dynamic=true"])
@pytest.mark.parametrize(("name", "body"), [("Self", b""), ("Tree", b'{"items":[]}'), ("Loop", b""), ("Missing", b"")])
def test_a_schema_that_contains_itself_ends(name: str, body: bytes, prefer: str) -> None:
    found = answer(mock({"/x": operation({"$ref": f"#/definitions/{name}"})}), "GET", "/v1/x", prefer=prefer)
    assert (found.status, found.body) == (200, body)


def test_a_body_as_deep_as_json_reads_is_checked() -> None:
    post = {
        "operationId": "Post",
        "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/Tree"}}],
        "responses": {"204": {"description": "x"}},
    }
    deep = b'{"items":[' * 300 + b"5" + b"]}" * 300
    found = answer(mock({"/x": {"post": post}}), "POST", "/v1/x", deep)
    assert (found.status, json.loads(found.body)["validation"][0]["code"]) == (400, "type")


def test_no_text_of_a_definition_becomes_a_header() -> None:
    headers = {
        "X-A\r\nSet-Cookie": {"type": "string"},
        "X-B": {"type": "string", "default": "a\r\nSet-Cookie: b"},
        "X-C": {"type": "string", "default": "c"},
    }
    one = operation({"type": "string"}, headers=headers)
    one["get"]["produces"] = ["application/json\r\nSet-Cookie: x"]
    found = written(answer(mock({"/x": one}), "GET", "/v1/x"), keep_alive=True)
    head, _, body = found.partition(b"\r\n\r\n")
    assert (b"Set-Cookie" in head, b"X-C: c" in head, body) == (False, True, b'"text"')


def test_a_look_up_does_not_grow_with_the_operations() -> None:
    def looked_up(count: int) -> int:
        routes = Routes(definition({f"/a{number}/{{p}}/b": operation({}) for number in range(count)}))
        return calls(lambda: routes.find("/v1/a3/x/b"))

    assert looked_up(2_000) == looked_up(20)


def test_paths_of_parameters_alone_are_not_tried_forever() -> None:
    paths = {
        "/" + "/".join("{p}" if (number >> bit) & 1 else "z" for bit in range(8)): operation({})
        for number in range(256)
    }
    routes = Routes(definition(paths))
    assert routes.find("/v1/" + "/".join("z" * 8)) is not None
    assert calls(lambda: routes.find("/v1/" + "/".join("z" * 8) + "/y")) < 20_000


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/files({id})", "/v1/files(7)", {"id": "7"}),
        ("/{name}.{kind}", "/v1/a.b.c", {"name": "a", "kind": "b.c"}),
        ("/{path}", "/v1/..%2F..%2Fetc%2Fpasswd", {"path": "../../etc/passwd"}),
        ("/a b", "/v1/a%20b", {}),
        ("/{p}", "/v1/", None),
    ],
)
def test_values_of_paths(template: str, path: str, values: dict[str, str] | None) -> None:
    found = Routes(definition({template: operation({})})).find(path)
    assert (found and found.values) == values


def test_a_literal_wins_over_a_parameter() -> None:
    routes = Routes(definition({"/{p}": operation({}), "/mine": operation({}), "/{p}/x": operation({})}))
    found = [routes.find(path) for path in ("/v1/mine", "/v1/other", "/v1/mine/x")]
    assert [one and one.operations["GET"].path for one in found] == ["/mine", "/{p}", "/{p}/x"]


def test_items_are_limited(serve: Callable[..., Service], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector_builder.mock.state.MAX_ITEMS", 2)
    service = serve(stateful=True)
    headers = {"x-api-key": "any", "content-type": "application/json"}
    found = [answer(service, "POST", "/v1/orders", b'{"title": "x"}', **headers).status for _ in range(3)]
    assert found == [201, 507, 507]
