"""Recognises documents that aren't Swagger 2.0, and says what to do with them."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.sources.kinds import Kind

_KINDS = frozenset(map(str, Kind))


class Foreign(NamedTuple):
    """A document of another kind: the part that shows it, what to say of it, and the word of `--from` for it."""

    at: Pointer
    message: str
    kind: str


SUFFIXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".har": ("a HAR file, what a browser recorded", "har"),
        ".http": ("a file of HTTP requests", "http"),
        ".rest": ("a file of HTTP requests", "http"),
    }
)
"""What files with other suffixes are, and the words of `--from` for them."""


def foreign(data: Any) -> Foreign | None:
    """Returns what a document is that is known, but isn't Swagger 2.0; None for Swagger and for what isn't known."""
    return next(_foreign(data), None) if isinstance(data, dict) else None


def _foreign(data: dict[str, Any]) -> Iterator[Foreign]:
    info, log = data.get("info"), data.get("log")
    if "openapi" in data:
        yield Foreign(("openapi",), f"this is OpenAPI {_short(data['openapi'])}, not Swagger 2.0", "openapi3")
    if "swaggerVersion" in data:
        yield Foreign(("swaggerVersion",), f"this is Swagger {_short(data['swaggerVersion'])}, not 2.0", "swagger1")
    if isinstance(log, dict) and "entries" in log:
        yield Foreign(("log",), "this is a HAR file, what a browser recorded", "har")
    if "swagger" in data:
        return
    if isinstance(info, dict) and ("_postman_id" in info or "getpostman" in str(info.get("schema"))):
        yield Foreign(("info",), "this is a Postman collection", "postman")
    if "requests" in data and "order" in data:
        yield Foreign(("requests",), "this is a Postman collection of the old format 1", "postman1")


def _short(version: Any) -> str:
    return str(version)[:20] if isinstance(version, str | int | float) else "of an unknown version"


def cure(kind: str, path: PurePath) -> str:
    """Returns what to do with a file of another kind: import it, if `import` reads it, or convert it."""
    if kind in _KINDS:
        written = f"{_slug(path)}.yaml"
        if written.lower() == path.name.lower():  # the source isn't overwritten
            written = f"{_slug(path)}.spec.yaml"
        return f"'connector-builder import {path.name} -o {written}' makes a spec of it"
    if kind == "postman1":
        return "export it from Postman as Collection v2.1"
    return "convert it to Swagger 2.0, or export it so"


def _slug(path: PurePath) -> str:
    return path.name.split(".", 1)[0] or "connector"
