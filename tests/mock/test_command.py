"""The command: what it serves, what it prints, and `call` as its client."""

import http.client
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import connector_builder.app.mock as app
from connector_builder.cli import program
from connector_builder.mock.messages import Incoming
from connector_builder.mock.server import Holder, Serving
from connector_builder.mock.service import Fire
from tests.support.mock_spec import SPEC


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Result, Holder]]:
    """Runs the command with a server that takes no connection, and returns what it would serve."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, client: Callable[[Holder, Serving], Any] = lambda *_: None) -> tuple[Result, Holder]:
        held: list[Holder] = []

        def served(holder: Holder, serving: Serving) -> None:
            held.append(holder)
            serving.ready(4010)
            client(holder, serving)

        monkeypatch.setattr(app, "run", served)
        return CliRunner().invoke(program, ["mock", *arguments]), held[0]

    return invoke


def write(name: str, text: str = SPEC) -> str:
    path = Path(name)
    path.write_text(text, encoding="utf-8", newline="\n")
    return name


def test_one_spec_is_served_at_its_base_path(run: Callable[..., tuple[Result, Holder]]) -> None:
    def client(holder: Holder, serving: Serving) -> None:
        request = Incoming("GET", "/v1/orders/7?code=very-secret", {"host": "localhost", "x-api-key": "any"})
        found = holder.service.handle(request)
        assert not isinstance(found, Fire)
        serving.logged(holder.service.log.note(request, found, 0.0015))

    result, _ = run(write("orders.yaml"), client=client)
    assert (result.exit_code, result.stdout) == (0, "http://127.0.0.1:4010/v1  Contoso Orders, 8 operations\n")
    assert result.stderr.splitlines()[1:] == [
        "requests: http://127.0.0.1:4010/__mock/log; Ctrl-C ends",
        "GET /v1/orders/7?code=REDACTED 200  GetOrder  1.5 ms  the operation has no query parameter 'code'",
        "",
        "ended after 1 request",
    ]


def test_several_specs_are_served_below_their_names(run: Callable[..., tuple[Result, Holder]]) -> None:
    Path("b").mkdir()
    result, holder = run(write("orders.yaml"), write("b/orders.yaml"), "--quiet")
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "http://127.0.0.1:4010/orders/v1", "http://127.0.0.1:4010/orders-2/v1"
    ]  # fmt: skip
    found = holder.service.handle(Incoming("GET", "/orders-2/v1/orders/7", {"host": "localhost", "x-api-key": "any"}))
    assert not isinstance(found, Fire)
    assert found.status == 200


def test_a_broken_spec_is_served_as_far_as_it_goes(run: Callable[..., tuple[Result, Holder]]) -> None:
    broken = SPEC.replace("request: PATCH /orders/{order}", "request: PATCH")
    result, holder = run(write("orders.yaml", broken))
    assert "7 operations" in result.stdout
    assert (
        "orders.yaml has errors, so this may not be all of it: 'connector-builder validate orders.yaml' shows them"
        in result.stderr
    )
    assert "ChangeOrder" not in holder.service.connectors[0].routes.operations


def test_a_spec_without_an_operation_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(program, ["mock", write("x.yaml", SPEC.partition("actions:")[0])])
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "error: 'x.yaml' has no operation to serve")


def test_a_variable_that_no_spec_uses_is_misuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(program, ["mock", write("x.yaml"), "--var", "HOTS=x"])
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        "error: no spec of this run uses the variable 'HOTS'",
    )


def test_call_is_a_client(at: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CB_CONNECTION_API_KEY", "any")
    monkeypatch.setenv("NO_PROXY", "*")
    server = f"http://127.0.0.1:{at()}"
    result = CliRunner().invoke(
        program, ["call", write("orders.yaml"), "PlaceOrder", "title=Lamps", "--server", server, "--yes"]
    )
    assert (result.exit_code, result.stdout) == (0, '{"id":1001,"title":"Lamps","state":"open"}')
    result = CliRunner().invoke(program, ["call", "orders.yaml", "ListOrders", "--all", "--server", server])
    assert (result.exit_code, result.stdout.count('"title"')) == (0, 2)
    connection = http.client.HTTPConnection(server.removeprefix("http://"))
    connection.request("GET", "/__mock/log")
    with connection.getresponse() as answer:
        assert b'"any"' not in answer.read()
    connection.close()


def test_a_file_that_changes_is_read_again(run: Callable[..., tuple[Result, Holder]]) -> None:
    found: list[Any] = []

    def client(_holder: Holder, serving: Serving) -> None:
        found.append(serving.changed())
        write("orders.yaml", SPEC.replace("GET /placed?", "GET /newest?"))
        found.append(serving.changed())
        found.append(serving.changed())
        write("orders.yaml", "connector: [")
        found.append(serving.changed())

    result, _ = run(write("orders.yaml"), client=client)
    assert [one and one[0].routes.find("/v1/newest") is not None for one in found] == [None, True, None, None]
    assert result.stderr.splitlines()[2:4] == [
        "a file changed: reloaded",
        "a file changed, but 'orders.yaml' can't be read: the mock goes on as it was",
    ]


def test_each_request_is_added_to_the_record_without_secrets(run: Callable[..., tuple[Result, Holder]]) -> None:
    def client(holder: Holder, serving: Serving) -> None:
        for key in ("planted-1", "planted-2"):
            request = Incoming("GET", f"/v1/orders/7?code={key}", {"host": "localhost", "x-api-key": key})
            found = holder.service.handle(request)
            assert not isinstance(found, Fire)
            serving.logged(holder.service.log.note(request, found, 0.0015))

    Path("came.jsonl").write_text("{}\n", encoding="utf-8")
    run(write("orders.yaml"), "--record", "came.jsonl", "--quiet", client=client)
    text = Path("came.jsonl").read_text(encoding="utf-8")
    assert "planted" not in text
    lines = [json.loads(line) for line in text.splitlines()[1:]]
    assert [one["answer"] for one in lines] == [{"status": 200, "operation": "GetOrder"}] * 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--latency", "5..1"), "'--latency 5..1' isn't a time"),
        (("--latency", "soon"), "'--latency soon' isn't a time"),
        (("--rate", "many"), "'--rate many' isn't a rate"),
        (("--rate", "0.5/s"), "'--rate 0.5/s' isn't a whole number of requests"),
        (("--record", "nowhere/came.jsonl"), "'nowhere/came.jsonl' can't be written"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(program, ["mock", write("orders.yaml"), *words])
    assert found.exit_code == 2
    assert message in found.stderr


def test_the_switches_reach_the_server(run: Callable[..., tuple[Result, Holder]]) -> None:
    seen: list[Serving] = []
    words = ("--latency", "200..500", "--rate", "1/m", "--fail-rate", "0.5", "--fail-code", "418")
    _, holder = run(write("orders.yaml"), *words, client=lambda _, serving: seen.append(serving))
    assert (seen[0].latency, seen[0].slowest) == (0.2, 0.5)
    request = Incoming("GET", "/v1/orders/7", {"host": "localhost", "x-api-key": "any"})
    statuses = [holder.service.handle(request) for _ in range(2)]
    assert [one.status for one in statuses if not isinstance(one, Fire)][1] == 429
