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


_NONSENSE: list[Any] = [None, 7, [], {}, {"textDocument": None}, {"textDocument": {"uri": [7]}, "position": "here"}]


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


def _at(uri: str, words: str, after: int = 0, text: str = SPEC) -> dict[str, Any]:
    """Returns the parameters of a question about some words."""
    start = text.index(words) + after
    line = text.count("\n", 0, start)
    return {
        "textDocument": {"uri": uri},
        "position": {"line": line, "character": start - (text.rfind("\n", 0, start) + 1)},
    }


def test_a_rename_says_whether_it_is_offered(client: Client, tmp_path: Path) -> None:
    uri, text = _uri(tmp_path), SPEC.replace("descripton", "description")
    client.open(uri, text)
    at = _at(uri, "ListOrders:", text=text)
    prepared = client.request("textDocument/prepareRename", at)
    assert prepared["placeholder"] == "ListOrders"
    assert (prepared["range"]["start"], prepared["range"]["end"]["character"]) == ({"line": 5, "character": 2}, 12)
    edit = client.request("textDocument/rename", {**at, "newName": "FindOrders"})
    assert edit == {"changes": {uri: [{"range": prepared["range"], "newText": "FindOrders"}]}}
    refused = client.request("textDocument/rename", {**at, "newName": "a b"})
    assert refused["error"]["message"].startswith("'a b' can't be a name")
    nothing = client.request("textDocument/prepareRename", _at(uri, "GET /orders", text=text))
    assert nothing["error"]["message"] == "nothing here can be renamed: no name that the spec declares"
    client.change(uri, text.replace("title: Orders", "title: ["))
    broken = client.request("textDocument/rename", {**at, "newName": "FindOrders"})
    assert "error" in broken
    client.close(uri)


def test_questions_about_places_are_answered(client: Client, tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "order.json").write_text('{"id": 7}', encoding="utf-8", newline="\n")
    uri = _uri(tmp_path)
    text = SPEC.replace("descripton", "description").replace("{fields: {id: string}}", "{sample: samples/order.json}")
    client.open(uri, text)
    sample = (tmp_path / "samples" / "order.json").as_uri()
    (link,) = client.request("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert link["target"] == sample
    (place,) = client.request("textDocument/definition", _at(uri, "samples/", 3, text))
    assert (place["uri"], place["range"]["start"]) == (sample, {"line": 0, "character": 0})
    hover = client.request("textDocument/hover", _at(uri, "ListOrders:", text=text))
    assert '"operationId": "ListOrders"' in hover["contents"]["value"]
    assert client.request("textDocument/hover", _at(uri, "https", text=text))["range"]["start"]["line"] == 3
    symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [(one["name"], [each["name"] for each in one["children"]]) for one in symbols] == [
        ("connector", ["title", "description", "server"]),
        ("actions", ["ListOrders"]),
    ]
    folds = client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    assert [(one["startLine"], one["endLine"]) for one in folds] == [(0, 3), (4, 8), (5, 8)]
    assert client.request("textDocument/codeLens", {"textDocument": {"uri": uri}}) == [], (
        "it didn't say that it runs them"
    )
    items = client.request("textDocument/completion", _at(uri, "    response", 4, text))
    assert {one["label"] for one in items} >= {"summary", "parameters"}
    client.close(uri)


def test_nonsense_gets_an_error_and_the_server_goes_on(client: Client, tmp_path: Path) -> None:
    uri = _uri(tmp_path)
    assert "error" in client.request("textDocument/unheardOf", {"no": "sense"})
    for method in ("hover", "rename", "completion", "codeAction", "documentSymbol", "references", "prepareRename"):
        for said in _NONSENSE:
            answer = client.request(f"textDocument/{method}", said)
            assert answer == [] or answer["error"]["code"] == -32602, (method, said)
    assert "edit" not in client.request("codeAction/resolve", {"title": "", "data": {}})
    client.notify("textDocument/didOpen", {"textDocument": 7})
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": "x"}, "contentChanges": 3})
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": "nothing at all", "type": 2}]})
    client.raw(b"{broken")
    client.raw(b"[]")
    client.raw(b"\xff\xfe")
    client.raw(b'{"jsonrpc": "2.0", "id": {}, "method": 7}')
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 9}, "contentChanges": []})
    client.close("untitled:Untitled-1")
    client.close(uri)
    for name in ("untitled:Untitled-1", "file:///%00", "http://contoso.example/a.yaml", "nothing at all"):
        client.open(name, SPEC)
        assert client.request("textDocument/hover", _at(name, "title")) is None
        client.close(name)
    place = {"start": {"line": 900, "character": 900}, "end": {"line": 901, "character": 0}}
    client.open(uri, SPEC)
    client.diagnostics(uri)
    asked = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "only": ["quickfix"]}}
    assert client.request("textDocument/codeAction", asked) == []
    far = {"textDocument": {"uri": uri}, "position": {"line": 10**9, "character": 10**9}}
    assert client.request("textDocument/hover", far) is None
    assert client.request("textDocument/completion", far) == []
    client.close(uri)
    client.diagnostics(uri)


def test_all_is_fixed_when_an_editor_chooses_it(tmp_path: Path) -> None:
    one = Client()
    able = {
        "textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
    }
    one.request(
        "initialize",
        {"processId": None, "rootUri": None, "capabilities": able, "initializationOptions": {"commands": True}},
    )
    one.notify("initialized", {})
    uri = _uri(tmp_path)
    one.open(uri, SPEC)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    asked = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": [], "only": ["source.fixAll"]}}
    (action,) = one.request("textDocument/codeAction", asked)
    assert "edit" not in action
    chosen = one.request("codeAction/resolve", action)
    assert [edit["newText"] for edit in chosen["edit"]["changes"][uri]] == ["description"]
    lenses = one.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [lens["command"]["title"] for lens in lenses] == ["preview", "call"]
    (watch,) = one.registered
    assert watch["method"] == "workspace/didChangeWatchedFiles"
    (tmp_path / "connector-builder.yaml").write_text("ignore: [KeyUnknown]\n", encoding="utf-8", newline="\n")
    made = {"uri": (tmp_path / "connector-builder.yaml").as_uri(), "type": 1}
    one.notify("workspace/didChangeWatchedFiles", {"changes": [made]})
    assert "KeyUnknown" in [each["code"] for each in one.diagnostics(uri)], "it can't be ignored"
    assert one.end() == 0
