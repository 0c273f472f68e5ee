"""What goes into a request and what comes out: values, the request itself, and problems that stop it."""

from collections.abc import Callable
from typing import NamedTuple

from connector_builder.findings import Pointer

ReadFile = Callable[[str], bytes]
"""Reads the file that a value such as `@photo.png` names. Raises ValueError with the reason if it can't."""


class Given(NamedTuple):
    """A value that a person has for an input: `name=text`. The name may say where it belongs: `query:id`."""

    name: str
    text: str


class RawBody(NamedTuple):
    """A body that a person has as a whole, and its media type; empty for that of the operation."""

    content: bytes
    media: str = ""


class Problem(NamedTuple):
    """Why a request can't be sent: a message, the place in the definition that it contradicts, and what to do."""

    message: str
    pointer: Pointer | None = None
    help: str | None = None


class Refused(Exception):  # noqa: N818 - the word says what happens: nothing is sent
    """A request that can't be sent, with all reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__([problem.message for problem in problems])
        self.problems = problems


class Request(NamedTuple):
    """An exact request. `base` is the server with its base path, and `target` the encoded path with the query.

    `headers` are in the order in which they are sent. `body` is None if there is none. `operation` is the operation's id.
    `passwords` are the values in it that the definition calls so.
    """

    operation: str
    verb: str
    base: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None = None
    passwords: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return self.base + self.target

    def with_header(self, name: str, value: str) -> "Request":
        """Returns the request with a header instead of one of the same name."""
        others = [one for one in self.headers if one[0].lower() != name.lower()]
        return self._replace(headers=(*others, (name, value)))

    def with_query(self, name: str, value: str) -> "Request":
        """Returns the request with another query parameter."""
        from connector_builder.platform.requests.encoding import query

        joint = "&" if "?" in self.target else "?"
        return self._replace(target=f"{self.target}{joint}{query(name, value)}")
