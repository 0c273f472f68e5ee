"""Turns requests into answers for all connectors of a mock, and has the paths below `/__mock`. It opens no connection."""

import ipaddress
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from connector_builder.mock.connector import Connector, json_answer
from connector_builder.mock.endpoints import Endpoint
from connector_builder.mock.log import Log
from connector_builder.mock.messages import Answer, Incoming, as_bytes, problem
from connector_builder.mock.subscriptions import why_not
from connector_builder.platform.data.plain import ABSENT
from connector_builder.secrets import mask
from connector_builder.source.suggest import suggest

CONTROL = "/__mock"
_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[^:\[\]]+)(?::\d{1,5})?")
_MAX_SHOWN = 1_000


class Delivery(NamedTuple):
    """A notification for a subscription: the address on this machine, and the body."""

    url: str
    body: bytes


class Fire(NamedTuple):
    """Notifications to send before the client gets its answer. `skipped` are addresses that aren't called, with why."""

    trigger: str
    deliveries: tuple[Delivery, ...]
    skipped: tuple[tuple[str, str], ...]


class Service:
    """The connectors that a mock serves, and the log of what came."""

    def __init__(self, connectors: Sequence[Connector], log: Log | None = None) -> None:
        self.connectors = list(connectors)
        self.log = log or Log()
        for one in connectors:
            self.log.hide(one.access.secret_names)

    def handle(self, request: Incoming) -> Answer | Fire:
        """Returns the answer to a request, or what is to be sent first."""
        host = request.headers.get("host", "")
        if not is_here(host):
            detail = f"the mock answers only for this machine, not for '{host[:60]}'"
            return problem(421, "WRONG_HOST", "The request is for another host", detail)
        target = request.target
        if target.startswith(("http://", "https://")):  # the absolute form, as proxies send it
            target = "/" + target.partition("://")[2].partition("/")[2]
            request = request._replace(target=target)
        if request.path == CONTROL or request.path.startswith(f"{CONTROL}/"):
            return self._control(request)
        return _with_cors(request, self._routed(request))

    def _routed(self, request: Incoming) -> Answer:
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return Answer(204)
        for connector in self.connectors:
            found = connector.routes.find(request.path)
            if found is not None:
                return connector.handle(found, request)
        return self._no_path(request)

    def _no_path(self, request: Incoming) -> Answer:
        """Returns the answer for a path that no connector has, with the nearest one that there is."""
        near = [one for one in self.connectors if request.path.startswith(f"{one.routes.base}/")]
        hints = [one.routes.nearest(request.method[:20], request.path[:200]) for one in near or self.connectors[:5]]
        hint = next((one for one in hints if one), f"GET {CONTROL} lists all")
        detail = f"no operation has the path '{request.path[:200]}': {hint}"
        return problem(404, "NO_PATH_MATCHED_ERROR", "Route not resolved, no path matched", detail)

    def _control(self, request: Incoming) -> Answer | Fire:
        """Answers below `/__mock`. A page of the web may not: its browser sends where the page is from."""
        origin = request.headers.get("origin", "")
        if origin and not is_here(origin.partition("://")[2]):
            return problem(403, "FORBIDDEN", "Forbidden", "pages of other hosts may not steer the mock")
        rest = request.path.removeprefix(CONTROL).strip("/")
        match request.method, rest.partition("/"):
            case "GET", ("", _, _):
                return json_answer({"connectors": [_listed(one) for one in self.connectors]})
            case "GET", ("log", _, ""):
                return json_answer({"requests": self.log.as_json()})
            case "DELETE", ("log", _, ""):
                self.log.clear()
                return Answer(204)
            case "GET", ("subscriptions", _, ""):
                return json_answer({"subscriptions": self._subscriptions()})
            case "GET", ("later", _, end) if end:
                return self._later(end)
            case "POST", ("reset", _, ""):
                for one in self.connectors:
                    one.reset()
                return Answer(204)
            case "POST", ("fire", _, name) if name:
                return self._fire(unquote(name), request.body)
        detail = f"{CONTROL} has GET log, DELETE log, GET subscriptions, POST reset and POST fire/TRIGGER"
        return problem(404, "NO_PATH_MATCHED_ERROR", "Route not resolved, no path matched", detail)

    def _later(self, end: str) -> Answer:
        """Returns what became of an operation that answered 202."""
        prefix, _, number = f"/{end}".rpartition("/")
        for connector in self.connectors:
            found = connector.later.look(number) if connector.prefix == prefix else None
            if found is not None:
                return found
        return problem(404, "NOT_FOUND", "Not found", f"nothing that takes long has the number '{end[:60]}'")

    def _subscriptions(self) -> list[dict[str, Any]]:
        return [
            {"trigger": one.trigger, "url": mask(one.url), "location": one.location, "called": not why_not(one.url)}
            for connector in self.connectors
            for one in connector.subscriptions.all()
        ]

    def _fire(self, name: str, body: bytes) -> Answer | Fire:
        """Lets a trigger see something new: what the body contains, else a sample."""
        found = self._trigger(name)
        if isinstance(found, Answer):
            return found
        connector, endpoint = found
        content: Any = ABSENT
        if body:
            try:
                content = json.loads(body)
            except (ValueError, RecursionError):
                return problem(400, "UNPROCESSABLE_ENTITY", "Invalid request", "the body isn't JSON")
        if endpoint.kind == "poll":
            return json_answer({"trigger": endpoint.name, "waiting": connector.queue(endpoint, content)})
        sent = as_bytes(connector.notification(endpoint) if content is ABSENT else content)
        there = connector.subscriptions.of(endpoint.name)
        called = tuple(Delivery(one.url, sent) for one in there if not why_not(one.url))
        skipped = tuple((one.url, why_not(one.url)) for one in there if why_not(one.url))
        return Fire(endpoint.name, called, skipped)

    def _trigger(self, name: str) -> tuple[Connector, Endpoint] | Answer:
        """Returns the trigger with an id, before which the name of the connector may be: `orders/WhenOrderArrives`."""
        names = []
        for connector in self.connectors:
            for endpoint in connector.triggers():
                if name in (endpoint.name, f"{connector.name}/{endpoint.name}"):
                    if endpoint.kind == "notification":
                        return problem(
                            404, "NOT_FOUND", "Not found", f"'{name[:60]}' isn't a webhook that can be called"
                        )
                    return connector, endpoint
                names.append(endpoint.name)
        shown = ", ".join(names[:20]) or "none"
        detail = f"there is no trigger '{name[:60]}': {suggest(name[:60], names) or f'there are {shown}'}"
        return problem(404, "NOT_FOUND", "Not found", detail)

    def fired(self, fire: Fire, results: Sequence[str]) -> Answer:
        """Returns the answer after the notifications, with what came of each: a status, or why there is none."""
        called = [
            {"url": mask(one.url), "result": result} for one, result in zip(fire.deliveries, results, strict=True)
        ]
        skipped = [{"url": mask(url), "result": f"not called: {why}"} for url, why in fire.skipped]
        answer = json_answer({"trigger": fire.trigger, "called": called, "skipped": skipped})
        return answer if called or skipped else answer._replace(notes=("nobody subscribed to this trigger",))


def is_here(host: str) -> bool:
    """Checks whether a `Host` names this machine. So a name that somebody lets point here reaches nothing (DNS rebinding)."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match[1].strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _with_cors(request: Incoming, answer: Answer) -> Answer:
    """Lets pages of any host read answers of the API, as its own service could."""
    if "origin" not in request.headers:
        return answer
    further = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "*")]
    if request.method == "OPTIONS":
        wanted = request.headers.get("access-control-request-headers", "*")
        further += [
            ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
            ("Access-Control-Allow-Headers", wanted if wanted.isascii() and wanted.isprintable() else "*"),
            ("Access-Control-Max-Age", "600"),
        ]
    return answer._replace(headers=(*answer.headers, *further))


def _listed(connector: Connector) -> dict[str, Any]:
    shown = [
        {"id": name, "method": one.verb.upper(), "path": connector.routes.base + one.path}
        for name, one in list(connector.routes.operations.items())[:_MAX_SHOWN]
    ]
    triggers = [{"id": one.name, "kind": one.kind} for one in connector.triggers()]
    return {
        "name": connector.name,
        "title": mask(connector.title),
        "base": connector.routes.base or "/",
        "operations": shown,
        "triggers": triggers,
    }
