"""Reads forms: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578)."""

import re
from urllib.parse import parse_qsl

from connector_builder.platform.swagger.media_types import FORM, base

MAX_FIELDS = 2_000
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,200})"|([^;\s"]{1,200}))', re.IGNORECASE)
_NAME = re.compile(r'[;\s]name=(?:"([^"]*)"|([^;\s]*))', re.IGNORECASE)
_FILE = re.compile(r"[;\s]filename\*?=", re.IGNORECASE)


class NoForm(ValueError):  # noqa: N818 - it becomes a violation
    """Signals a body that isn't a form, with the reason."""


def pairs(query: str) -> list[tuple[str, str]]:
    """Returns the names and values of a query. Raises NoForm for more than anybody sends."""
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as reason:
        raise NoForm(f"there are more than {MAX_FIELDS} fields") from reason


def fields(body: bytes, media: str) -> list[tuple[str, str | bytes]]:
    """Returns the fields of a form: text, or the bytes of a file. Raises NoForm."""
    if base(media) == FORM:
        return list(pairs(body.decode("utf-8", "replace")))
    found = _BOUNDARY.search(media)
    if found is None:
        raise NoForm("the media type of the form has no boundary")
    mark = b"--" + (found[1] or found[2]).encode("latin-1", "replace")
    parts = (b"\r\n" + body).split(b"\r\n" + mark, MAX_FIELDS + 2)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise NoForm("the form doesn't end with its boundary")
    return [_field(part) for part in parts[1:-1]]


def _field(part: bytes) -> tuple[str, str | bytes]:
    head, gap, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    disposition = next((line for line in lines if line.lower().startswith("content-disposition:")), "")
    name = _NAME.search(disposition)
    if not gap or name is None:
        raise NoForm("a part of the form has no name")
    is_file = _FILE.search(disposition) is not None
    return name[1] or name[2] or "", content if is_file else content.decode("utf-8", "replace")
