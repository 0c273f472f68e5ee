"""A request as its handler gets it, and the answer as plain data."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Request(NamedTuple):
    """A request to a server: `path` is what follows the token, from `/` on, and `query` has the first value of each name."""

    path: str
    query: Mapping[str, str]


class Answer(NamedTuple):
    """An answer: a whole body, or parts of one that are sent as they come until the client leaves."""

    content: bytes | Iterable[bytes] = b""
    type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Unavailable(Exception):  # noqa: N818 - the address is unavailable
    """The server can't use its address. `message` says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help)
        self.message = message
        self.help = help
