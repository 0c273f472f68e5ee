"""The one way from a `$ref` to what it means: how a reference is read, and where it ends.

A reference is the fragment of an address that contains a JSON Pointer (https://www.rfc-editor.org/rfc/rfc6901#section-6).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from connector_builder.findings import Pointer
from connector_builder.platform.plain import ABSENT
from connector_builder.source.pointers import format_pointer

MAX_CHAIN = 50
"""How many references in a row are followed; a circle ends there too."""


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
        """What the text of a `$ref` leads to, which may be a reference again."""
        found = self._targets.get(reference)
        if found is None:
            found = self._targets[reference] = look_up(self._document, reference)
        return found

    def chain(self, value: Any) -> Iterator[Any]:
        """A value, what it refers to, what that refers to, …: at most 50; the last may be ABSENT."""
        for _ in range(MAX_CHAIN):
            yield value
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return
            value = self.target(value["$ref"]).value

    def resolved(self, value: Any) -> Any:
        """A value, or, if it is a reference, what that leads to in the end: ABSENT if it leads nowhere or in a circle."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self.target(value["$ref"]).value
        return ABSENT

    def place(self, value: Any, pointer: Pointer) -> Target:
        """What `resolved` returns, with its pointer: `pointer`, that of the value, if the value is no reference."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return Target(value, pointer)
            value, pointer = self.target(value["$ref"])
        return _NOWHERE


def resolve(document: Any, value: Any) -> Any:
    """What `References.resolved` returns, for a document that may change before the next question."""
    return References(document).resolved(value)


def look_up(document: Any, reference: str) -> Target:
    """What the text of a `$ref` leads to in a document.

    Some authors write a `%` of a name as it is; that counts only if the reference leads nowhere by the book.
    """
    steps = parse_reference(reference)
    if steps is None:
        return _NOWHERE
    found = follow(document, steps)
    if found.value is ABSENT and "%" in reference:
        return follow(document, _steps(reference))
    return found


def follow(document: Any, steps: Iterable[str | int]) -> Target:
    """The part of a document at a pointer whose steps may all be texts; those into lists are numbers in the result."""
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
    """The steps of a `$ref` inside the document: `#/definitions/Run%20Log` as `("definitions", "Run Log")`; None for others."""
    return _steps(unquote(reference)) if reference.startswith("#/") else None


def format_reference(*steps: str) -> str:
    """A `$ref` inside the document: `("definitions", "Run")` as `#/definitions/Run`."""
    return f"#{format_pointer(steps)}"


def name_in(section: str, reference: Any) -> str | None:
    """The name of the part of a section that a reference leads to, if it is written as `format_reference` writes it."""
    if not isinstance(reference, str) or not reference.startswith(f"#/{section}/"):
        return None
    name = _steps(reference)[-1]
    return name if reference == format_reference(section, name) else None


def _steps(reference: str) -> tuple[str, ...]:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))
