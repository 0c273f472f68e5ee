"""The mock on a port of this machine, with real clients."""

import http.client
import json
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector_builder.cli import program
from tests.support.mock_spec import SPEC

KEY = {"X-Api-Key": "any", "Content-Type": "application/json"}


def exchange(
    connection: http.client.HTTPConnection, method: str, target: str, body: bytes | None = None
) -> tuple[int, bytes]:
    connection.request(method, target, body, KEY)
    with connection.getresponse() as answer:
        return answer.status, answer.read()


def test_one_connection_takes_many_requests(at: Callable[..., int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", at(latency=0.001))
    assert exchange(connection, "POST", "/v1/orders", b'{"title": "Lamps"}')[0] == 201
    first = connection.sock
    assert exchange(connection, "GET", "/v1/orders/1001") == (200, b'{"id":1001,"title":"Lamps","state":"open"}')
    assert exchange(connection, "HEAD", "/v1/orders/1001") == (200, b"")
    assert exchange(connection, "GET", "/__mock/log")[0] == 200
    assert connection.sock is first
    connection.close()


def raw(port: int, content: bytes) -> bytes:
    """Sends bytes, and returns all that comes until the mock ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(content)
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except ConnectionError:  # Windows, and what is still under way
            pass
        return found


@pytest.mark.parametrize(
    ("content", "begin"),
    [
        (b"POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n{", b"HTTP/1.1 413 "),
        (b"POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{", b"HTTP/1.1 408 "),
        (b"GET /v1/orders HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"HTTP/1.1 421 "),
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400 "),
        (b"", b""),
    ],
)
def test_large_slow_and_broken_requests_end(at: Callable[..., int], content: bytes, begin: bytes) -> None:
    found = raw(at(), content)
    assert found.startswith(begin)
    assert bool(found) == bool(begin)


def test_requests_in_a_row_are_answered_in_order(at: Callable[..., int]) -> None:
    line = b"GET /v1/orders/%d HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: any\r\n\r\n"
    last = b"GET /v1/missing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    found = raw(at(latency=0.001), line % 7 + line % 8 + last)
    assert [part[:3] for part in found.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"404"]


class Subscriber(BaseHTTPRequestHandler):
    """Keeps what it is called with."""

    got: list[bytes]

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


def test_a_subscriber_is_called(at: Callable[..., int]) -> None:
    Subscriber.got = []
    with HTTPServer(("127.0.0.1", 0), Subscriber) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", at())
        url = f"http://localhost:{server.server_address[1]}/flow?sig=a"
        assert exchange(connection, "POST", "/v1/hooks", json.dumps({"callbackUrl": url}).encode())[0] == 201
        status, body = exchange(connection, "POST", "/__mock/fire/WhenOrderArrives", b'{"number": "B-1"}')
        assert (status, [one["result"] for one in json.loads(body)["called"]]) == (200, ["202"])
        assert Subscriber.got == [b'{"number":"B-1"}']
        connection.close()
        server.shutdown()


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(SPEC, encoding="utf-8", newline="\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(program, ["mock", str(spec), "--port", str(port)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: the port {port} is in use\nhelp: end what uses it, or choose another: --port {port + 1}, or --port 0 for a free one\n"
    )
