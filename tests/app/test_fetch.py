"""Fetching the document at an address: a server on the loopback interface stands for the network."""

import gzip
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import connector_builder.app.import_.fetch as module
from connector_builder.app.import_.fetch import Limits, fetch
from connector_builder.app.import_.given import is_address
from connector_builder.app.shared.misuse import Misuse, Unreachable

DOCUMENT = b'{"openapi": "3.0.3"}'
ALL = Limits()


class Stand(BaseHTTPRequestHandler):
    """Answers by the path of the request, and notes what arrived."""

    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        name, _, rest = self.path.removeprefix("/").partition("/")
        answers: dict[str, Any] = {
            "to": lambda: self._send(302, b"", Location=rest.replace("~", "/")),
            "hops": lambda: (
                self._send(302, b"", Location=str(int(rest) - 1)) if int(rest) else self._send(200, DOCUMENT)
            ),
            "nowhere": lambda: self._send(302, b""),
            "status": lambda: self._send(int(rest), b"no"),
            "page": lambda: self._send(200, b" <!DOCTYPE html>"),
            "large": lambda: self._send(200, b"x" * 200),
            "zip": lambda: self._send(200, gzip.compress(DOCUMENT), **{"Content-Encoding": "gzip"}),
            "bomb": lambda: self._send(200, gzip.compress(b"0" * 200_000), **{"Content-Encoding": "gzip"}),
            "broken": lambda: self._send(200, b"PK", **{"Content-Encoding": "gzip"}),
            "short": lambda: self._send(200, b"x" * 10, **{"Content-Length": "50"}),
            "garbage": lambda: self.wfile.write(b"hello\r\n\r\n"),
        }
        answers.get(name, lambda: self._send(200, DOCUMENT))()

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Stand.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def refused(address: str, limits: Limits = ALL) -> str:
    with pytest.raises(Unreachable) as error:
        fetch(address, limits)
    return error.value.message


def test_a_document(base: str) -> None:
    assert fetch(f"{base}/docs/openapi.json?key=PLANTED#part") == (
        f"{base}/docs/openapi.json",
        Path("openapi.json"),
        DOCUMENT,
    )
    [seen] = Stand.seen
    assert (seen["path"], sorted(seen)) == (
        "/docs/openapi.json?key=PLANTED",
        ["accept", "accept-encoding", "connection", "host", "path", "user-agent"],
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "127.0.0.1"),
        ("/a%2Fb", "127.0.0.1"),
        ("/.hidden", "127.0.0.1"),
        ("/CON", "127.0.0.1"),
        ("/v1/api-docs/", "api-docs"),
    ],
)
def test_the_name_of_a_document(base: str, path: str, name: str) -> None:
    assert fetch(base + path).name == Path(name)


@pytest.mark.parametrize("steps", [1, 5])
def test_redirects(base: str, steps: int) -> None:
    assert fetch(f"{base}/hops/{steps}").address == f"{base}/hops/0"
    assert len(Stand.seen) == steps + 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/hops/6", "{address} leads to more than 5 other addresses"),
        ("/nowhere", "{address} leads to what is no address"),
        ("/to/ftp:~~contoso.example~a", "{address} leads to what is no address"),
        ("/to/file:~~~etc~passwd", "{address} leads to what is no address"),
        ("/to/http:~~[", "{address} leads to what is no address"),
        ("/status/404", "{address} answered 404 Not Found"),
        ("/status/401", "{address} answered 401 Unauthorized"),
        ("/status/599", "{address} answered 599"),
        ("/page", "{address} is a web page or XML, not a document of an API"),
        ("/broken", "{address} sent what can't be unpacked"),
        ("/short", "{address} ended early"),
        ("/garbage", "{address} can't be reached: BadStatusLine"),
    ],
)  # fmt: skip
def test_what_is_refused(base: str, path: str, expected: str) -> None:
    assert refused(base + path) == expected.format(address=base + path)


def test_sizes(base: str) -> None:
    limits = Limits(size=199)
    assert refused(f"{base}/large", limits) == f"{base}/large is larger than 0 MB"
    assert refused(f"{base}/bomb", limits) == f"{base}/bomb is larger than 0 MB"
    assert fetch(f"{base}/zip", limits).content == DOCUMENT


def test_time(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    going = threading.Event()
    monkeypatch.setattr(module, "_fetch", lambda parts, limits: going.wait())
    assert refused(f"{base}/a", Limits(seconds=0.01)) == f"{base}/a didn't answer in 0.01 seconds"
    going.set()


def test_a_redirect_into_a_private_network(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = module._is_inside
    # The first server passes for one of the internet: neither its name nor its connection says otherwise.
    monkeypatch.setattr(module, "_is_inside", lambda host: host != "127.0.0.1" and inside(host))
    check = module._check_peer
    monkeypatch.setattr(
        module,
        "_check_peer",
        lambda address, seen, connection, *, allowed: allowed or check(address, seen, connection, allowed=False),
    )
    assert refused(f"{base}/to/~end.json") == f"a redirect leads to {base}/end.json, which is in a private network"
    for host in ("localhost", "10.0.0.1", "[::1]", "169.254.169.254", "printer.local"):
        assert (
            refused(f"{base}/to/http:~~{host}~a")
            == f"a redirect leads to http://{host}/a, which is in a private network"
        )
    assert [seen["path"] for seen in Stand.seen][:2] == [
        "/to/~end.json",
        "/to/http:~~localhost~a",
    ]  # nothing was sent there


def test_a_redirect_that_is_not_encrypted() -> None:
    parts = module._parts("https://api.contoso.example/a")
    with pytest.raises(Unreachable) as error:
        module._redirected(parts, "http://api.contoso.example/b")
    assert error.value.message == (
        "https://api.contoso.example/a leads to http://api.contoso.example/b, which isn't encrypted"
    )


def test_nothing_answers(server: ThreadingHTTPServer, base: str) -> None:
    server.shutdown()
    server.server_close()
    assert refused(f"{base}/a") == f"{base}/a can't be reached: nothing answers there"


@pytest.mark.parametrize(
    "address", ["https://", "https://a b", "https://[", "https://a:x/", "https://ä.example/", "https://a\n"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(Misuse, match="this isn't an address"):
        fetch(address)


def test_an_address_with_a_password() -> None:
    with pytest.raises(Misuse) as error:
        fetch("https://me:PLANTED@contoso.example/")
    assert error.value.message == "the address has a user name or a password in it"


def test_a_proxy_gets_the_request(server: ThreadingHTTPServer, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", base)
    assert fetch("http://api.contoso.example/a.json").content == DOCUMENT
    assert [seen["path"] for seen in Stand.seen] == ["http://api.contoso.example/a.json"]


@pytest.mark.parametrize(
    ("word", "expected"), [("https://x", True), ("HTTP://x", True), ("httpsx", False), ("a.json", False)]
)
def test_words_that_are_addresses(word: str, expected: bool) -> None:
    assert is_address(word) is expected
