"""A request as it goes out, an answer as it comes in, and the error that an answer contains."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from connector_builder.live.errors import LiveError, ServiceRefused, SignInRefused
from connector_builder.secrets.known import masked

JSON = "application/json"
REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""The methods that do the same once and twice (RFC 9110, 9.2.2)."""
LONGEST = 1000
"""The most characters of a service's message that are shown."""
_CODE = re.compile(r"(?P<code>[A-Z][A-Za-z]{5,60}): ")
"""A name before a message, as Dataverse passes on the errors of others: `ApiHubsRequestFailed: …`."""
_NAME = re.compile(r"[\w.:-]{1,100}")
"""What a code is. Anything else is a text, which may repeat what was sent."""
_AADSTS = re.compile(r"AADSTS\d+")
_SIGN_IN_AGAIN = "sign in again: connector-builder login"


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    `service` is its name for people. With an `audience`, a token for it goes with the request, in the header Authorization.
    `json` becomes the body unless `content` is it. `repeatable` says whether the request may be sent a second time when its
    answer is lost or says that the service is busy; by default, its method decides. `private` says that the answer
    contains a secret, and so is never shown.
    """

    method: str
    url: str
    service: str
    audience: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    repeatable: bool | None = None
    private: bool = False

    @property
    def may_repeat(self) -> bool:
        """Whether the request may be sent twice."""
        return self.method in REPEATABLE if self.repeatable is None else self.repeatable

    @property
    def body(self) -> bytes | None:
        """The bytes of the body."""
        if self.content is not None or self.json is None:
            return self.content
        return json.dumps(self.json, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def line(self) -> str:
        """The method and the address without its query, such as `GET https://api.powerapps.com/…`, for messages."""
        return f"{self.method} {masked(self.url.partition('?')[0])}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. The names of `headers` are in lower case."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether the status says that all went well."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """Returns the body as data, None if it is empty. Raises ServiceRefused if it isn't JSON."""
        if not self.body.strip():
            return None
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            message = f"{self.request.service} answered {self.kind} where JSON is expected: {self.request.line}"
            raise ServiceRefused(message, "a proxy or a sign-in page may be in between", status=self.status) from error

    def mapping(self) -> dict[str, Any]:
        """Returns the body as an object. Raises ServiceRefused if it isn't one."""
        data = self.json()
        if isinstance(data, dict):
            return data
        raise ServiceRefused(f"{self.request.service} answered no JSON object: {self.request.line}", status=self.status)

    @property
    def kind(self) -> str:
        """What the body is, for messages: `a page of HTML`, `nothing`, `text`."""
        start = self.body.lstrip()[:200].lower()
        if not start:
            return "nothing"
        return "a page of HTML" if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start else "text"


def refusal(answer: Answer) -> LiveError:
    """Returns the error that an answer means: SignInRefused for 401, else ServiceRefused. It contains no secret."""
    code, said = _said(answer)
    request = answer.request
    if 300 <= answer.status < 400:
        host = urlsplit(answer.headers.get("location", "")).hostname or "another address"
        message = f"{request.service} redirects to {host}, which isn't followed: {request.line}"
        return ServiceRefused(message, "a proxy or a sign-in page may be in between", status=answer.status)
    named = f"{code}: " if code else ""
    message = f"{request.service} answered {status_line(answer.status)}: {named}{said} ({request.line})"
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return SignInRefused(message, _SIGN_IN_AGAIN, code=code)
    return ServiceRefused(message, code=code, status=answer.status)


def status_line(status: int) -> str:
    """Returns a status with its name: `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def error_in(data: Any) -> tuple[str | None, str]:
    """Returns the code and the message of an error as data. Both may be missing: None and an empty text.

    Reads `{"error": {"code", "message"}}`, and `{"error", "error_description"}` of OAuth. The gateway's codes are numbers,
    and Dataverse's are hexadecimal: neither is a name, and the message may begin with one.
    """
    error = data.get("error") if isinstance(data, dict) else None
    if isinstance(error, str):
        said = str(data.get("error_description") or "")
        named = _AADSTS.search(said)
        return (named.group() if named else error), said
    if not isinstance(error, dict):
        return None, str(data.get("message") or data.get("Message") or "") if isinstance(data, dict) else ""
    said = str(error.get("message") or "")
    code = error.get("code")
    if not isinstance(code, str) or not _NAME.fullmatch(code) or code.startswith("0x"):
        match = _CODE.match(said)
        return (match["code"] if match else None), said
    return code, said


def _said(answer: Answer) -> tuple[str | None, str]:
    """Returns the code and the message of an answer; for one that isn't JSON, what it is instead."""
    try:
        code, said = error_in(json.loads(answer.body.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        code, said = None, ""
    said = masked(" ".join(said.split())).removeprefix(f"{code}: ")
    if len(said) > LONGEST:
        said = f"{said[:LONGEST]}…"
    return code, said or f"the body is {answer.kind}"
