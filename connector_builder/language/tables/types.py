"""Type words, and the types of values."""

from typing import Any

TYPE_WORDS: dict[str, dict[str, str]] = {
    "string": {"type": "string"},
    "bool": {"type": "boolean"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "int": {"type": "integer", "format": "int32"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "object": {"type": "object"},
    "array": {"type": "array"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "password": {"type": "string", "format": "password"},
    "byte": {"type": "string", "format": "byte"},
    "binary": {"type": "string", "format": "binary"},
    "file": {"type": "file"},
    "any": {},
}


SYNONYMS = {
    "str": "string", "text": "string", "char": "string", "int32": "int", "int64": "long", "decimal": "double", "num": "number",
    "date-time": "datetime", "timestamp": "datetime", "time": "datetime", "guid": "uuid", "url": "uri", "dict": "object", "map": "object",
    "json": "object", "list": "array",
}  # fmt: skip
"""The names of these types in other languages, for suggestions."""


def type_of(value: Any) -> str | None:
    """Returns the Swagger type of a JSON value; None for null."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else None


def type_of_values(values: list[Any]) -> str:
    """Returns the type of an enum's values or a default: that of numbers or booleans, else string."""
    types = {type_of(value) for value in values} - {None}
    if types == {"integer", "number"}:
        return "number"
    if len(types) == 1:
        found = types.pop()
        if found in ("boolean", "integer", "number"):
            return found
    return "string"
