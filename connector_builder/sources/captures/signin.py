"""How people sign in, as far as the shape of requests shows it. No value of a header or query goes any further."""

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.auth.kinds import ENTRA_HOSTS
from connector_builder.platform.data.plain import mapping, text
from connector_builder.secrets import Use, is_sure
from connector_builder.sources.captures.call import AUTHORIZE, KEY_IN_HEADER, KEY_IN_QUERY, MARKS, TOKEN, Call

Entries = dict[str, Any]
_CLIENT = "00000000-0000-0000-0000-000000000000"
_KEYS = frozenset((
    "access-token", "api-key", "apikey", "api_key", "auth-token", "authorization-token", "key", "token", "x-auth", "secret", "x-secret", "access-key",
    "access_token", "ocp-apim-subscription-key", "x-token", "subscription-key",
))  # fmt: skip
_ENDS_KEY = re.compile(r"[-_](?:api[-_]?key|access[-_]token|auth[-_]token)\Z")
_TOKEN = {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"}
"""The way of a token that shows nothing of itself."""
_JWT = re.compile(r"(?i:bearer)\s+([\w-]+)\.([\w-]+)\.")


class Other(NamedTuple):
    """A way to sign in that isn't the connector's: its name for people, the first call that has it, and how many calls have it."""

    name: str
    at: Pointer
    calls: int


class SignIn:
    """The sign-in of calls: `auth` of a spec, and the headers and queries that are part of it.

    `beside` are the keys that all calls with this sign-in send beside it, each with its place; `some` are the names of those
    that only some send. `others` are the ways of the calls that sign in otherwise, and `cookies` the calls that have a cookie alone.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self.auth: Entries = {"type": "none"}
        shown = [(call, list(_options(call))) for call in calls]
        found = Counter(json.dumps(option) for _, options in shown for option in options)
        if found:
            best = max(found, key=lambda key: (_rank(json.loads(key)), found[key]))
            self.auth = json.loads(best)
        with_cookie = [call for call, options in shown if not options and "cookie" in call.headers]
        self.cookie_only = bool(with_cookie) and not found
        self.cookies = [] if self.cookie_only else with_cookie
        self.beside, self.some = _beside(shown, self.auth)
        self.others = _others(shown, self.auth)

    @property
    def name(self) -> str:
        """Returns the sign-in in words."""
        return _name(self.auth)

    @property
    def further(self) -> Entries:
        """Returns `connection` and `policies` of a spec for the keys that are sent beside the sign-in."""
        connection: Entries = {}
        policies: list[Entries] = []
        for number, (name, where) in enumerate(self.beside.items(), 2):
            connection[f"key{number}"] = {"type": "securestring", "summary": name, "required": True}
            policy = {"name": name, "value": f"@connectionParameters('key{number}')"}
            policies.append({"setHeader" if where == "header" else "setQueryParameter": policy})
        return {"connection": connection, "policies": policies} if connection else {}

    def is_part(self, name: str, use: Use) -> bool:
        """Checks whether a header or query is how a request proves who sends it."""
        plain = name.lower()
        known = _is_key(plain) or is_sure(name, use) or plain in ("authorization", "sig", *MARKS)
        return known or plain in (str(self.auth.get("header")).lower(), str(self.auth.get("query")).lower())


def _is_key(name: str) -> bool:
    """Checks whether a header or query in small letters is named like a key: by a common name, or one that ends like it, as `dd-api-key`."""
    return name in _KEYS or _ENDS_KEY.search(name) is not None


def _rank(option: Entries) -> int:
    return ("basic", "apiKey", "oauth2", "aad").index(option["type"])


def _options(call: Call) -> Iterable[Entries]:
    """Yields the ways to sign in that a call shows."""
    if authorize := call.headers.get(AUTHORIZE):
        token = call.headers.get(TOKEN) or "https://login.contoso.example/token"
        yield {"type": "oauth2", "clientId": _CLIENT, "authorizationUrl": authorize, "tokenUrl": token}
        return
    given = call.headers.get("authorization", "")
    scheme = given.partition(" ")[0].lower()
    if given:
        known = {"basic": {"type": "basic"}, "bearer": _bearer(given)}
        yield known.get(scheme, {"type": "apiKey", "header": "Authorization"})
    if scheme not in ("basic", "bearer"):
        yield from _keys(call)


def _beside(shown: Iterable[tuple[Call, list[Entries]]], auth: Entries) -> tuple[dict[str, str], tuple[str, ...]]:
    """Returns the keys that all calls with this sign-in send beside it, each with its place, and the names of those that only some send."""
    found: Counter[tuple[str, str]] = Counter()
    count = 0
    for call, options in shown:
        if _is_among(auth, options):
            count += 1
            ways = (next(iter(_place(one).items())) for one in _keys(call) if _place(one) != _place(auth))
            found.update({(name, where) for where, name in ways})
    always = {name: where for (name, where), number in sorted(found.items()) if number == count}
    return always, tuple(sorted({name for name, _ in found} - always.keys()))


def _others(shown: Iterable[tuple[Call, list[Entries]]], auth: Entries) -> list[Other]:
    """Returns the ways of the calls that don't have this sign-in, each once."""
    found: dict[str, Other] = {}
    for call, options in shown:
        if options and not _is_among(auth, options):
            name = _name(options[0])
            before = found.get(name, Other(name, call.at, 0))
            found[name] = before._replace(calls=before.calls + 1)
    return list(found.values())


def _is_among(auth: Entries, options: Iterable[Entries]) -> bool:
    """Checks whether a call has a sign-in. A token that doesn't show where it is from may be one of OAuth."""
    return auth in options or (auth["type"] in ("oauth2", "aad") and _TOKEN in options)


def _name(option: Entries) -> str:
    """Returns a way to sign in in words."""
    if option["type"] == "aad":
        return f"a token for '{option['resource']}'"
    names = {"basic": "user and password", "oauth2": "OAuth"}
    return names.get(option["type"]) or f"'{option.get('header') or option.get('query')}'"


def _place(option: Entries) -> Entries:
    return {where: option[where] for where in ("header", "query") if where in option}


def _keys(call: Call) -> Iterable[Entries]:
    for mark, where in ((KEY_IN_HEADER, "header"), (KEY_IN_QUERY, "query")):
        if name := call.headers.get(mark):
            yield {"type": "apiKey", where: name}
    for name in call.headers:
        if _is_key(name) or (is_sure(name, Use.HEADER) and name != "authorization"):
            words = (word.upper() if word in ("api", "id") else word.capitalize() for word in name.split("-"))
            yield {"type": "apiKey", "header": "-".join(words)}
    for name, _ in call.query:
        if _is_key(name.lower()) or is_sure(name, Use.QUERY):
            yield {"type": "apiKey", "query": name}


def _bearer(given: str) -> Entries:
    """Returns `aad` for a token of Microsoft Entra ID; of a token, only its audience and its tenant are looked at."""
    match = _JWT.match(given)
    claims = _claims(match[2]) if match else {}
    issuer = re.sub(r"^https?://", "", text(claims.get("iss"))).partition("/")[0]
    audience = text(claims.get("aud"))
    if (issuer in ENTRA_HOSTS or audience.endswith(".microsoft.com/")) and re.fullmatch(
        r"(?:https|api)://[\w./:-]{1,200}|[0-9a-fA-F-]{36}", audience
    ):
        return {"type": "aad", "clientId": _CLIENT, "resource": audience}
    return dict(_TOKEN)


def _claims(part: str) -> dict[str, Any]:
    try:
        return mapping(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))
    except (binascii.Error, ValueError, RecursionError):
        return {}
