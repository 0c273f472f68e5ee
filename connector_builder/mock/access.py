"""Checks whether a request carries what its connection adds: a key, a user's name and password, or a token. Not which."""

import base64
import binascii
from typing import Any

from connector_builder.mock.endpoints import Endpoint
from connector_builder.mock.forms import NoForm, pairs
from connector_builder.mock.messages import Answer, Incoming, problem
from connector_builder.platform.data.plain import text
from connector_builder.platform.requests.connection import Connection, connections_of


class Access:
    """The ways to sign in of a connector. One of them is enough, as a connection uses one."""

    def __init__(self, definition: Any, properties: Any, *, checked: bool = True) -> None:
        ways = connections_of(definition, properties)
        if all(one.kind == "none" for one in ways):
            ways = _of_definition(definition)
        self.ways = ways if checked and all(_is_checked(one) for one in ways) else []

    @property
    def secret_names(self) -> frozenset[str]:
        """Returns the names of headers and query parameters that contain keys, in small letters."""
        return frozenset(one.key[1].lower() for one in self.ways if one.kind == "key")

    def refused(self, endpoint: Endpoint, request: Incoming) -> Answer | None:
        """Returns the answer to a request without a sign-in; None if there is one, or none is required."""
        if not self.ways or endpoint.operation.value.get("security") == []:
            return None
        if any(_is_signed(one, request) for one in self.ways):
            return None
        wanted = " or ".join(dict.fromkeys(_words(one) for one in self.ways))
        found = problem(401, "UNAUTHORIZED", "Invalid security scheme used", f"the request has no {wanted}")
        schemes = dict.fromkeys(_challenge(one) for one in self.ways)
        return found.with_header("WWW-Authenticate", ", ".join(schemes))


def _of_definition(definition: Any) -> list[Connection]:
    """Returns the ways of a definition alone, which has no connection parameters."""
    schemes = definition.get("securityDefinitions") if isinstance(definition, dict) else None
    found = []
    for name, one in schemes.items() if isinstance(schemes, dict) else ():
        kind = one.get("type") if isinstance(one, dict) else None
        if kind == "apiKey":
            found.append(Connection(str(name), "key", key=(text(one.get("in")), text(one.get("name")), "")))
        elif kind in ("basic", "oauth2"):
            found.append(Connection(str(name), "basic" if kind == "basic" else "oauth"))
    return found


def _is_checked(way: Connection) -> bool:
    return way.kind in ("basic", "oauth") or (way.kind == "key" and bool(way.key[1]))


def _is_signed(way: Connection, request: Incoming) -> bool:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if way.kind == "oauth":
        return scheme.lower() == "bearer" and bool(value.strip())
    if way.kind == "basic":
        return scheme.lower() == "basic" and _is_pair(value.strip())
    place, name, _ = way.key
    if place == "query":
        try:
            return any(key == name and value for key, value in pairs(request.query))
        except NoForm:
            return False
    return bool(request.headers.get(name.lower()))


def _is_pair(text: str) -> bool:
    try:
        return b":" in base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False


def _words(way: Connection) -> str:
    if way.kind == "oauth":
        return "header 'Authorization: Bearer …'"
    if way.kind == "basic":
        return "header 'Authorization: Basic …' with a name and a password"
    return f"{'query parameter' if way.key[0] == 'query' else 'header'} '{way.key[1]}'"


def _challenge(way: Connection) -> str:
    return {"oauth": "Bearer", "basic": 'Basic realm="mock"'}.get(way.kind, "ApiKey")
