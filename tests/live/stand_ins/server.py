"""A stand-in that can also misbehave: it hangs, breaks off, or sends more than anybody wants."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from tests.support.programs.stand_in import Handler, Reply, Request, StandIn

CHUNK = b" " * 65536


@dataclass(frozen=True, slots=True)
class Break:
    """The connection ends without an answer, or in the middle of one, after the request arrived."""

    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Hang:
    """Nothing comes, until the stand-in ends."""


@dataclass(frozen=True, slots=True)
class Flood:
    """A body of this size, in chunks, with a length that says so or not."""

    size: int
    with_length: bool = True


Answers = Reply | Break | Hang | Flood


class Misbehaving(Handler):
    """Writes what a Reply can't be."""

    server: "Server"

    def write(self, reply: Any) -> None:
        if isinstance(reply, Reply):
            with suppress(ConnectionError):
                super().write(reply)
            return
        self.close_connection = True
        if isinstance(reply, Hang):
            self.server.ended.wait(30)
        elif isinstance(reply, Break):
            self.wfile.write(reply.after)
            self.wfile.flush()
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._flood(reply)

    def _flood(self, flood: Flood) -> None:
        with suppress(ConnectionError):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            if flood.with_length:
                self.send_header("Content-Length", str(flood.size))
            self.end_headers()
            for _ in range(flood.size // len(CHUNK)):
                self.wfile.write(CHUNK)

    do_DELETE = Handler.respond  # noqa: N815 - the name that the base class looks for


class Server(StandIn):
    """A stand-in with a queue of answers, or a function that gives them."""

    handler = Misbehaving

    def __init__(self, *answers: Answers, route: Callable[[Request], Any] | None = None) -> None:
        super().__init__()
        self.daemon_threads = True
        self.ended = threading.Event()
        self._answers: Iterator[Answers] = iter(answers)
        self._route = route

    def reply(self, request: Request) -> Any:
        if self._route is not None:
            return self._route(request)
        return next(self._answers, Reply(404))

    def __exit__(self, *error: Any) -> None:
        self.ended.set()
        super().__exit__(*error)

    def __enter__(self) -> Self:
        return super().__enter__()
