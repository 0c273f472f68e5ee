"""Reads .http and .rest files, as the REST Client of Visual Studio Code and JetBrains' HTTP Client write them.

Requests are divided by `###`. Variables (`@host = …`, `{{host}}`) of the file itself are put in, if they are addresses.
"""

import re
from collections.abc import Iterator

from connector_builder.sources.captures.call import Body, Call, body_of, parse_url

_REQUEST = re.compile(r"^(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]+)?(\S*(?://|\{\{)\S*)(?:[ \t]+HTTP/[\d.]+)?$")
_SETTING = re.compile(r"^@([\w.-]+)[ \t]*=[ \t]*(\S.*)$", re.MULTILINE)
_HEADER = re.compile(r"^([\w!#$%&'*+.^`|~-]+)[ \t]*:[ \t]*(.*)$")
_NAME = re.compile(r"^(?:#|//)[ \t]*@name[ \t=]+(\S.*)$")
_DIVIDER = re.compile(r"^###", re.MULTILINE)


def sections(text: str) -> Iterator[tuple[int, int]]:
    """Yields where each request begins and ends in a text."""
    starts = [0, *(match.start() for match in _DIVIDER.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if text[start:end].strip():
            yield start, end


def calls(text: str, start: int, end: int, index: int) -> Iterator[Call]:
    """Yields the call of one section of a file."""
    settings = dict(_SETTING.findall(text))
    lines = text[start:end].splitlines()
    name, position, request = "", 0, None
    for position, line in enumerate(lines):  # noqa: B007 - the rest of the lines begins there
        stripped = line.strip()
        named = _NAME.match(stripped)
        if named is not None:
            name = named[1]
        elif stripped.startswith("###"):
            name = stripped.strip("# \t") or name
        elif stripped and not stripped.startswith(("#", "//", "@")):
            request = _REQUEST.match(stripped)
            break
    if request is None:
        return
    url, position = request[2], position + 1
    while position < len(lines) and lines[position].strip().startswith(("?", "&")):
        url, position = url + lines[position].strip(), position + 1
    headers: dict[str, str] = {}
    while position < len(lines) and (match := _HEADER.match(lines[position].strip())):
        headers[match[1].lower()], position = match[2], position + 1
    content = "\n".join(line for line in lines[position:] if not line.startswith(("> ", "< "))).strip()
    parts = parse_url(_filled(url, settings))
    if parts is not None:
        verb = (request[1] or "GET").lower()
        yield Call(
            verb,
            parts.scheme,
            parts.host,
            parts.segments,
            parts.query,
            headers,
            (index,),
            _body(headers, content),
            (),
            name,
            trailing=parts.trailing,
        )


def _filled(url: str, settings: dict[str, str]) -> str:
    for _ in range(5):
        match = re.search(r"\{\{\s*([\w.-]+)\s*\}\}", url)
        if match is None or "://" not in settings.get(match[1], ""):
            return url
        url = url.replace(match[0], settings[match[1]].rstrip("/") if url.startswith(match[0]) else settings[match[1]])
    return url


def _body(headers: dict[str, str], content: str) -> Body | None:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    return body_of(media, content) if content else None
