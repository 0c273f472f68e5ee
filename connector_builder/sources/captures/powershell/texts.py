"""Puts values of PowerShell together, as far as a request needs it: texts with variables, sums, JSON."""

import json
import re
from typing import Any, Final

UNKNOWN: Final = object()
"""The value of what only a run would find: the result of a command, or of a method."""
MAX_TEXT: Final = 2_000_000
"""The most characters that the variables of one script add to its values: each use of one copies what it contains."""
_MAX_NESTED = 50
_PART = 5
"""What a part of a table or a list counts, in characters."""
_ADDRESS = re.compile(r"[a-z]+://|[/?]", re.IGNORECASE)
_FORMAT = re.compile(r"\{(\d{1,2})(?:[,:][^{}]*)?\}")


class Named(str):
    """The text of a variable, with its name."""

    name = ""


def named(name: str, value: Any) -> Named:
    """Returns the text of a variable; `${name}` if it isn't known."""
    name = name.rpartition(":")[2]
    found = Named(f"${{{name}}}" if value is UNKNOWN else value)
    found.name = name
    return found


def part_of(value: Any, key: Any) -> Any:
    """Returns a member of a table or an item of a list; a variable with the name of the member if it isn't known."""
    if isinstance(value, dict) and isinstance(key, str):
        return next((part for name, part in value.items() if name.lower() == key.lower()), UNKNOWN)
    if isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value):
        return value[key]
    return named(key, UNKNOWN) if isinstance(key, str) else UNKNOWN


class Texts:
    """Puts the values of one script together. `left` is how much its variables may still add."""

    def __init__(self) -> None:
        self.left = MAX_TEXT

    def shown(self, value: Any) -> str:
        """Returns a value as it is inside another text.

        A variable stays one, since people fill it in: `${id}`. The beginning of an address, or the rest of one, is put in.
        """
        if value is UNKNOWN or isinstance(value, dict | list):
            return "${value}"
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value).lower()
        if isinstance(value, Named):
            self.left -= len(value)
            if self.left < 0 or not _ADDRESS.match(value):
                return f"${{{value.name}}}"
        return str(value)

    def sum(self, left: Any, right: Any) -> Any:
        """Returns what `+` makes of two values: a longer list, a larger table, or a text."""
        if isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
        if isinstance(left, list):
            items = right if isinstance(right, list) else [right]
            self.left -= len(left) + len(items)
            return [*left, *items] if self.left >= 0 else left
        return self.shown(left) + self.shown(right)

    def formatted(self, pattern: Any, values: Any) -> str:
        """Returns what `-f` makes of a pattern and values."""
        each = values if isinstance(values, list) else [values]

        def filled(match: re.Match[str]) -> str:
            return self.shown(each[int(match[1])]) if int(match[1]) < len(each) else match[0]

        return _FORMAT.sub(filled, str(pattern) if isinstance(pattern, str) else self.shown(pattern))

    def as_json(self, value: Any) -> str:
        """Returns a value as JSON."""
        return json.dumps(self.plain(value), ensure_ascii=False)

    def plain(self, value: Any, level: int = 0) -> Any:
        """Returns a value as JSON has it; what only a run would find is an empty text."""
        self.left -= _PART + (len(value) if isinstance(value, str) else 0)
        if self.left < 0 or level > _MAX_NESTED or value is UNKNOWN:
            return ""
        if isinstance(value, dict):
            return {str(key): self.plain(part, level + 1) for key, part in value.items()}
        if isinstance(value, list):
            return [self.plain(part, level + 1) for part in value]
        return str(value) if isinstance(value, str) else value
