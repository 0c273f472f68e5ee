"""Calls through the platform's gateway and a connection, so that policies and custom code run.

Source of the addresses and of what they answer: the npm package @microsoft/power-apps-actions, and Power Fx
(https://github.com/microsoft/Power-Fx, PowerPlatformConnectorClient).
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from connector_builder import __version__
from connector_builder.app.live.call.prepared import Prepared, title_of
from connector_builder.app.live.call.signing import Signer
from connector_builder.app.live.connection import Connection
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import Request as Sent
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.requests import Request
from connector_builder.source.suggest import suggest

_API = "2016-11-01"
_ENVIRONMENT = re.compile(r"(?:Default-)?[0-9A-Za-z-]{1,80}|~Default")
_INVOKE = "/invoke"
_DRY_RUNTIME = "https://gateway.invalid/apim/connector"


@dataclass(frozen=True, slots=True)
class Through(Signer):
    """Signs requests for the gateway: it adds what the connection has, so that nothing of it is here.

    `runtime` is the address of the connector at the gateway with the connection's id. With an `environment`, requests go out
    in the form `POST /invoke` of canvas apps, which names it; `session` is the id of the run in it.
    """

    runtime: str = ""
    second: str = ""
    environment: str = ""
    session: str = ""

    def signed(self, request: Request) -> tuple[Sent, list[str]]:
        """Returns a request for the gateway, at which all policies are applied."""
        return self.sent(request._replace(base=self.runtime)), []

    def wire(self, sent: Sent) -> Sent:
        """Returns a request in the form of canvas apps, if that is asked for: the real one is in its headers."""
        if not self.environment:
            return sent
        parts = urlsplit(sent.url)
        own = {
            "authority": parts.netloc,
            "scheme": parts.scheme,
            "path": _INVOKE,
            "x-ms-client-environment-id": f"/providers/Microsoft.PowerApps/environments/{self.environment}",
            "x-ms-client-session-id": self.session,
            "x-ms-request-method": sent.method,
            "x-ms-request-url": parts._replace(scheme="", netloc="").geturl(),
            "x-ms-user-agent": f"connector-builder/{__version__}",
        }
        url = f"{parts.scheme}://{parts.netloc}{_INVOKE}"
        headers = {**sent.headers, **own}
        return replace(sent, method="POST", url=url, headers=headers, repeatable=sent.may_repeat)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which connection: that with this id, else the only one that is connected. `connector` is its name, else its title counts.

    `invoke` asks for the form of canvas apps.
    """

    environment: str
    connection: str = ""
    connector: str = ""
    invoke: bool = False


def through(prepared: Prepared, wish: Wish, connected: Connection) -> Through:
    """Returns what signs requests for the gateway. Raises Misuse and LiveError."""
    if not _ENVIRONMENT.fullmatch(wish.environment):
        help_ = (
            "write it like Default-11111111-2222-4333-8444-555555555555, with 'Default-' for the default environment"
        )
        raise Misuse(f"'{wish.environment}' can't be the id of an environment", help_)
    cloud, http = connected.cloud, connected.http
    service = cloud.power_apps
    name = wish.connector or _connector(prepared, wish, http, service)
    answer = http.ask(_request(service, f"apis/{quote(name, safe='')}", wish), dry=_dry())
    properties = mapping(answer.mapping().get("properties"))
    runtime = text(properties.get("primaryRuntimeUrl")) or text(next(iter(items(properties.get("runtimeUrls"))), ""))
    if not runtime:
        raise ServiceRefused(
            f"Power Apps says no address for the connector '{name}'", "open it in the portal, and save it"
        )
    identifier = wish.connection or _connection(name, wish, http, service)
    base = f"{runtime.rstrip('/')}/{quote(identifier, safe='')}"
    environment = wish.environment if wish.invoke else ""
    session = str(uuid.uuid4()) if wish.invoke else ""
    return Through(
        prepared, {}, cloud.gateway, runtime=base, second=service.audience, environment=environment, session=session
    )


def with_second_audience(signer: Through, send: Callable[[Signer], Any]) -> Any:
    """Sends by the gateway's audience and, if it says that it wants another one, by that of Power Apps.

    Both are among those that the gateway says it takes; which of them a connection takes isn't documented.
    """
    answered = send(signer)
    said = answered.body[:4000]
    refused = answered.status == HTTPStatus.UNAUTHORIZED and (b"udience" in said or b"token" in said.lower())
    return send(replace(signer, audience=signer.second)) if refused else answered


def _request(service: Any, path: str, wish: Wish, more: str = "") -> Sent:
    which = quote(f"environment eq '{wish.environment}'{more}", safe="")
    url = f"{service.url}/providers/Microsoft.PowerApps/{path}?api-version={_API}&$filter={which}"
    return Sent("GET", url, service.name, service.audience)


def _dry() -> dict[str, Any]:
    return {"properties": {"primaryRuntimeUrl": _DRY_RUNTIME}}


def _connector(prepared: Prepared, wish: Wish, http: Session, service: Any) -> str:
    """Returns the name of the only connector of the environment with the title. Raises Misuse."""
    title = title_of(prepared.package)
    dry = {"name": "<connector>", "properties": {"displayName": title}}
    listed = list(http.pages(_request(service, "apis", wish, " and IsCustomApi eq 'True'"), dry=dry))
    names = {
        text(one.get("name")): text(mapping(one.get("properties")).get("displayName")) for one in map(mapping, listed)
    }
    found = [name for name, shown in names.items() if shown == title]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(found)
        raise Misuse(
            f"{len(found)} connectors of the environment are called '{title}'", f"choose one with --connector: {shown}"
        )
    help_ = suggest(title, names.values()) or "deploy it first, or name it with --connector"
    raise Misuse(f"the environment has no connector called '{title}'", help_)


def _connection(name: str, wish: Wish, http: Session, service: Any) -> str:
    """Returns the id of the only connection that is connected. Raises Misuse."""
    dry = {"name": "<connection>", "properties": {"statuses": [{"status": "Connected"}]}}
    listed = [
        mapping(one) for one in http.pages(_request(service, f"apis/{quote(name, safe='')}/connections", wish), dry=dry)
    ]
    good = [one for one in listed if _status(one) == "Connected"]
    if len(good) == 1:
        return text(good[0].get("name"))
    if not good:
        states = ", ".join(sorted({_status(one) or "unknown" for one in listed}))
        what = f"its {len(listed)} connections are: {states}" if listed else "it has none of yours"
        raise Misuse(
            f"the connector '{name}' has no connection that works: {what}", "create or repair one in the portal"
        )
    shown = ", ".join(
        f"{text(one.get('name'))} ({text(mapping(one.get('properties')).get('displayName'))})" for one in good[:10]
    )
    raise Misuse(f"{len(good)} connections are connected", f"choose one: --via-connection ID, of {shown}")


def _status(connection: dict[str, Any]) -> str:
    first = mapping(next(iter(items(mapping(connection.get("properties")).get("statuses"))), {}))
    return text(first.get("status"))
