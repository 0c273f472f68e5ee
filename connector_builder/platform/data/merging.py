"""Merges two changed copies of one document: a three-way merge of plain data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.differences import differences, same


class _Absent:
    """The value of what isn't there."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
TEXTS = frozenset(
    ("summary", "description", "title", "x-ms-summary", "x-ms-visibility", "x-ms-trigger-hint", "tags", "operationId")
)
"""Keys that say how people see a part. Who changed only these doesn't keep a part that the API no longer has."""
_IDENTITIES: Sequence[tuple[str, ...]] = (
    ("$ref",),
    ("in", "name"),
    ("templateId", "title"),
    ("name",),
    ("propertyName",),
    ("value",),
)
"""The keys that say which item of a list an object is; the first that all items have count."""


@dataclass(slots=True)
class Merge:
    """A merge of `own` and `new`, both made from `base`.

    `conflicts` are pointers to what both changed to different values; the result has the own value there. `parts` says
    of a pointer whether it is a part that the owner may leave out for good, whatever becomes of it in `new`.
    """

    parts: Callable[[Pointer], bool] = lambda _at: False
    conflicts: list[Pointer] = field(default_factory=list)

    def value(self, base: Any, own: Any, new: Any, at: Pointer = ()) -> Any:
        """Returns the merged value; each may be ABSENT."""
        if _same(base, new) or _same(own, new):
            return own
        if _same(base, own):
            return new
        if isinstance(own, dict) and isinstance(new, dict):
            return self._mapping(base if isinstance(base, dict) else {}, own, new, at)
        if isinstance(own, list) and isinstance(new, list):
            merged = self._items(base if isinstance(base, list) else [], own, new, at)
            if merged is not None:
                return merged
        if own is ABSENT and self.parts(at):
            return ABSENT
        if new is ABSENT and isinstance(own, dict) and isinstance(base, dict) and _only_texts(base, own):
            return ABSENT
        self.conflicts.append(at)
        return own

    def _mapping(self, base: dict[str, Any], own: dict[str, Any], new: dict[str, Any], at: Pointer) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for key in in_between(own, new):
            value = self.value(base.get(key, ABSENT), own.get(key, ABSENT), new.get(key, ABSENT), (*at, key))
            if value is not ABSENT:
                merged[key] = value
        return merged

    def _items(self, base: list[Any], own: list[Any], new: list[Any], at: Pointer) -> list[Any] | None:
        """Merges lists by the identities of their items; returns None if the items have none."""
        keys = _identity_keys([*base, *own, *new])
        if keys is None:
            return None
        named = [{_identity(item, keys): item for item in listed} for listed in (base, own, new)]
        if any(len(by_name) < len(listed) for by_name, listed in zip(named, (base, own, new), strict=True)):
            return None
        merged: list[Any] = []
        for name in in_between(named[1], named[2]):
            was, own_one, new_one = (by_name.get(name, ABSENT) for by_name in named)
            value = self.value(was, own_one, new_one, (*at, len(merged)))
            if value is not ABSENT:
                merged.append(value)
        return merged


def in_between(own: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    """Returns all names: the own ones in their order, each new one behind the name that it follows in `new`."""
    names = list(own)
    known, before = set(names), None
    behind: dict[Any, list[Any]] = {}
    for name in new:
        if name in known:
            before = name
        else:
            behind.setdefault(before, []).append(name)
    first: list[Any] = behind.get(None, [])
    return [*first, *(one for name in names for one in (name, *behind.get(name, ())))]


def _same(one: Any, other: Any) -> bool:
    return one is other or (one is not ABSENT and other is not ABSENT and same(one, other))


def _identity_keys(items: list[Any]) -> tuple[str, ...] | None:
    """Returns the keys that identify items that are objects, none for items that are scalars; None for all others."""
    if not any(isinstance(item, dict | list) for item in items):
        return ()
    if not all(isinstance(item, dict) for item in items):
        return None
    if all("$ref" in item or ("in" in item and "name" in item) for item in items):
        return ("$ref", "in", "name")
    return next((keys for keys in _IDENTITIES if all(set(keys) <= item.keys() for item in items)), None)


def _identity(item: Any, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(repr(item.get(key)) for key in keys) if keys else (repr(item),)


def _only_texts(base: dict[str, Any], own: dict[str, Any]) -> bool:
    """Checks whether an owner changed nothing but what people see."""
    return all(TEXTS.intersection(at) for at in differences(base, own, ordered=()))
