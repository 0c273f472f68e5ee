"""Opens what a call is sent by: the session, signed in as the connector says, or the platform's gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from connector_builder.app.live.call.gateway import Through, Wish, through, with_second_audience
from connector_builder.app.live.call.prepared import Prepared
from connector_builder.app.live.call.sending import Answered, send, send_all
from connector_builder.app.live.call.signing import Signer, signer_for
from connector_builder.app.live.connection import Asked, connected
from connector_builder.app.live.spec_auth import oauth_of
from connector_builder.app.live.token import wish_of
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.clouds import CLOUDS, cloud_named
from connector_builder.live.http import Limits, Session
from connector_builder.platform.requests import Request
from connector_builder.secrets.known import masked


@dataclass(frozen=True, slots=True)
class Line:
    """Sends the requests of one call."""

    prepared: Prepared
    signer: Signer
    http: Session
    all_pages: bool = False

    def __call__(self, request: Request) -> Answered:
        """Sends a request, with `all_pages` also for the further pages. Raises LiveError if there is no answer."""
        way = send_all if self.all_pages else send

        def sent(signer: Signer) -> Answered:
            return way(self.prepared, request, signer, self.http)

        if isinstance(self.signer, Through):
            answered: Answered = with_second_audience(self.signer, sent)
            return answered
        return sent(self.signer)


@contextmanager
def opened(
    prepared: Prepared, asked: Asked, via: Wish | None = None, *, all_pages: bool = False, server: str | None = None
) -> Iterator[Line]:
    """Yields what sends the requests of a call; `server` replaces that of the connector. Raises LiveError and Misuse."""
    if via is not None:
        with connected(asked) as connection:
            yield Line(prepared, through(prepared, via, connection), connection.http, all_pages)
        return
    signer = replace(signer_for(prepared, asked), servers=_servers(server, asked))
    if signer.audience is None:
        with Session(limits=Limits(silence=asked.timeout), log=asked.log, watch=asked.watch, dry=asked.dry) as http:
            yield Line(prepared, signer, http, all_pages)
        return
    with _of_spec(prepared, asked) as http:
        yield Line(prepared, signer, http, all_pages)


def _servers(server: str | None, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Returns the servers that others replace: the user's, else those of Microsoft that a variable replaces. Raises Misuse."""
    if server is not None:
        plain = server.rstrip("/")
        parts = urlsplit(plain)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.path
            or parts.query
            or "@" in parts.netloc
        ):
            raise Misuse(f"'--server {masked(server)}' isn't a server", "write it like http://127.0.0.1:8080")
        return (("", plain),)
    name = asked.wish.cloud or "public"
    own = zip(CLOUDS[name].services, cloud_named(name, asked.environment).services, strict=True)
    return tuple((plain.url, other.url) for plain, other in own if plain.url != other.url)


@contextmanager
def _of_spec(prepared: Prepared, asked: Asked) -> Iterator[Session]:
    """Yields a session that gets the tokens of a connector from Microsoft Entra ID, by its own client if it names one."""
    auth = oauth_of(prepared.package, prepared.connection.name or None)
    own = bool(auth.client) and not asked.wish.client_id and asked.dry is None
    with connected(replace(asked, wish=wish_of(auth, asked)) if own else asked) as connection:
        http, tokens = connection.http, connection.tokens
        if own and connection.choice.client_id == auth.client and connection.choice.method in ("browser", "device"):
            http.token = lambda audience, claims: tokens.scoped(list(auth.scopes), audience, claims)
        yield http
