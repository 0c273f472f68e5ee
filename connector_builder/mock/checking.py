"""Checks a request against the definition: its parameters, its media type and its body."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from connector_builder.findings import Pointer
from connector_builder.mock.endpoints import Endpoint, is_form, is_json
from connector_builder.mock.forms import NoForm, fields, pairs
from connector_builder.mock.messages import Incoming, Violation
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.requests.encoding import MULTI
from connector_builder.platform.requests.inputs import HEADER, PATH, QUERY, Input
from connector_builder.platform.requests.texts import Unreadable, message_of, read_text
from connector_builder.platform.requests.values import Shape, differences, path_text
from connector_builder.platform.swagger.media_types import base, is_binary
from connector_builder.platform.swagger.references import References

OWN = "__"
"""The beginning of query parameters that steer the mock."""
MAX_VIOLATIONS = 50
_SEPARATORS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
_PLACES = {PATH: "path", QUERY: "query", HEADER: "header"}


class Checked(NamedTuple):
    """A request as the definition sees it: its values by place and name, its body, and what is wrong or odd."""

    values: dict[tuple[str, str], Any]
    body: Any
    violations: tuple[Violation, ...]
    notes: tuple[str, ...]
    unsupported: str = ""
    """The media type of a body that the operation doesn't take."""


def check(endpoint: Endpoint, request: Incoming, path: dict[str, str]) -> Checked:
    """Returns a request with everything in which it differs from its operation."""
    violations: list[Violation] = []
    notes: list[str] = []
    texts = _texts(endpoint, request, path, violations, notes)
    values: dict[tuple[str, str], Any] = {}
    for one in endpoint.inputs:
        if one.place in _PLACES:
            value = _parameter(one, texts.get((one.place, one.name.lower() if one.place == HEADER else one.name)))
            _judge(one, value, (_PLACES[one.place], one.name), endpoint.references, violations)
            values[one.place, one.name] = value
    body, unsupported = _body(endpoint, request, violations, notes)
    return Checked(values, body, tuple(violations[:MAX_VIOLATIONS]), tuple(notes), unsupported)


def _texts(
    endpoint: Endpoint, request: Incoming, path: dict[str, str], violations: list[Violation], notes: list[str]
) -> dict[tuple[str, str], list[str]]:
    """Returns the texts of all parameters, by place and name."""
    found: dict[tuple[str, str], list[str]] = {(HEADER, name): [value] for name, value in request.headers.items()}
    for one in endpoint.inputs:
        if one.place == PATH and one.name in path:
            double = one.schema.get("x-ms-url-encoding") == "double"
            found[PATH, one.name] = [unquote(path[one.name]) if double else path[one.name]]
    try:
        given = pairs(request.query)
    except NoForm as reason:
        violations.append(Violation(("query",), "limit", str(reason)))
        given = []
    for name, text in given:
        found.setdefault((QUERY, name), []).append(text)
        if name not in endpoint.queries and not name.startswith(OWN):
            notes.append(f"the operation has no query parameter '{name[:60]}'")
    return found


def _parameter(one: Input, texts: list[str] | None) -> Any:
    """Returns the value of a parameter; ABSENT if there is none, Unreadable if its text isn't what the schema says."""
    if texts is None:
        return ABSENT
    try:
        if one.schema.get("type") != "array":
            return _single(texts[-1], one.schema)
        if one.collection != MULTI:
            texts = texts[-1].split(_SEPARATORS.get(one.collection, ",")) if texts[-1] else []
        inner = one.schema.get("items")
        return [_single(text, inner if isinstance(inner, dict) else {}) for text in texts]
    except Unreadable as reason:
        return reason


def _single(text: str, schema: dict[str, Any]) -> Any:
    if schema.get("type") == "string" or "type" not in schema:
        return text
    return read_text(text, schema, References({}), _no_file)


def _no_file(_name: str) -> bytes:
    raise ValueError("is a file")


def _judge(
    one: Input, value: Any, location: tuple[str, ...], references: References, violations: list[Violation]
) -> None:
    """Adds what is wrong with the value of a parameter."""
    if isinstance(value, Unreadable):
        violations.append(Violation(location, "type", f"'{one.name}' {value.message}"))
    elif value is ABSENT or (value == "" and one.required and one.place == PATH):
        if one.required:
            violations.append(Violation(location, "required", f"'{one.name}' is required in the {location[0]}"))
    elif not isinstance(value, bytes) and not (value == "" and one.schema.get("allowEmptyValue") is True):
        found = differences(value, one.schema, references)
        violations += [Violation(location, each.kind, message_of(one.name, each)) for each in found]


def _body(endpoint: Endpoint, request: Incoming, violations: list[Violation], notes: list[str]) -> tuple[Any, str]:
    """Returns the value of a body, ABSENT if there is none, and its media type if the operation doesn't take that."""
    media = request.headers.get("content-type", "")
    whole = endpoint.body
    if not request.body:
        if whole is not None and whole.required:
            violations.append(Violation(("body",), "required", "the request has no body, which is required"))
        _form(endpoint, [], violations)
        return ABSENT, ""
    if whole is None and not endpoint.takes_form:
        notes.append("the operation has no body")
        return ABSENT, ""
    if media and not _is_taken(endpoint, media):
        return ABSENT, base(media)
    if endpoint.takes_form:
        try:
            _form(endpoint, fields(request.body, media), violations)
        except NoForm as reason:
            violations.append(Violation(("body",), "format", str(reason)))
        return ABSENT, ""
    assert whole is not None
    return _value(endpoint, whole, request.body, media, violations, notes), ""


def _is_taken(endpoint: Endpoint, media: str) -> bool:
    """Checks whether an operation takes bodies of a media type. Without `consumes`, everything is taken."""
    if endpoint.takes_form:
        return is_form(media)
    taken = endpoint.consumes
    if not taken or (is_json(media) and any(map(is_json, taken))):
        return True
    name = base(media)
    return any(name == base(one) or base(one) == "*/*" or (is_binary(one) and is_binary(media)) for one in taken)


def _value(
    endpoint: Endpoint, whole: Input, body: bytes, media: str, violations: list[Violation], notes: list[str]
) -> Any:
    shape = Shape(whole.schema, endpoint.references)
    is_bytes = shape.type == "file" or shape.said("format") == "binary"
    if is_bytes or (media and not is_json(media)):
        return body if is_bytes or is_binary(media) else body.decode("utf-8", "replace")
    try:
        value = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as reason:
        where = f" at line {reason.lineno}, column {reason.colno}" if isinstance(reason, json.JSONDecodeError) else ""
        violations.append(Violation(("body",), "format", f"the body isn't JSON{where}"))
        return ABSENT
    for location, code, message in _faults(value, whole.schema, endpoint.references, notes):
        violations.append(Violation(location, code, message))
        if len(violations) >= MAX_VIOLATIONS:
            break
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} isn't JSON")


def _faults(
    value: Any, schema: Any, references: References, notes: list[str]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yields what is wrong with a body. A field that the schema lacks is wrong only where it excludes further ones."""
    for one in differences(value, schema, references, strict=True):
        location = ("body", *map(str, one.path))
        name = path_text(one.path, counted=True)
        if one.kind == "missing":
            yield location, "required", f"the required field '{name}' is missing"
        elif one.kind != "unknown":
            yield location, one.kind, message_of(name or "the body", one).replace("'the body'", "the body")
        elif _is_closed(schema, one.path[:-1], references):
            yield location, "additionalProperties", f"the schema has no field '{name}', and allows no others"
        elif len(notes) < MAX_VIOLATIONS:
            notes.append(f"the schema has no field '{name}'")


def _is_closed(schema: Any, path: Pointer, references: References) -> bool:
    """Checks whether the schema at a way through a value excludes fields that it doesn't name."""
    for step in path:
        shape = Shape(schema, references)
        known = shape.properties
        if isinstance(step, int):
            schema = shape.items
        elif step in known:
            schema = known[step].schema
        else:
            schema = shape.further
    return Shape(schema, references).said("additionalProperties") is False


def _form(endpoint: Endpoint, given: list[tuple[str, str | bytes]], violations: list[Violation]) -> None:
    """Adds what is wrong with the fields of a form."""
    for one in endpoint.form:
        texts = [text for name, text in given if name == one.name]
        value: Any = ABSENT
        if any(isinstance(text, bytes) for text in texts) or (texts and one.schema.get("type") == "file"):
            continue
        if texts:
            value = _parameter(one, [str(text) for text in texts])
        _judge(one, value, ("body", one.name), endpoint.references, violations)
