"""How the bytes of requests are read, whole and in pieces, and how answers are written."""

import pytest

from connector_builder.mock.messages import Answer
from connector_builder.mock.wire import MAX_HEAD, Arrived, Reader, Refused, written

POST = b"POST /orders?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody"
CHUNKS = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1;a=b\r\ny\r\n0\r\nX: 1\r\n\r\n"


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("content", [POST, CHUNKS, b"\r\n" + POST])
def test_a_request_comes_in_pieces_of_any_size(content: bytes, size: int) -> None:
    reader, found = Reader(), []
    for at in range(0, len(content) * 2, size):
        reader.feed((content * 2)[at : at + size])
        while (one := reader.next()) is not None:
            found.append(one)
    assert len(found) == 2
    for one in found:
        assert isinstance(one, Arrived)
        assert (one.request.method, one.request.body, one.keep_alive) == ("POST", b"body", True)
    assert reader.is_idle


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3B9ACA00\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -4\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        (b"GET / HTTP/2\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * MAX_HEAD, 431),
    ],
)
def test_what_cannot_be_read_is_refused_early(content: bytes, status: int) -> None:
    reader = Reader(1024)
    reader.feed(content)
    found = reader.next()
    assert isinstance(found, Refused)
    assert found.answer.status == status


@pytest.mark.parametrize(
    ("line", "keep"),
    [(b"HTTP/1.1\r\n", True), (b"HTTP/1.1\r\nConnection: close\r\n", False), (b"HTTP/1.0\r\n", False)],
)
def test_who_closes(line: bytes, keep: bool) -> None:
    reader = Reader()
    reader.feed(b"GET / " + line + b"\r\n")
    found = reader.next()
    assert isinstance(found, Arrived)
    assert found.keep_alive is keep


def test_a_client_that_waits_for_the_head_to_be_read() -> None:
    reader = Reader()
    reader.feed(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
    assert reader.next() is None
    assert reader.wants_continue


def test_an_answer_is_written_without_headers_that_would_end_their_line() -> None:
    answer = Answer(200, b"{}", "application/json", (("X-A", "1\r\nX-B: 2"), ("X-C", "3")))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nX-C: 3\r\nConnection: keep-alive\r\n\r\n"
    assert written(answer, keep_alive=True) == head + b"{}"
    assert written(answer, keep_alive=True, head_only=True) == head
    assert written(Answer(204), keep_alive=False) == b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
