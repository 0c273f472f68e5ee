"""Compares an answer with the schema of its status, field by field."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.requests.values import TYPES, Difference, differences, path_text, quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References

MAX_TOLD = 100
"""The most differences that are listed."""
_KINDS = {words: kind for kind, words in TYPES.items()}
_ARTICLES = {
    str: "a text", bool: "a truth value", int: "a whole number", float: "a number", list: "a list", dict: "an object",
}  # fmt: skip


class Described(NamedTuple):
    """What the definition says of a status: the key of the response, such as `200` or `default`, its schema, and its place.

    `status` is empty if nothing describes the status; `schema` is None if the response has none.
    """

    status: str
    schema: Any
    pointer: Pointer


class Mismatch(NamedTuple):
    """A way in which an answer doesn't fit its schema: the field, such as `value[].state`, why, and how often."""

    field: str
    message: str
    kind: str
    times: int = 1

    def __str__(self) -> str:
        often = f" ({self.times} times)" if self.times > 1 else ""
        return f"{self.field}: {self.message}{often}" if self.field else f"{self.message}{often}"


def described(operation: Operation, status: int, references: References) -> Described:
    """Returns what an operation says of a status: its own response, else `default`."""
    responses = mapping(operation.value.get("responses"))
    key = next((key for key in (str(status), "default") if key in responses), "")
    if not key:
        return Described("", None, (*operation.pointer, "responses"))
    value, pointer = references.place(responses[key], (*operation.pointer, "responses", key))
    return Described(key, mapping(value).get("schema"), pointer)


def mismatches(answer: Any, schema: Any, references: References) -> list[Mismatch]:
    """Returns how an answer differs from a schema. What is the same at many items is one."""
    found: dict[tuple[str, str, str], int] = {}
    for one in differences(answer, schema, references):
        key = (path_text(one.path), _message(one), one.kind)
        if key in found or len(found) < MAX_TOLD:
            found[key] = found.get(key, 0) + 1
    return [Mismatch(field, message, kind, count) for (field, message, kind), count in found.items()]


def together(found: Iterable[Mismatch]) -> list[Mismatch]:
    """Returns the mismatches of several answers, each once, with how often it is there in all of them."""
    sums: dict[Mismatch, int] = {}
    for one in found:
        key = one._replace(times=1)
        if key in sums or len(sums) < MAX_TOLD:
            sums[key] = sums.get(key, 0) + one.times
    return [one._replace(times=times) for one, times in sums.items()]


def _message(one: Difference) -> str:
    has = next((words for kind, words in _ARTICLES.items() if isinstance(one.found, kind)), "null")
    if one.kind == "unknown":
        return f"the answer has {has}, the schema lacks the field"
    if one.kind == "missing":
        return "the answer lacks the field, the schema requires it"
    if one.kind == "type":
        return f"the answer has {has}, the schema says {_KINDS[one.wanted]}"
    if one.kind == "enum":
        return f"the answer has a value that the 'enum' lacks: {quoted(one.found)}"
    return f"the answer has {has}, which isn't {one.wanted}"
