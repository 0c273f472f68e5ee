"""Sends the request of a call, reads the answer, and follows its pages."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from connector_builder.app.live.call.prepared import Prepared
from connector_builder.app.live.call.signing import Signer, variable_of
from connector_builder.live.errors import LiveError, ServiceRefused, SignInRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import Answer, refusal
from connector_builder.live.messages import Request as Sent
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.policies.templates import NEXT_LINK, OPERATIONS
from connector_builder.platform.requests import Request
from connector_builder.platform.requests.answers import Described, Mismatch, described, mismatches, together
from connector_builder.platform.requests.values import Shape
from connector_builder.platform.swagger.media_types import JSON, base

MAX_PAGES = 1000
IMPORTANT = (
    "content-type", "location", "retry-after", "etag", "last-modified", "operation-location", "azure-asyncoperation", "www-authenticate",
    "link",
)  # fmt: skip
"""The headers of an answer that people want to see, beside limits and the ids of requests."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what the connector says of it. `data` is its JSON, None if it is something else (`is_json` says which).

    `left` are the policies that only the platform applies. `pages` counts the pages whose items are in `data`.
    """

    request: Sent
    status: int
    seconds: float
    headers: dict[str, str]
    body: bytes
    data: Any
    is_json: bool
    response: Described
    differences: list[Mismatch] = field(default_factory=list)
    left: tuple[str, ...] = ()
    pages: int = 1
    error: LiveError | None = None

    @property
    def media(self) -> str:
        return base(self.headers.get("content-type", ""))

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_wrong(self) -> bool:
        """Checks whether the connector says something wrong of the answer: what it only lacks isn't wrong."""
        return any(one.kind != "unknown" for one in self.differences)


def send(
    prepared: Prepared, request: Request, signer: Signer, http: Session, clock: Clock = time.monotonic
) -> Answered:
    """Sends a request, and returns the answer whatever its status is. Raises LiveError if there is none."""
    sent, left = signer.signed(request)
    return _once(prepared, sent, tuple(left), signer, http, clock)


def _once(
    prepared: Prepared, sent: Sent, left: tuple[str, ...], signer: Signer, http: Session, clock: Clock
) -> Answered:
    begin = clock()
    answer = http.send(signer.wire(sent))
    seconds = clock() - begin
    dry = http.dry is not None
    data, is_json = (None, False) if dry else _json(answer)
    response = described(prepared.operation, answer.status, prepared.references)
    differences = [] if dry else _differences(prepared, response, answer, data, is_json=is_json)
    error = None if answer.is_good else _refused(answer, prepared)
    headers = dict(answer.headers)
    return Answered(
        sent, answer.status, seconds, headers, answer.body, data, is_json, response, differences, left, 1, error
    )


def _differences(
    prepared: Prepared, response: Described, answer: Answer, data: Any, *, is_json: bool
) -> list[Mismatch]:
    """Returns how an answer differs from its schema; none if there is no schema."""
    if response.schema is None:
        return []
    if is_json:
        return [] if data is None else mismatches(data, response.schema, prepared.references)
    kind = Shape(response.schema, prepared.references).type
    if kind in ("", "file", "string"):
        return []
    media = base(answer.headers.get("content-type", "")) or "of an unknown type"
    found = f"{media}, and no JSON" if answer.body.strip() else "empty"
    return [Mismatch("", f"the answer is {found}, the schema says {kind}", "type")]


def _refused(answer: Answer, prepared: Prepared) -> LiveError:
    """Returns the error that an answer means. Where a key was refused, signing in to Microsoft doesn't help."""
    error = refusal(answer)
    names = [one.name for one in prepared.connection.needed if one.secret]
    if isinstance(error, SignInRefused) and names and answer.request.audience is None:
        error.help = f"check the variable {variable_of(names[0])}"
    return error


def _json(answer: Answer) -> tuple[Any, bool]:
    media = base(answer.headers.get("content-type", ""))
    if not answer.body.strip() or not (
        media == JSON or media.endswith("+json") or media in ("", "text/json", "text/plain")
    ):
        return None, False
    try:
        return json.loads(answer.body.decode("utf-8-sig")), True
    except (ValueError, RecursionError):
        return None, False


def send_all(
    prepared: Prepared, request: Request, signer: Signer, http: Session, clock: Clock = time.monotonic
) -> Answered:
    """Sends a request, follows the pages of the answer, and returns one answer whose data are the items of all pages.

    Raises LiveError, and ServiceRefused for a next page at another server: nothing secret goes there.
    """
    first = send(prepared, request, signer, http, clock)
    pageable = prepared.operation.value.get("x-ms-pageable")
    if not first.is_good or first.data is None:
        return first
    collected, differences, seconds = (
        _items(first.data, pageable),
        first.differences,
        first.seconds,
    )
    pages = 1
    for page in _pages(prepared, first, signer, http, clock):
        if not page.is_good:
            return page
        pages += 1
        seconds += page.seconds
        collected += _items(page.data, pageable)
        differences = together([*differences, *page.differences])
    body = json.dumps(collected, ensure_ascii=False, indent=2).encode() + b"\n"
    return replace(first, data=collected, body=body, pages=pages, seconds=seconds, differences=differences)


def _pages(prepared: Prepared, page: Answered, signer: Signer, http: Session, clock: Clock) -> Iterator[Answered]:
    """Yields the further pages of an answer."""
    first, seen = page.request, {page.request.url}
    name = text(mapping(prepared.operation.value.get("x-ms-pageable")).get("nextLinkName")) or "nextLink"
    led_back = any(prepared.id in (operations or [prepared.id]) for operations in _next_links(prepared))
    for _ in range(MAX_PAGES):
        link = _link(page.data, name)
        if not link:
            return
        url = _own(urljoin(page.request.url, link), first, led_back=led_back)
        if url is None or url in seen:
            raise ServiceRefused(f"the next page is at another server, or one that was there: {first.line}")
        seen.add(url)
        following = replace(first, method="GET", url=url, content=None)
        page = _once(prepared, following, page.left, signer, http, clock)
        yield page
        if not page.is_good:
            return
    raise ServiceRefused(f"the list has more than {MAX_PAGES} pages: {first.line}")


def _next_links(prepared: Prepared) -> Iterator[list[Any]]:
    """Yields the operations of each policy that leads page addresses back to the connector's own server; none for all."""
    properties = mapping(mapping(prepared.package.properties).get("properties"))
    for policy in items(properties.get("policyTemplateInstances")):
        if text(mapping(policy).get("templateId")).lower() == NEXT_LINK:
            yield items(mapping(mapping(policy).get("parameters")).get(OPERATIONS))


def _own(url: str, first: Sent, *, led_back: bool) -> str | None:
    """Returns the address of a page at the server of the first; None if it is at another one.

    A policy leads all pages back to that server, as the platform does.
    """
    try:
        there, here = urlsplit(url), urlsplit(first.url)
        host = (there.hostname or "").lower()
    except ValueError:
        return None
    if led_back and there.scheme in ("http", "https"):
        return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()
    same = there.scheme == here.scheme and host == (here.hostname or "").lower() and there.port == here.port
    return url if same and "@" not in there.netloc else None


def _link(data: Any, name: str) -> str:
    value = mapping(data).get(name)
    if value is None:
        value = data
        for step in name.split("."):
            value = mapping(value).get(step)
    return value if isinstance(value, str) else ""


def _items(data: Any, pageable: Any) -> list[Any]:
    """Returns the items of a page: those that `x-ms-pageable` names, else `value`, else the only list."""
    if isinstance(data, list):
        return list(data)
    name = text(mapping(pageable).get("itemName")) or "value"
    found = mapping(data).get(name)
    lists = [one for one in mapping(data).values() if isinstance(one, list)]
    if not isinstance(found, list) and len(lists) == 1:
        found = lists[0]
    return list(found) if isinstance(found, list) else [data]
