"""Reads HTTP/1.1 from bytes as they come, and writes answers (RFC 9112). It knows no sockets.

What it can't read ends the connection: after a broken message, nobody knows where the next one begins.
"""

import re
from typing import NamedTuple

from connector_builder.mock.messages import Answer, Incoming, problem, reason

MAX_HEAD = 32 * 1024
MAX_BODY = 10 * 1024 * 1024
_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP/1\.([01])")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}")
_END, _MOST_CHUNK_LINE = b"\r\n\r\n", 4_096


class Arrived(NamedTuple):
    """A whole request, and whether the connection goes on after it."""

    request: Incoming
    keep_alive: bool


class Refused(NamedTuple):
    """Bytes that aren't read any further, and the answer to them."""

    answer: Answer


class _Head(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    keep_alive: bool
    length: int | None  # None: in chunks


class Reader:
    """Collects the bytes of a connection. `wants_continue` says that the client waits before it sends the body."""

    def __init__(self, most: int = MAX_BODY) -> None:
        self._most = most
        self._bytes = bytearray()
        self._head: _Head | None = None
        self._body = bytearray()
        self.wants_continue = False

    @property
    def is_idle(self) -> bool:
        """Returns whether no part of a request is there."""
        return self._head is None and not self._bytes

    @property
    def buffered(self) -> int:
        return len(self._bytes)

    def feed(self, content: bytes) -> None:
        self._bytes += content

    def next(self) -> Arrived | Refused | None:
        """Returns the next request; None while it isn't complete."""
        if self._head is None:
            head = self._read_head()
            if not isinstance(head, _Head):
                return head
            self._head = head
            self.wants_continue = head.headers.get("expect", "").lower() == "100-continue"
        complete = self._read_chunks() if self._head.length is None else self._read_length(self._head.length)
        if isinstance(complete, Refused):
            return complete
        if not complete:
            return None
        head, body = self._head, bytes(self._body)
        self._head, self._body, self.wants_continue = None, bytearray(), False
        return Arrived(Incoming(head.method, head.target, head.headers, body), head.keep_alive)

    def _read_head(self) -> _Head | Refused | None:
        while self._bytes.startswith(b"\r\n"):  # empty lines before a request are allowed
            del self._bytes[:2]
        end = self._bytes.find(_END, 0, MAX_HEAD)
        if end < 0:
            too_long = len(self._bytes) >= MAX_HEAD
            return _refused(431, "the head of the request is longer than 32 KB") if too_long else None
        lines = self._bytes[:end].decode("latin-1").split("\r\n")
        del self._bytes[: end + len(_END)]
        match = _LINE.fullmatch(lines[0])
        if match is None:
            return _refused(400, "the first line isn't one of HTTP/1.1")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon or not _NAME.fullmatch(name):
                return _refused(400, "a line of the head isn't a header")
            name, value = name.lower(), value.strip(" \t")
            if name in headers and name in ("host", "content-length", "transfer-encoding"):
                return _refused(400, f"the header '{name}' is there twice")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return self._framed(match, headers)

    def _framed(self, match: re.Match[str], headers: dict[str, str]) -> _Head | Refused:
        """Returns the head of a request, with the length of its body."""
        method, target, minor = match.groups()
        connection = headers.get("connection", "").lower()
        keep = "close" not in connection and (minor == "1" or "keep-alive" in connection)
        coding, length = headers.get("transfer-encoding"), headers.get("content-length")
        if coding is not None:
            if coding.lower() != "chunked" or length is not None:
                return _refused(400, "the body has another coding than 'chunked', or a length beside it")
            return _Head(method, target, headers, keep, None)
        if length is not None and not (length.isascii() and length.isdigit() and len(length) < 16):
            return _refused(400, "the length of the body isn't a number")
        size = int(length or 0)
        return self._too_large() if size > self._most else _Head(method, target, headers, keep, size)

    def _too_large(self) -> Refused:
        return _refused(413, f"the body is larger than {self._most // 1024} KB: --max-body allows more")

    def _read_length(self, length: int) -> bool | Refused:
        if len(self._bytes) < length:
            return False
        self._body += self._bytes[:length]
        del self._bytes[:length]
        return True

    def _read_chunks(self) -> bool | Refused:
        while True:
            end = self._bytes.find(b"\r\n", 0, _MOST_CHUNK_LINE)
            if end < 0:
                return _refused(400, "a chunk has no size") if len(self._bytes) >= _MOST_CHUNK_LINE else False
            digits = bytes(self._bytes[:end]).partition(b";")[0].strip()
            if not _SIZE.fullmatch(digits):
                return _refused(400, "a chunk has no size")
            size = int(digits, 16)
            if len(self._body) + size > self._most:
                return self._too_large()
            if size == 0:
                return self._read_trailers(end)
            if len(self._bytes) < end + size + 4:
                return False
            self._body += self._bytes[end + 2 : end + 2 + size]
            if self._bytes[end + 2 + size : end + size + 4] != b"\r\n":
                return _refused(400, "a chunk is longer than its size")
            del self._bytes[: end + size + 4]

    def _read_trailers(self, end: int) -> bool | Refused:
        """Reads the end of a body in chunks, with headers behind it, which nobody asks for."""
        if self._bytes[end : end + 4] == _END:
            del self._bytes[: end + 4]
            return True
        last = self._bytes.find(_END, end, MAX_HEAD)
        if last < 0:
            return _refused(431, "the headers after the body are too long") if len(self._bytes) >= MAX_HEAD else False
        del self._bytes[: last + 4]
        return True


def _refused(status: int, detail: str) -> Refused:
    return Refused(problem(status, "UNREADABLE_REQUEST", reason(status), detail))


def written(answer: Answer, *, keep_alive: bool, head_only: bool = False) -> bytes:
    """Returns an answer as bytes. A value that would end its line is left out."""
    lines = [f"HTTP/1.1 {answer.status} {reason(answer.status)}"]
    if answer.media:
        lines.append(f"Content-Type: {answer.media}")
    if answer.status >= 200 and answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    lines += [f"{name}: {value}" for name, value in answer.headers if value.isprintable() and value.isascii()]
    lines.append(f"Connection: {'keep-alive' if keep_alive else 'close'}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
    return head if head_only or answer.status in (204, 304) else head + answer.body
