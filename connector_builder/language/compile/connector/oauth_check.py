"""Checks what OAuth 2 requires: whole addresses, templates whose places are all filled, and people who sign in.

Facts: the contents of published connectors. The platform supports client credentials only for Azure AD
(https://github.com/microsoft/PowerPlatformConnectors/issues/3856).
"""

import re
from collections.abc import Sequence

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.mending import becoming
from connector_builder.language.rules import AUTH_NOT_VALID, NAME_NOT_FOUND
from connector_builder.platform.auth.kinds import OF_TOKEN, PLACES
from connector_builder.platform.auth.oauth import CLIENT_CREDENTIALS, OTHER_FLOWS, is_address, unknown_places
from connector_builder.source.node import Node

_ADDRESS = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/[^\s?#{}]*")
"""A host with a domain and a path: an address that only lacks its scheme."""
_ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl")
_TEMPLATES = (*_ADDRESSES, "authorizationQuery", "tokenQuery", "tokenBody", "refreshQuery", "refreshBody")


def check_oauth(ctx: Context, entries: Entries, connection: Sequence[str]) -> None:
    """Reports settings that can't work; `connection` contains the names of the author's connection parameters."""
    own = [name.removeprefix(OF_TOKEN) for name in connection if name.startswith(OF_TOKEN)]
    for key in _ADDRESSES:
        # The address may come from the connection; then the text here is only a part of it.
        if isinstance(value(entries, key), str) and not own:
            _check_address(ctx, entries[key])
    if value(entries, "type") == "oauth2generic" and "properties" not in ctx.root.entries:
        for key in _TEMPLATES:
            if isinstance(value(entries, key), str):
                _check_template(ctx, entries[key], own)
    definition = entries.get("definition")
    flow = definition.entries.get("flow") if definition is not None else None
    if flow is not None and flow.value in OTHER_FLOWS:
        help_ = "leave it out: the platform supports only the authorization code flow"
        ctx.report(AUTH_NOT_VALID, flow, f"the platform can't sign people in by the flow '{flow.value}'", help=help_)


def _check_address(ctx: Context, node: Node) -> None:
    if not is_address(node.value):
        message = f"'{node.key}' must be a whole address, not '{node.value}'"
        help_, fix = "write it with https://, such as https://login.contoso.example/token", None
        if _ADDRESS.fullmatch(node.value) and is_address(f"https://{node.value}"):
            help_ = f"write https://{node.value}"
            fix = becoming(node, help_, f"https://{node.value}")
        ctx.report(AUTH_NOT_VALID, node, message, help=help_, fix=fix)


def _check_template(ctx: Context, node: Node, own: Sequence[str]) -> None:
    if CLIENT_CREDENTIALS in node.value:
        help_ = "write grant_type=authorization_code, or leave it out; only 'aad' knows service principals (servicePrincipal: true)"
        ctx.report(AUTH_NOT_VALID, node, "the platform can't sign in by client credentials", help=help_)
    for name in unknown_places(node.value, own):
        message = f"there is no connection parameter '{OF_TOKEN}{name}'"
        cure = ctx.suggestions.of(name, [*PLACES, *own])
        ctx.report(NAME_NOT_FOUND, node, message, help=cure or "add it under 'connection', or fix the name")
