"""Reads the text that a person writes for an input as the value that its schema describes."""

import base64
import json
import math
import re
from typing import Any

from connector_builder.platform.requests.model import Problem, ReadFile
from connector_builder.platform.requests.values import TYPES, Difference, Shape, differences, path_text, quoted
from connector_builder.platform.swagger.references import References
from connector_builder.source.suggest import suggest

_WHOLE = re.compile(r"[+-]?\d{1,300}")
_NUMBER = re.compile(r"[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:[eE][+-]?\d{1,4})?")


class Unreadable(Exception):  # noqa: N818 - it becomes a problem
    """A text that isn't what its schema describes. `message` goes on after the name of the input."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def read_text(text: str, schema: Any, references: References, read: ReadFile) -> Any:
    """Returns the value of a text: bytes for a file, else JSON. Raises Unreadable."""
    shape = Shape(schema, references)
    kind = shape.type
    if is_file(shape):
        return _file(text, read)
    if kind == "string":
        if shape.said("format") == "byte" and text.startswith("@"):
            return base64.b64encode(_file(text, read)).decode("ascii")
        return text
    if kind == "boolean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    if kind == "number" and _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return int(text) if _WHOLE.fullmatch(text) else float(text)
    if kind in ("array", "object", ""):
        value = _json(text)
        if kind == "" and value is None and text != "null":
            return text
        if isinstance(value, {"array": list, "object": dict}.get(kind, object)):
            return value
        example = '["a", "b"]' if kind == "array" else '{"name": "value"}'
        raise Unreadable(f"must be {TYPES[kind]} in JSON, not {quoted(text)}", f"write it like {example}")
    raise Unreadable(f"must be {TYPES.get(kind, kind)}, not {quoted(text)}")


def is_file(shape: Shape) -> bool:
    """Checks whether a schema describes a file: bytes that a person names with `@`."""
    return shape.type == "file" or (shape.type == "string" and shape.said("format") == "binary")


def _file(text: str, read: ReadFile) -> bytes:
    if not text.startswith("@") or text == "@":
        raise Unreadable("is a file", "write it like name=@photo.png")
    try:
        return read(text[1:])
    except ValueError as reason:
        raise Unreadable(str(reason)) from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def problems_of(name: str, value: Any, schema: Any, references: References) -> list[Problem]:
    """Returns what is wrong with a value, without required fields that it lacks and fields that its schema lacks."""
    found = [one for one in differences(value, schema, references) if one.kind not in ("unknown", "missing")]
    return [Problem(message_of(_named(name, one), one), None, _help(one)) for one in found]


def message_of(name: str, one: Difference) -> str:
    """Returns the message for a value that a schema doesn't allow: `'top' must be a whole number, not 'ten'`."""
    found = (
        quoted(one.found)
        if not isinstance(one.found, dict | list)
        else TYPES["object" if isinstance(one.found, dict) else "array"]
    )
    return f"'{name}' must be {one.wanted}, not {found}"


def _named(name: str, one: Difference) -> str:
    rest = path_text(one.path, counted=True)
    return f"{name}{rest}" if rest.startswith("[") or not name else f"{name}.{rest}" if rest else name


def _help(one: Difference) -> str | None:
    return suggest(one.found, one.names) if one.kind == "enum" and isinstance(one.found, str) else None
