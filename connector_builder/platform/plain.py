"""Reading plain data that may have any shape: what isn't of the type that is asked for counts as absent."""

from typing import Any, Final

ABSENT: Final = object()
"""What stands where there is nothing: JSON has no such value."""


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """The value if it is a text, without white space around it, else an empty one."""
    return value.strip() if isinstance(value, str) else ""


def first_text(*values: Any) -> str:
    """The first of some values that is a text with something in it, else an empty one."""
    return next((found for found in map(text, values) if found), "")
