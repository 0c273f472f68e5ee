"""What OAuth 2 requires of addresses, templates, tenants and clients, whichever document contains them.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters,
https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols (tenants, clients), and published connectors.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from connector_builder.patterns import regex
from connector_builder.platform.auth.kinds import PLACES
from connector_builder.secrets import is_placeholder

FLOW = "accessCode"
"""The only flow of OAuth 2 by which people sign in to a connection."""
OTHER_FLOWS = ("application", "password")
"""Flows in which nobody signs in at a page of the service."""
CLIENT_CREDENTIALS = "client_credentials"

_FILLED = frozenset(map(str.lower, PLACES))
PLACE = regex(r"\{(\w+)\}")
"""A place in a template, such as `{ClientId}`."""
_ADDRESS = regex(r"(https?://|@environmentVariables\(|\{)")
_GUID = regex(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN = regex(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_TENANTS = ("common", "organizations", "consumers")
_VARIABLE = regex(r"@environmentVariables\(|\$\{|\{")
_PROSE = regex(r"enter|your|replace|dummy|placeholder|todo|client.?id", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Checks whether a text is a whole address, or begins with what the platform replaces."""
    return _ADDRESS.match(text) is not None


def unknown_places(template: str, own: Iterable[str]) -> Iterator[str]:
    """Yields the places such as `{Host}` of a template that nothing fills, once each.

    `own` are the names of connection parameters that belong to the sign-in, without `token:`.
    """
    known = {*_FILLED, *map(str.lower, own)}
    return (name for name in dict.fromkeys(PLACE.findall(template)) if name.lower() not in known)


def is_open(text: str) -> bool:
    """Checks whether a value is left to the one who uses the connector: a placeholder, a variable or an instruction."""
    return is_placeholder(text) or _VARIABLE.search(text) is not None or _PROSE.search(text) is not None


def is_tenant(text: str) -> bool:
    """Checks whether a text can be a tenant of Microsoft Entra ID: an id, a domain, or a word for several tenants."""
    return text.lower() in _TENANTS or _GUID.fullmatch(text) is not None or _DOMAIN.fullmatch(text) is not None


def is_client(text: str) -> bool:
    """Checks whether a text can be the id of a client of Microsoft Entra ID."""
    return _GUID.fullmatch(text) is not None


def wrong_end(address: str, *, authorizes: bool) -> bool:
    """Checks whether an address ends as the other of the two does: `…/token` where people sign in, `…/authorize` for tokens."""
    try:
        last = urlsplit(address).path.rstrip("/").rpartition("/")[2].lower()
    except ValueError:
        return False
    return last in (("token", "access_token") if authorizes else ("authorize", "authorise", "authorization"))
