"""Reads requests of PowerShell, as browsers and documentation write them: `Invoke-WebRequest` and `Invoke-RestMethod`.

Their parameters: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest. Nothing is run, no
file is read, no variable of the environment is looked up.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.sources.captures.call import FORM, NO_ADDRESS, PARTS, Body, Call, body_of, parse_url
from connector_builder.sources.captures.powershell.texts import UNKNOWN, Texts, part_of
from connector_builder.sources.captures.powershell.values import Values
from connector_builder.sources.captures.shell_words import MAX_COMMANDS, POWERSHELL, comment_above

REQUEST = re.compile(
    r"(?<![\w$./\\-])(?:" + POWERSHELL + r"(?=\s+[-'\"$@(h{]|[ \t]*`)"
    r"|(?:curl|wget)(?=[ \t][^\n]{0,300}?(?<=[ \t])-(?:Uri|Method|Headers|Body|UseBasicParsing)[ \t]))",
    re.IGNORECASE,
)
"""The name of a command that sends a request. `curl` and `wget` name one too in Windows PowerShell."""
_POINT = re.compile(
    r"(?P<comment><#[\s\S]*?(?:#>|\Z)|(?<![^\s;{}()])#[^\n]*)"
    r"|(?<![\w\"'])(?P<text>@?[\"'])"
    r"|\$(?:\w+:(?=\w))?(?P<name>\w+)(?P<path>(?:\.\w+)*)(?:\[(?P<key>[^\]\n]{1,100})\])?[ \t]*(?P<sign>\+?=)(?!=)"
    r"|\$(?P<table>\w+)(?P<below>(?:\.\w+)*)\.Add\("
    rf"|(?P<request>{REQUEST.pattern})",
    re.IGNORECASE,
)
_SMART = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'"})
_DASH = re.compile(r"(?<=\s)[\u2013\u2014](?=[A-Za-z])")
_NAMES = (
    "uri", "method", "custommethod", "headers", "body", "contenttype", "websession", "authentication", "token", "credential", "form", "infile",
    "outfile", "useragent",
)  # fmt: skip
_PARTS_OF_REQUEST = {"authority", "method", "path", "scheme"}
"""What HTTP/2 sends as headers, and browsers copy among them."""
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")


class Request(NamedTuple):
    """The parameters of one command, the comment above it, and where it begins and ends in the text."""

    parameters: dict[str, Any]
    comment: str
    start: int
    end: int
    texts: Texts


def requests(text: str) -> Iterator[Request]:
    """Yields the requests of a script."""
    text = _DASH.sub("-", text.translate(_SMART))  # documentation is typeset, and PowerShell takes these too
    values, before, count = Values(text), 0, 0
    while count < MAX_COMMANDS and (match := _POINT.search(text, values.at)):
        values.at, values.stopped = match.end(), False
        if match["text"]:
            values.at = match.start("text")
            values.value()
            values.at = max(values.at, match.end())
        elif match["request"]:
            parameters = _parameters(values)
            yield Request(parameters, _comment(text, match.start(), before), match.start(), values.at, values.texts)
            before, count = values.at, count + 1
        elif match["name"] or match["table"]:
            _assign(values, match)


def _assign(values: Values, match: re.Match[str]) -> None:
    """Gives a variable, or a part of one, the value that follows."""
    variables, name = values.variables, (match["name"] or match["table"]).lower()
    path = [*(match["path"] or match["below"] or "").split(".")[1:]]
    if match["table"]:
        values.at -= 1
        key, value = _added(values)
        path.append(key)
    else:
        path += [match["key"].strip("\"' ")] if match["key"] else []
        values.space()
        value = values.value()
    if not path:
        old = variables.get(name, UNKNOWN)
        variables[name] = values.texts.sum(old, value) if match["sign"] == "+=" and old is not UNKNOWN else value
        return
    place = variables.get(name)
    place = place if isinstance(place, dict) else variables.setdefault(name, {})
    for part in path[:-1]:
        inner = part_of(place, part) if isinstance(place, dict) else UNKNOWN
        if not isinstance(inner, dict) and isinstance(place, dict):
            inner = place[part] = {}
        place = inner
    if isinstance(place, dict):
        place[path[-1]] = value


def _added(values: Values) -> tuple[str, Any]:
    """Returns the name and the value that a call of `Add` has; an object alone, such as a cookie, has no name."""
    given = values.group()
    items = given if isinstance(given, list) and len(given) > 1 else ["", given]
    return str(items[0]), items[1]


def _parameters(values: Values) -> dict[str, Any]:
    """Returns the parameters of a command by their whole names; PowerShell takes the beginning of a name too."""
    found: dict[str, Any] = {}
    for name, value in values.arguments():
        whole = next((one for one in _NAMES if one.startswith(name)), name) if name not in ("", *_NAMES) else name
        found.setdefault(whole or ("uri" if "uri" not in found else ""), value)
    return found


def _comment(text: str, start: int, before: int) -> str:
    """Returns the comment above the line of a command, or above the lines that prepare it."""
    line = text.rfind("\n", 0, start) + 1
    if comment := comment_above(text, line):
        return comment
    blank = [match.end() for match in _PARAGRAPH.finditer(text, before, line)]
    first = text[blank[-1] if blank else before : line].lstrip()
    return comment_above(first.partition("\n")[0] + "\n", len(first)) if first.startswith("#") else ""


def calls_of(request: Request, index: int) -> Iterator[Call]:
    """Yields the call of a request."""
    given, texts = request.parameters, request.texts
    address = given.get("uri", UNKNOWN)
    url = (parse_url(str(address)) if isinstance(address, str) else None) or NO_ADDRESS
    verb = str(given.get("custommethod", given.get("method", "get"))).lower()
    headers = {name: texts.shown(value) for name, value in _headers(given)}
    body = given.get("body")
    query = list(url.query)
    if isinstance(body, dict) and verb in ("get", "default"):
        query += [(str(name), texts.shown(value)) for name, value in body.items()]
        body = None
    verb = "get" if verb == "default" else verb
    sent = _body(given, body, headers.get("content-type", "").partition(";")[0].strip().lower(), texts)
    at = (index,)
    yield Call(
        verb, url.scheme, url.host, url.segments, tuple(query), headers, at, sent, (), request.comment, trailing=url.trailing
    )  # fmt: skip


def _headers(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    session = given.get("websession")
    for table in (part_of(session, "headers"), given.get("headers")):
        each = {str(name).strip().lower(): value for name, value in table.items()} if isinstance(table, dict) else {}
        for name, value in each.items():
            if name not in _PARTS_OF_REQUEST or "authority" not in each:
                yield name, str(value) if isinstance(value, str) else value
    if isinstance(session, dict) and isinstance(part_of(session, "cookies"), dict):
        yield "cookie", ""
    if "contenttype" in given:
        yield "content-type", str(given["contenttype"])
    way = str(given.get("authentication", "")).lower()
    if way in ("bearer", "oauth"):
        yield "authorization", "Bearer"
    elif way == "basic" or "credential" in given:
        yield "authorization", "Basic"


def _body(given: dict[str, Any], body: Any, media: str, texts: Texts) -> Body | None:
    form = given.get("form")
    if isinstance(form, dict):
        return Body(PARTS, None, tuple((str(name), value is UNKNOWN) for name, value in form.items()))
    if isinstance(body, dict) and "json" not in media:
        return Body(media or FORM, None, tuple((str(name), False) for name in body))
    if isinstance(body, dict | list):
        return body_of(media, texts.as_json(body))
    if isinstance(body, str):
        found = body_of(media, str(body))
        return (
            body_of(FORM, str(body))
            if not media and found.value is None and not found.unread and "=" in body
            else found
        )
    return Body(media or "application/octet-stream") if "infile" in given or body is UNKNOWN else None
