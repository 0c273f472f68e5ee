"""What came: the last requests with their answers. Secrets are masked when somebody looks."""

import json
from collections import deque
from typing import Any, NamedTuple
from urllib.parse import quote

from connector_builder.mock.forms import NoForm, pairs
from connector_builder.mock.messages import Answer, Incoming
from connector_builder.secrets import REDACTED, Use, is_sure, mask, without
from connector_builder.secrets.names import is_likely

KEPT = 200
"""How many requests are kept."""
MAX_BODY = 64 * 1024
"""The largest body that is kept."""
_MOST_SHOWN = 300
_HIDDEN = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


class Entry(NamedTuple):
    """A request with its answer. `seconds` is how long the mock worked."""

    number: int
    request: Incoming
    answer: Answer
    seconds: float


class Log:
    """The last requests. `secret_names` are the headers and query parameters that contain keys."""

    def __init__(self, secret_names: frozenset[str] = frozenset()) -> None:
        self.count = 0
        self._secret_names = secret_names | _HIDDEN
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def hide(self, names: frozenset[str]) -> None:
        """Masks the values of more headers and query parameters."""
        self._secret_names |= names

    def note(self, request: Incoming, answer: Answer, seconds: float) -> Entry:
        """Keeps a request, without a body that is too large."""
        self.count += 1
        kept = request if len(request.body) <= MAX_BODY else request._replace(body=b"")
        entry = Entry(self.count, kept, answer._replace(body=b""), seconds)
        self._entries.append(entry)
        return entry

    def clear(self) -> None:
        self._entries.clear()

    def line(self, entry: Entry) -> str:
        """Returns an entry as a line for people."""
        answer = entry.answer
        parts = [f"{entry.request.method} {self._target(entry.request)} {answer.status}"]
        if answer.operation:
            parts.append(answer.operation)
        parts.append(f"{entry.seconds * 1000:.1f} ms")
        if answer.notes:
            parts.append(mask("; ".join(answer.notes))[:_MOST_SHOWN])
        return "  ".join(parts)

    def as_json(self) -> list[dict[str, Any]]:
        """Returns all entries, the last one first."""
        return [self.shown(one) for one in reversed(self._entries)]

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Returns an entry as JSON, without secrets."""
        request, answer = entry.request, entry.answer
        headers = {name: self._value(name, value, Use.HEADER) for name, value in request.headers.items()}
        shown: dict[str, Any] = {
            "number": entry.number,
            "request": {"method": request.method, "target": self._target(request), "headers": headers},
            "answer": {"status": answer.status, "operation": answer.operation or None},
            "milliseconds": round(entry.seconds * 1000, 1),
            "notes": [mask(note) for note in answer.notes],
        }
        if request.body:
            shown["request"]["body"] = _body(request.body)
        return shown

    def _target(self, request: Incoming) -> str:
        path = mask(request.path)
        if not request.query:
            return path[:_MOST_SHOWN]
        try:
            given = pairs(request.query)
        except NoForm:
            return f"{path}?…"
        shown = (f"{quote(name, safe='$@')}={self._shown(name, value)}" for name, value in given)
        return f"{path}?{'&'.join(shown)}"[:_MOST_SHOWN]

    def _shown(self, name: str, value: str) -> str:
        masked = self._value(name, value, Use.QUERY)
        return masked if masked == REDACTED else quote(masked, safe="/:,@'()$ …").replace(" ", "%20")

    def _value(self, name: str, value: str, use: Use) -> str:
        hidden = name.lower() in self._secret_names or is_sure(name, use) or is_likely(name, use)
        return REDACTED if hidden else mask(value)


def _body(body: bytes) -> Any:
    """Returns a body as JSON without secrets; else its text, or how long it is."""
    try:
        return without(json.loads(body))[0]
    except (ValueError, RecursionError):
        pass
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(body)} bytes"
    return mask(text) if text.isprintable() or "\n" in text else f"{len(body)} bytes"
