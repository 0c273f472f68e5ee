"""Words for the messages of the shape check: the value that it found, and the values that are allowed."""

import re
from collections.abc import Iterable
from typing import Any

from connector_builder.language.tables.forms import Form, Key


def kind(value: Any) -> str:
    """Names the kind of a value: `the text 'a'`, `a list`."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return f"the number {value}" if len(str(value)[:40]) < 30 else "a number"
    if isinstance(value, str):
        short = re.sub(r"\s+", " ", value)
        return f"the text '{short[:40]}{'…' if len(short) > 40 else ''}'"
    return "a list" if isinstance(value, list) else "a mapping"


def alternatives(expected: Form) -> str:
    """Lists the kinds of value that a form allows: `a type word, a list or a mapping`."""
    parts = []
    if expected.words:
        parts.append(f"one of {listed(expected.words)}")
    elif expected.text:
        parts.append(expected.text if expected.text.startswith(("a ", "an ", "the ", "one ")) else f"a {expected.text}")
    if expected.number:
        parts.append("a whole number" if expected.number == "integer" else "a number")
    if expected.boolean:
        parts.append("true or false")
    if expected.items:
        parts.append("a list")
    if expected.object or expected.names:
        parts.append("a mapping")
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "a value"


def listed(names: Iterable[str]) -> str:
    """Returns names in quotes, only the first ones if there are many."""
    shown = [f"'{name}'" for name in names if name]
    return ", ".join(shown[:12]) + (", …" if len(shown) > 12 else "")


def _scalar(value: Any) -> str:
    """Returns an example in YAML's flow style."""
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def wanted(key: Key) -> str:
    """A key that must be there with an example: `request: GET /flows/{flow}`; of a name that only the author knows, what it is."""
    if isinstance(key.example, dict):
        return f"{key.name}: {{" + ", ".join(f"{name}: …" for name in key.example) + "}"
    if key.name not in ("title", "name"):
        return f"{key.name}: {_scalar(key.example)}"
    said = key.doc.split(":", 1)[0].split(",", 1)[0].rstrip(".")
    return f"{key.name}: …, {said[:1].lower()}{said[1:]}"
