"""Says what a media type is, and distinguishes those of bytes from those of text."""

import re
from collections.abc import Iterable
from typing import Any

from connector_builder.patterns import regex

_MEDIA_TYPE = regex(r"[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+\s*(;.*)?", re.DOTALL)
_BINARY_FAMILIES = ("image/", "audio/", "video/", "font/")
_BINARY = frozenset({
    "application/octet-stream", "application/pdf", "application/zip", "application/gzip", "application/x-zip-compressed",
    "application/msword",
})  # fmt: skip
_BINARY_BEGINS = ("application/vnd.openxmlformats-officedocument.", "application/vnd.ms-")
_TEXT_ENDS = ("+json", "+xml")

JSON, TEXT, MULTIPART, FORM = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
)
SUPPORTED = (JSON, TEXT, MULTIPART, FORM)
"""The media types that certification accepts in `consumes` and `produces`.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
"""
FORMS = (MULTIPART, FORM)
"""The media types of forms."""


def is_media_type(text: str) -> bool:
    """Checks whether a text is a media type, which may have parameters: `text/csv; header=present`."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def base(media_type: str) -> str:
    """Returns a media type without its parameters, in small letters: `application/json; charset=utf-8` without the rest."""
    return media_type.partition(";")[0].strip().lower()


def is_binary(media_type: str) -> bool:
    """Checks whether contents of a media type are bytes, which JSON can't show, such as `application/pdf; version=2`."""
    name = base(media_type)
    begins = name.startswith((*_BINARY_FAMILIES, *_BINARY_BEGINS))
    return (name in _BINARY or begins) and not name.endswith(_TEXT_ENDS)


def all_binary(media_types: Any) -> bool:
    """Checks whether `produces` has binary media types only."""
    listed: Iterable[Any] = media_types if isinstance(media_types, list) else ()
    kinds = [isinstance(one, str) and is_binary(one) for one in listed]
    return bool(kinds) and all(kinds)
