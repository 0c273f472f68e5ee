"""Fixtures of the tests of the mock: a package, and what serves it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import Variables, compile_folder
from connector_builder.mock.connector import Connector, Options
from connector_builder.mock.server import Holder, Limits, Serving
from connector_builder.mock.server import serve as serve_on_port
from connector_builder.mock.service import Service
from connector_builder.package import Package
from connector_builder.source.folder import InMemory
from tests.support.mock_spec import SPEC

LIMITS = Limits(body=1024, request=0.4, idle=0.4, drain=0.1, connections=20)


@pytest.fixture(scope="session")
def package() -> Package:
    """The package of SPEC, which no test changes."""
    reading = compile_folder(InMemory(Path(), {"orders.yaml": SPEC.encode()}), "orders.yaml", Variables())
    assert [one for one in reading.findings if one.rule.severity.name == "ERROR"] == []
    assert reading.package is not None
    return reading.package


@pytest.fixture
def serve(package: Package) -> Callable[..., Service]:
    """Returns the mock of SPEC, or of another package, with options."""

    def make(other: Package | None = None, **options: Any) -> Service:
        return Service([Connector(other or package, options=Options(**options))])

    return make


@pytest.fixture
def at(serve: Callable[..., Service]) -> Iterator[Callable[..., int]]:
    """Serves in a thread, and returns the port."""
    ends: list[Callable[[], None]] = []

    def start(**serving: float) -> int:
        ready, ports = threading.Event(), list[int]()
        loop, stop = asyncio.new_event_loop(), asyncio.Event()
        holder = Holder(serve(stateful=True))
        wanted = Serving(limits=LIMITS, ready=lambda port: (ports.append(port), ready.set())[1], **serving)  # type: ignore[arg-type, func-returns-value]
        thread = threading.Thread(target=lambda: loop.run_until_complete(serve_on_port(holder, wanted, stop)))
        thread.start()
        ends.append(lambda: (loop.call_soon_threadsafe(stop.set), thread.join(), loop.close())[2])  # type: ignore[func-returns-value]
        assert ready.wait(10)
        return ports[0]

    yield start
    for end in ends:
        end()
