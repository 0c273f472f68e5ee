"""Words for messages: values from a document and numbers of things, always short."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

MAX_SHOWN = 60


def quoted(value: Any) -> str:
    """Quotes a text as '…' on one line, at most 60 characters of it. Other values become `a list` and the like."""
    if not isinstance(value, str):
        return found(value)
    short = re.sub(r"\s+", " ", value[: MAX_SHOWN * 2])
    return f"'{short}'" if len(short) <= MAX_SHOWN else f"'{short[:MAX_SHOWN]}…'"


def found(value: Any) -> str:
    """Describes a value: `null`, `true`, `the number 3`, `the text '…'`, `a list`, `a mapping`."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        # str() of an integer of thousands of digits raises.
        return f"the number {value}" if abs(value) < 10**20 else "a large number"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


def typed(type_: Any) -> str:
    """Returns one of Swagger's types with its article: `an integer`, `a string`."""
    name = str(type_)[:20]
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def listed(values: Iterable[Any], joint: str = "or") -> str:
    """`'a', 'b' or 'c'`, at most a dozen."""
    return joined([quoted(value) if isinstance(value, str) else found(value) for value in values], joint)


def joined(words: Sequence[str], joint: str) -> str:
    """`a, b and c`, at most a dozen."""
    if len(words) > 12:
        return ", ".join(words[:12]) + ", …"
    return f" {joint} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def counted(number: int, word: str) -> str:
    """Returns a number with its word: `1 file`, `2 files`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def clipped(text: str, most: int) -> str:
    """Shortens a text: names from input may have megabytes."""
    return text if len(text) <= most else text[:most] + "…"
