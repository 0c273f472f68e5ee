"""Serves a mock on this machine: one thread, connections that stay open, and limits for those that are slow or send too much.

The server of the standard library starts a thread for each connection, has no time limit for a body that comes slowly, and reads
heads with a parser for mail.
"""

import asyncio
import random
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from connector_builder.mock.connector import Connector
from connector_builder.mock.deliveries import deliver
from connector_builder.mock.log import Entry
from connector_builder.mock.messages import Answer, Incoming, problem
from connector_builder.mock.service import Fire, Service
from connector_builder.mock.wire import MAX_BODY, Arrived, Reader, Refused, written

HOST = "127.0.0.1"
EVERY = 0.5
"""The seconds between two looks at the files."""
_BLOCK = 256 * 1024


class Limits(NamedTuple):
    """What a client may take: the largest body, seconds for a request, seconds between two, and the most connections.

    `drain` is how many seconds the rest of a refused body is read, so that the client sees the answer.
    """

    body: int = MAX_BODY
    request: float = 20.0
    idle: float = 75.0
    connections: int = 500
    drain: float = 1.0


class Serving(NamedTuple):
    """How to serve: the port (0 for a free one), seconds before each answer (up to `slowest`, if that is more), and who hears of what happens."""

    port: int = 0
    latency: float = 0.0
    slowest: float = 0.0
    limits: Limits = Limits()
    ready: Callable[[int], None] = lambda _port: None
    logged: Callable[[Entry], None] = lambda _entry: None
    broken: Callable[[Exception], None] = lambda _error: None
    changed: Callable[[], Sequence[Connector] | None] = lambda: None
    """Returns the connectors anew if their files changed. It is asked twice a second, in another thread."""


class Holder:
    """The service in use, which may change while connections are open."""

    def __init__(self, service: Service) -> None:
        self.service = service


class _Connection(asyncio.Protocol):
    """A client. Its requests are answered one after the other."""

    def __init__(self, holder: Holder, serving: Serving, there: "set[_Connection]") -> None:
        self._holder, self._serving, self._there = holder, serving, there
        self._reader = Reader(serving.limits.body)
        self._transport: asyncio.Transport | None = None
        self._busy = self._closing = False
        self._waiting: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self.deadline = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._there.add(self)
        self._extend(self._serving.limits.idle)
        if len(self._there) > self._serving.limits.connections:
            self._refuse(problem(503, "TOO_MANY", "Service Unavailable", "there are too many connections"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._there.discard(self)
        if self._waiting is not None:
            self._waiting.cancel()
        if self._task is not None:
            self._task.cancel()

    def end(self) -> None:
        """Ends the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def _extend(self, seconds: float) -> None:
        self.deadline = asyncio.get_running_loop().time() + seconds

    def data_received(self, data: bytes) -> None:
        if self._closing:
            return
        if self._reader.is_idle and not self._busy:
            self._extend(self._serving.limits.request)
        self._reader.feed(data)
        if not self._busy:
            self._go_on()
        elif self._reader.buffered > _BLOCK and self._transport is not None:
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        return self._busy  # a client that sent everything still gets its answer

    def pause_writing(self) -> None:
        """Stops reading while a client doesn't take its answers, and gives it the time of a request."""
        if self._transport is not None:
            self._transport.pause_reading()
            self._extend(self._serving.limits.request)
            self._busy = True

    def resume_writing(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._busy = False
            self._transport.resume_reading()
            self._go_on()

    def _go_on(self) -> None:
        while not (self._busy or self._closing):
            arrived = self._reader.next()
            if self._reader.wants_continue and arrived is None and self._transport is not None:
                self._reader.wants_continue = False
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            if arrived is None:
                return
            if isinstance(arrived, Refused):
                self._refuse(arrived.answer)
                return
            self._handle(arrived)

    def _handle(self, arrived: Arrived) -> None:
        begun = time.perf_counter()
        service = self._holder.service
        try:
            result = service.handle(arrived.request)
        except Exception as error:
            self._serving.broken(error)
            result = problem(500, "UNEXPECTED", "Internal Server Error", "this is a defect of connector-builder")
        if isinstance(result, Fire):
            self._busy = True
            self._task = asyncio.get_running_loop().create_task(self._fire(service, result, arrived, begun))
        elif (self._serving.latency or self._serving.slowest) and not arrived.request.path.startswith("/__mock"):
            self._busy = True
            later = asyncio.get_running_loop().call_later
            seconds = time.perf_counter() - begun
            wait = random.uniform(self._serving.latency, max(self._serving.latency, self._serving.slowest))  # noqa: S311
            self._waiting = later(wait, self._answer, service, arrived, result, seconds)
            self._extend(wait + self._serving.limits.idle)
        else:
            self._answer(service, arrived, result, time.perf_counter() - begun)

    async def _fire(self, service: Service, fire: Fire, arrived: Arrived, begun: float) -> None:
        results = await asyncio.gather(*(deliver(one) for one in fire.deliveries))
        self._task = None
        self._answer(service, arrived, service.fired(fire, results), time.perf_counter() - begun)

    def _answer(self, service: Service, arrived: Arrived, answer: Answer, seconds: float) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        waited, self._busy, self._waiting = self._busy, False, None
        self._extend(self._serving.limits.idle)
        transport.write(written(answer, keep_alive=arrived.keep_alive, head_only=arrived.request.method == "HEAD"))
        self._serving.logged(service.log.note(arrived.request, answer, seconds))
        if not arrived.keep_alive:
            self._closing = True
            transport.close()
        elif waited:
            transport.resume_reading()
            self._go_on()

    def _refuse(self, answer: Answer) -> None:
        """Answers what isn't read any further. The rest is thrown away for a while, else the client may not see the answer."""
        self._closing = True
        transport = self._transport
        if transport is None:
            return
        transport.write(written(answer, keep_alive=False))
        request = Incoming("-", "-", {})
        self._serving.logged(self._holder.service.log.note(request, answer, 0.0))
        if transport.can_write_eof():
            with suppress(OSError):
                transport.write_eof()
        self._extend(self._serving.limits.drain)

    def check_time(self, now: float) -> None:
        """Ends a connection whose time is over: silently between requests, with 408 in the middle of one."""
        transport = self._transport
        if transport is None or now < self.deadline:
            return
        if self._closing or self._busy or self._reader.is_idle:
            transport.abort()
        else:
            self._refuse(problem(408, "TOO_SLOW", "Request Timeout", "the request didn't come to its end in time"))


async def _sweep(there: set[_Connection], every: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(every)
        for one in list(there):
            one.check_time(loop.time())


async def _follow(holder: Holder, serving: Serving) -> None:
    """Serves the connectors as their files are now. What clients created is forgotten, the log isn't."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(EVERY)
        connectors = await loop.run_in_executor(None, serving.changed)
        if connectors is not None:
            holder.service = Service(connectors, holder.service.log)


async def serve(holder: Holder, serving: Serving, stop: asyncio.Event | None = None) -> None:
    """Serves until `stop` is set, or the process gets a signal to end. Raises OSError if the port can't be used."""
    loop = asyncio.get_running_loop()
    ended = stop or asyncio.Event()
    there: set[_Connection] = set()
    server = await loop.create_server(lambda: _Connection(holder, serving, there), HOST, serving.port, backlog=512)
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, and threads other than the first
            loop.add_signal_handler(name, ended.set)
    limits = serving.limits
    sweeping = loop.create_task(_sweep(there, min(1.0, limits.request / 4, limits.idle / 4, limits.drain)))
    following = loop.create_task(_follow(holder, serving))
    try:
        serving.ready(server.sockets[0].getsockname()[1])
        await ended.wait()
    finally:
        sweeping.cancel()
        following.cancel()
        server.close()
        for one in list(there):
            one.end()


def run(holder: Holder, serving: Serving) -> None:
    """Serves until Ctrl-C. Raises OSError if the port can't be used."""
    with suppress(KeyboardInterrupt):  # on Windows, where a loop has no signal handlers
        asyncio.run(serve(holder, serving))
