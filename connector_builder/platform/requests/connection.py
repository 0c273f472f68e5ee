"""What a connection adds to a request: the sign-in, the connection parameters, and the policies that set them.

A direct call does what the platform's gateway does with `setheader`, `setqueryparameter` and `dynamichosturl`, as far as
they contain plain text and connection parameters. `not_applied` names the other policies that change a request.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connector_builder.platform.auth.kinds import PASSWORD, USERNAME
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.policies.templates import (
    OPERATIONS,
    PARAMETER,
    ROUTE,
    SECTION,
    SET_HEADER,
    SET_HOST,
    SET_QUERY,
)
from connector_builder.platform.requests.model import Problem, Request
from connector_builder.source.suggest import suggest

_CALL = re.compile(r"@\{?connectionParameters\('(?P<name>[^']*)'(?:,\s*'?(?P<default>[^'(){}]*)'?)?\)\}?")
_REQUEST_ONLY = (SET_HEADER, SET_QUERY, SET_HOST)
_CHANGING = (*_REQUEST_ONLY, ROUTE, "setproperty", "setvaluefromurl", "dynamicsubdomain")
_SECRET = "securestring"  # noqa: S105 - a type of a connection parameter
_OAUTH = "oauthSetting"
_OF_GATEWAY = ("gatewaySetting", "connection")


class OAuth(NamedTuple):
    """The OAuth settings of a connection parameter, with the addresses of the definition."""

    provider: str
    client: str
    scopes: tuple[str, ...]
    settings: Mapping[str, str]
    authorize: str = ""
    token: str = ""


class Needed(NamedTuple):
    """A connection parameter that a person enters: its name, its label, and whether it is secret or required."""

    name: str
    label: str
    secret: bool
    required: bool


class Connection(NamedTuple):
    """A way to sign in: its name among several (empty if there is one), how, and the connection parameters.

    `kind` is `none`, `key`, `basic`, `oauth`, or the reason why it can't be used without the platform.
    """

    name: str
    kind: str
    needed: tuple[Needed, ...] = ()
    oauth: OAuth | None = None
    key: tuple[str, str, str] = ("", "", "")
    """For a key: where it goes (header or query), the name there, and the connection parameter."""

    @property
    def is_usable(self) -> bool:
        return self.kind in ("none", "key", "basic", "oauth")


def connections_of(definition: Any, properties: Any) -> list[Connection]:
    """Returns the ways to sign in of a connector, in its order; one of kind `none` if it has none."""
    inner = mapping(mapping(properties).get("properties"))
    sets = [one for one in items(mapping(inner.get("connectionParameterSets")).get("values")) if isinstance(one, dict)]
    if sets:
        return [_connection(text(one.get("name")), mapping(one.get("parameters")), definition) for one in sets]
    return [_connection("", mapping(inner.get("connectionParameters")), definition)]


def choose(connections: list[Connection], name: str | None) -> Connection | Problem:
    """Returns the way to sign in that a person names; the only one if there is one."""
    if name is None and len(connections) == 1:
        return connections[0]
    names = [one.name for one in connections]
    shown = ", ".join(f"'{one}'" for one in names)
    if name is None:
        return Problem(
            f"the connector has {len(connections)} ways to sign in", None, f"choose one with --auth: {shown}"
        )
    found = next((one for one in connections if one.name == name), None)
    if found is not None:
        return found
    help_ = suggest(name, names) or (
        f"its ways are {shown}" if any(names) else "leave --auth out: the connector has one"
    )
    return Problem(f"the connector has no way to sign in called '{name}'", None, help_)


def _connection(name: str, parameters: Mapping[str, Any], definition: Any) -> Connection:
    needed, oauth = [], None
    for key, parameter in parameters.items():
        kind = text(mapping(parameter).get("type"))
        if kind.lower() == _OAUTH.lower():
            oauth = _oauth(mapping(mapping(parameter).get("oAuthSettings")), definition)
        elif kind in _OF_GATEWAY:
            return Connection(name, "it signs in through an on-premises data gateway")
        elif ":" not in key:
            needed.append(_needed(key, mapping(parameter)))
    if oauth is not None:
        return Connection(name, "oauth", tuple(needed), oauth)
    names = {one.name for one in needed}
    schemes = [one for one in mapping(mapping(definition).get("securityDefinitions")).values() if isinstance(one, dict)]
    if {USERNAME, PASSWORD} <= names and any(one.get("type") == "basic" for one in schemes):
        return Connection(name, "basic", tuple(needed))
    secret = next((one for one in needed if one.secret), None)
    key_scheme = next((one for one in schemes if one.get("type") == "apiKey"), None)
    if key_scheme is not None and secret is not None:
        sent = (text(key_scheme.get("in")), text(key_scheme.get("name")), secret.name)
        return Connection(name, "key", tuple(needed), key=sent)
    return Connection(name, "none", tuple(needed))


def _needed(name: str, parameter: Mapping[str, Any]) -> Needed:
    shown = mapping(parameter.get("uiDefinition"))
    required = str(mapping(shown.get("constraints")).get("required", "true")).lower() != "false"
    return Needed(name, text(shown.get("displayName")) or name, parameter.get("type") == _SECRET, required)


def _oauth(settings: Mapping[str, Any], definition: Any) -> OAuth:
    custom = mapping(settings.get("customParameters"))
    values = {key: text(mapping(one).get("value")) for key, one in custom.items()}
    schemes = mapping(mapping(definition).get("securityDefinitions")).values()
    scheme: Mapping[str, Any] = next(
        (one for one in schemes if isinstance(one, dict) and one.get("type") == "oauth2"), {}
    )
    provider, scopes = text(settings.get("identityProvider")), tuple(map(str, items(settings.get("scopes"))))
    authorize = values.get("authorizationUrl") or text(scheme.get("authorizationUrl"))
    token = values.get("tokenUrl") or text(scheme.get("tokenUrl"))
    return OAuth(provider.lower(), text(settings.get("clientId")), scopes, values, authorize, token)


def with_policies(request: Request, properties: Any, values: Mapping[str, str]) -> tuple[Request, list[str]]:
    """Returns a request as its policies change it, and the titles of those that only the platform applies."""
    not_applied = []
    for policy in _policies(properties, request.operation):
        changed = _applied(request, policy, values)
        if changed is None:
            not_applied.append(text(policy.get("title")) or text(policy.get("templateId")))
        else:
            request = changed
    return request, not_applied


def _policies(properties: Any, operation: str) -> Iterator[Mapping[str, Any]]:
    """Yields the policies that change the requests of an operation."""
    for policy in items(mapping(mapping(properties).get("properties")).get("policyTemplateInstances")):
        parameters = mapping(mapping(policy).get("parameters"))
        of = items(parameters.get(OPERATIONS))
        before = str(parameters.get(SECTION, "Request")).lower() == "request"
        if text(mapping(policy).get("templateId")).lower() in _CHANGING and before and (not of or operation in of):
            yield policy


def _applied(request: Request, policy: Mapping[str, Any], values: Mapping[str, str]) -> Request | None:
    """Returns a request as a policy changes it; None if only the platform can apply it."""
    kind, parameters = text(policy.get("templateId")).lower(), mapping(policy.get("parameters"))
    said = {key.removeprefix(PARAMETER): one for key, one in parameters.items() if isinstance(one, str)}
    value = _evaluated(said.get("urlTemplate" if kind == SET_HOST else "value", ""), values)
    name, action = said.get("name", ""), said.get("existsAction", "override")
    if kind not in _REQUEST_ONLY or value is None:
        return None
    if kind == SET_HEADER and name and action in ("override", "skip") and value.isprintable() and value.isascii():
        there = any(key.lower() == name.lower() for key, _ in request.headers)
        return request if there and action == "skip" else request.with_header(name, value)
    if kind == SET_QUERY and name and action in ("override", "skip"):
        there = f"?{name}=" in request.target or f"&{name}=" in request.target
        if there and action == "skip":
            return request
        return None if there else request.with_query(name, value)
    if kind == SET_HOST:
        parts = urlsplit(value)
        return (
            request._replace(base=value.rstrip("/")) if parts.scheme in ("http", "https") and parts.hostname else None
        )
    return None


def _evaluated(template: str, values: Mapping[str, str]) -> str | None:
    """Returns a text with the values of its connection parameters; None if it calls anything else, or one has no value."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        found = values.get(match["name"]) or match["default"]
        missing = missing or found is None
        return found or ""

    rest = _CALL.sub("", template)
    written = _CALL.sub(value, template)
    return None if missing or re.search(r"@\{?[A-Za-z]\w*\(", rest) else written


def signed(request: Request, connection: Connection, values: Mapping[str, str]) -> Request:
    """Returns a request with a key, or a user's name and password, unless a policy has set it already."""
    if connection.kind == "basic":
        pair = f"{values.get(USERNAME, '')}:{values.get(PASSWORD, '')}".encode()
        return request.with_header("Authorization", f"Basic {base64.b64encode(pair).decode('ascii')}")
    place, name, parameter = connection.key
    key = values.get(parameter, "")
    if connection.kind != "key" or not key:
        return request
    if place == "query":
        return (
            request if f"?{name}=" in request.target or f"&{name}=" in request.target else request.with_query(name, key)
        )
    return request if any(one.lower() == name.lower() for one, _ in request.headers) else request.with_header(name, key)
