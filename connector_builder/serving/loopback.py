"""A server for this machine alone: at 127.0.0.1, below a token that nobody can guess, for a known `Host`.

A page of a website can send requests to 127.0.0.1 too. It doesn't know the token; and if its name was made to point here (DNS
rebinding), `Host` has that name.
"""

import errno
import io
import os
import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from connector_builder.serving.deadline import UntilDeadline
from connector_builder.serving.messages import Answer, Request, Unavailable

HOST = "127.0.0.1"
MAX_CONNECTIONS = 64
"""Connections at a time: further ones are closed."""
SECONDS = 10.0
"""How long a client may take for one request, and for taking a part of the answer."""
MAX_QUERY = 20
_IN_USE = (errno.EADDRINUSE, 10048)  # WSAEADDRINUSE
_FORBIDDEN = (errno.EACCES, 10013)  # WSAEACCES
_LEFT = (ConnectionError, TimeoutError)
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
Handle = Callable[[Request], Answer]
"""Answers a request. It is called in a thread for each connection."""


class Server:
    """A server at a port of 127.0.0.1; port 0 is a free one.

    Raises Unavailable if the port is in use, or isn't allowed.
    """

    def __init__(self, handle: Handle, port: int = 0, *, token: str | None = None) -> None:
        self._token = secrets.token_urlsafe(24) if token is None else token
        try:
            self._server = _Server((HOST, port), handle, self._token)
        except OSError as error:
            raise _unavailable(error, port) from error
        self.port: int = self._server.server_address[1]

    @property
    def address(self) -> str:
        """Returns the address of the first page."""
        return f"http://{HOST}:{self.port}/{self._token}/"

    def run(self) -> None:
        """Answers requests until `stop`, or until Ctrl-C, which isn't an error."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            pass
        finally:
            self._server.server_close()

    def stop(self) -> None:
        """Ends `run`, which another thread is in."""
        self._server.shutdown()


def _unavailable(error: OSError, port: int) -> Unavailable:
    if error.errno in _IN_USE:
        return Unavailable(f"the port {port} is in use", "name another with --port, or leave it out for a free one")
    if error.errno in _FORBIDDEN:
        return Unavailable(
            f"the port {port} isn't allowed", "name one from 1024 on, or leave --port out for a free one"
        )
    return Unavailable(f"can't serve at {HOST}: {error.strerror}", "leave --port out for a free port")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # On Windows this would let two programs have one port.
    allow_reuse_address = os.name != "nt"
    request_queue_size = MAX_CONNECTIONS

    def __init__(self, address: tuple[str, int], handle: Handle, token: str) -> None:
        self.handle = handle
        self.token = token
        self._free = threading.BoundedSemaphore(MAX_CONNECTIONS)
        super().__init__(address, _Handler)
        self.hosts = {f"{name}:{self.server_address[1]}" for name in (HOST, "localhost")}

    def server_bind(self) -> None:
        # Without HTTPServer's, which asks the network for the name of the host.
        TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # there can't be one more thread
            self._free.release()
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints nothing: a client that leaves is none of its user's business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "connector-builder"
    sys_version = ""
    timeout = SECONDS

    def setup(self) -> None:
        super().setup()
        self._received = UntilDeadline(self.connection, SECONDS)
        self.rfile.close()
        self.rfile = io.BufferedReader(self._received)

    def handle_one_request(self) -> None:
        self._received.restart()
        try:
            super().handle_one_request()
        except _LEFT:
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer(self._answered())

    def do_HEAD(self) -> None:
        answer = self._answered()
        self._answer(answer if isinstance(answer.content, bytes) else answer._replace(content=b""))

    def _answered(self) -> Answer:
        server = cast(_Server, self.server)
        if (self.headers.get("Host") or "").lower() not in server.hosts:
            return Answer(b"This server answers only to the address that it printed.\n", status=403)
        if "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0":
            self.close_connection = True  # whatever follows isn't read
        target = urlsplit(self.path)
        token, slash, rest = target.path.removeprefix("/").partition("/")
        if not slash or not secrets.compare_digest(token.encode(), server.token.encode()):
            return Answer(b"There is no such page: use the whole address that was printed.\n", status=404)
        try:
            pairs = parse_qsl(target.query, keep_blank_values=True, max_num_fields=MAX_QUERY)
        except ValueError:
            return Answer(b"There are too many parameters.\n", status=400)
        return server.handle(Request(f"/{rest}", dict(reversed(pairs))))

    def _answer(self, answer: Answer) -> None:
        whole = isinstance(answer.content, bytes)
        self.connection.settimeout(SECONDS)
        self.send_response(answer.status)
        for name, value in (*_HEADERS, ("Content-Type", answer.type), *answer.headers):
            self.send_header(name, value)
        if isinstance(answer.content, bytes):
            self.send_header("Content-Length", str(len(answer.content)))
        if not whole or self.close_connection:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        for part in (answer.content,) if isinstance(answer.content, bytes) else answer.content:
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Prints nothing."""
