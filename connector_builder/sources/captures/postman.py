"""Reads Postman collections of the formats 2.0 and 2.1.

The format: https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html. Scripts are not read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.secrets import Use, is_sure, secrets_in
from connector_builder.sources.captures.call import (
    AUTHORIZE,
    KEY_IN_HEADER,
    KEY_IN_QUERY,
    NO_ADDRESS,
    TOKEN,
    Answer,
    Body,
    Call,
    body_of,
    form_fields,
    json_of,
    parse_url,
)
from connector_builder.sources.captures.templates import is_value

_VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_UNQUOTED = re.compile(r"(?<=[:\[,])(\s*)\{\{[^{}\n]+\}\}(?=\s*[,\]}\n])")
_COMMENT = re.compile(r"(?m)^\s*//.*$")
_SERVER = re.compile(r"(?:[A-Za-z][\w+.-]*://|(?:\{\{[^{}]+\}\})+://)?(?:\{\{[^{}]+\}\}|[^/?#{}])*")
"""What an address begins with: its scheme, if it has one, and its server, both with variables."""
MAX_DEPTH = 50
"""The most folders within each other."""
MAX_URL = 10_000
"""The most characters of an address whose variables are filled."""
MAX_VALUE = 2_000
"""The most characters of a variable's value: a server's address is shorter."""
MAX_WITHIN = 5
"""The most variables within each other's values."""


def collection(data: Any) -> dict[str, Any]:
    """Returns the collection in a document, which may be wrapped as Postman's API does it."""
    return mapping(mapping(data).get("collection")) or mapping(data)


def texts(data: Any) -> tuple[str, str]:
    """Returns the name and the description of a collection."""
    info = mapping(collection(data).get("info"))
    return text(info.get("name")), _said(info.get("description"))


def calls(data: Any, given: Mapping[str, str]) -> Iterator[Call]:
    """Yields the calls of a collection. `given` are values of variables from an environment."""
    whole = collection(data)
    at: Pointer = ("collection",) if whole is not data else ()
    variables = {**_variables(whole.get("variable")), **given}
    yield from _items(whole, at, variables, mapping(whole.get("auth")), "", 0)


def environment(data: Any) -> dict[str, str] | None:
    """Returns the values in an environment or in globals that may be part of an address; None if the data is neither."""
    values = mapping(data).get("values")
    return (
        _variables([one for one in values if mapping(one).get("enabled") is not False])
        if isinstance(values, list)
        else None
    )


def _variables(value: Any) -> dict[str, str]:
    """Returns the values of variables that may be part of an address. Others are never read, secrets neither."""
    each = (
        (str(one.get("key") or one.get("id")), one.get("value"), one.get("type")) for one in map(mapping, items(value))
    )
    return {
        name: value
        for name, value, kind in each
        if isinstance(value, str)
        and len(value) <= MAX_VALUE
        and kind != "secret"
        and not is_sure(name, Use.QUERY)
        and not secrets_in(value)
    }


def _items(
    folder: Mapping[str, Any], at: Pointer, variables: dict[str, str], auth: dict[str, Any], tag: str, depth: int
) -> Iterator[Call]:
    for index, item in enumerate(map(mapping, items(folder.get("item")))):
        place = (*at, "item", index)
        inner = mapping(item.get("auth")) or auth
        if "item" in item and depth < MAX_DEPTH:
            yield from _items(item, place, variables, inner, text(item.get("name")) or tag, depth + 1)
        elif "request" in item:
            yield from _call(item, place, variables, inner, tag)


def _call(
    item: Mapping[str, Any], at: Pointer, variables: dict[str, str], auth: dict[str, Any], tag: str
) -> Iterator[Call]:
    given = item["request"]
    request = {"url": given} if isinstance(given, str) else mapping(given)
    url = _url(request.get("url"), variables)
    url = url or ("", (), None, False)
    headers = {**_signed(mapping(request.get("auth")) or auth), **dict(_headers(request.get("header")))}
    raw, unknown, query, trailing = url
    parts = parse_url(raw) or NO_ADDRESS
    answers = tuple(filter(None, (_answer(one) for one in map(mapping, items(item.get("response"))))))
    yield Call(
        (text(request.get("method")) or "GET").lower(),
        parts.scheme,
        parts.host,
        parts.segments,
        (*(parts.query if query is None else query),),
        headers,
        at,
        _body(mapping(request.get("body"))),
        answers,
        text(item.get("name")),
        _said(request.get("description")) or _said(item.get("description")),
        tag,
        trailing=trailing or parts.trailing,
        unknown=unknown,
    )


def _url(
    value: Any, variables: dict[str, str]
) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...] | None, bool] | None:
    """Returns the address with the variables of its server filled, those without a value, and its query if it is listed."""
    whole = mapping(value)
    raw = value if isinstance(value, str) else text(whole.get("raw"))
    if not raw and whole.get("host"):
        host = whole["host"] if isinstance(whole["host"], str) else ".".join(map(str, items(whole["host"])))
        path = whole.get("path")
        raw = f"{text(whole.get('protocol')) or 'https'}://{host}/" + (
            "/".join(map(str, path)) if isinstance(path, list) else text(path)
        )
    if not raw:
        return None
    raw, unknown = _filled(raw, variables)
    raw = _VARIABLE.sub(lambda match: match[0].replace(" ", ""), raw)
    listed = whole.get("query")
    query = tuple((str(one["key"]), "") for one in map(mapping, items(listed)) if one.get("key")) if listed else None
    return raw, unknown, query, raw.partition("?")[0].endswith("/") and raw.count("/") > 3


def _filled(raw: str, variables: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Fills the variables that an address begins with: the server, and the segments before the first fixed one.

    A segment whose value has the shape of an id stays a variable. Returns the variables among those segments that have
    no value, too.
    """
    begin = _SERVER.match(raw)
    server, rest = (begin[0], raw[begin.end() :]) if begin else ("", raw)
    server = _expanded(server, variables)
    unknown = []
    path, mark, query = rest.partition("?")
    segments = path.split("/")
    for index, segment in enumerate(segments[1:], 1):
        match = _VARIABLE.fullmatch(segment)
        if match is None:
            break
        known = _expanded(segment, variables)
        if match[1] not in variables:
            unknown.append(match[1])
        elif not is_value(known, ()):
            segments[index] = known.strip("/")
    return server + "/".join(segments) + mark + query, tuple(unknown)


def _expanded(text: str, variables: Mapping[str, str]) -> str:
    """Returns a text with the values of its variables, and of those in them."""
    for _ in range(MAX_WITHIN):
        text = _VARIABLE.sub(lambda match: variables.get(match[1], match[0]).rstrip("/"), text[:MAX_URL])
    return text


def _headers(value: Any) -> Iterator[tuple[str, str]]:
    lines = value.splitlines() if isinstance(value, str) else []
    pairs = [line.partition(":")[::2] for line in lines]
    pairs += [
        (str(one.get("key")), str(one.get("value") or "")) for one in map(mapping, items(value)) if one.get("key")
    ]
    for name, said in pairs:
        if name.strip():
            yield name.strip().lower(), said.strip()


def _signed(auth: Mapping[str, Any]) -> dict[str, str]:
    """Returns the headers or queries of a sign-in, without their values, as the marks of `call.py`."""
    kind = text(auth.get("type")).lower()
    given = auth.get(kind)
    values = {str(one.get("key")): one.get("value") for one in map(mapping, items(given))} or mapping(given)
    if kind == "basic":
        return {"authorization": "Basic"}
    if kind == "bearer":
        return {"authorization": "Bearer"}
    if kind == "apikey":
        name = text(values.get("key")) or "X-API-Key"
        return {KEY_IN_QUERY if values.get("in") == "query" else KEY_IN_HEADER: name}
    if kind == "oauth2":
        return {
            "authorization": "Bearer",
            AUTHORIZE: text(values.get("authUrl")),
            TOKEN: text(values.get("accessTokenUrl")),
        }
    return {}


def _said(value: Any) -> str:
    return text(value.get("content")) if isinstance(value, dict) else text(value)


def _body(body: Mapping[str, Any]) -> Body | None:
    mode = text(body.get("mode"))
    if mode == "raw" and text(body.get("raw")):
        said = text(body["raw"])
        language = text(mapping(mapping(body.get("options")).get("raw")).get("language"))
        media = "application/json" if language == "json" or (not language and json_of(said) is not None) else ""
        found = body_of(media, said)
        return found if found.value is not None else body_of(media, _UNQUOTED.sub(r"\1null", _COMMENT.sub("", said)))
    if mode == "urlencoded":
        given = body.get("urlencoded")
        fields = (
            form_fields(given)
            if isinstance(given, str)
            else tuple(dict.fromkeys((str(one["key"]), False) for one in map(mapping, items(given)) if one.get("key")))
        )
        return Body("application/x-www-form-urlencoded", None, fields)
    if mode == "formdata":
        fields = tuple(
            dict.fromkeys(
                (str(one["key"]), one.get("type") == "file")
                for one in map(mapping, items(body.get("formdata")))
                if one.get("key")
            )
        )
        return Body("multipart/form-data", None, fields)
    if mode == "graphql":
        return Body(
            "application/json", {"query": "", "variables": json_of(mapping(body.get("graphql")).get("variables")) or {}}
        )
    return Body("application/octet-stream") if mode == "file" and body.get("file") else None


def _answer(response: Mapping[str, Any]) -> Answer | None:
    status = response.get("code")
    if not isinstance(status, int):
        return None
    value = json_of(response.get("body"))
    media = next((said for name, said in _headers(response.get("header")) if name == "content-type"), "")
    media = media.partition(";")[0].strip().lower() or ("application/json" if value is not None else "")
    return Answer(status, media, value)
