"""Sends requests: the only module that does.

A session adds a token where a request names an audience, waits no longer than it should, sends again what may be sent
again, answers a claims challenge once, follows no redirect, and reads no more of an answer than its limit.
"""

import base64
import binascii
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connector_builder import __version__
from connector_builder.live.clouds import is_safe
from connector_builder.live.errors import ServiceRefused, Unreachable
from connector_builder.live.extra import extra
from connector_builder.live.messages import JSON, Answer, Request, refusal
from connector_builder.live.retries import ATTEMPTS, PATIENCE, is_passing, pause
from connector_builder.live.trace import DryRun, Write, answer_lines, request_lines, where
from connector_builder.secrets.known import masked

if TYPE_CHECKING:
    import requests

Token = Callable[[str, str | None], str]
"""Returns a token for an audience. The second argument are the claims that a service challenged for."""
Watch = Callable[[str], AbstractContextManager[object]]
"""Shows a line while something takes long."""
_CLAIMS = re.compile(r'claims="?([A-Za-z0-9+/=_-]+)"?')
_CHUNK = 65536
_PAGES = 1000
"""The most pages of one list."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one request: seconds to connect, seconds of silence, seconds in all, and bytes of an answer."""

    connect: float = 10.0
    silence: float = 60.0
    total: float = 300.0
    size: int = 32 * 1024 * 1024


class Session:
    """Sends requests, and closes its connections when its `with` block ends. Raises NotInstalled if the extra is missing.

    Args:
        token: returns the tokens; None for a session that signs in nobody.
        limits: how long to wait, and how much to read.
        log: gets the lines that show each request and its answer without secrets; None for no log.
        watch: shows that a request takes long.
        dry: collects the requests instead of sending them; None to send them.
        sleep: waits, between two attempts.
        clock: seconds, for the limit of a whole request.
    """

    def __init__(
        self,
        token: Token | None = None,
        *,
        limits: Limits | None = None,
        log: Write | None = None,
        watch: Watch = nullcontext,
        dry: DryRun | None = None,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token, self.limits, self.dry = token, limits or Limits(), dry
        self._log, self._watch, self._sleep, self._clock = log, watch, sleep, clock
        self._requests = extra("requests")
        self._session: requests.Session = self._requests.Session()
        self._session.auth = _no_auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # nobody is recognised by a cookie

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def ask(self, request: Request, *, dry: Any = None) -> Answer:
        """Sends a request and returns its answer, as `send` does. Raises LiveError also if the status says that it failed."""
        answer = self.send(request, dry=dry)
        if answer.is_good:
            return answer
        raise refusal(answer)

    def send(self, request: Request, *, dry: Any = None) -> Answer:
        """Sends a request and returns its answer, whatever its status is.

        In a dry run it sends nothing: the answer has the status 200 and the JSON `dry`, where a service's ids may be
        placeholders. Raises Unreachable, SignInRefused, and ServiceRefused for an answer larger than the limit.
        """
        if request.audience is not None and not is_safe(request.url):
            raise ServiceRefused(f"no token is sent without TLS: {request.line}")
        if self.dry is not None:
            self.dry.add(request, _headers(request))
            return Answer(request, 200, {"content-type": JSON}, b"" if dry is None else json.dumps(dry).encode())
        with self._watch(f"waiting for {where(request.url)}"):
            answer = self._attempts(request, None)
            claims = _challenge(answer) if request.audience is not None else None
            return answer if claims is None else self._attempts(request, claims)

    def pages(self, request: Request, *, key: str = "value", dry: Any = None) -> Iterator[Any]:
        """Yields the items of a list, which may have several pages: `nextLink` or `@odata.nextLink` leads to the next.

        Raises what `ask` raises, and ServiceRefused if the next page is at another service: no token goes there.
        """
        first, seen = request, set[str]()
        for _ in range(_PAGES):
            page = self.ask(request, dry={key: [] if dry is None else [dry]}).mapping()
            items = page.get(key)
            yield from items if isinstance(items, list) else ()
            link = page.get("nextLink") or page.get("@odata.nextLink")
            if not isinstance(link, str) or not link:
                return
            if link in seen or not _same_service(link, first.url):
                raise ServiceRefused(f"{request.service} names a next page that isn't its own: {request.line}")
            seen.add(link)
            request = replace(request, url=link)
        raise ServiceRefused(f"{request.service} has more than {_PAGES} pages: {request.line}")

    def _attempts(self, request: Request, claims: str | None) -> Answer:
        """Sends a request until its status isn't one that passes."""
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                answer = self._once(request, claims)
            except Unreachable as error:
                if last or (error.lost and not request.may_repeat):
                    raise
                wait = pause(attempt, {})
            else:
                wait = pause(attempt, answer.headers)
                if last or not is_passing(answer.status, may_repeat=request.may_repeat) or wait > PATIENCE:
                    return answer
            self._say([f"* sends it again in {wait:g} s"])
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: Request, claims: str | None) -> Answer:
        """Sends a request once, and reads the whole answer."""
        headers = _headers(request)
        if request.audience is not None:
            assert self.token is not None, "a session without tokens"
            headers["Authorization"] = f"Bearer {self.token(request.audience, claims)}"
        self._say(request_lines(request, headers))
        errors = self._requests.exceptions
        try:
            with self._session.request(
                request.method,
                request.url,
                data=request.body,
                headers=headers,
                timeout=(self.limits.connect, self.limits.silence),
                allow_redirects=False,
                stream=True,
            ) as response:
                names = {name.lower(): value for name, value in response.headers.items()}
                answer = Answer(request, response.status_code, names, self._read(request, response))
        except errors.SSLError:  # the same a second later, so it isn't sent again
            raise _untrusted(request) from None
        except (errors.ConnectTimeout, errors.ProxyError) as error:
            raise _unreachable(request, error, lost=False) from None
        except errors.ConnectionError as error:
            raise _unreachable(request, error, lost=not _never_connected(error)) from None
        except errors.RequestException as error:
            raise _unreachable(request, error, lost=True) from None
        self._say(answer_lines(answer))
        return answer

    def _read(self, request: Request, response: "requests.Response") -> bytes:
        """Returns the body. Raises ServiceRefused if it is too large, and Unreachable if it takes too long."""
        end = self._clock() + self.limits.total
        parts, size = [], 0
        for part in response.iter_content(_CHUNK):
            size += len(part)
            if size > self.limits.size:
                most = self.limits.size // (1024 * 1024)
                raise ServiceRefused(f"the answer of {request.service} is larger than {most} MB: {request.line}")
            if self._clock() > end:
                raise Unreachable(f"{request.service} takes too long to answer: {request.line}", lost=True)
            parts.append(part)
        return b"".join(parts)

    def _say(self, lines: Iterable[str]) -> None:
        if self._log is not None:
            for line in lines:
                self._log(line)


def _headers(request: Request) -> dict[str, str]:
    headers = {"Accept": JSON, "User-Agent": f"connector-builder/{__version__}"}
    if request.json is not None and request.content is None:
        headers["Content-Type"] = JSON
    names = {name.lower() for name in request.headers}
    return {name: value for name, value in headers.items() if name.lower() not in names} | dict(request.headers)


def _no_auth(request: "requests.PreparedRequest") -> "requests.PreparedRequest":
    """Does nothing: without it, requests takes passwords out of the file .netrc, and overwrites a token with them."""
    return request


def _challenge(answer: Answer) -> str | None:
    """Returns the claims that a service asks for with 401, as JSON; None if it asks for none.

    Source: https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
    """
    match = _CLAIMS.search(answer.headers.get("www-authenticate", "")) if answer.status == 401 else None
    if match is None:
        return None
    try:
        plain = match[1].rstrip("=").replace("-", "+").replace("_", "/")
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _same_service(link: str, first: str) -> bool:
    """Checks whether a page belongs to the service of the first page: it may be at a regional host, on another port."""
    try:
        there, here = urlsplit(link), urlsplit(first)
        host, own = there.hostname or "", here.hostname or ""
    except ValueError:
        return False
    return there.scheme == here.scheme and "@" not in there.netloc and (host == own or host.endswith(f".{own}"))


def _never_connected(error: Exception) -> bool:
    """Checks whether there was no connection, so that the service can't have got the request."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def _untrusted(request: Request) -> ServiceRefused:
    message = f"the certificate of {request.service} isn't trusted: {request.line}"
    return ServiceRefused(message, "name your organisation's certificates in the variable REQUESTS_CA_BUNDLE")


def _unreachable(request: Request, error: Exception, *, lost: bool) -> Unreachable:
    kind = type(error).__name__
    reasons = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ProxyError": "the proxy refuses",
        "ChunkedEncodingError": "the connection broke in the middle of the answer",
    }
    reason = reasons.get(kind, "the connection broke" if lost else "no connection")
    help_ = "correct the variable HTTPS_PROXY" if kind == "ProxyError" else "try again later, or check your network"
    return Unreachable(masked(f"{request.service} can't be reached, {reason}: {request.line}"), help_, lost=lost)
