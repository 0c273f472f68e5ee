"""Checks whether a value fits a schema, for defaults and enums. Runs no patterns, and takes bounded time."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID

from connector_builder.findings import Pointer
from connector_builder.findings.wording import found, listed, quoted, typed
from connector_builder.rules.context import Context

MAX_STEPS = 10_000
"""The most pairs of a value and a schema that are checked: references can make a small schema endless."""

Misfit = tuple[Pointer, str]
"""A place in a value that doesn't fit, and what is wrong there."""

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
"""Swagger's types, each with the Python types of its values."""
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DASHED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


def has_type(value: Any, type_: Any) -> bool:
    """Checks whether a value has one of Swagger's types; True for any other type, as nothing is known about it."""
    if not isinstance(type_, str) or type_ not in TYPES:
        return True
    return isinstance(value, TYPES[type_]) and (not isinstance(value, bool) or type_ == "boolean")


def misfits(value: Any, schema: Any, context: Context) -> Iterator[Misfit]:
    """Yields where a value doesn't fit a schema, a parameter or a header."""
    waiting: list[tuple[Any, Any, Pointer]] = [(value, schema, ())]
    for _ in range(MAX_STEPS):
        if not waiting:
            return
        part, described, pointer = waiting.pop()
        described = context.resolved(described)
        if not isinstance(described, dict):
            continue
        if not has_type(part, described.get("type")):
            if part is not None or described.get("x-nullable") is not True:
                yield pointer, f"{found(part)} isn't {typed(described['type'])}"
            continue
        for message in _constraints(part, described):
            yield pointer, message
        waiting += [(inner, form, (*pointer, *steps)) for inner, form, steps in _deeper(part, described)]


def _constraints(value: Any, schema: dict[str, Any]) -> Iterator[str]:
    enum = schema.get("enum")
    if isinstance(enum, list) and enum and not any(_same(value, member) for member in enum):
        yield f"{found(value)} is none of {listed(enum)}"
    elif isinstance(value, str):
        yield from _text(value, schema)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, schema)
    elif isinstance(value, list | dict):
        yield from _size(value, schema)


def _same(value: Any, member: Any) -> bool:
    return bool(value == member) and isinstance(value, bool) == isinstance(member, bool)


def _text(value: str, schema: dict[str, Any]) -> Iterator[str]:
    format_ = schema.get("format")
    check = _FORMATS.get(format_) if isinstance(format_, str) else None
    if check is not None and not check(value):
        yield f"{quoted(value)} isn't of the format '{format_}'"
    length = len(value)
    if length < _bound(schema, "minLength", length) or length > _bound(schema, "maxLength", length):
        yield f"{quoted(value)} has {length} characters, which isn't between the limits"


def _number(value: float, schema: dict[str, Any]) -> Iterator[str]:
    bits = {"int32": 31, "int64": 63}.get(str(schema.get("format")))
    low, high = _bound(schema, "minimum", value), _bound(schema, "maximum", value)
    if bits and isinstance(value, int) and not -(2**bits) <= value < 2**bits:
        yield f"{found(value)} isn't of the format '{schema['format']}'"
    elif value < low or (value == low and "minimum" in schema and schema.get("exclusiveMinimum") is True):
        yield f"{found(value)} is below the minimum"
    elif value > high or (value == high and "maximum" in schema and schema.get("exclusiveMaximum") is True):
        yield f"{found(value)} is above the maximum"
    elif (step := _bound(schema, "multipleOf", 0)) > 0 and Fraction(str(value)) % Fraction(str(step)):
        yield f"{found(value)} is no multiple of {found(step)}"


def _size(value: list[Any] | dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    word = "Items" if isinstance(value, list) else "Properties"
    size = len(value)
    if size < _bound(schema, f"min{word}", size) or size > _bound(schema, f"max{word}", size):
        yield f"it has {size} {word.lower()}, which isn't between the limits"
    if isinstance(value, dict):
        required, properties = schema.get("required"), _mapping(schema, "properties")
        for name in required if isinstance(required, list) else ():
            if isinstance(name, str) and name not in value and not _read_only(properties.get(name)):
                yield f"the required {quoted(name)} is missing"
        if schema.get("additionalProperties") is False:
            yield from (f"there is no property {quoted(name)}" for name in value if name not in properties)


def _deeper(value: Any, schema: dict[str, Any]) -> Iterator[tuple[Any, Any, Pointer]]:
    parts = schema.get("allOf")
    for part in parts if isinstance(parts, list) else ():
        yield value, part, ()
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield item, schema.get("items"), (index,)
    elif isinstance(value, dict):
        properties, rest = _mapping(schema, "properties"), schema.get("additionalProperties")
        for name, inner in value.items():
            yield inner, properties.get(name, rest), (name,)


def _bound(schema: dict[str, Any], key: str, otherwise: float) -> float:
    bound = schema.get(key)
    return bound if isinstance(bound, int | float) and not isinstance(bound, bool) else otherwise


def _mapping(schema: dict[str, Any], key: str) -> dict[str, Any]:
    part = schema.get(key)
    return part if isinstance(part, dict) else {}


def _read_only(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("readOnly") is True


def _succeeds(parse: Callable[[str], Any]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


_FORMATS: dict[str, Callable[[str], bool]] = {
    "byte": _succeeds(lambda text: b64decode(text, validate=True)),
    "date": lambda text: bool(_DATE.fullmatch(text)) and _succeeds(date.fromisoformat)(text),
    "date-time": lambda text: bool(_RFC3339.fullmatch(text)) and _succeeds(datetime.fromisoformat)(text[:19]),
    "email": lambda text: "@" in text,
    "ipv4": _succeeds(IPv4Address),
    "ipv6": _succeeds(IPv6Address),
    "time": _succeeds(lambda text: datetime.strptime(text, "%H:%M:%S")),  # noqa: DTZ007 (only whether it can be read)
    "uuid": lambda text: bool(_DASHED.fullmatch(text)) and _succeeds(UUID)(text),
}
