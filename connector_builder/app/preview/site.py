"""Answers the requests of the page."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.preview.sources import Options, Sources
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Target
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import Variables
from connector_builder.render.preview import page, policy
from connector_builder.serving import Answer, Request, Server, Unavailable

POLL = 0.05
"""Seconds between two looks for changes."""
ALIVE = 5.0
"""Seconds after which a stream without news says something, so that a client that left is noticed."""
_JSON = "application/json; charset=utf-8"


class Looks(NamedTuple):
    """How the page looks at first: `link` is the address of a place in an editor, with `{path}`, `{line}` and `{column}`."""

    link: str = ""


class Site:
    """The pages of some connectors."""

    def __init__(self, targets: Sequence[Target], options: Options, looks: Looks) -> None:
        self._sources = Sources(targets, options, Locator(Path.cwd()))
        self._looks = looks
        self._stop = threading.Event()

    def refuse_unused(self, variables: Variables) -> None:
        """Raises Misuse for a variable that none of the connectors uses. Reads all of them."""
        self._sources.refuse_unused(variables)

    def html(self) -> bytes:
        """Returns one page with everything in it, which needs no server."""
        connectors = [{"overview": one.overview(), "details": one.connector.details()} for one in self._sources.all]
        return page(self._shell(live=False), connectors)

    def serve(self, port: int) -> "Running":
        """Returns a server of the page, which doesn't run yet. Raises Misuse if the port can't be used."""
        try:
            server = Server(self.answer, port)
        except Unavailable as error:
            raise Misuse(error.message, error.help) from error
        return Running(server, self._sources, self._stop)

    def answer(self, request: Request) -> Answer:
        """Answers a request of the page."""
        try:
            match request.path:
                case "/":
                    return self._page(request)
                case "/connector":
                    return _json(self._sources.all[_number(request, "connector")].overview())
                case "/operation":
                    source = self._sources.all[_number(request, "connector")]
                    return _json(source.detail(_number(request, "operation")))
                case "/events":
                    return Answer(self._events(), "text/event-stream; charset=utf-8")
                case _:
                    pass
        except (IndexError, ValueError):
            pass
        except Misuse as error:
            return _json({"failure": error.message}, 500)
        return Answer(b"There is no such page.\n", status=404)

    def _page(self, request: Request) -> Answer:
        chosen = _number(request, "connector") if "connector" in request.query else 0
        source = self._sources.all[chosen]
        overview = source.overview()
        first = {"0": source.detail(0)} if overview["operations"] else {}
        content = page(self._shell(live=True, chosen=chosen), [{"overview": overview, "details": first}])
        headers = (("Content-Security-Policy", policy(live=True)),)
        return Answer(content, "text/html; charset=utf-8", headers=headers)

    def _shell(self, *, live: bool, chosen: int = 0) -> dict[str, Any]:
        names = [source.name for source in self._sources.all]
        shell: dict[str, Any] = {"live": live, "chosen": chosen, "names": names}
        if live and self._looks.link:
            shell |= {"link": self._looks.link, "root": Path.cwd().as_posix()}
        return shell

    def _events(self) -> Iterator[bytes]:
        """Yields the versions of all connectors, now and whenever one changes."""
        known = self._sources.versions()
        yield b"retry: 500\n" + _event(known)
        while not self._stop.is_set():
            versions = self._sources.wait(known, ALIVE)
            yield _event(versions) if versions != known else b": still here\n\n"
            known = versions


class Running:
    """A server of the page, with the thread that looks for changes."""

    def __init__(self, server: Server, sources: Sources, stop: threading.Event) -> None:
        self.address = server.address
        self._server = server
        self._sources = sources
        self._stop = stop

    def run(self) -> None:
        """Serves until Ctrl-C, or until `stop`."""
        watcher = threading.Thread(target=self._sources.watch, args=(self._stop, POLL), daemon=True)
        watcher.start()
        try:
            self._server.run()
        finally:
            self._stop.set()

    def stop(self) -> None:
        """Ends `run`, which another thread is in."""
        self._server.stop()


def _number(request: Request, name: str) -> int:
    """Returns a number of the query. Raises ValueError if it isn't one from 0 on."""
    text = request.query.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(name)
    return int(text)


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(json.dumps(value, separators=(",", ":")).encode(), _JSON, status)


def _event(versions: Sequence[int]) -> bytes:
    return f"data: {json.dumps(list(versions))}\n\n".encode()
