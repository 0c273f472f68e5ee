"""Signs the requests of a call in the way that the connector says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from connector_builder.app.live.call.prepared import Prepared
from connector_builder.app.live.connection import Asked
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.clouds import is_safe
from connector_builder.live.errors import ServiceRefused, SignInRefused
from connector_builder.live.messages import Request as Sent
from connector_builder.live.oauth2 import Client, token_by_browser
from connector_builder.live.secrets import secret
from connector_builder.live.sign_in.claims import TIME, claims_of
from connector_builder.platform.auth.kinds import ENTRA_LOGIN
from connector_builder.platform.requests import Request
from connector_builder.platform.requests.connection import OAuth, signed, with_policies
from connector_builder.secrets.known import hide

PREFIX = "CB_CONNECTION_"
"""The beginning of the variables that contain what people enter for a connection: `CB_CONNECTION_API_KEY`."""
TOKEN, CLIENT_SECRET = f"{PREFIX}TOKEN", f"{PREFIX}CLIENT_SECRET"
_PLACE = "<a token of the service>"
"""What a dry run shows instead of a token."""
_NO_CLIENT = re.compile(r"[0-]*")


@dataclass(frozen=True, slots=True)
class Signer:
    """Turns requests into what is sent. `audience` is that of a token that the session adds; `token` is one that is there."""

    prepared: Prepared
    values: Mapping[str, str]
    audience: str | None = None
    token: str | None = None
    servers: tuple[tuple[str, str], ...] = ()
    """Addresses of servers, each with what replaces it; an empty one is any server."""

    def signed(self, request: Request) -> tuple[Sent, list[str]]:
        """Returns a request with everything that the connection adds, and the policies that only the platform applies."""
        package = self.prepared.package
        changed, left = with_policies(request, package.properties, self.values)
        changed = signed(changed, self.prepared.connection, self.values)
        if self.prepared.connection.kind == "basic":
            hide(dict(changed.headers)["Authorization"].partition(" ")[2])
        if self.token is not None:
            changed = changed.with_header("Authorization", f"Bearer {self.token}")
        return self.sent(changed._replace(base=self._at_server(changed.base))), left

    def _at_server(self, base: str) -> str:
        """Returns the address of a server, or of the one that replaces it, with the base path."""
        scheme, _, rest = base.partition("://")
        host, slash, path = rest.partition("/")
        for old, new in self.servers:
            if old in ("", f"{scheme}://{host}".lower()):
                return f"{new}{slash}{path}"
        return base

    def sent(self, request: Request) -> Sent:
        """Returns a request for the network layer. Raises ServiceRefused if it would carry a secret without TLS."""
        if (self.token or self.values) and not is_safe(request.url):
            raise ServiceRefused(f"no secret is sent without TLS: {request.verb} {request.base}")
        host = request.base.partition("://")[2].partition("/")[0]
        headers = dict(request.headers)
        return Sent(request.verb, request.url, host, self.audience, headers, content=request.body)

    def wire(self, sent: Sent) -> Sent:
        """Returns a request, as `signed` gave it, in the form in which it goes out."""
        return sent


def variable_of(name: str) -> str:
    """Returns the variable that contains a connection parameter: `CB_CONNECTION_API_KEY` for `api_key`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return PREFIX + re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper()


def signer_for(prepared: Prepared, asked: Asked) -> Signer:
    """Returns what signs the requests of a call. It asks for what is missing, unless the run is dry. Raises LiveError."""
    connection = prepared.connection
    if not connection.is_usable:
        help_ = "call it through a connection of the platform: --via-connection"
        raise SignInRefused(f"this connector can't be called directly: {connection.kind}", help_)
    values = _values(prepared, asked)
    if connection.oauth is None:
        return Signer(prepared, values)
    given = asked.environment.get(TOKEN)
    audience = audience_of(connection.oauth)
    if given:
        _check_token(hide(given), audience)
        return Signer(prepared, values, token=given)
    if audience is not None:
        return Signer(prepared, values, audience)
    if asked.dry is not None:
        return Signer(prepared, values, token=_PLACE)
    return Signer(prepared, values, token=_by_browser(connection.oauth, asked))


def audience_of(oauth: OAuth) -> str | None:
    """Returns the audience of a connector that signs in to Microsoft Entra ID; None for another service."""
    if oauth.provider not in ("aad", "aadcertificate"):
        return None
    return oauth.settings.get("resourceUri") or None


def _values(prepared: Prepared, asked: Asked) -> dict[str, str]:
    """Returns the connection parameters: from variables of the environment, a prompt, or standard input."""
    values: dict[str, str] = {}
    stdin = asked.person.stdin
    for one in prepared.connection.needed:
        variable = variable_of(one.name)
        if one.secret and asked.dry is not None:
            values[one.name] = f"<{one.name}>"
        elif one.secret and (one.required or asked.environment.get(variable)):
            values[one.name] = secret(one.label, [variable], asked.environment, prompt=asked.person.prompt, stdin=stdin)
            stdin = None
        elif asked.environment.get(variable):
            values[one.name] = asked.environment[variable]
        elif one.required and not one.secret:
            raise Misuse(f"the connection has no '{one.name}' ({one.label})", f"set the variable {variable}")
    return values


def _check_token(token: str, audience: str | None) -> None:
    """Raises SignInRefused for a token that can't work: one whose time is over, or one for another audience.

    The portal's Test tab shows tokens for the gateway, which people copy.
    """
    claims = claims_of(token)
    if claims is None:
        return
    help_ = "get one for this service: connector-builder token SPEC"
    if audience is not None and claims.audience and claims.audience.rstrip("/") != audience.rstrip("/"):
        raise SignInRefused(f"the token in {TOKEN} is for '{claims.audience}', not for '{audience}'", help_)
    if claims.expires and claims.expires < datetime.now(UTC).strftime(TIME):
        raise SignInRefused(f"the token in {TOKEN} has expired: {claims.expires}", help_)


def _by_browser(oauth: OAuth, asked: Asked) -> str:
    """Returns a token of a service that isn't Microsoft Entra ID, by its own sign-in in the browser. Raises LiveError."""
    if not oauth.authorize or not oauth.token or _NO_CLIENT.fullmatch(oauth.client):
        what = "client id" if oauth.authorize and oauth.token else "addresses to sign in"
        help_ = f"put a token of the service into the variable {TOKEN}"
        raise SignInRefused(f"the connector has no {what} ({oauth.provider})", help_)
    entra = oauth.authorize.startswith(f"{ENTRA_LOGIN}/")
    client_secret = asked.environment.get(CLIENT_SECRET, "")
    client = Client(
        oauth.authorize, oauth.token, oauth.client, hide(client_secret) if client_secret else "", oauth.scopes
    )
    return token_by_browser(client, asked.timeout, asked.person.say, log=asked.log, is_entra=entra)
