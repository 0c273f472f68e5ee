"""Fetches the document at an address that the user named: bounded in size, time and redirects, and nothing else.

Nobody signs in, no cookie is kept, and nothing that a document names is fetched.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from connector_builder import __version__
from connector_builder.app.shared.misuse import Misuse, Unreachable
from connector_builder.platform.hosts import without_user
from connector_builder.source.names import is_portable, is_visible
from connector_builder.sources.limits import LARGEST

MAX_REDIRECTS = 5
_GZIP = 16 + zlib.MAX_WBITS
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TRUSTED = "name that address yourself if you trust it"
_SAVE = "save the document as a file, and import the file"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes of a document, and the most seconds for one address with all its redirects."""

    size: int = LARGEST
    seconds: float = 60


class Fetched(NamedTuple):
    """A document: the address that it came from in the end, without its query; a name for it; and its content."""

    address: str
    name: Path
    content: bytes


def fetch(address: str, limits: Limits = Limits()) -> Fetched:
    """Fetches the document at an address.

    Raises Misuse for what is no address, or has a password in it, and Unreachable.
    """
    parts = _parts(address)
    result: list[Fetched | Exception] = []

    def work() -> None:
        try:
            result.append(_fetch(parts, limits))
        except Exception as error:  # raised in the thread that waits
            result.append(error)

    # A thread bounds everything: looking up a name, and a server that sends a byte a second.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limits.seconds)
    if not result:
        raise Unreachable(f"{shown(parts)} didn't answer in {limits.seconds:g} seconds", _SAVE)
    done = result[0]
    if isinstance(done, Unreachable):
        done.name = _name(parts)
    if isinstance(done, Exception):
        raise done
    return done


def shown(parts: SplitResult) -> str:
    """Returns an address for people: without its query, which may hold a key."""
    return f"{parts.scheme}://{without_user(parts.netloc)}{parts.path}"


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise Misuse("this isn't an address", "write it like https://api.contoso.example/openapi.json") from error
    if not parts.hostname or not address.isascii() or any(ord(character) <= 32 for character in address):
        raise Misuse("this isn't an address", "write it like https://api.contoso.example/openapi.json")
    if parts.username is not None or parts.password is not None:
        raise Misuse("the address has a user name or a password in it", _SAVE)
    return parts


def _fetch(first: SplitResult, limits: Limits) -> Fetched:
    """Follows redirects to the document. Raises Unreachable."""
    parts, inside = first, False
    for step in range(MAX_REDIRECTS + 1):
        # Where the user's own address leads inside the network, a redirect may stay there.
        seen: list[bool] = []
        check = partial(_check_peer, shown(parts), seen, allowed=step == 0 or inside)
        answer = _asked(parts, check, limits)
        inside = inside or (step == 0 and (any(seen) or _is_inside(first.hostname)))
        with answer:
            status = answer.status if isinstance(answer, http.client.HTTPResponse) else answer.code
            if status not in _REDIRECTS:
                return _document(parts, answer, status, limits)
            parts = _redirected(parts, answer.headers.get("Location"))
            if not inside and _is_inside(parts.hostname):  # a proxy would connect without a check of ours
                raise Unreachable(_leads_inside(shown(parts)), _TRUSTED)
    raise Unreachable(f"{shown(first)} leads to more than {MAX_REDIRECTS} other addresses", _SAVE)


def _redirected(parts: SplitResult, location: str | None) -> SplitResult:
    try:
        target = urlsplit(urljoin(parts.geturl(), location or ""))
        if location is None or target.scheme not in ("http", "https") or not target.hostname:
            raise ValueError
    except ValueError:
        raise Unreachable(f"{shown(parts)} leads to what is no address", _SAVE) from None
    if parts.scheme == "https" and target.scheme == "http":
        raise Unreachable(f"{shown(parts)} leads to {shown(target)}, which isn't encrypted", _SAVE)
    return target._replace(netloc=without_user(target.netloc), fragment="")


def _document(parts: SplitResult, answer: Any, status: int, limits: Limits) -> Fetched:
    if status != 200:
        cure = {401: "sign in with a browser, and " + _SAVE, 403: "sign in with a browser, and " + _SAVE}.get(status)
        reason = http.client.responses.get(status, "")
        raise Unreachable(f"{shown(parts)} answered {status} {reason}".rstrip(), cure or "check the address")
    try:
        content: bytes = answer.read(limits.size + 1)
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{shown(parts)} can't be read: {_said(error)}", _SAVE) from None
    if len(content) <= limits.size and answer.length:
        raise Unreachable(f"{shown(parts)} ended early", "try again")
    if answer.headers.get("Content-Encoding", "").strip().lower() == "gzip":
        content = _unzipped(content, limits.size, parts)
    if len(content) > limits.size:
        raise Unreachable(f"{shown(parts)} is larger than {limits.size // (1024 * 1024)} MB", _SAVE)
    if content.lstrip()[:1] == b"<":
        raise Unreachable(
            f"{shown(parts)} is a web page or XML, not a document of an API",
            "find the address of the document itself: it often ends in openapi.json or swagger.json",
        )
    return Fetched(shown(parts), _name(parts), content)


def _unzipped(content: bytes, size: int, parts: SplitResult) -> bytes:
    try:
        return zlib.decompressobj(_GZIP).decompress(content, size + 1)
    except zlib.error:
        raise Unreachable(f"{shown(parts)} sent what can't be unpacked", _SAVE) from None


def _name(parts: SplitResult) -> Path:
    """Returns a name for a document: the last segment of its address, or its host."""
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    for name in (last, parts.hostname or ""):
        if name and is_portable(name) and is_visible(name) and "/" not in name:
            return Path(name)
    return Path("document")


# --- The connection


def _asked(parts: SplitResult, check: Callable[[socket.socket], None], limits: Limits) -> Any:
    """Sends one request, and returns the answer, whatever its status. Raises Unreachable."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),  # what the environment says, as other programs use it
        _Http(check, parts),
        _Https(check, parts),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    headers = {"Accept": "application/json, application/yaml, */*", "User-Agent": f"connector-builder/{__version__}"}
    request = urllib.request.Request(parts._replace(fragment="").geturl(), headers=headers)  # noqa: S310 - http or https
    try:
        return opener.open(request, timeout=limits.seconds)
    except HTTPError as error:
        return error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, _InsideError):
            raise Unreachable(str(reason), _TRUSTED) from None
        raise Unreachable(f"{shown(parts)} can't be reached: {_said(reason)}", _SAVE) from None


def _said(reason: object) -> str:
    """Returns why a connection failed, in words that don't depend on the system where possible."""
    if isinstance(reason, socket.gaierror):
        return "its server isn't known"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate isn't trusted ({reason.verify_message})"
    if isinstance(reason, ssl.SSLError):
        return "no encrypted connection is possible"
    if isinstance(reason, TimeoutError):
        return "it didn't answer in time"
    if isinstance(reason, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return type(reason).__name__


class _InsideError(OSError):
    """A connection leads into a private network."""


def _check_peer(address: str, seen: list[bool], connection: socket.socket, *, allowed: bool) -> None:
    """Checks where a connection leads, before anything is sent through it. Raises _InsideError."""
    peer = connection.getpeername()[0]
    private = not ipaddress.ip_address(str(peer).partition("%")[0]).is_global
    seen.append(private)
    if private and not allowed:
        raise _InsideError(_leads_inside(address))


def _leads_inside(address: str) -> str:
    return f"a redirect leads to {address}, which is in a private network"


def _is_inside(host: str | None) -> bool:
    """Checks whether a host is by its name alone in a private network."""
    name = (host or "").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))


class _Handler:
    """Opens connections that are checked, unless a proxy opens them."""

    def __init__(self, check: Callable[[socket.socket], None], parts: SplitResult) -> None:
        super().__init__()
        self._check = check
        self._parts = parts

    def checked(self, request: urllib.request.Request) -> Callable[[socket.socket], None]:
        proxied = request.host != self._parts.netloc
        return (lambda _: None) if proxied else self._check


class _Http(_Handler, urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, check=self.checked(request)), request)


class _Https(_Handler, urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        made = partial(_Encrypted, check=self.checked(request), context=ssl.create_default_context())
        return self.do_open(made, request)


class _Connection(http.client.HTTPConnection):
    def __init__(self, *args: Any, check: Callable[[socket.socket], None], **further: Any) -> None:
        super().__init__(*args, **further)
        self._check = check

    def connect(self) -> None:
        super().connect()
        self._check(self.sock)


class _Encrypted(http.client.HTTPSConnection):
    def __init__(self, *args: Any, check: Callable[[socket.socket], None], **further: Any) -> None:
        super().__init__(*args, **further)
        self._check = check

    def connect(self) -> None:
        super().connect()
        self._check(self.sock)
