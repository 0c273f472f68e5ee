"""Reads and follows `$ref`s. All code that follows a reference uses this module.

A reference is the fragment of an address that contains a JSON Pointer (https://www.rfc-editor.org/rfc/rfc6901#section-6).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT
from connector_builder.source.pointers import format_pointer

MAX_CHAIN = 50
"""The most references in a row that are followed. A circle ends there too."""


class Target(NamedTuple):
    """Where a reference ends: the value, ABSENT if there is none, and its pointer in the document."""

    value: Any
    pointer: Pointer


_NOWHERE = Target(ABSENT, ())


class References:
    """The references of one document, which may be any JSON. Each text is looked up once, so the document must not change."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._targets: dict[str, Target] = {}

    def target(self, reference: str) -> Target:
        """Returns what the text of a `$ref` leads to, which may be another reference."""
        found = self._targets.get(reference)
        if found is None:
            found = self._targets[reference] = look_up(self._document, reference)
        return found

    def chain(self, value: Any) -> Iterator[Any]:
        """Yields a value, then what it refers to, then what that refers to, and so on: at most 50. The last may be ABSENT."""
        for _ in range(MAX_CHAIN):
            yield value
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return
            value = self.target(value["$ref"]).value

    def resolved(self, value: Any) -> Any:
        """Returns a value, or, if it is a reference, where that ends: ABSENT if it leads nowhere or in a circle."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self.target(value["$ref"]).value
        return ABSENT

    def place(self, value: Any, pointer: Pointer) -> Target:
        """Returns what `resolved` returns, with its pointer. `pointer` is that of the value."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return Target(value, pointer)
            value, pointer = self.target(value["$ref"])
        return _NOWHERE


def resolve(document: Any, value: Any) -> Any:
    """Does what `References.resolved` does, for a document that may change before the next call."""
    return References(document).resolved(value)


def look_up(document: Any, reference: str) -> Target:
    """Returns what the text of a `$ref` leads to in a document.

    Some authors don't encode a `%` in a name. Such a reference is followed only if it leads nowhere as a valid one.
    """
    steps = parse_reference(reference)
    if steps is None:
        return _NOWHERE
    found = follow(document, steps)
    if found.value is ABSENT and "%" in reference:
        return follow(document, _steps(reference))
    return found


def follow(document: Any, steps: Iterable[str | int]) -> Target:
    """Returns the part of a document at a pointer of texts. In the pointer of the result, steps into lists are numbers."""
    value, pointer = document, list[str | int]()
    for step in steps:
        if isinstance(value, list) and (
            isinstance(step, int) or (step.isascii() and step.isdigit() and len(step) < 10)
        ):
            step = int(step)
            if not 0 <= step < len(value):
                return _NOWHERE
        elif not (isinstance(value, dict) and step in value):
            return _NOWHERE
        value = value[step]
        pointer.append(step)
    return Target(value, tuple(pointer))


def parse_reference(reference: str) -> tuple[str, ...] | None:
    """Returns the steps of a `$ref` inside the document: `("definitions", "Run Log")` for `#/definitions/Run%20Log`; else None."""
    return _steps(unquote(reference)) if reference.startswith("#/") else None


def format_reference(*steps: str) -> str:
    """Returns a `$ref` inside the document: `#/definitions/Run` for `("definitions", "Run")`."""
    return f"#{format_pointer(steps)}"


def name_in(section: str, reference: Any) -> str | None:
    """Returns the name of the part of a section that a reference leads to, if it has the form of `format_reference`."""
    if not isinstance(reference, str) or not reference.startswith(f"#/{section}/"):
        return None
    name = _steps(reference)[-1]
    return name if reference == format_reference(section, name) else None


def references_in(value: Any) -> Iterator[str]:
    """The texts of all references in plain data of any shape."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(reference := part.get("$ref"), str):
                yield reference
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _steps(reference: str) -> tuple[str, ...]:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))
