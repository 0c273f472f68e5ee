"""Requests and answers as data, and errors in the form of Prism, which people know.

Source: https://docs.stoplight.io/docs/prism/docs/guides/06-errors.md
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

PROBLEM = "application/problem+json"
_TYPE = "urn:connector-builder:mock:"
_BARE = {status.value: status.phrase for status in HTTPStatus}


class Incoming(NamedTuple):
    """A request. `target` is as sent, path and query; the names of `headers` are in small letters."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


def address(request: Incoming, path: str) -> str:
    """Returns the whole address of a path here, as the client knows this machine."""
    return f"http://{request.headers.get('host', 'localhost')}{path}"


class Answer(NamedTuple):
    """An answer. `notes` say what was odd about the request: they go into the log, not to the client."""

    status: int
    body: bytes = b""
    media: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    operation: str = ""
    notes: tuple[str, ...] = ()

    def with_header(self, name: str, value: str) -> "Answer":
        """Returns the answer with one more header."""
        return self._replace(headers=(*self.headers, (name, value)))

    def instead(self, name: str, value: str) -> "Answer":
        """Returns the answer with a header in place of those of the same name."""
        others = tuple(one for one in self.headers if one[0].lower() != name.lower())
        return self._replace(headers=(*others, (name, value)))


class Violation(NamedTuple):
    """A way in which a request differs from the definition: where (`("query", "limit")`), a code such as `type`, and a message."""

    location: tuple[str, ...]
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"location": list(self.location), "severity": "Error", "code": self.code, "message": self.message}


def reason(status: int) -> str:
    """Returns the phrase for a status, such as `Not Found`."""
    return _BARE.get(status, "Status")


def as_bytes(value: Any) -> bytes:
    """Returns a value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def problem(
    status: int, code: str, title: str, detail: str, violations: tuple[Violation, ...] = (), **further: Any
) -> Answer:
    """Returns an error of the mock itself as `application/problem+json` (RFC 9457). `code` is Prism's, such as `NO_PATH_MATCHED_ERROR`."""
    content: dict[str, Any] = {"type": f"{_TYPE}{code}", "title": title, "status": status, "detail": detail}
    if violations:
        content["validation"] = [one.as_json() for one in violations]
    notes = tuple(one.message for one in violations) or (detail,)
    return Answer(status, as_bytes(content | further), PROBLEM, notes=notes)
