"""Checks whether a value fits a schema, for defaults. Runs no patterns, and takes bounded time."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from ipaddress import IPv4Address, IPv6Address
from math import isfinite
from typing import Any, NamedTuple
from uuid import UUID

from connector_builder.findings import Pointer
from connector_builder.findings.wording import MAX_SHOWN, clipped, found, listed, quoted, typed
from connector_builder.patterns import regex
from connector_builder.platform.data.plain import ABSENT
from connector_builder.rules.context import Context
from connector_builder.source.suggest import nearest, suggest

MAX_STEPS = 10_000
"""The most pairs of a value and a schema that are checked: references can make a small schema endless."""


_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
_PAIR_OF = {key: pair for pair in _PAIRS for key in pair}
"""The limits of which one is a least and the other a most, by each of them."""


class Kind(Enum):
    """The ways in which a value can differ from its schema. Each has a rule, because the platform minds them differently."""

    TYPE = "type"
    NULL = "null"
    ENUM = "enum"
    FORMAT = "format"
    LIMIT = "limit"
    INCOMPLETE = "incomplete"


class Misfit(NamedTuple):
    """A place in a value that doesn't fit, the kind of the difference, what is wrong there, and the cure.

    `meant` is the value that is certainly meant; ABSENT where that isn't certain.
    """

    pointer: Pointer
    kind: Kind
    message: str
    help: str
    meant: Any = ABSENT


_Said = tuple[Kind, str, str]

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
"""Swagger's types, each with the Python types of its values."""
_RFC3339 = regex(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE = regex(r"\d{4}-\d\d-\d\d", re.ASCII)
_DASHED = regex(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


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
            if part is None and described.get("x-nullable") is not True:
                yield Misfit(pointer, Kind.NULL, f"null isn't {typed(described['type'])}", "leave it out")
            elif part is not None:
                message = f"{found(part)} isn't {typed(described['type'])}"
                meant = converted(part, described["type"])
                yield Misfit(pointer, Kind.TYPE, message, written_as(part, described["type"]), meant)
            continue
        for kind, message, help_ in _constraints(part, described):
            meant = _certain(part, described, kind)
            yield Misfit(pointer, kind, message, help_ if meant is ABSENT else f"write {quoted(meant)}", meant)
        waiting += [(inner, form, (*pointer, *steps)) for inner, form, steps in _deeper(part, described)]


def converted(value: Any, type_: str) -> Any:
    """Returns a value in one of Swagger's types, such as 1 for the text "1"; ABSENT if it can't be one."""
    if isinstance(value, str) and type_ in ("integer", "number", "boolean"):
        with suppress(ValueError, OverflowError):
            meant = json.loads(value.strip().lower())
            if has_type(meant, type_) and isfinite(meant):
                return meant
    if isinstance(value, float) and type_ == "integer" and value.is_integer() and abs(value) < 10**15:
        return int(value)
    if isinstance(value, bool | int | float) and type_ == "string" and abs(value) < 10**20:
        return json.dumps(value)
    return ABSENT


def written_as(value: Any, type_: str) -> str:
    """Returns how to write a value in one of Swagger's types: `write 1, without quotes`."""
    meant = converted(value, type_)
    if isinstance(meant, str):
        return f"write {json.dumps(meant)}, in quotes"
    if meant is not ABSENT:
        return f"write {json.dumps(meant)}" + (", without quotes" if isinstance(value, str) else "")
    if isinstance(value, str) and type_ in ("integer", "number", "boolean"):
        if not value.strip():
            return "leave it out"
        example = "true or false" if type_ == "boolean" else "a number"
        return f"write {example}, without quotes, or correct 'type'"
    return f"write {typed(type_)}, or correct 'type'"


def _certain(value: Any, schema: dict[str, Any], kind: Kind) -> Any:
    """Returns the text that is certainly meant: the one of an enum in other capitals, or the same value in its format."""
    if not isinstance(value, str):
        return ABSENT
    if kind is Kind.ENUM:
        alike = [one for one in schema["enum"] if isinstance(one, str) and one.lower() == value.strip().lower()]
        return alike[0] if len(alike) == 1 else ABSENT
    check = _FORMATS.get(str(schema.get("format"))) if kind is Kind.FORMAT else None
    written = (value.strip(), value.strip().strip("{}"), value.strip().replace(" ", "T", 1))
    return next((one for one in written if check is not None and check(one)), ABSENT)


def _constraints(value: Any, schema: dict[str, Any]) -> Iterator[_Said]:
    enum = schema.get("enum")
    if isinstance(enum, list) and enum and not any(_same(value, member) for member in enum):
        # Where the enum itself is wrong, a rule says so already.
        if all(member is None or has_type(member, schema.get("type")) for member in enum):
            yield Kind.ENUM, f"{found(value)} is none of {listed(enum)}", _of_enum(value, enum)
    elif isinstance(value, str):
        yield from _text(value, schema)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, schema)
    elif isinstance(value, list | dict):
        yield from _size(value, schema)


def _of_enum(value: Any, enum: list[Any]) -> str:
    meant = isinstance(value, str) and nearest(value, (member for member in enum if isinstance(member, str)))
    return (
        f"did you mean '{clipped(meant, MAX_SHOWN)}'?"
        if meant
        else "write one of these values, or add this one to the enum"
    )


def _same(value: Any, member: Any) -> bool:
    return bool(value == member) and isinstance(value, bool) == isinstance(member, bool)


def _text(value: str, schema: dict[str, Any]) -> Iterator[_Said]:
    format_ = schema.get("format")
    check = _FORMATS.get(format_) if isinstance(format_, str) else None
    if check is not None and not check(value) and not _EXPRESSION.search(value):
        help_ = f"write it like {_EXAMPLES[str(format_)]}"
        if format_ == "date-time" and check(f"{value}Z"):
            help_ = f"add the time zone: {value}Z"
        yield Kind.FORMAT, f"{quoted(value)} isn't of the format '{format_}'", help_
    length = len(value)
    if length < _bound(schema, "minLength", length):
        message = f"{quoted(value)} has {length} characters, fewer than 'minLength'"
        yield Kind.LIMIT, message, "write a longer text, or correct 'minLength'"
    elif length > _bound(schema, "maxLength", length):
        message = f"{quoted(value)} has {length} characters, more than 'maxLength'"
        yield Kind.LIMIT, message, "write a shorter text, or correct 'maxLength'"


def _number(value: float, schema: dict[str, Any]) -> Iterator[_Said]:
    bits = {"int32": 31, "int64": 63}.get(str(schema.get("format")))
    low, high = _bound(schema, "minimum", value), _bound(schema, "maximum", value)
    if bits and isinstance(value, int) and not -(2**bits) <= value < 2**bits:
        yield (
            Kind.FORMAT,
            f"{found(value)} isn't of the format '{schema['format']}'",
            "write a smaller number, or correct 'format'",
        )
    elif value < low or (value == low and "minimum" in schema and schema.get("exclusiveMinimum") is True):
        yield Kind.LIMIT, f"{found(value)} is below the minimum", "write a greater number, or correct 'minimum'"
    elif value > high or (value == high and "maximum" in schema and schema.get("exclusiveMaximum") is True):
        yield Kind.LIMIT, f"{found(value)} is above the maximum", "write a smaller number, or correct 'maximum'"
    elif (step := _bound(schema, "multipleOf", 0)) > 0 and not _is_multiple(value, step):
        yield (
            Kind.LIMIT,
            f"{found(value)} isn't a multiple of {found(step)}",
            "write a multiple, or correct 'multipleOf'",
        )


def _is_multiple(value: float, step: float) -> bool:
    from fractions import Fraction  # slow to import, and few schemas have a step

    return Fraction(str(value)) % Fraction(str(step)) == 0


def _size(value: list[Any] | dict[str, Any], schema: dict[str, Any]) -> Iterator[_Said]:
    word = "Items" if isinstance(value, list) else "Properties"
    size = len(value)
    for key, wrong in ((f"min{word}", "fewer"), (f"max{word}", "more")):
        bound = _bound(schema, key, size)
        if size < bound if wrong == "fewer" else size > bound:
            yield (
                Kind.LIMIT,
                f"it has {size} {word.lower()}, {wrong} than '{key}'",
                f"change the default, or correct '{key}'",
            )
    if isinstance(value, dict):
        required, properties = schema.get("required"), _mapping(schema, "properties")
        whole = properties and "allOf" not in schema  # another rule says what of `required` isn't a property of it
        for name in required if isinstance(required, list) else ():
            if not isinstance(name, str) or (whole and name not in properties):
                continue
            if name not in value and not _read_only(properties.get(name)):
                yield Kind.INCOMPLETE, f"the required {quoted(name)} is missing", _of_field(name, value)
        if schema.get("additionalProperties") is False:
            for name in value:
                if name not in properties:
                    meant = suggest(name, properties) or "remove it, or describe it in 'properties'"
                    yield Kind.LIMIT, f"there is no property {quoted(name)}", meant


def _of_field(name: str, value: dict[str, Any]) -> str:
    written = next((key for key in value if key.lower() == name.lower()), None)
    return (
        f"write {quoted(name)} instead of {quoted(written)}"
        if written is not None
        else f"add {quoted(name)} to the default"
    )


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
    if not isinstance(bound, int | float) or isinstance(bound, bool):
        return otherwise
    return otherwise if _contradict(schema, *_PAIR_OF.get(key, ())) else bound


def _contradict(schema: dict[str, Any], *pair: str) -> bool:
    """Checks whether a least and a most leave no value at all. Other rules report that, and no value could be right."""
    limits = [schema[key] for key in pair if _is_number(schema.get(key))]
    return (len(limits) == 2 and limits[0] > limits[1]) or ("minimum" not in pair and any(one < 0 for one in limits))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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


_EXPRESSION = regex(r"@\{|\b(?:utcNow|addDays|addHours|addMinutes|addSeconds|guid)\(")
"""An expression of a workflow, which has a value of the format when the flow runs."""
_EXAMPLES = {
    "byte": "YWJj, which is base64",
    "date": "2016-01-01",
    "date-time": "2016-01-01T06:30:30Z",
    "email": "help@contoso.example",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "06:30:30",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
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
