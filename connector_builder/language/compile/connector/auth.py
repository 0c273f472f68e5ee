"""Compiles authentication: matching security definitions, requirements and connection parameters.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters and multi-auth, and the
contents of published connectors (the names that the platform ties to Swagger: `api_key`, `username` and `password`,
`token`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.connector.connection import (
    Customary,
    compile_connection,
    compile_gateway,
    gateway_parameter,
    gateway_sign_in,
    said_over,
    show_in_set,
    ui_definition,
)
from connector_builder.language.compile.connector.oauth import aad, aad_certificate, oauth2, oauth2_generic, provider
from connector_builder.language.compile.connector.oauth_check import check_oauth
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.rules import AUTH_NOT_VALID, KEY_SENT_ALONE
from connector_builder.language.tables.auth import CURES, KEYS, OTHER_FLOWS
from connector_builder.language.tables.hints import UNKNOWN
from connector_builder.platform.api_properties import SECRET
from connector_builder.platform.auth.kinds import API_KEY, AUTH_TYPE, GATEWAY, PASSWORD, PROVIDERS, USERNAME
from connector_builder.platform.policies.templates import PARAMETER, SECTION, SET_HEADER, SET_QUERY
from connector_builder.platform.solutions.environment_variables import is_expression
from connector_builder.source.node import Node

_OF_SETS = ("name", "title", "description", "sets", "connection", "allowSharing")


def compile_auth(ctx: Context) -> Auth:
    """Compiles the `auth` of a spec, with one or several ways to sign in, and the further connection parameters.

    A spec without `auth` has no authentication.
    """
    auth = Auth()
    node = ctx.root.entries.get("auth")
    if node is not None and node.value is not None:
        if value(node.entries, "sets") is not None:
            _check_sets(ctx, node)
            _sets(ctx, auth, node)
        else:
            _one(ctx, auth, node)
    gateway = ctx.root.entries.get("gateway")
    auth.gateway = auth.gateway or (gateway is not None and bool(gateway.value))
    compile_connection(ctx, auth.parameters, ctx.root.entries)
    entries: Entries = node.entries if node is not None else {}
    compile_gateway(ctx, auth.parameters, "" if auth.sets is not None else value(entries, "type", "none"))
    return auth


def _one(ctx: Context, auth: Auth, node: Node) -> None:
    entries = node.entries
    if any(ctx.is_broken(*part) for part in (("auth keys", "type"), ("auth keys", "sets"), ("authSet keys", "type"))):
        return
    if "clientSecret" in entries and not is_expression(entries["clientSecret"].value):
        help_ = "remove it: pass it to paconn with --secret, or enter it in the portal; a secret environment variable can be named"
        ctx.report_secret(entries["clientSecret"], "a client secret doesn't belong in a spec", help_)
    kind = value(entries, "type")
    if kind is None:
        ctx.report(AUTH_NOT_VALID, node, f"'{node.key}' has no 'type'", help=f"write type: {', '.join(KEYS)}", key=True)
    elif _fits(ctx, kind, node):
        check_oauth(ctx, entries, [*_connection(ctx.root.entries), *_connection(entries)])
        _COMPILERS[kind](ctx, auth, entries)
        for container in (auth.definitions, auth.parameters, auth.security, auth.policies):
            ctx.origins.note_all(container, node.key_place)


def _connection(entries: Entries) -> Iterable[str]:
    node = entries.get("connection")
    return node.entries if node is not None else ()


def _fits(ctx: Context, kind: str, node: Node) -> bool:
    entries = node.entries
    needed, optional = KEYS[kind]
    missing = [key for key in needed if key not in entries]
    if missing and any(ctx.is_broken("auth keys", key) for key in (*missing, *OTHER_FLOWS, UNKNOWN)):
        return False  # an unknown key may be what is missing; without the flow that there isn't, other keys are needed
    for key in missing:
        ctx.report(AUTH_NOT_VALID, node, f"'{kind}' needs '{key}'", help=CURES.get(key), key=True)
    for key, part in entries.items():
        if key not in ("type", "clientSecret", *_OF_SETS, *needed, *optional):
            takes = ", ".join(f"'{name}'" for name in needed + optional) or "nothing but 'type'"
            ctx.report(AUTH_NOT_VALID, part, f"'{kind}' has no '{key}'", help=f"it takes {takes}", key=True)
    if kind == "apiKey" and (value(entries, "header") is None) == (value(entries, "query") is None):
        if any(ctx.is_broken("auth keys", key) for key in ("in", "name", "header", "query", UNKNOWN)):
            return False
        message = "an API key is sent in 'header' or in 'query'"
        ctx.report(AUTH_NOT_VALID, node, message, help="write header: X-API-Key, or query: api_key", key=True)
        return False
    return not missing


def _check_sets(ctx: Context, node: Node) -> None:
    """Reports keys of a single way to sign in beside several ways, where only the texts of the choice are allowed."""
    if not node.entries["sets"].items and not ctx.is_broken("auth keys", "sets"):
        help_ = "write sets: [{name: key, title: API key, type: apiKey, header: X-API-Key}]"
        ctx.report(AUTH_NOT_VALID, node.entries["sets"], "there is no way to sign in", help=help_)
    for key, part in node.entries.items():
        if key not in ("sets", "title", "description", "clientSecret"):
            message = f"'{key}' can't stand beside 'sets'"
            ctx.report(AUTH_NOT_VALID, part, message, help="put it into the set that it belongs to", key=True)


def _sets(ctx: Context, auth: Auth, node: Node) -> None:
    """Compiles several ways to sign in. Each is a set of connection parameters, and has its own requirement."""
    shown = {
        "summary": value(node.entries, "title", "Authentication type"),
        "description": value(node.entries, "description"),
    }
    values: list[dict[str, Any]] = []
    for item in node.entries["sets"].items:
        one = Auth()
        item.key = item.key or "sets"
        _one(ctx, one, item)
        compile_connection(ctx, one.parameters, item.entries)
        show_in_set(one.parameters)
        auth.definitions.update({key: part for key, part in one.definitions.items() if key not in auth.definitions})
        auth.security += [part for part in one.security if part not in auth.security]
        auth.policies += one.policies
        auth.gateway = auth.gateway or one.gateway
        entries = item.entries
        name = value(entries, "name", "")
        texts = {"summary": value(entries, "title", name), "description": value(entries, "description")}
        made: dict[str, Any] = {"name": name, "uiDefinition": ui_definition(texts, {}), "parameters": one.parameters}
        if value(entries, "allowSharing") is not None:
            made["metadata"] = {"allowSharing": entries["allowSharing"].value}
        if any(name == other["name"] for other in values):
            ctx.report(
                AUTH_NOT_VALID, entries["name"], f"two sets are called '{name}'", help="give each a name of its own"
            )
        ctx.origins.note_all(made, item.place)
        values.append(made)
    auth.sets = {"uiDefinition": ui_definition(shown, {}), "values": values}
    ctx.origins.note_all(auth.sets, node.key_place)


def _none(_ctx: Context, _auth: Auth, _entries: Entries) -> None:
    """Adds no definition, no requirement, no parameter."""


def _raw(_ctx: Context, auth: Auth, _entries: Entries) -> None:
    """Derives nothing: the author writes `securityDefinitions`, `security` and `properties`."""
    auth.raw = True


def _api_key(ctx: Context, auth: Auth, entries: Entries) -> None:
    place = "header" if value(entries, "header") is not None else "query"
    definition: dict[str, Any] = {"type": "apiKey", "in": place}
    ctx.put(definition, "name", entries[place].value, entries[place])
    auth.define(ctx, entries, API_KEY, definition, [])
    if place == "header" and "scheme" not in entries and str(entries[place].value).lower() == "authorization":
        message = "the connector sends the key as people enter it, without a word such as 'Bearer' before it"
        help_ = "write scheme: Bearer, or scheme: null if the service expects the key alone"
        ctx.report(KEY_SENT_ALONE, entries[place], message, help=help_)
    shown = {"summary": "API Key", "description": "The API key of your account.", "tooltip": "Enter your API key."}
    constraints = {"tabIndex": 2, "clearText": False, "required": "true"}
    name = _secure(ctx, auth, entries.get("parameter"), API_KEY, shown, constraints)
    if value(entries, "scheme") is not None:
        key = f"{entries['scheme'].value} @connectionParameters('{name}')"
        auth.policies.append(_scheme_policy(place, entries[place].value, key))


def _scheme_policy(place: str, name: str, key: str) -> dict[str, Any]:
    """Returns the policy that puts a word before the key, so that people don't have to type `Bearer` themselves."""
    template, part = (SET_HEADER, "header") if place == "header" else (SET_QUERY, "query parameter")
    parameters = {f"{PARAMETER}name": name, f"{PARAMETER}value": key, f"{PARAMETER}existsAction": "override"}
    if place == "header":
        parameters[SECTION] = "Request"
    return {"templateId": template, "title": f"Set the {part} of the API key", "parameters": parameters}


_USER = {"summary": "User name", "description": "The user name of your account.", "tooltip": "Enter your user name."}
_PASSWORD = {"summary": "Password", "description": "The password of your account.", "tooltip": "Enter your password."}


def _basic(ctx: Context, auth: Auth, entries: Entries) -> None:
    auth.define(ctx, entries, "basic_auth", {"type": "basic"}, [])
    _user_and_password(ctx, auth, entries, {})


def _windows(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles Windows authentication, which requires an on-premises data gateway."""
    gateway = ctx.root.entries.get("gateway")
    if gateway is not None and gateway.value is False:
        help_ = "leave it out, or write true"
        ctx.report(AUTH_NOT_VALID, gateway, "'windows' signs in through a gateway only", help=help_)
    capability = {"capability": ["gateway"]}
    auth.parameters[AUTH_TYPE] = gateway_sign_in("windows")
    _user_and_password(ctx, auth, entries, capability)
    auth.parameters[GATEWAY] = gateway_parameter()
    auth.gateway = True


def _user_and_password(ctx: Context, auth: Auth, entries: Entries, further: dict[str, Any]) -> None:
    user = {"tabIndex": 2, "clearText": True, "required": "true", **further}
    secret = {"tabIndex": 3, "clearText": False, "required": "true", **further}
    _secure(ctx, auth, entries.get("username"), USERNAME, _USER, user)
    _secure(ctx, auth, entries.get("password"), PASSWORD, _PASSWORD, secret)


def _secure(
    ctx: Context, auth: Auth, node: Node | None, name: str, shown: dict[str, Any], constraints: dict[str, Any]
) -> str:
    """Adds a securestring parameter, but none for null, and returns its name."""
    if node is not None and node.value is None:
        return name
    name, parameter = said_over(ctx, node, Customary(name, SECRET, shown, constraints))
    auth.parameters[name] = parameter
    return name


_COMPILERS: dict[str, Callable[[Context, Auth, Entries], None]] = {
    "none": _none,
    "apiKey": _api_key,
    "basic": _basic,
    "windows": _windows,
    "aad": aad,
    "aadcertificate": aad_certificate,
    "oauth2": oauth2,
    "oauth2generic": oauth2_generic,
    **dict.fromkeys(PROVIDERS, provider),
    "raw": _raw,
}
