"""Reads what a token says, without checking its signature: that is its service's work."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

TIME = "%Y-%m-%dT%H:%M:%SZ"
"""How a time is written: the later one is the greater text."""


class Claims(NamedTuple):
    """What a token says. `user` is empty for an application, `scopes` has the permissions of both."""

    audience: str
    tenant: str
    user: str
    object_id: str
    application: str
    scopes: tuple[str, ...]
    expires: str


def claims_of(token: str) -> Claims | None:
    """Returns the claims of a token; None if it isn't a JSON Web Token. `expires` is a time such as `2026-10-05T14:03:11Z`."""
    data = _payload(token)
    if data is None:
        return None
    user = next((str(data[key]) for key in ("upn", "preferred_username", "unique_name", "email") if data.get(key)), "")
    roles = data.get("roles")
    scopes = (*str(data.get("scp", "")).split(), *(map(str, roles) if isinstance(roles, list) else ()))
    return Claims(
        str(data.get("aud", "")),
        str(data.get("tid", "")),
        "" if data.get("idtyp") == "app" else user,
        str(data.get("oid", "")),
        str(data.get("appid") or data.get("azp") or ""),
        scopes,
        _time(data.get("exp")),
    )


def _payload(token: str) -> dict[str, Any] | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        data = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _time(seconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime(TIME)
    except (TypeError, ValueError, OverflowError, OSError):
        return ""
