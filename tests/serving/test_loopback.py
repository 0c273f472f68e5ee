"""The server of pages: who gets an answer, and who doesn't."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from connector_builder.serving import Answer, Request, Server, Unavailable
from connector_builder.serving.deadline import UntilDeadline

TOKEN = "token"


def echo(request: Request) -> Answer:
    if request.path == "/parts":
        return Answer(iter([b"one ", b"two"]), "text/event-stream")
    return Answer(f"{request.path} {sorted(request.query.items())}".encode())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(echo, token=TOKEN)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


def ask(
    server: Server, target: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, str, Any]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as client:
        client.request(method, target, body, headers)
        answer = client.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def test_the_address_is_on_this_machine_and_has_the_token(server: Server) -> None:
    assert server.address == f"http://127.0.0.1:{server.port}/{TOKEN}/"
    assert server._server.server_address[0] == "127.0.0.1"
    first, second = Server(echo), Server(echo)
    tokens = {one.address.split("/")[3] for one in (first, second)}
    first._server.server_close()
    second._server.server_close()
    assert len(tokens) == 2
    assert all(len(token) == 32 for token in tokens)


def test_a_request_below_the_token_is_answered(server: Server) -> None:
    status, text, headers = ask(server, f"/{TOKEN}/page?b=2&a=1&a=3")
    assert (status, text) == (200, "/page [('a', '1'), ('b', '2')]")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] is None
    assert headers["Server"].strip() == "connector-builder"


@pytest.mark.parametrize("target", ["/", "/page", f"/{TOKEN}", f"/{TOKEN}x/", "/tok%C3%A9n/", "//"])
def test_nothing_is_answered_without_the_token(server: Server, target: str) -> None:
    assert ask(server, target)[:2] == (404, "There is no such page: use the whole address that was printed.\n")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_nothing_is_answered_to_another_host(server: Server, host: str) -> None:
    assert ask(server, f"/{TOKEN}/", Host=host)[0] == 403


def test_localhost_is_the_same_host(server: Server) -> None:
    assert ask(server, f"/{TOKEN}/", Host=f"LocalHost:{server.port}")[0] == 200


def test_other_methods_are_refused(server: Server) -> None:
    assert ask(server, f"/{TOKEN}/", "POST", "x")[0] == 501
    assert ask(server, f"/{TOKEN}/", "HEAD")[:2] == (200, "")
    assert ask(server, f"/{TOKEN}/parts", "HEAD")[:2] == (200, "")


def test_too_many_parameters_are_refused(server: Server) -> None:
    assert ask(server, f"/{TOKEN}/?{'a=1&' * 30}")[0] == 400


def test_an_answer_can_come_in_parts(server: Server) -> None:
    status, text, headers = ask(server, f"/{TOKEN}/parts")
    assert (status, text, headers["Connection"]) == (200, "one two", "close")


def test_a_connection_serves_several_requests(server: Server) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as client:
        for path in ("/a", "/b"):
            client.request("GET", f"/{TOKEN}{path}")
            assert client.getresponse().read().decode() == f"{path} []"


def test_what_isnt_http_gets_an_error_and_nothing_else_stops(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
        client.sendall(b"\x16\x03\x01\x02\x00\r\n\r\n")
        assert b"400" in client.recv(1000)
    assert ask(server, f"/{TOKEN}/")[0] == 200


def test_a_port_in_use_is_named(server: Server) -> None:
    with pytest.raises(Unavailable) as error:
        Server(echo, server.port)
    assert error.value.message == f"the port {server.port} is in use"
    assert error.value.help == "name another with --port, or leave it out for a free one"


def test_a_slow_client_loses_its_connection_at_the_deadline() -> None:
    now = [0.0]

    class Connection:
        def __init__(self) -> None:
            self.timeouts: list[float] = []

        def settimeout(self, seconds: float) -> None:
            self.timeouts.append(seconds)

        def recv_into(self, buffer: Any) -> int:
            now[0] += 4
            buffer[0:1] = b"x"
            return 1

    connection = Connection()
    stream = UntilDeadline(connection, 10, lambda: now[0])
    assert [stream.read(1) for _ in range(3)] == [b"x"] * 3
    with pytest.raises(TimeoutError):
        stream.read(1)
    stream.restart()
    assert stream.read(1) == b"x"
    assert connection.timeouts == [10, 6, 2, 10]


def test_further_connections_than_the_most_are_closed() -> None:
    server = Server(echo, token=TOKEN)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for _ in range(64):
            server._server._free.acquire()
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
            assert client.recv(10) == b""
        server._server._free.release()
        assert ask(server, f"/{TOKEN}/")[0] == 200
    finally:
        server.stop()
        thread.join()
