"""Shows requests and answers to people, without their secrets."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from connector_builder.live.messages import Answer, Request, status_line
from connector_builder.secrets import REDACTED, Use, is_placeholder, is_secret
from connector_builder.secrets.known import masked

MANY = 2000
"""The most characters of a body that are shown."""
_SECRET = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "location"})
"""Headers whose values are never shown: `Location` may have a code or a signature."""
_KEYS = ("key", "token", "secret", "password", "signature")
"""Endings of the names of other such headers: `Ocp-Apim-Subscription-Key`, `x-functions-key`."""


def is_secret_header(name: str, value: str) -> bool:
    """Checks whether the value of a header must not be shown."""
    lower = name.lower()
    return lower in _SECRET or lower.endswith(_KEYS) or is_secret(name, value, Use.HEADER)


def shown_header(name: str, value: str) -> str:
    """Returns the value of a header as it may be shown: `Bearer REDACTED`."""
    if not is_secret_header(name, value) or is_placeholder(value):
        return masked(value)
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {REDACTED}" if space and name.lower() == "authorization" else REDACTED


def shown_body(content: bytes | None, media_type: str) -> str:
    """Returns a body as it may be shown: JSON and text shortened, anything else by its size."""
    if not content:
        return ""
    if "form-urlencoded" in media_type:  # sign-in: nearly all its fields are secrets
        return "&".join(
            f"{part.partition('=')[0]}={REDACTED}" for part in content.decode("ascii", "replace").split("&")
        )
    if not (media_type.startswith("text/") or "json" in media_type or "xml" in media_type):
        return f"({len(content):,} bytes)"
    text = masked(content.decode("utf-8", "replace"))
    return text if len(text) <= MANY else f"{text[:MANY]}… ({len(content):,} bytes)"


def request_lines(request: Request, headers: Mapping[str, str]) -> Iterator[str]:
    """Yields the lines that show a request."""
    yield f"> {request.method} {masked(request.url)}"
    for name, value in headers.items():
        yield f"> {name}: {shown_header(name, value)}"
    body = shown_body(request.body, headers.get("Content-Type", ""))
    yield from (f"> {line}" for line in body.splitlines())


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yields the lines that show an answer."""
    yield f"< {status_line(answer.status)}, {len(answer.body):,} bytes"
    for name, value in answer.headers.items():
        yield f"< {name}: {shown_header(name, value)}"
    if not answer.request.private and not answer.request.service.startswith(
        "Microsoft Entra"
    ):  # its answers are tokens
        yield from (
            f"< {line}" for line in shown_body(answer.body, answer.headers.get("content-type", "")).splitlines()
        )


class DryRun:
    """Collects the requests that would be sent."""

    def __init__(self) -> None:
        self.requests: list[tuple[Request, dict[str, str]]] = []

    def add(self, request: Request, headers: Mapping[str, str]) -> None:
        """Remembers a request with all its headers. A token is named by its audience."""
        own = dict(headers)
        if request.audience is not None:
            own["Authorization"] = f"Bearer <a token for {request.audience}>"
        self.requests.append((request, own))

    def as_json(self) -> list[dict[str, Any]]:
        """Returns the requests as data: `{"method": "GET", "url": …, "headers": {…}, "body": …}`."""
        entries = []
        for request, headers in self.requests:
            shown = {name: shown_header(name, value) for name, value in headers.items()}
            entry: dict[str, Any] = {"method": request.method, "url": masked(request.url), "headers": shown}
            body = request.body
            if request.json is not None and request.content is None:
                entry["body"] = json.loads(masked(json.dumps(request.json)))
            elif body:
                entry["body"] = shown_body(body, headers.get("Content-Type", ""))
            entries.append(entry)
        return entries

    def as_lines(self) -> Iterator[str]:
        """Yields the requests as a .http file has them."""
        for index, entry in enumerate(self.as_json()):
            if index:
                yield "###"
            yield f"{entry['method']} {entry['url']}"
            yield from (f"{name}: {value}" for name, value in entry["headers"].items())
            if "body" in entry:
                body = entry["body"]
                text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
                yield ""
                yield from text.splitlines()
            yield ""


def where(url: str) -> str:
    """Returns the host of an address, for a line about progress."""
    try:
        return urlsplit(url).hostname or "the service"
    except ValueError:
        return "the service"


Write = Callable[[str], object]
"""Writes a line of the log."""
