"""`add`: one operation into a spec that exists, with everything else as it was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program

Run = Callable[..., Result]
SPEC = """\
# Orders of Contoso.
connector: {title: Orders, description: Reads the orders of a shop., version: 1.0.0, server: https://api.contoso.example/v1}
auth: {type: apiKey, header: X-Key}
defaults:
  operation: {query: api-version=2026-01-01}

parameters:
  shop: {summary: Shop, description: The shop to read.}   # used everywhere

actions:
  ListOrders:
    request: GET /shops/{shop}/orders      # all of them
    response: [Order]

  # The people.
  GetPerson: GET /people/{person}

schemas:
  Order: {fields: {id: int, state: string, total: number}}
"""
ANSWER = {"id": 5, "state": "open", "total": 1.5}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder that has the spec."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.yaml").write_text(SPEC, encoding="utf-8", newline="\n")
    (tmp_path / "answer.json").write_text(json.dumps(ANSWER), encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(program, list(arguments), prog_name="connector-builder")


def added(path: Path = Path("orders.yaml"), before: str = SPEC) -> str:
    """Returns the lines that a spec has more than before; all others are there still, in their order."""
    after, old = path.read_text(encoding="utf-8").splitlines(), before.splitlines()
    new = len(after) - len(old)
    for start in range(len(old) + 1):
        if after[:start] + after[start + new :] == old:
            return "\n".join(after[start : start + new]).strip("\n")
    raise AssertionError(after)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["GET https://api.contoso.example/v1/shops/17/orders/4711?api-version=2026-01-01&top=5"],
         "  GetShopOrder:\n    request: GET /shops/{shop}/orders/{orderId}\n    query: {top: int}"),
        (["GET /shops/north/orders/4711", "--id", "GetOrder", "--summary", " Get\nan order", "--response", "answer.json"],
         "  GetOrder:\n    request: GET /shops/{shop}/orders/{orderId}\n    summary: Get an order\n    response: Order"),
        (["POST /people", "--body", "answer.json"],
         "  CreatePerson:\n    request: POST /people\n    body: {sample: {id: 5, state: open, total: 1.5}}"),
        (["curl https://api.contoso.example/v1/people/7 -X DELETE -H 'X-Key: PLANTED' -H 'X-Mark: PLANTED' -b PLANTED"],
         "  DeletePerson:\n    request: DELETE /people/{person}\n    headers: {X-Mark: string}"),
        (["--curl", "https://api.contoso.example/v1/notes -d '{\"password\": \"PLANTED\", \"text\": \"a\"}'"],
         "  CreateNote:\n    request: POST /notes\n    body: {sample: {password: REDACTED, text: a}}"),
        (["irm -Method Delete \"https://api.contoso.example/v1/people/$id\" -Headers @{ 'X-Key' = 'PLANTED' }"],
         "  DeletePerson: DELETE /people/{person}"),
        (["https://api.contoso.example/v1/shops/17/orders/4711?api-version=2027-01-01"],
         ("  GetShopOrder:\n    request: GET /shops/{shop}/orders/{orderId}\n    query: "
         '{api-version: {required: true, default: "2027-01-01", visibility: internal}}')),
    ],
)  # fmt: skip
def test_one_operation(run: Run, arguments: list[str], expected: str) -> None:
    result = run("add", "orders.yaml", *arguments)
    assert result.exit_code == 0, result.output
    assert added() == expected
    assert "PLANTED" not in result.output + Path("orders.yaml").read_text(encoding="utf-8")
    assert run("build", "orders.yaml").exit_code == 0


def test_what_is_said(run: Run) -> None:
    result = run("add", "orders", "GET /shops/17/orders/1")
    assert result.output.splitlines()[0] == "added GetShopOrder (GET /shops/{shop}/orders/{orderId}) to orders.yaml"


def test_a_difference_writes_nothing(run: Run) -> None:
    result = run("add", "orders.yaml", "GET /shops/17/orders/1", "--diff", "--format", "json")
    assert json.loads(result.stdout)["additions"] == [
        {"spec": "orders.yaml", "id": "GetShopOrder", "request": "GET /shops/{shop}/orders/{orderId}", "files": ["orders.yaml"], "written": False}
    ]  # fmt: skip
    assert "+  GetShopOrder:" in result.stderr
    assert Path("orders.yaml").read_text(encoding="utf-8") == SPEC


def test_a_call_of_a_recording(run: Run) -> None:
    entries = [
        {"request": {"method": "GET", "url": f"https://api.contoso.example/v1/shops/1/orders/{number}"},
         "response": {"status": 200, "content": {"mimeType": "application/json", "text": json.dumps(ANSWER)}}}
        for number in (1, 2)
    ]  # fmt: skip
    Path("a.har").write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}), encoding="utf-8")
    result = run("add", "orders.yaml", "a.har")
    assert result.exit_code == 2
    assert "2 operations are there, and one is added at a time" in result.stderr
    assert run("add", "orders.yaml", "a.har", "--include", "GET /v1/shops/1/orders/2").exit_code == 0
    assert added() == "  GetShopOrder:\n    request: GET /shops/{shop}/orders/{orderId}\n    response: Order"


def test_a_folder(run: Run) -> None:
    folder = Path("shop")
    (folder / "actions").mkdir(parents=True)
    top, _, rest = SPEC.partition("actions:\n")
    actions, _, schemas = rest.partition("schemas:\n")
    lines = [line.removeprefix("  ") for line in actions.splitlines()]
    files = {"connector.yaml": f"{top}schemas:\n{schemas}", "actions/a.yaml": "\r\n".join(lines[:3]) + "\r\n", "actions/b.yaml": "\n".join(lines[4:])}  # fmt: skip
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    answer = {"text": "x" * 150, "lines": [{"a": "y" * 150, "password": "PLANTED"}]}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    result = run("add", "shop", "GET /shops/17/orders/9/notes", "--response", "answer.json")
    assert result.exit_code == 0, result.output
    after = (folder / "actions/a.yaml").read_bytes().decode()
    assert after == files["actions/a.yaml"] + (
        "\r\nListOrderNotes:\r\n  request: GET /shops/{shop}/orders/{orderId}/notes\r\n"
        "  response: {sample: samples/list-order-notes.json}\r\n"
    )
    assert (folder / "actions/b.yaml").read_bytes() == files["actions/b.yaml"].encode()
    sample = json.loads(next((folder / "samples").iterdir()).read_text(encoding="utf-8"))
    assert sample == {"text": "x" * 150, "lines": [{"a": "y" * 150, "password": "REDACTED"}]}
    assert run("build", "shop").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["GET /shops/1/orders"], "the spec has GET /shops/{shop}/orders already: 'ListOrders'"),
        (["GET https://other.example/v1/x"], "'other.example' isn't the server of this spec, which is 'api.contoso.example'"),
        (["GET https://api.contoso.example/v2/x"], "'/v2/x' isn't below the server's '/v1'"),
        (["GET /x", "--id", "ListOrders"], "the spec has an operation 'ListOrders' already"),
        (["GET /x", "--id", "a b"], "'a b' can't be the id of an operation"),
        (["GET /x", "--response", "nothing.json"], "'nothing.json' can't be read"),
        (["nothing"], "'nothing' is neither a request nor a file"),
        (["orders.yaml"], "'orders.yaml'"),
        ([], "there is no request to add"),
        ([" "], "there is no request to add"),
        (["GET /x", "--curl", "x"], "--curl and REQUEST are two requests"),
        (["curl"], "'curl' is neither a request nor a file"),
        (["curl -X POST"], "there is no request to add"),
    ],
)  # fmt: skip
def test_refusals(run: Run, arguments: list[str], said: str) -> None:
    result = run("add", "orders.yaml", *arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert Path("orders.yaml").read_text(encoding="utf-8") == SPEC


def test_a_spec_with_errors_stays(run: Run) -> None:
    broken = SPEC.replace("[Order]", "[Orders]")
    Path("orders.yaml").write_text(broken, encoding="utf-8", newline="\n")
    result = run("add", "orders.yaml", "GET /x")
    assert result.exit_code == 1
    assert "the spec has errors, so nothing is added" in result.output
    assert Path("orders.yaml").read_text(encoding="utf-8") == broken
