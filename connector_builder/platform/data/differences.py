"""Compares JSON values, and finds where they differ. All comparisons use this module."""

from collections.abc import Collection, Iterator
from typing import Any

from connector_builder.findings import Pointer

ORDERED = ("paths", "definitions", "properties")
"""Keys of mappings whose own keys are names, and whose order people see."""
_TABLES = (*ORDERED, "parameters", "responses", "headers")
"""Keys of mappings whose own keys are names."""


def same(one: Any, other: Any, *, in_order: bool = False) -> bool:
    """Checks whether two values are the same JSON: 1 isn't 1.0, nor true.

    The order of keys counts only with `in_order`.
    """
    if isinstance(one, dict):
        if not isinstance(other, dict) or one.keys() != other.keys() or (in_order and list(one) != list(other)):
            return False
        return all(same(part, other[key], in_order=in_order) for key, part in one.items())
    if isinstance(one, list):
        if not isinstance(other, list) or len(one) != len(other):
            return False
        return all(same(part, again, in_order=in_order) for part, again in zip(one, other, strict=True))
    return _same_scalar(one, other)


def differences(
    wanted: Any, found: Any, at: Pointer = (), *, ordered: Collection[str] = ORDERED, names: bool = False
) -> Iterator[Pointer]:
    """Yields the pointers to where a definition, or a part of one, differs from another.

    The order of arrays counts, and the order of names below the keys in `ordered`; the order of other keys doesn't.
    `at` is the pointer to the part; `names` says that the part's own keys are names.
    """
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, part in wanted.items():
            if key not in found:
                yield (*at, key)
            elif part is not found[key]:
                below = not names and key in _TABLES
                yield from differences(part, found[key], (*at, key), ordered=ordered, names=below)
        yield from ((*at, key) for key in found if key not in wanted)
        if names and at[-1] in ordered and wanted.keys() == found.keys() and list(wanted) != list(found):
            yield at
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for index, (one, other) in enumerate(zip(wanted, found, strict=True)):
            yield from differences(one, other, (*at, index), ordered=ordered)
    elif not _same_scalar(wanted, found):
        yield at


def _same_scalar(one: Any, other: Any) -> bool:
    """Checks whether two scalars are the same: numbers and booleans keep their type, and -0.0 isn't 0.0."""
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, float) or repr(one) == repr(other)
