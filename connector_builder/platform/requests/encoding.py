"""Writes values into addresses and forms as the platform does.

The designer writes `encodeURIComponent(…)` around the value of a path parameter, and twice around one with
`x-ms-url-encoding: double`. Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
"""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

_KEPT = "!~*'()"
"""What JavaScript's encodeURIComponent keeps, beside letters, digits and `-_.`."""
_SEPARATORS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
MULTI = "multi"


class Part(NamedTuple):
    """A field of a form: text, or a file with its name."""

    name: str
    content: bytes
    file: str | None = None


def component(text: str) -> str:
    """Returns a text as encodeURIComponent does."""
    return quote(text, safe=_KEPT)


def segment(text: str, *, double: bool) -> str:
    """Returns the value of a path parameter, encoded once or twice."""
    return component(component(text)) if double else component(text)


def query(name: str, text: str) -> str:
    """Returns a query parameter: `$filter=status%20eq%20'Failed'`."""
    return f"{quote(name, safe='$' + _KEPT)}={component(text)}"


def plain(value: Any) -> str:
    """Returns a value that isn't a list as it is written outside of JSON: true, 17, text."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else str(value)


def texts(values: Sequence[Any], collection: str) -> list[str]:
    """Returns the texts that an array becomes: one for each item if the format is `multi`, else one for all."""
    written = [plain(value) for value in values]
    return written if collection == MULTI else [_SEPARATORS.get(collection, ",").join(written)]


def urlencoded(parts: Sequence[Part]) -> bytes:
    """Returns a form as `application/x-www-form-urlencoded`."""
    return "&".join(f"{quote_plus(part.name)}={quote_plus(part.content)}" for part in parts).encode("ascii")


def multipart(parts: Sequence[Part]) -> tuple[bytes, str]:
    """Returns a form as `multipart/form-data` with its boundary (RFC 7578). The same parts give the same bytes."""
    digest = hashlib.sha256(b"\0".join(part.name.encode() + b"\0" + part.content for part in parts)).hexdigest()
    boundary = f"form-{digest[:32]}"
    while any(boundary.encode() in part.content for part in parts):
        boundary += "-"
    lines = bytearray()
    for part in parts:
        lines += f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(part.name)}"'.encode()
        if part.file is not None:
            lines += f'; filename="{_quoted(part.file)}"\r\nContent-Type: application/octet-stream'.encode()
        lines += b"\r\n\r\n" + part.content + b"\r\n"
    return bytes(lines + f"--{boundary}--\r\n".encode()), boundary


def _quoted(name: str) -> str:
    """Returns a name for a quoted parameter, as browsers write it."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
