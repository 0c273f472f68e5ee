"""Builds the exact request of an operation from the values that a person has, or says all that is wrong with them."""

import re
from collections.abc import Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, items, text
from connector_builder.platform.requests.assigning import Assigned, assign
from connector_builder.platform.requests.bodies import Content, content_of
from connector_builder.platform.requests.encoding import plain, query, segment, texts
from connector_builder.platform.requests.inputs import HEADER, PATH, QUERY, Input, inputs_of
from connector_builder.platform.requests.model import Given, Problem, RawBody, ReadFile, Refused, Request
from connector_builder.platform.requests.passwords import passwords_of
from connector_builder.platform.requests.texts import Unreadable, problems_of, read_text
from connector_builder.platform.swagger.media_types import JSON
from connector_builder.platform.swagger.operations import Operation, operations
from connector_builder.platform.swagger.references import References
from connector_builder.source.suggest import suggest

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LISTED = 20
_DOTS = (".", "..")


def find_operation(definition: Any, name: str) -> Operation:
    """Returns the operation with an id. Raises Refused if there is none, or several."""
    named = [(str(one.value["operationId"]), one) for one in operations(definition) if "operationId" in one.value]
    found = [one for identifier, one in named if identifier == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused([Problem(f"{len(found)} operations are called '{name}'", found[1].pointer)])
    known = [identifier for identifier, _ in named]
    shown = ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
    help_ = suggest(name, known) or (f"the operations are {shown}" if known else None)
    raise Refused([Problem(f"there is no operation '{name}'", ("paths",), help_)])


def request_of(
    definition: dict[str, Any],
    operation: Operation,
    given: Sequence[Given],
    read: ReadFile,
    raw: RawBody | None = None,
) -> Request:
    """Returns the request of an operation with a person's values, and the defaults of all others.

    `raw` is the whole body. Raises Refused with all problems.
    """
    references = References(definition)
    inputs = inputs_of(operation, references)
    assigned = assign(inputs, given, references, read, has_body=raw is not None)
    problems = list(assigned.problems)
    values = _values(inputs, assigned, references, read, problems)
    target = _target(operation, inputs, values, problems)
    headers = _headers(inputs, values, problems)
    content = content_of(definition, operation, inputs, values, assigned, raw, references, read)
    problems += content.problems
    base = _base(definition, problems)
    if problems:
        raise Refused(problems)
    headers = _with_media(headers, content, _accepted(definition, operation))
    name = str(operation.value.get("operationId", ""))
    passwords = tuple(passwords_of(inputs, given, content.body, references))
    return Request(name, operation.verb.upper(), base, target, tuple(headers), content.body, passwords)


def _values(
    inputs: Sequence[Input], assigned: Assigned, references: References, read: ReadFile, problems: list[Problem]
) -> dict[Pointer, Any]:
    """Returns the values of all inputs except the body, by their places: those of the person, else the defaults."""
    values: dict[Pointer, Any] = {}
    for one in inputs:
        said = assigned.texts.get(one.pointer)
        if one.place == "body":
            continue
        if said is None:
            if one.required and one.default is ABSENT:
                help_ = f"write {one.name}=…" if assigned.is_unique(one) else f"write {one.place}:{one.name}=…"
                problems.append(Problem(f"'{one.name}' is required", one.pointer, help_))
            elif one.required:
                values[one.pointer] = one.default
            continue
        try:
            values[one.pointer] = _value(one, said, references, read, problems)
        except Unreadable as reason:
            problems.append(Problem(f"'{one.name}' {reason.message}", one.pointer, reason.help))
    return values


def _value(one: Input, said: list[str], references: References, read: ReadFile, problems: list[Problem]) -> Any:
    """Returns the value of an input from its texts: the items of an array may be written one by one, or as JSON."""
    is_array = one.schema.get("type") == "array"
    if len(said) > 1 and not is_array:
        raise Unreadable("has two values", "leave one of them out")
    if is_array and not (len(said) == 1 and said[0].lstrip().startswith("[")):
        value: Any = [read_text(part, one.schema.get("items", {}), references, read) for part in said]
    else:
        value = read_text(said[0], one.schema, references, read)
    if not isinstance(value, bytes):
        wrong = problems_of(one.name, value, one.schema, references)
        problems += [problem._replace(pointer=one.pointer) for problem in wrong]
    return value


def _target(operation: Operation, inputs: Sequence[Input], values: dict[Pointer, Any], problems: list[Problem]) -> str:
    """Returns the path with its parameters, and the query."""
    by_name = {one.name: one for one in inputs if one.place == PATH}
    named = set(_VARIABLE.findall(operation.path))

    def filled(match: re.Match[str]) -> str:
        one = by_name.get(match[1])
        if one is None:
            problems.append(Problem(f"the path has no parameter for '{match[0]}'", operation.pointer))
        return _segment(one, values, problems) if one is not None else ""

    path = _VARIABLE.sub(filled, operation.path)
    for name, one in by_name.items():
        if name not in named:
            problems.append(Problem(f"'{name}' isn't in the path '{operation.path}'", one.pointer))
    sent = [(one, values[one.pointer]) for one in inputs if one.place == QUERY and one.pointer in values]
    written = "&".join(query(one.name, part) for one, value in sent for part in _texts(one, value))
    return f"{path}{'&' if '?' in path else '?'}{written}" if written else path


def _segment(one: Input, values: dict[Pointer, Any], problems: list[Problem]) -> str:
    if one.pointer not in values:
        return ""
    written = ",".join(_texts(one, values[one.pointer]))
    if not written:
        problems.append(Problem(f"'{one.name}' is a part of the path, which can't be empty", one.pointer))
    elif written in _DOTS:
        problems.append(Problem(f"'{one.name}' can't be '{written}', which leads to another path", one.pointer))
    return segment(written, double=one.schema.get("x-ms-url-encoding") == "double")


def _texts(one: Input, value: Any) -> list[str]:
    return texts(value, one.collection) if isinstance(value, list) else [plain(value)]


def _headers(inputs: Sequence[Input], values: dict[Pointer, Any], problems: list[Problem]) -> list[tuple[str, str]]:
    headers = []
    for one in inputs:
        if one.place != HEADER or one.pointer not in values:
            continue
        written = ",".join(_texts(one, values[one.pointer]))
        if not _TOKEN.fullmatch(one.name):
            problems.append(Problem(f"'{one.name}' can't be the name of a header", one.pointer))
        elif not written.isascii() or not written.isprintable():
            problems.append(Problem(f"'{one.name}' is a header, which has printable ASCII only", one.pointer))
        else:
            headers.append((one.name, written.strip()))
    return headers


def _base(definition: dict[str, Any], problems: list[Problem]) -> str:
    host, base = text(definition.get("host")), text(definition.get("basePath")).rstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?", host):
        message = f"the host '{host}' isn't the name of a server" if host else "the definition has no 'host'"
        problems.append(Problem(message, ("host",) if host else ()))
    schemes = items(definition.get("schemes"))
    scheme = "http" if schemes and "https" not in schemes and "http" in schemes else "https"
    return f"{scheme}://{host}{base if not base or base.startswith('/') else '/' + base}"


def _accepted(definition: dict[str, Any], operation: Operation) -> str:
    """Returns the value of `Accept`: the media types of `produces`."""
    produced = operation.value.get("produces", definition.get("produces"))
    return ", ".join(one for one in items(produced) if isinstance(one, str) and one.isprintable()) or JSON


def _with_media(headers: list[tuple[str, str]], content: Content, accepted: str) -> list[tuple[str, str]]:
    """Returns the headers with `Accept` and `Content-Type`, unless the operation has parameters for them."""
    named = {name.lower() for name, _ in headers}
    out = [] if "accept" in named else [("Accept", accepted)]
    if content.body is not None and ("content-type" not in named or content.own_media):
        headers = [one for one in headers if one[0].lower() != "content-type"]
        out.append(("Content-Type", content.media))
    return [*out, *headers]
