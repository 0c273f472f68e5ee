"""The subscriptions of webhooks: who wants to be called when a trigger fires. Only this machine is called."""

import ipaddress
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from connector_builder.mock.checking import Checked
from connector_builder.mock.endpoints import Endpoint
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.requests.inputs import BODY
from connector_builder.platform.requests.values import Shape
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import properties_of

URL = "x-ms-notification-url"
MAX_SUBSCRIPTIONS = 1_000
_MAX_DEPTH = 5


class Subscription(NamedTuple):
    """A subscription: its number, the trigger, the address to call, and the path that ends it."""

    number: int
    trigger: str
    url: str
    location: str


class Subscriptions:
    """The subscriptions of a connector, in the order in which they came."""

    def __init__(self) -> None:
        self._count = 0
        self._there: dict[str, Subscription] = {}

    def add(self, trigger: str, url: str, template: str, values: dict[str, str]) -> Subscription:
        """Keeps a subscription. `template` is the path that ends it; `values` fill its parameters, the last gets the number."""
        self._count += 1
        one = Subscription(self._count, trigger, url, _filled(template, values, str(self._count)))
        self._there[one.location] = one
        while len(self._there) > MAX_SUBSCRIPTIONS:
            del self._there[next(iter(self._there))]
        return one

    def end(self, path: str) -> Subscription | None:
        """Removes the subscription that a path ends, and returns it; None if there is none."""
        return self._there.pop(path, None)

    def of(self, trigger: str) -> list[Subscription]:
        """Returns the subscriptions of a trigger."""
        return [one for one in self._there.values() if one.trigger == trigger]

    def all(self) -> list[Subscription]:
        return list(self._there.values())

    def clear(self) -> None:
        self._there.clear()


def callback_of(endpoint: Endpoint, checked: Checked) -> str:
    """Returns the address that a subscription gives the service; empty if there is none."""
    for one in endpoint.inputs:
        if one.place != BODY and one.schema.get(URL) is True:
            value = checked.values.get((one.place, one.name), ABSENT)
            if isinstance(value, str):
                return value
    if endpoint.body is None:
        return ""
    for path in _marked(endpoint.body.schema, endpoint.references, ()):
        value = checked.body
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, str):
            return value
    return ""


def _marked(schema: Any, references: References, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yields the ways to the fields that are marked as the address of the notification."""
    if len(path) > _MAX_DEPTH:
        return
    if Shape(schema, references).said(URL) is True:
        yield path
    for name, one in properties_of(schema, references).items():
        yield from _marked(one.schema, references, (*path, name))


def why_not(url: str) -> str:
    """Returns why an address isn't called; empty for one on this machine. No name is looked up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "it isn't an address"
    if parts.scheme != "http" or port == 0 or not url.isascii() or not url.isprintable() or " " in url:
        return "only addresses that begin with 'http://' are called"
    if host == "localhost":
        return ""
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = False
    return "" if is_here else "only this machine is called: 127.0.0.1, [::1] and localhost"


def _filled(template: str, values: dict[str, str], number: str) -> str:
    """Returns a path with values for its parameters: the last is the number."""
    start, brace, rest = template.rpartition("{")
    if brace:
        template = f"{start}{number}{rest.partition('}')[2]}"
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    return template.replace("{", "").replace("}", "")
