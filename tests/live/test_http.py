import base64
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from connector_builder.live.errors import LiveError, ServiceRefused, SignInRefused, Unreachable
from connector_builder.live.http import Limits, Session
from connector_builder.live.messages import Request
from connector_builder.live.trace import DryRun
from connector_builder.secrets.known import hide
from tests.live.stand_ins.server import Break, Flood, Hang, Server
from tests.support.programs.certificate import certify
from tests.support.programs.stand_in import Reply

AUDIENCE = "https://service.powerapps.com/"
CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
CHALLENGE = base64.b64encode(CLAIMS.encode()).decode()


class Tokens:
    """Gives numbered tokens, and remembers for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, audience: str, claims: str | None) -> str:
        self.asked.append((audience, claims))
        return f"token-{len(self.asked)}"


def session(**options: Any) -> Session:
    slept: list[float] = options.pop("slept", [])
    limits = options.pop("limits", Limits(connect=5, silence=5))
    return Session(options.pop("token", Tokens()), limits=limits, sleep=slept.append, **options)


def request(server: Server, method: str = "GET", **fields: Any) -> Request:
    fields.setdefault("audience", AUDIENCE)
    return Request(method, fields.pop("url", f"{server.url}/things"), "Power Apps", **fields)


def test_a_request_with_a_token() -> None:
    tokens = Tokens()
    with Server(Reply.of({"a": 1})) as server, session(token=tokens) as http:
        answer = http.ask(request(server, "POST", json={"ü": [1]}, headers={"x-ms-origin": "connector-builder"}))
        sent = server.requests[0]
    assert answer.json() == {"a": 1}
    assert tokens.asked == [(AUDIENCE, None)]
    assert sent.headers["authorization"] == "Bearer token-1"
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["accept"] == "application/json"
    assert sent.headers["x-ms-origin"] == "connector-builder"
    assert sent.body == '{"ü":[1]}'.encode()


def test_a_request_without_an_audience_has_no_token() -> None:
    tokens = Tokens()
    with Server(Reply(201)) as server, session(token=tokens) as http:
        answer = http.ask(request(server, "PUT", audience=None, content=b"x", headers={"Content-Type": "image/png"}))
        assert server.requests[0].headers["content-type"] == "image/png"
        assert "authorization" not in server.requests[0].headers
    assert (answer.status, answer.json(), tokens.asked) == (201, None, [])


def test_passwords_of_netrc_never_replace_a_token(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password other\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Server(Reply(200), Reply(200)) as server, session() as http:
        http.ask(request(server))
        http.ask(request(server, audience=None))
        assert server.requests[0].headers["authorization"] == "Bearer token-1"
        assert "authorization" not in server.requests[1].headers


def test_no_token_without_tls() -> None:
    tokens = Tokens()
    with session(token=tokens) as http, pytest.raises(ServiceRefused) as raised:
        http.ask(Request("GET", "http://api.contoso.example/x?sig=abcdef", "Power Apps", AUDIENCE))
    assert raised.value.message == "no token is sent without TLS: GET http://api.contoso.example/x"
    assert tokens.asked == []


def test_a_busy_service_is_asked_again_when_it_says() -> None:
    slept: list[float] = []
    with (
        Server(Reply(429, headers={"Retry-After": "7"}), Reply(503), Reply.of([])) as server,
        session(slept=slept) as http,
    ):
        assert http.ask(request(server)).json() == []
    assert slept == [7.0, 2.0]


def test_a_service_that_stays_busy() -> None:
    slept: list[float] = []
    with Server(*[Reply(503)] * 9) as server, session(slept=slept) as http:
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server))
        assert len(server.requests) == 5
    assert slept == [1.0, 2.0, 4.0, 8.0]
    assert raised.value.status == 503


def test_nobody_waits_for_hours() -> None:
    slept: list[float] = []
    with Server(Reply(429, headers={"Retry-After": "3600"})) as server, session(slept=slept) as http:
        assert http.send(request(server)).status == 429
    assert slept == []


def test_a_post_is_repeated_only_where_it_did_nothing() -> None:
    slept: list[float] = []
    with Server(Reply(429), Reply(503), Reply(200)) as server, session(slept=slept) as http:
        assert http.send(request(server, "POST", json={})).status == 503
        assert len(server.requests) == 2
    with Server(Reply(503), Reply(200)) as server, session(slept=slept) as http:
        assert http.send(request(server, "POST", json={}, repeatable=True)).status == 200
    with Server(Reply(503), Reply(200)) as server, session(slept=slept) as http:
        assert http.send(request(server, "PATCH", json={})).status == 503


def test_a_lost_answer() -> None:
    with Server(Break(), Reply(200)) as server, session() as http:
        with pytest.raises(Unreachable) as raised:
            http.ask(request(server, "POST", json={}))
        assert len(server.requests) == 1
        assert raised.value.lost
        assert raised.value.message == f"Power Apps can't be reached, the connection broke: POST {server.url}/things"
        assert http.ask(request(server)).status == 200


@pytest.mark.parametrize("answer", [Break(), Break(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")])
def test_a_get_survives_a_lost_answer(answer: Break) -> None:
    slept: list[float] = []
    with Server(answer, Reply.of(1)) as server, session(slept=slept) as http:
        assert http.ask(request(server)).json() == 1
    assert slept == [1.0]


def test_a_service_that_hangs() -> None:
    with Server(Hang()) as server, session(limits=Limits(connect=5, silence=0.1)) as http:
        with pytest.raises(Unreachable) as raised:
            http.ask(request(server, "POST"))
        assert raised.value.message == f"Power Apps can't be reached, no answer in time: POST {server.url}/things"
    assert (raised.value.lost, raised.value.exit_status) == (True, 5)


def test_a_service_that_never_ends() -> None:
    ticks: Iterator[float] = iter(range(0, 10_000, 200))
    with (
        Server(Flood(65536 * 100)) as server,
        session(clock=lambda: next(ticks)) as http,
        pytest.raises(Unreachable) as raised,
    ):
        http.ask(request(server, "POST"))
    assert raised.value.message == f"Power Apps takes too long to answer: POST {server.url}/things"


def test_nobody_is_there() -> None:
    with Server() as server:
        url = server.url
    with session() as http, pytest.raises(Unreachable) as raised:
        http.ask(Request("POST", f"{url}/x", "Power Apps", AUDIENCE))
    assert (raised.value.lost, raised.value.message) == (
        False,
        f"Power Apps can't be reached, no connection: POST {url}/x",
    )


def test_a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    certificate, key = certify("127.0.0.1")
    (tmp_path / "both.pem").write_bytes(certificate + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    slept: list[float] = []
    with Server(Reply(200)) as server, session(slept=slept) as http:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = server.url.replace("http:", "https:")
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server, url=f"{url}/x"))
        assert (server.requests, slept) == ([], [])
    assert raised.value.message == f"the certificate of Power Apps isn't trusted: GET {url}/x"


def test_no_cookie_is_kept() -> None:
    with Server(Reply(200, headers={"Set-Cookie": "a=planted; Path=/"}), Reply(200)) as server, session() as http:
        http.ask(request(server))
        http.ask(request(server))
        assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("with_length", [True, False])
def test_an_answer_of_a_gigabyte_is_not_read(with_length: bool) -> None:
    with Server(Flood(1024**3, with_length)) as server, session(limits=Limits(size=1024 * 1024)) as http:
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server))
        assert raised.value.message == f"the answer of Power Apps is larger than 1 MB: GET {server.url}/things"


def test_no_redirect_is_followed() -> None:
    with (
        Server(route=lambda _: Reply(302, headers={"Location": "https://evil.example/?code=1"})) as server,
        session() as http,
    ):
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server))
        assert len(server.requests) == 1
        assert (
            raised.value.message
            == f"Power Apps redirects to evil.example, which isn't followed: GET {server.url}/things"
        )


def test_claims_are_answered_once() -> None:
    tokens = Tokens()
    challenge = Reply(
        401, headers={"WWW-Authenticate": f'Bearer realm="", error="insufficient_claims", claims="{CHALLENGE}"'}
    )
    with Server(challenge, Reply.of(1)) as server, session(token=tokens) as http:
        assert http.ask(request(server)).json() == 1
        assert [one.headers["authorization"] for one in server.requests] == ["Bearer token-1", "Bearer token-2"]
    assert tokens.asked == [(AUDIENCE, None), (AUDIENCE, CLAIMS)]
    with Server(*[challenge] * 3) as server, session() as http:
        with pytest.raises(SignInRefused):
            http.ask(request(server))
        assert len(server.requests) == 2


@pytest.mark.parametrize("value", ['Bearer claims="%%%"', 'Bearer claims="//79"', "Bearer", ""])
def test_claims_that_cannot_be_read(value: str) -> None:
    with Server(Reply(401, headers={"WWW-Authenticate": value})) as server, session() as http:
        with pytest.raises(SignInRefused) as raised:
            http.ask(request(server))
        assert len(server.requests) == 1
    assert raised.value.exit_status == 4


HTML = b"<!DOCTYPE html><html><body>502</body></html>"


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (Reply.of({"error": {"code": "EnvironmentAccessDenied", "message": "No\n access."}}, 403), "EnvironmentAccessDenied", "403 Forbidden: EnvironmentAccessDenied: No access."),
        (Reply.of({"error": {"code": 404, "message": "Gone."}}, 404), None, "404 Not Found: Gone."),
        (Reply.of({"error": {"code": "0x80040265", "message": "ApiHubsRequestFailed: Bad."}}, 400), "ApiHubsRequestFailed", "400 Bad Request: ApiHubsRequestFailed: Bad."),
        (Reply.of({"error": "invalid_grant", "error_description": "AADSTS65001: Not consented."}, 400), "AADSTS65001", "400 Bad Request: AADSTS65001: Not consented."),
        (Reply.of({"Message": "An error."}, 400), None, "400 Bad Request: An error."),
        (Reply.of({"error": {"code": "X", "message": "y" * 2000}}, 418), "X", f"418 I'm a Teapot: X: {'y' * 1000}…"),
        (Reply(404), None, "404 Not Found: the body is nothing"),
        (Reply(400, HTML), None, "400 Bad Request: the body is a page of HTML"),
        (Reply(400, b"[" * 100_000), None, "400 Bad Request: the body is text"),
        (Reply.of([], 499), None, "499: the body is text"),
    ],
)  # fmt: skip
def test_error_bodies(reply: Reply, code: str | None, said: str) -> None:
    with Server(reply) as server, session() as http:
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server, "PATCH"))
        assert (raised.value.code, raised.value.status) == (code, reply.status)
        assert raised.value.message == f"Power Apps answered {said} (PATCH {server.url}/things)"


def test_an_answer_that_should_be_json() -> None:
    with Server(Reply(200, HTML), Reply(200, b"[]")) as server, session() as http:
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server)).json()
        assert (
            raised.value.message
            == f"Power Apps answered a page of HTML where JSON is expected: GET {server.url}/things"
        )
        with pytest.raises(ServiceRefused) as raised:
            http.ask(request(server)).mapping()
        assert raised.value.message == f"Power Apps answered no JSON object: GET {server.url}/things"


@pytest.mark.parametrize("key", ["nextLink", "@odata.nextLink"])
def test_pages(key: str) -> None:
    def page(request: Any) -> Reply:
        at = int(request.query.get("page", "1"))
        more = {key: f"{server.url}/things?page={at + 1}"} if at < 3 else {}
        return Reply.of({"value": [at * 10, at * 10 + 1]} | more)

    with Server(route=page) as server, session() as http:
        assert list(http.pages(request(server))) == [10, 11, 20, 21, 30, 31]
        assert [one.headers["authorization"] for one in server.requests] == [
            "Bearer token-1",
            "Bearer token-2",
            "Bearer token-3",
        ]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/x",
        "http://127.0.0.1.evil.example/x",
        "http://127.0.0.1@evil.example/x",
        "http://127.0.0.1:5@127.0.0.1:6/x",
        "https://127.0.0.1/x",
        "http://[",
    ],
)
def test_a_next_page_elsewhere_gets_no_token(link: str) -> None:
    with Server(Reply.of({"value": [1], "nextLink": link})) as server, session() as http:
        pages = http.pages(request(server))
        assert next(pages) == 1
        with pytest.raises(ServiceRefused) as raised:
            next(pages)
        assert raised.value.message == f"Power Apps names a next page that isn't its own: GET {server.url}/things"


def test_pages_in_a_circle_end() -> None:
    with (
        Server(route=lambda one: Reply.of({"value": [1], "nextLink": f"{server.url}/things?again=1"})) as server,
        session() as http,
    ):
        with pytest.raises(ServiceRefused):
            list(http.pages(request(server)))
        assert len(server.requests) == 2


def test_the_log_shows_requests_and_no_secrets() -> None:
    lines: list[str] = []
    hide("client-secret-1")
    reply = Reply.of({"sharedAccessSignature": "https://a.blob.core.windows.net/c?sig=SIGNATURE", "name": "x"})
    sent = {"name": "y", "clientSecret": "client-secret-1"}
    with Server(reply) as server, session(log=lines.append, token=lambda *_: hide("token-of-mine")) as http:
        http.ask(
            request(
                server,
                "POST",
                json=sent,
                headers={"Ocp-Apim-Subscription-Key": "k-17"},
                url=f"{server.url}/t?a=1&sig=SIGN",
            )
        )
        url = server.url
    assert [line for line in lines if line.startswith(">")] == [
        f"> POST {url}/t?a=1&sig=REDACTED",
        "> Accept: application/json",
        "> User-Agent: connector-builder/" + lines[2].rpartition("/")[2],
        "> Content-Type: application/json",
        "> Ocp-Apim-Subscription-Key: REDACTED",
        "> Authorization: Bearer REDACTED",
        '> {"name":"y","clientSecret":"REDACTED"}',
    ]
    assert lines[7] == f"< 200 OK, {len(reply.body)} bytes"
    text = "\n".join(lines)
    assert not any(value in text for value in ("client-secret-1", "token-of-mine", "SIGN\n", "SIGNATURE", "k-17"))


def test_a_dry_run_sends_nothing() -> None:
    tokens, dry = Tokens(), DryRun()
    hide("client-secret-1")
    with Server() as server, session(token=tokens, dry=dry) as http:
        first = http.ask(
            request(server, "POST", json={"clientSecret": "client-secret-1"}), dry={"name": "<the connector>"}
        )
        assert list(http.pages(request(server))) == []
        http.ask(request(server, "PUT", audience=None, content=b"abc", headers={"Content-Type": "image/png"}))
        assert (server.requests, tokens.asked, first.json()) == ([], [], {"name": "<the connector>"})
        url = server.url
    agent = dry.as_json()[0]["headers"]["User-Agent"]
    own = {"Accept": "application/json", "User-Agent": agent}
    bearer = {"Authorization": "Bearer <a token for https://service.powerapps.com/>"}
    assert dry.as_json() == [
        {"method": "POST", "url": f"{url}/things", "headers": own | {"Content-Type": "application/json"} | bearer, "body": {"clientSecret": "REDACTED"}},
        {"method": "GET", "url": f"{url}/things", "headers": own | bearer},
        {"method": "PUT", "url": f"{url}/things", "headers": own | {"Content-Type": "image/png"}, "body": "(3 bytes)"},
    ]  # fmt: skip
    assert list(dry.as_lines())[:9] == [
        f"POST {url}/things",
        "Accept: application/json",
        f"User-Agent: {agent}",
        "Content-Type: application/json",
        "Authorization: Bearer <a token for https://service.powerapps.com/>",
        "",
        "{",
        '  "clientSecret": "REDACTED"',
        "}",
    ]


def test_a_line_of_progress() -> None:
    shown: list[str] = []

    def watch(text: str) -> AbstractContextManager[None]:
        shown.append(text)
        return nullcontext()

    with Server(Reply(200)) as server, session(watch=watch) as http:
        http.ask(request(server))
    assert shown == ["waiting for 127.0.0.1"]


def test_errors_are_told_apart_by_their_exit_status() -> None:
    make: dict[int, Callable[[], LiveError]] = {4: lambda: SignInRefused("x"), 5: lambda: ServiceRefused("x")}
    assert {status: one().exit_status for status, one in make.items()} == {4: 4, 5: 5}
    assert json.loads(json.dumps(Unreachable("m", "h", lost=True).args)) == ["m", "h", None]
