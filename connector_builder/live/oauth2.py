"""Signs in to any service by OAuth 2.0: the authorization-code flow in a browser, with PKCE, back to a loopback address.

Sources: RFC 6749, RFC 7636 (PKCE), RFC 8252 (loopback addresses of native apps).
"""

import json
import secrets as random
import threading
import webbrowser
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from connector_builder.live.clouds import is_safe
from connector_builder.live.errors import SignInRefused
from connector_builder.live.http import Limits, Session
from connector_builder.live.messages import Request, error_in
from connector_builder.live.pkce import challenge_of
from connector_builder.secrets.known import hide, masked

_SECONDS = 300
"""The time that somebody has to sign in."""
_PAGE = b"<!doctype html><title>connector-builder</title><p>You can close this window, and go back to the terminal.</p>"


class Client(NamedTuple):
    """An application of a service: where people sign in, where a code becomes a token, its id, secret and scopes."""

    authorize: str
    token: str
    id: str
    secret: str = ""
    scopes: tuple[str, ...] = ()


class _Handler(BaseHTTPRequestHandler):
    """Takes the answer of the sign-in page, and nothing else."""

    server: "_Server"

    def do_GET(self) -> None:
        """Takes an address with the right state; anything else on this machine may ask too, and gets nothing."""
        fields = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        right = random.compare_digest(fields.get("state", ""), self.server.state)
        self.send_response(200 if right else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if right:
            self.wfile.write(_PAGE)
            self.server.fields = fields

    def log_message(self, *_: Any) -> None:
        """Logs nothing: the address contains a code."""


class _Server(HTTPServer):
    """Listens on a free port of this machine."""

    fields: dict[str, str] | None = None

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state, self.timeout = state, 1

    @property
    def redirect(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


def token_by_browser(
    client: Client,
    timeout: float,
    say: Callable[[str], object],
    *,
    log: Callable[[str], object] | None = None,
    open_browser: Callable[[str], object] = webbrowser.open,
    is_entra: bool = False,
) -> str:
    """Returns a token that a person gets in the browser. Raises SignInRefused."""
    for url in (client.authorize, client.token):
        if not is_safe(url):
            raise SignInRefused(f"nobody signs in without TLS: {masked(url)}")
    state, verifier = random.token_urlsafe(24), hide(random.token_urlsafe(48))
    with _Server(state) as server:
        redirect = server.redirect.replace("127.0.0.1", "localhost") if is_entra else server.redirect
        query = urlencode({
            "response_type": "code", "client_id": client.id, "redirect_uri": redirect, "scope": " ".join(client.scopes),
            "state": state, **challenge_of(verifier),
        })  # fmt: skip
        say(f"sign in with the browser that opens now; the application must allow the redirect address {redirect}")
        address = f"{client.authorize}{'&' if '?' in client.authorize else '?'}{query}"
        # Some browsers return only when their window is closed.
        threading.Thread(target=open_browser, args=(address,), daemon=True).start()
        fields = _answer(server)
    if "code" not in fields:
        code, said = error_in(
            {"error": fields.get("error", ""), "error_description": fields.get("error_description", "")}
        )
        raise SignInRefused(f"the sign-in was refused: {masked(said or str(code))}", code=code)
    form = {
        "grant_type": "authorization_code", "code": hide(fields["code"]), "redirect_uri": redirect, "client_id": client.id,
        "code_verifier": verifier, **({"client_secret": client.secret} if client.secret else {}),
    }  # fmt: skip
    return _exchanged(client, form, timeout, log)


def _answer(server: _Server) -> dict[str, str]:
    """Returns the fields that the browser brings back. Raises SignInRefused if nobody signs in."""
    for _ in range(_SECONDS):
        server.handle_request()
        if server.fields is not None:
            return server.fields
    raise SignInRefused("nobody signed in within five minutes", "try again")


def _exchanged(client: Client, form: dict[str, str], timeout: float, log: Callable[[str], object] | None) -> str:
    """Returns the token for a code. Raises SignInRefused."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    request = Request(
        "POST", client.token, "the sign-in of the service", headers=headers, content=urlencode(form).encode()
    )
    if log is not None:  # without the bodies: they are secrets
        log(f"> POST {masked(client.token)}")
    with Session(limits=Limits(silence=timeout)) as session:
        answer = session.send(request)
    try:
        data: Any = json.loads(answer.text)
    except ValueError:
        data = dict(parse_qsl(answer.text))  # as GitHub answers without the header Accept
    token = data.get("access_token") if isinstance(data, dict) else None
    if isinstance(token, str) and token and answer.is_good:
        for name in ("refresh_token", "id_token"):
            if isinstance(data.get(name), str):
                hide(data[name])
        return hide(token)
    code, said = error_in(data)
    raise SignInRefused(f"the service gives no token: {masked(said or str(code or answer.status))}", code=code)
