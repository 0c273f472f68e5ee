"""Compiles the connector itself: Swagger's `info` and server, the metadata for certification, and apiProperties."""

import re
from typing import Any
from urllib.parse import urlsplit

from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.connector.overlay import overlay
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.mending import becoming
from connector_builder.language.rules import KEY_MISSING, SERVER_NOT_VALID
from connector_builder.platform.certification.requirements import CATEGORIES, METADATA, PRIVACY_POLICY, WEBSITE
from connector_builder.platform.solutions.environment_variables import is_expression
from connector_builder.source.node import Node

_ADDRESS = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[^\s?#]*)?")
"""A host with a domain and perhaps a path: an address that only lacks its scheme."""
INFO = ("title", "description", "version", "termsOfService", "contact", "license")
"""The keys of Swagger's `info` that `connector` has too."""
CERTIFIED = {"website": WEBSITE, "privacyPolicy": PRIVACY_POLICY, "categories": CATEGORIES}
"""The properties that certification requires, by key of `connector`."""
BRAND_COLOR = "#007ee5"
"""The portal's default (https://learn.microsoft.com/en-us/connectors/custom-connectors/define-blank)."""
VERSION = "1.0.0"
_OTHER_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*)[-:=]{1,2}([^}]*)\}")
_NO_HOST = re.compile(r"[\s$%{}<>|^`\"\\,;=!*'()]|\.\.|^\.")
_OTHER_VARIABLE = re.compile(r"\$(\w+)|%(\w+)%|\{\{?\s*([A-Za-z_]\w*)\s*\}")
"""Variables as shells, Windows and other tools write them."""


def connector_entries(ctx: Context) -> Entries:
    """Returns the entries of `connector`; none if it is broken."""
    node = ctx.root.entries.get("connector")
    return node.entries if node is not None else {}


def info(ctx: Context, entries: Entries) -> dict[str, Any]:
    """Returns Swagger's info. Keys that begin with `x-` pass through, and the author's own `info` is merged over it."""
    out: dict[str, Any] = {}
    for key, node in entries.items():
        if (key in INFO and node.value is not None) or key.startswith("x-"):
            ctx.put(out, key, node.value, node)
            _deep(ctx, node)
        elif key in INFO:
            ctx.origins.note_all(out, node.key_place)  # where it is missing
    if "version" not in entries:
        out["version"] = VERSION
    overlay(ctx, out, ctx.root.entries.get("info"))
    return out


def _deep(ctx: Context, node: Node) -> None:
    for key, part in node.entries.items():
        ctx.origins.note(node.value, key, part.place)


def server(entries: Entries) -> str:
    """Returns the server's address, without a finding; empty if there is none or it can't be read."""
    node = entries.get("server")
    return node.value if node is not None and isinstance(node.value, str) and _problem(node.value) is None else ""


def host(ctx: Context, entries: Entries) -> dict[str, Any]:
    """Returns Swagger's host, basePath and schemes from the server's address."""
    node = entries.get("server")
    if node is None or node.value is None:
        _check_given(ctx, node)
        return {}
    problem = _problem(node.value)
    if problem is not None:
        help_ = "write scheme, host and base path, such as https://api.contoso.example/v1"
        if unread := _OTHER_VARIABLE.search(node.value):
            help_ = f"a variable is written ${{{next(filter(None, unread.groups()))}}}"
        elif default := _OTHER_DEFAULT.search(node.value):
            help_ = f"a default is written ${{{default[1]}:-{default[2]}}}"
        fix = None
        if _ADDRESS.fullmatch(node.value) and _problem(f"https://{node.value}") is None:
            help_ = f"write https://{node.value}"
            fix = becoming(node, help_, f"https://{node.value}")
        ctx.report(SERVER_NOT_VALID, node, problem, help=help_, fix=fix)
        return {}
    parts = urlsplit(node.value)
    out: dict[str, Any] = {}
    ctx.put(out, "host", parts.netloc, node)
    ctx.put(out, "basePath", parts.path or "/", node)
    ctx.put(out, "schemes", [parts.scheme], node)
    return out


def _check_given(ctx: Context, node: Node | None) -> None:
    """Reports that there is no server; Swagger's own `host` says where the service is too, or with null that it has none."""
    connector = ctx.root.entries.get("connector")
    if connector is None or "host" in ctx.root.entries or ctx.is_broken("connector keys", "server"):
        return
    if ctx.is_broken("spec keys", "connector"):
        return
    help_ = "write server: https://api.contoso.example/v1, with scheme, host and base path"
    ctx.report(KEY_MISSING, node or connector, "'server' is missing in 'connector'", help=help_, key=True)


def _problem(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return f"'{address}' isn't an address"
    del port
    if parts.scheme not in ("https", "http") or not parts.netloc:
        return f"'{address}' isn't an address that begins with https://"
    if is_expression(parts.netloc):
        return None
    if parts.username is not None or parts.password is not None:
        return "the server's address contains a user name or password"
    if _NO_HOST.search(parts.netloc):
        return f"'{parts.netloc}' can't be the name of a host"
    if parts.query or parts.fragment or "?" in address or "#" in address:
        return f"'{address}' has a query or a fragment"
    return None


def metadata(ctx: Context, entries: Entries) -> dict[str, Any]:
    """Returns the `x-ms-connector-metadata` for certification, from website, privacyPolicy and categories."""
    listed: list[dict[str, Any]] = []
    for key, name in CERTIFIED.items():
        node = entries.get(key)
        if node is None or node.value is None:
            continue
        text = ";".join(str(item) for item in node.value) if node.is_list else node.value
        item: dict[str, Any] = {"propertyName": name}
        ctx.put(item, "propertyValue", text, node, at_key=node.is_list)
        listed.append(item)
    return {METADATA: listed} if listed else {}


def properties(ctx: Context, entries: Entries, auth: Auth) -> dict[str, Any]:
    """Returns the `properties` of apiProperties, before the author's own `properties` are merged over them."""
    out: dict[str, Any] = {} if auth.raw and not auth.parameters else {"connectionParameters": auth.parameters}
    if auth.sets is not None:
        out["connectionParameterSets"] = auth.sets
    color = entries.get("brandColor")
    if color is None:
        out["iconBrandColor"] = BRAND_COLOR
    elif color.value is not None:
        ctx.put(out, "iconBrandColor", color.value, color)
    capabilities = entries.get("capabilities")
    if capabilities is None:
        out["capabilities"] = ["gateway"] if auth.gateway else []
    elif capabilities.value is not None:
        ctx.put(out, "capabilities", capabilities.value, capabilities)
    if auth.policies or value(ctx.root.entries, "policies") is not None:
        out["policyTemplateInstances"] = auth.policies
    for key in ("publisher", "stackOwner"):
        if value(entries, key) is not None:
            ctx.put(out, key, entries[key].value, entries[key])
    return out
