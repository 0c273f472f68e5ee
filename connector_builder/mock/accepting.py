"""Which media types a client takes: the header `Accept`.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept
"""

import re
from collections.abc import Iterable
from contextlib import suppress

from connector_builder.platform.swagger.media_types import base

_QUALITY = re.compile(r";\s*q\s*=\s*([0-9.]{1,5})", re.IGNORECASE)


def accepts(accept: str, offered: Iterable[str]) -> bool:
    """Checks whether a client takes one of the media types; without a header, it takes any."""
    ranges = [(base(one), _quality(one)) for one in accept.split(",") if one.strip()]
    return not ranges or any(_is_taken(base(media), ranges) for media in offered)


def _is_taken(media: str, ranges: list[tuple[str, float]]) -> bool:
    """Checks one media type: the most specific range that fits decides."""
    for fitting in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [quality for one, quality in ranges if one == fitting]
        if found:
            return max(found) > 0
    return False


def _quality(said: str) -> float:
    match = _QUALITY.search(said)
    with suppress(ValueError):
        return float(match[1]) if match else 1.0
    return 1.0
