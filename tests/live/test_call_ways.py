"""The ways on which a call goes: the gateway, OAuth in the browser, a password, and pages at other servers."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.live.stand_ins.entra import APP, SECRET, TENANT, Entra
from tests.live.stand_ins.gateway import CONNECTION, CONNECTOR, ENVIRONMENT, POWER_APPS, Gateway
from tests.live.stand_ins.program import Program
from tests.live.stand_ins.server import Break, Flood, Server
from tests.support.programs.stand_in import Reply, Request

AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
BEGINNING = """\
connector:
  title: Contoso Orders
  description: Lists the orders of a Contoso shop.
  server: https://api.contoso.example
"""
ACTIONS = """\
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns an order.
    response: {fields: {id: string, state: int}}
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    pageable: nextLink
    response: {fields: {"value[].id": string, nextLink: uri}}
  CancelOrder:
    request: POST /orders/{order}/cancel
    description: Cancels an order.
    responses: {204: It is cancelled.}
"""
KEY = "auth: {type: apiKey, header: X-Shop-Key}\n"


def spec_in(folder: Path, auth: str) -> Path:
    path = folder / "orders.yaml"
    path.write_text(BEGINNING + auth + ACTIONS, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def gateway(entra: Entra) -> Iterator[Gateway]:
    def audience_of(token: str) -> str | None:
        if token not in entra.issued:
            return None
        claims: Any = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        return str(claims["aud"])

    with Gateway(audience_of) as gateway:
        yield gateway


@pytest.fixture
def through(tmp_path: Path, entra: Entra, gateway: Gateway) -> Program:
    spec_in(tmp_path, KEY)
    return Program(tmp_path, **entra.variables(), CB_URL_POWER_APPS=gateway.url, **AS_APP)


GET = ("call", "orders.yaml", "GetOrder", "order=1", "--environment", ENVIRONMENT)


def test_through_the_only_connection_that_works(through: Program, gateway: Gateway) -> None:
    done = through(*GET, "--via-connection")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"id": "1", "state": 2})
    assert gateway.lines == [
        "GET /providers/Microsoft.PowerApps/apis",
        f"GET /providers/Microsoft.PowerApps/apis/{CONNECTOR}",
        f"GET /providers/Microsoft.PowerApps/apis/{CONNECTOR}/connections",
        f"GET /apim/orders/{CONNECTION}/orders/1",
    ]


def test_through_a_connection_by_its_id(through: Program, gateway: Gateway) -> None:
    done = through(*GET, "--connector", CONNECTOR, f"--via-connection={CONNECTION}")
    assert done.returncode == 0
    assert len(gateway.lines) == 2


def test_in_the_form_of_canvas_apps(through: Program, gateway: Gateway) -> None:
    done = through(*GET, "--via-connection", "--invoke")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"id": "1", "state": 2})
    assert gateway.lines[-1] == "POST /invoke"
    gateway.audiences = [POWER_APPS]
    assert through(*GET, "--via-connection", "--invoke").returncode == 0
    assert gateway.lines[-2:] == ["POST /invoke", "POST /invoke"]
    done = through(*GET, "--invoke")
    assert done.stderr.splitlines() == [
        "error: --invoke without --via-connection",
        "help: add --via-connection",
    ]


@pytest.mark.parametrize("form", [(), ("--invoke",)])
def test_pages_through_the_gateway(through: Program, gateway: Gateway, form: tuple[str, ...]) -> None:
    done = through("call", "orders.yaml", "ListOrders", "--all", *GET[-2:], "--via-connection", *form)
    assert (done.returncode, json.loads(done.stdout)) == (0, [{"id": "1"}, {"id": "2"}])


def test_a_gateway_that_wants_the_other_audience(through: Program, gateway: Gateway) -> None:
    gateway.audiences = [POWER_APPS]
    assert through(*GET, "--via-connection").returncode == 0
    gateway.audiences = []
    assert through(*GET, "--via-connection").returncode == 4


def test_connections_and_connectors_that_cannot_be_chosen(through: Program, gateway: Gateway) -> None:
    gateway.statuses["1" * 32] = "Connected"
    done = through(*GET, "--via-connection")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        ["error: 2 connections are connected", f"help: choose one: --via-connection ID, of {CONNECTION} (Mine), {'1' * 32} (Mine)"],
    )  # fmt: skip
    gateway.statuses = {"2" * 32: "Error"}
    done = through(*GET, "--via-connection")
    assert (done.returncode, "has no connection that works: its 1 connections are: Error" in done.stderr) == (2, True)
    gateway.titles["shared_second"] = "Contoso Orders"
    done = through(*GET, "--via-connection")
    assert (done.returncode, "2 connectors of the environment are called 'Contoso Orders'" in done.stderr) == (2, True)
    gateway.titles = {"shared_order": "Contoso Order"}
    assert "help: did you mean 'Contoso Order'?" in through(*GET, "--via-connection").stderr
    assert through(*GET[:-2], "--via-connection").returncode == 2
    assert through(*GET[:-1], "a b", "--via-connection").returncode == 2


def test_a_dry_run_through_the_gateway(through: Program, gateway: Gateway) -> None:
    done = through(*GET, "--dry-run", "--format", "json", "--via-connection")
    urls = [one["url"] for one in json.loads(done.stdout)["requests"]]
    assert urls[-1] == "https://gateway.invalid/apim/connector/%3Cconnection%3E/orders/1"
    assert (len(urls), gateway.requests) == (4, [])


class Login(Server):
    """A service with a sign-in of its own: the page sends the browser back at once."""

    token = "planted-access-token-of-github"

    def __init__(self) -> None:
        super().__init__(route=self.route)
        self.asked: dict[str, str] = {}

    def route(self, request: Request) -> Reply:
        if request.path == "/authorize":
            self.asked = request.query
            fields = {"code": "planted-code", "state": request.query["state"]}
            return Reply(302, headers={"Location": f"{request.query['redirect_uri']}?{urlencode(fields)}"})
        if request.path == "/token":
            form = dict(parse_qsl(request.body.decode()))
            if (form["code"], form["redirect_uri"], form["client_secret"]) != (
                "planted-code", self.asked["redirect_uri"], "planted-client-secret-of-github",
            ):  # fmt: skip
                return Reply.of({"error": "bad_verification_code"})
            return Reply(200, f"access_token={self.token}&scope=repo".encode(), "application/x-www-form-urlencoded")
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return Reply.of({"message": "Requires authentication"}, 401)
        return Reply.of({"id": "1", "state": 2})


def test_oauth_of_another_service_in_the_browser(tmp_path: Path) -> None:
    with Login() as service:
        spec_in(
            tmp_path,
            f"auth:\n  type: oauth2\n  clientId: abc123\n  authorizationUrl: {service.url}/authorize\n"
            f"  tokenUrl: {service.url}/token\n  refreshUrl: {service.url}/token\n  scopes: [repo]\n",
        )
        program = Program(tmp_path, CB_CONNECTION_CLIENT_SECRET="planted-client-secret-of-github").with_browser()
        done = program.process(
            "call", "orders.yaml", "GetOrder", "order=1", "--server", service.url, "-v", "--fail-on", "never"
        )
        assert (done.returncode, done.stdout) == (0, '{"id": "1", "state": 2}')
        assert (service.asked["client_id"], service.asked["scope"]) == ("abc123", "repo")
        assert service.asked["code_challenge_method"] == "S256"
        for secret in (service.token, "planted-code", "planted-client-secret"):
            assert secret not in done.stdout + done.stderr
        done = program.process(
            "call", "orders.yaml", "GetOrder", "order=1", "--server", service.url, CB_CONNECTION_TOKEN=service.token
        )
        assert done.returncode == 0


def test_a_user_and_a_password(tmp_path: Path) -> None:
    spec_in(tmp_path, "auth: {type: basic}\n")
    expected = "Basic " + base64.b64encode(b"ann:planted-pass-word").decode()

    def route(request: Request) -> Reply:
        right = request.headers.get("authorization") == expected
        return Reply.of({"id": "1", "echo": request.headers["authorization"]}, 200 if right else 401)

    with Server(route=route) as server:
        program = Program(tmp_path, CB_CONNECTION_USERNAME="ann", CB_CONNECTION_PASSWORD="planted-pass-word")
        done = program("call", "orders.yaml", "GetOrder", "order=1", "--server", server.url, "-v", "--show-secrets")
        assert done.returncode == 0
        assert expected.removeprefix("Basic ") not in done.stdout + done.stderr
        assert "planted-pass-word" not in done.stdout + done.stderr
        done = program("call", "orders.yaml", "GetOrder", "order=1", "--server", server.url, CB_CONNECTION_USERNAME="")
        assert (done.returncode, "set the variable CB_CONNECTION_USERNAME" in done.stderr) == (2, True)


@pytest.fixture
def keyed(tmp_path: Path) -> Program:
    spec_in(tmp_path, KEY)
    return Program(tmp_path, CB_CONNECTION_API_KEY="planted-key")


@pytest.mark.parametrize(
    "link", ["https://evil.example/orders?page=2", "//evil.example/x", "http://127.0.0.1:1/orders", "/orders"]
)
def test_no_page_at_another_server_or_again(keyed: Program, link: str) -> None:
    with Server(route=lambda _: Reply.of({"value": [{"id": "1"}], "nextLink": link})) as server:
        done = keyed("call", "orders.yaml", "ListOrders", "--all", "--server", server.url)
        assert (done.returncode, done.stdout) == (5, "")
        assert "the next page is at another server, or one that was there" in done.stderr
        assert len(server.requests) == 1


def test_pages_of_the_same_server(keyed: Program) -> None:
    def route(request: Request) -> Reply:
        page = int(request.query.get("page", "1"))
        more = {"nextLink": f"http://{request.host}/orders?page={page + 1}"} if page < 3 else {}
        return Reply.of({"value": [{"id": str(page)}], **more})

    with Server(route=route) as server:
        done = keyed("call", "orders.yaml", "ListOrders", "--all", "--server", server.url)
        assert (done.returncode, json.loads(done.stdout)) == (0, [{"id": "1"}, {"id": "2"}, {"id": "3"}])
        assert {request.headers["x-shop-key"] for request in server.requests} == {"planted-key"}


def test_a_redirect_is_not_followed(keyed: Program) -> None:
    with Server(Reply(302, headers={"Location": "https://evil.example/?token=planted-in-location"})) as server:
        done = keyed("call", "orders.yaml", "GetOrder", "order=1", "--server", server.url)
        assert done.returncode == 5
        assert "redirects to evil.example, which isn't followed" in done.stderr
        assert "planted-in-location" not in done.stderr


def test_an_answer_that_is_too_large_or_no_json(keyed: Program) -> None:
    with Server(
        Flood(1024 * 1024 * 1024), Reply(200, b"{broken", "application/json"), Reply(200, b"\x00\xff", "image/png")
    ) as server:
        arguments = ("call", "orders.yaml", "GetOrder", "order=1", "--server", server.url)
        done = keyed(*arguments)
        assert (done.returncode, "larger than 32 MB" in done.stderr) == (5, True)
        done = keyed(*arguments)
        assert (done.returncode, done.stdout) == (1, "{broken")
        done = keyed(*arguments, "--output-file", "cat.png")
        assert (done.returncode, (keyed.folder / "cat.png").read_bytes()) == (1, b"\x00\xff")


def test_a_lost_answer_is_unknown_and_not_sent_twice(keyed: Program) -> None:
    (keyed.folder / "orders.jsonl").write_text('{"id": "1"}\n{"id": "2"}\n', encoding="utf-8")
    arguments = ("call", "orders.yaml", "CancelOrder", "order={id}", "--each", "orders.jsonl", "--yes")
    with Server(Break(), Reply(204), Reply(204)) as server:
        done = keyed(*arguments, "--server", server.url)
        assert (done.returncode, done.stdout) == (5, "1 done, 1 unknown, of 2\n")
        assert done.stderr.splitlines()[0].startswith("item 1: unknown: ")
        assert server.lines == ["POST /orders/1/cancel", "POST /orders/2/cancel"]
        assert keyed(*arguments, "--server", server.url).stdout == "1 done, 1 done before, of 2\n"
        assert keyed(*arguments[:3], "order=1", *arguments[4:]).returncode == 2


def test_a_list_for_programs(keyed: Program) -> None:
    (keyed.folder / "orders.json").write_text('{"value": [{"id": "1"}, {"id": "2"}]}', encoding="utf-8")
    with Server(Reply(204), Reply.of({"error": {"code": "No", "message": "No."}}, 409)) as server:
        arguments = ("call", "orders.yaml", "CancelOrder", "order={id}", "--each", "orders.json", "--yes", "-q")
        done = keyed(*arguments, "--format", "json", "--server", server.url)
    data = json.loads(done.stdout)
    assert [(one["item"], one["state"], one["status"]) for one in data["results"]] == [
        (1, "done", 204),
        (2, "failed", 409),
    ]
    assert data["counts"] == {"done": 1, "failed": 1}
    assert done.returncode == 5
