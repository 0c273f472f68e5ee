"""Reads plain data of any shape. A value of another type than the expected one counts as absent."""

from typing import Any

from connector_builder.source.pointers import parse_reference

_MAX_STEPS = 20  # in a chain of references; a cycle ends here


def mapping(value: Any) -> dict[str, Any]:
    """Returns the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Returns the value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """Returns the value without white space around it if it is a text, else an empty text."""
    return value.strip() if isinstance(value, str) else ""


def first_text(*values: Any) -> str:
    """Returns the first value that is a text and not blank, else an empty text."""
    return next((found for found in map(text, values) if found), "")


def resolve(document: dict[str, Any], value: Any) -> dict[str, Any]:
    """Returns the object that a value is or refers to inside the document; an empty one if there is none."""
    for _ in range(_MAX_STEPS):
        steps = parse_reference(text(mapping(value).get("$ref")))
        if steps is None:
            return mapping(value)
        value = document
        for step in steps:
            value = mapping(value).get(step)
    return {}
