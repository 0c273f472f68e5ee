"""Turns references by the name of a schema (`$anchor`, `$id`, `$dynamicRef`) into references by its place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.source.pointers import format_pointer
from connector_builder.sources.documents import Parsed

_ANCHORS = ("$anchor", "$dynamicAnchor")
_WORDS = (*_ANCHORS, "$id", "$dynamicRef")


def by_place(parsed: Parsed) -> Parsed:
    """Returns a document whose references name places. One without such names is returned itself.

    A `$dynamicRef` leads to the schema that has its name in the document: what it means elsewhere isn't asked. A name
    that several schemas have is that of the first.
    """
    text = parsed.text
    if text is not None and not any(word in text.content for word in _WORDS):
        return parsed
    names: dict[str, Pointer] = {}
    for name, at in _names(parsed.data, (), ""):
        names.setdefault(name, at)
    return replace(parsed, data=_renamed(parsed.data, names, "")) if names else parsed


def _names(value: Any, at: Pointer, base: str) -> Iterator[tuple[str, Pointer]]:
    """Yields the names of schemas: `#order`, `https://contoso.example/order`, `https://contoso.example/order#line`."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _names(part, (*at, index), base)
    if not isinstance(value, dict):
        return
    if isinstance(given := value.get("$id"), str):
        base = given.rstrip("#")
        yield base, at
    for key in _ANCHORS:
        if isinstance(name := value.get(key), str):
            yield f"{base}#{name}", at
            yield f"#{name}", at
    for key, part in value.items():
        yield from _names(part, (*at, key), base)


def _renamed(value: Any, names: dict[str, Pointer], base: str) -> Any:
    if isinstance(value, list):
        return [_renamed(part, names, base) for part in value]
    if not isinstance(value, dict):
        return value
    if isinstance(given := value.get("$id"), str):
        base = given.rstrip("#")
    copy = {key: _renamed(part, names, base) for key, part in value.items()}
    for key in ("$ref", "$dynamicRef"):
        name = value.get(key)
        target = names.get(base + name) or names.get(name) if isinstance(name, str) and name[:2] != "#/" else None
        if target is not None:
            copy.pop("$dynamicRef", None)
            copy["$ref"] = f"#{format_pointer(target)}".replace("%", "%25")
    return copy
