"""Reads plain data of any shape. A value of another type than the expected one counts as absent."""

from typing import Any, Final

ABSENT: Final = object()
"""Stands for a missing value: JSON has no such value."""


def mapping(value: Any) -> dict[str, Any]:
    """Returns the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Returns the value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """Returns the value without white space around it if it is a text, else an empty text."""
    return value.strip() if isinstance(value, str) else ""


def as_text(value: Any) -> str | None:
    """Returns a number, or true or false, as a text that says the same; None for any other value."""
    if isinstance(value, bool):
        return str(value).lower()
    # str() of an integer of thousands of digits raises.
    return str(value) if isinstance(value, int | float) and abs(value) < 10**20 else None


def first_text(*values: Any) -> str:
    """Returns the first value that is a text and not blank, else an empty text."""
    for value in values:
        if isinstance(value, str) and (found := value.strip()):
            return found
    return ""
