"""The server as an editor runs it: one process, spoken to over pipes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Client

SPEC = """\
connector:
  title: Orders
  description: Lists the orders of a shop.
  server: https://api.contoso.example/v1
actions:
  ListOrders:
    request: GET /orders
    descripton: Lists the orders.
    response: {fields: {id: string}}
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    one = Client()
    one.request(
        "initialize",
        {"processId": None, "rootUri": None, "capabilities": {"general": {"positionEncodings": ["utf-8", "utf-16"]}}},
    )
    one.notify("initialized", {})
    yield one
    one.kill()


def _uri(folder: Path, name: str = "orders.yaml") -> str:
    return (folder / name).as_uri()


def _said(found: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    return next(one for one in found if one["code"] == rule)


def test_a_finding_appears_and_goes_with_its_cause(client: Client, tmp_path: Path) -> None:
    uri = _uri(tmp_path)
    client.open(uri, SPEC)
    one = _said(client.diagnostics(uri), "KeyUnknown")
    assert one["range"] == {"start": {"line": 7, "character": 4}, "end": {"line": 7, "character": 14}}
    assert (one["severity"], one["source"]) == (1, "connector-builder")
    client.change(uri, SPEC.replace("descripton", "description"))
    assert "KeyUnknown" not in [each["code"] for each in client.diagnostics(uri)]
    client.close(uri)
    assert client.diagnostics(uri) == []


def test_a_quick_fix_has_the_edit_of_fix(client: Client, tmp_path: Path) -> None:
    uri = _uri(tmp_path)
    client.open(uri, SPEC)
    found = client.diagnostics(uri)
    place = _said(found, "KeyUnknown")["range"]
    asked = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": []}}
    actions = client.request("textDocument/codeAction", asked)
    edits = [action["edit"]["changes"][uri] for action in actions]
    assert edits == [[{"range": place, "newText": "description"}]] * 2
    assert [action["kind"] for action in actions] == ["quickfix", "source.fixAll"]
    client.close(uri)
    client.diagnostics(uri)


def test_a_json_definition_has_findings_too(client: Client, tmp_path: Path) -> None:
    uri = _uri(tmp_path, "orders.swagger.json")
    client.open(
        uri, '{"swagger": "2.0", "info": {"title": "Orders", "version": "1"}, "paths": {"/orders": {"get": {}}}}'
    )
    assert "OperationIdRequired" in {one["code"] for one in client.diagnostics(uri)}
    client.close(uri)
    client.diagnostics(uri)


def test_nonsense_gets_an_error_and_the_server_goes_on(client: Client, tmp_path: Path) -> None:
    uri = _uri(tmp_path)
    assert "error" in client.request("textDocument/unheardOf", {"no": "sense"})
    client.notify("textDocument/didOpen", {"textDocument": 7})
    client.raw(b"{broken")
    client.raw(b"[]")
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 9}, "contentChanges": []})
    client.close("untitled:Untitled-1")
    client.close(uri)
    for name in ("untitled:Untitled-1", "file:///%00", "http://contoso.example/a.yaml", "nothing at all"):
        client.open(name, SPEC)
        client.close(name)
    place = {"start": {"line": 900, "character": 900}, "end": {"line": 901, "character": 0}}
    client.open(uri, SPEC)
    client.diagnostics(uri)
    asked = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "only": ["quickfix"]}}
    assert client.request("textDocument/codeAction", asked) == []
    client.close(uri)
    client.diagnostics(uri)


def test_a_server_ends_when_its_editor_says_so() -> None:
    one = Client()
    one.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert one.end() == 0
