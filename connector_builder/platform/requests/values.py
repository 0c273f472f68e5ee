"""Compares a value with a schema: what the schema lacks, and what it says otherwise. The value may be any JSON.

A request and an answer are checked by the same code. A pattern isn't checked, since one from a stranger may take exponential
time. `null` fits every schema: the platform has no word for it, and services send it for any field.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, as_text, items
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import Property, combined, properties_of

Kind = Literal["unknown", "type", "enum", "format", "limit", "missing"]
MAX_STEPS = 200_000
"""The most values that one comparison looks at."""
TYPES = {
    "integer": "a whole number", "number": "a number", "boolean": "true or false", "string": "a text", "array": "a list",
    "object": "an object",
}  # fmt: skip
"""The types of Swagger in words."""
_INTEGERS = {"int32": 2**31, "int64": 2**63}
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?")
_MAIL = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_TIME = r"[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?|:60)?"
_ZONE = r"(?:[Zz]|[+-]\d\d:?\d\d)"
_DATE_TIME, _NO_ZONE = re.compile(rf"(.{{10}}){_TIME}{_ZONE}"), re.compile(rf"(.{{10}})(?:{_TIME})?")


class Difference(NamedTuple):
    """Where a value and its schema differ. `path` leads through the value, and `found` is what is there.

    `wanted` is what the schema says, in words: `a whole number`. `names` are the fields that the schema has, for an unknown one.
    """

    kind: Kind
    path: Pointer
    found: Any
    wanted: str
    names: tuple[str, ...] = ()


class Shape:
    """A schema with all that it includes: its type, its properties, and what else it says."""

    def __init__(self, schema: Any, references: References) -> None:
        self._references = references
        self.parts = [part for part in combined(schema, references) if isinstance(part, dict)]
        self._schema = schema

    def said(self, key: str) -> Any:
        """Returns the first value of a keyword; ABSENT if none of the parts has it."""
        return next((part[key] for part in self.parts if key in part), ABSENT)

    @property
    def type(self) -> str:
        """Returns the type; empty for a schema that says none."""
        kind = self.said("type")
        if isinstance(kind, str):
            return kind
        return "object" if self.properties else ""

    @property
    def properties(self) -> Mapping[str, Property]:
        return properties_of(self._schema, self._references)

    @property
    def items(self) -> Any:
        found = self.said("items")
        return {} if found is ABSENT else found

    @property
    def further(self) -> Any:
        """Returns the schema of fields without a name in the schema, `{}` if they may be anything, ABSENT if there are none."""
        extra = self.said("additionalProperties")
        if isinstance(extra, dict):
            return extra
        dynamic = any(key in part for part in self.parts for key in ("x-ms-dynamic-schema", "x-ms-dynamic-properties"))
        return {} if extra is True or dynamic or (extra is ABSENT and not self.properties) else ABSENT

    @property
    def is_internal(self) -> bool:
        return bool(self.said("x-ms-visibility") == "internal")


def differences(value: Any, schema: Any, references: References, *, strict: bool = False) -> Iterator[Difference]:
    """Yields the differences between a value and a schema, in the order of the value.

    With `strict`, `null` doesn't fit a type unless the schema says `x-nullable`, and an empty text isn't an address.
    """
    waiting: list[tuple[Any, Any, Pointer]] = [(value, schema, ())]
    steps = 0
    while waiting and steps < MAX_STEPS:
        steps += 1
        part, described, path = waiting.pop()
        if part is None and not strict:
            continue
        shape = Shape(described, references)
        own = _strict_fault(part, shape) if strict else fault(part, shape)
        if own is not None:
            yield own._replace(path=path)
        if own is not None and own.kind == "type":
            continue
        if isinstance(part, dict):
            yield from (one._replace(path=(*path, *one.path)) for one in _fields(part, shape))
            known, further = shape.properties, shape.further
            inner = [(one, known[key].schema if key in known else further, key) for key, one in part.items()]
            waiting += [(one, said, (*path, key)) for one, said, key in reversed(inner) if said is not ABSENT]
        elif isinstance(part, list):
            waiting += [(one, shape.items, (*path, index)) for index, one in reversed([*enumerate(part)])]


def _fields(value: dict[str, Any], shape: Shape) -> Iterator[Difference]:
    known = shape.properties
    if shape.further is ABSENT:
        for name in value:
            if name not in known:
                yield Difference("unknown", (name,), value[name], "no such field", tuple(known))
    for name, one in known.items():
        if one.required and name not in value:
            yield Difference("missing", (name,), ABSENT, "a required field")


def fault(value: Any, shape: Shape) -> Difference | None:
    """Returns how a value itself differs from its schema, without what is in it; None if it doesn't."""
    wanted = shape.type
    if wanted in TYPES and not _is(value, wanted):
        return Difference("type", (), value, TYPES[wanted])
    allowed = items(shape.said("enum"))
    if allowed and not any(_same(value, one) for one in allowed):
        listed = ", ".join(quoted(one) for one in allowed[:20]) + (" …" if len(allowed) > 20 else "")
        return Difference("enum", (), value, f"one of {listed}", tuple(map(str, allowed[:200])))
    said = shape.said("format")
    checked = _FORMATS.get(said) if isinstance(said, str) else None
    if checked is not None and not checked[1](value):
        return Difference("format", (), value, checked[0])
    limit = _limit(value, shape)
    return None if limit is None else Difference("limit", (), value, limit)


def _strict_fault(value: Any, shape: Shape) -> Difference | None:
    if value is None:
        fits = shape.type not in TYPES or shape.said("x-nullable") is True or None in items(shape.said("enum"))
        return None if fits else Difference("type", (), None, TYPES[shape.type])
    if value == "" and shape.type == "string" and shape.said("format") == "uri":
        return Difference("format", (), value, _FORMATS["uri"][0])
    return fault(value, shape)


def _same(value: Any, allowed: Any) -> bool:
    """Checks whether a value is an allowed one. Some authors write the values of a number or a boolean as texts."""
    if isinstance(allowed, str) and not isinstance(value, str):
        return as_text(value) == allowed
    return bool(value == allowed) and isinstance(value, bool) == isinstance(allowed, bool)


def _is(value: Any, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "number"):
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return not isinstance(value, bool) and (whole if kind == "integer" else isinstance(value, int | float))
    return isinstance(value, {"string": str, "array": list, "object": dict}[kind])


def _limit(value: Any, shape: Shape) -> str | None:
    """Returns the limit of a schema that a value breaks, in words."""
    if isinstance(value, str | list):
        kind, what = ("Length", "characters") if isinstance(value, str) else ("Items", "items")
        least, most = shape.said(f"min{kind}"), shape.said(f"max{kind}")
        if _is_number(least) and len(value) < least:
            return f"at least {least} {what}"
        return f"at most {most} {what}" if _is_number(most) and len(value) > most else None
    if not _is_number(value):
        return None
    least, most = shape.said("minimum"), shape.said("maximum")
    if _is_number(least) and (value < least or (value == least and shape.said("exclusiveMinimum") is True)):
        return f"{'more than' if value == least else 'at least'} {least}"
    if _is_number(most) and (value > most or (value == most and shape.said("exclusiveMaximum") is True)):
        return f"{'less than' if value == most else 'at most'} {most}"
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_date(text: Any) -> bool:
    try:
        return not isinstance(text, str) or (len(text) == 10 and date.fromisoformat(text) is not None)
    except ValueError:
        return False


def _dated(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    def fits(text: Any) -> bool:
        found = pattern.fullmatch(text) if isinstance(text, str) else None
        return not isinstance(text, str) or (found is not None and _is_date(found[1]))

    return fits


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda text: not isinstance(text, str) or pattern.fullmatch(text) is not None


def _is_address(text: Any) -> bool:
    try:
        return not isinstance(text, str) or bool(urlsplit(text).scheme) or text == ""
    except ValueError:
        return False


def _is_base64(text: Any) -> bool:
    try:
        return not isinstance(text, str) or base64.b64decode(text, validate=True) is not None
    except (binascii.Error, ValueError):
        return False


def _within(most: int) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, int) or -most <= value < most


_FORMATS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "date": ("a date such as 2026-01-31", _is_date),
    "date-time": ("a time with its zone, such as 2026-01-31T09:00:00Z", _dated(_DATE_TIME)),
    "date-no-tz": ("a time without a zone, such as 2026-01-31T09:00:00", _dated(_NO_ZONE)),
    "uuid": ("an id such as 22222222-2222-4222-8222-222222222222", _matches(_GUID)),
    "email": ("a mail address", _matches(_MAIL)),
    "uri": ("an address such as https://contoso.example/", _is_address),
    "byte": ("bytes in Base64", _is_base64),
    **{name: (f"a whole number of {name.removeprefix('int')} bits", _within(most)) for name, most in _INTEGERS.items()},
}


def path_text(path: Pointer, *, counted: bool = False) -> str:
    """Returns a way through a value as the language writes it: `value[].properties.state`; with `counted`, `value[0]…`."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]" if counted else "[]"
        elif re.fullmatch(r"[^.\[\]',!\s]+", step):
            written += f".{step}" if written else step
        else:
            written += f"['{step}']"
    return written


def quoted(value: Any) -> str:
    """Returns a single value as a message shows it: `'high'`, `17`, `true`."""
    if isinstance(value, str):
        return f"'{value[:60]}'"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)[:60]


def kind_of(value: Any) -> str:
    """Returns the type of a value in words: `a text`."""
    if value is None:
        return "null"
    return next(words for name, words in TYPES.items() if _is(value, name))
