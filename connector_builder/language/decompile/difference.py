"""Measures how much must be written to turn one JSON value into another."""

from collections.abc import Callable
from typing import Any

from connector_builder.language.compile.connector.set_overlay import SETS, VALUES, by_name
from connector_builder.language.decompile.model import Unsayable
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping

IMPOSSIBLE = 1_000_000
"""The cost of what can't be expressed: more than any difference."""


def patch(have: dict[str, Any], want: dict[str, Any]) -> dict[str, Any]:
    """Returns the patch that turns `have` into `want`, as the language's overlay merges it (RFC 7396).

    Null removes a key; if `have` doesn't contain the key, it is JSON's null. Raises Unsayable for a null in place of
    another value. The keys of `have` come first, in its order: so a value that was built from the patch gives the same
    patch again.
    """
    out: dict[str, Any] = {}
    for key, item in have.items():
        wanted = want.get(key)
        if isinstance(item, dict) and isinstance(wanted, dict):
            inner = patch(item, wanted)
            if inner:
                out[key] = inner
        elif key not in want or not same(item, wanted):
            if wanted is None and key in want:
                raise Unsayable(key)
            out[key] = wanted
    out.update((key, item) for key, item in want.items() if key not in have)
    return out


def properties_patch(have: dict[str, Any], want: dict[str, Any]) -> dict[str, Any]:
    """Returns the patch between two `properties` of apiProperties, with the patches of sets by the sets' names.

    Raises Unsayable as `patch` does.
    """
    made, wanted = (mapping(one.get(SETS)) for one in (have, want))
    named, names = by_name(made.get(VALUES)), by_name(wanted.get(VALUES))
    if named is None or names is None or list(named) != list(names):
        return patch(have, want)
    return patch({**have, SETS: {**made, VALUES: named}}, {**want, SETS: {**wanted, VALUES: names}})


def distance(have: dict[str, Any], want: dict[str, Any]) -> int:
    """Returns how many lines the patch from one to the other takes."""
    return _cost(patch, have, want)


def properties_distance(have: dict[str, Any], want: dict[str, Any]) -> int:
    """Returns how many lines the patch between two `properties` of apiProperties takes."""
    return _cost(properties_patch, have, want)


def _cost(patch_of: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]], have: Any, want: Any) -> int:
    try:
        return size(patch_of(have, want))
    except Unsayable:
        return IMPOSSIBLE


def size(value: Any) -> int:
    """Returns about how many lines a value takes in YAML: one for each key, and for each item of several words."""
    if isinstance(value, dict):
        return sum(1 + size(part) for part in value.values())
    if isinstance(value, list):
        return sum(max(size(part), 1) for part in value if isinstance(part, dict | list))
    return 0
