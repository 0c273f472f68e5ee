"""Reads HAR 1.2, as browsers and proxies write it. It is lenient: each tool leaves out something else.

The format: http://www.softwareishard.com/blog/har-12-spec/.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.sources.captures.call import (
    NO_ADDRESS,
    Answer,
    Body,
    Call,
    answer_of,
    body_of,
    parse_url,
)

MAX_CONTENT = 4 * 1024 * 1024
"""The most characters of an answer that are read as JSON."""


def calls(data: Any) -> Iterator[Call]:
    """Yields the calls of a HAR file."""
    for index, entry in enumerate(items(mapping(mapping(data).get("log")).get("entries"))):
        request, response = mapping(mapping(entry).get("request")), mapping(mapping(entry).get("response"))
        url = parse_url(text(request.get("url")))
        url = url or NO_ADDRESS
        query = url.query or tuple(_pairs(request.get("queryString")))
        yield Call(
            (text(request.get("method")) or "GET").lower(),
            url.scheme,
            url.host,
            url.segments,
            query,
            dict(_pairs(request.get("headers"), lower=True)),
            ("log", "entries", index),
            _body(mapping(request.get("postData"))),
            (_answer(response),) if response else (),
            kind=text(mapping(entry).get("_resourceType")),
            trailing=url.trailing,
        )


def _pairs(value: Any, *, lower: bool = False) -> Iterator[tuple[str, str]]:
    for one in map(mapping, items(value)):
        name = one.get("name")
        if isinstance(name, str) and name:
            yield name.lower() if lower else name, str(one.get("value") or "")


def _body(data: dict[str, Any]) -> Body | None:
    if not data:
        return None
    media = text(data.get("mimeType")).partition(";")[0].lower()
    content = data.get("text") if isinstance(data.get("text"), str) else ""
    params = tuple(
        dict.fromkeys(
            (str(one.get("name")), "fileName" in one)
            for one in map(mapping, items(data.get("params")))
            if one.get("name")
        )
    )
    return Body(media, None, params) if params else body_of(media, str(content))


def _answer(response: dict[str, Any]) -> Answer:
    content = mapping(response.get("content"))
    media = text(content.get("mimeType")).partition(";")[0].lower()
    said = content.get("text") if isinstance(content.get("text"), str) else ""
    assert isinstance(said, str)
    if content.get("encoding") == "base64" and "json" in media and len(said) <= MAX_CONTENT:
        try:
            said = base64.b64decode(said).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            said = ""
    status = response.get("status")
    if len(said) > MAX_CONTENT:
        return Answer(status if isinstance(status, int) else 0, media, unread=True)
    return answer_of(status if isinstance(status, int) else 0, media, said)
