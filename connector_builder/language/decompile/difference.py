"""How long it is to say what one JSON value lacks of another."""

from typing import Any

from connector_builder.language.decompile.model import Unsayable
from connector_builder.platform.differences import same

IMPOSSIBLE = 1_000_000
"""More than any difference costs: what can't be said."""


def patch(have: dict[str, Any], want: dict[str, Any]) -> dict[str, Any]:
    """What must be written over `have` to make it `want`, as the language's overlay merges it (RFC 7396).

    Null removes a key; where `have` has none, it is JSON's null. Raises Unsayable for a null in place of something else.
    What `have` has comes first, in its order: what is built from the patch gives the same patch again.
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


def distance(have: dict[str, Any], want: dict[str, Any]) -> int:
    """How long it is to write what makes one of the other."""
    try:
        return size(patch(have, want))
    except Unsayable:
        return IMPOSSIBLE


def size(value: Any) -> int:
    """About how many lines a value takes in YAML: one for each key, and for each item that is more than a word."""
    if isinstance(value, dict):
        return sum(1 + size(part) for part in value.values())
    if isinstance(value, list):
        return sum(max(size(part), 1) for part in value if isinstance(part, dict | list))
    return 0
