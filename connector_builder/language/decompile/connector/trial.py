"""Compiles drafts of a spec's top level with the compiler itself, so that no derivation is repeated here."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from connector_builder.language.compile.connector.auth import compile_auth
from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.context import Context, Defaults
from connector_builder.language.decompile.difference import size
from connector_builder.language.shape import Shape
from connector_builder.language.variables import Variables
from connector_builder.source.folder import InMemory
from connector_builder.source.nodes import node_of

Draft = dict[str, Any]
ABSENT = object()
"""An alternative: the key isn't written."""
_CONNECTOR = {"title": "Draft"}
_MOST = 200
"""The most keys that are tried one by one. People don't write more."""
_KEPT = 1000
"""The most compiled drafts that are kept."""
_LONG = 10_000
"""The characters of the longest draft whose result is kept."""
_MADE: dict[str, Auth] = {}


def context(draft: Draft) -> Context:
    """Returns the compiler's context for a draft, without its malformed parts, which are left out of a spec too."""
    root = node_of(_escaped({"connector": _CONNECTOR, **draft}))
    shape = Shape(Variables())
    root = shape.check(root)
    return Context(InMemory(Path(), {}), root, shape.broken, Defaults())


def _escaped(value: Any) -> Any:
    """Escapes texts, as the author would, so that none contains a variable."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {key: _escaped(part) for key, part in value.items()}
    return [_escaped(part) for part in value] if isinstance(value, list) else value


def made_by(draft: Draft) -> Auth:
    """Compiles a draft's `auth`, `connection` and `gateway`. Callers share the result: don't change it.

    A search compiles half of its drafts again, in other steps, so that the last results are kept by what is written.
    """
    written = repr(draft)
    made = _MADE.pop(written, None)
    if made is None:
        made = compile_auth(context(draft))
        if len(_MADE) >= _KEPT:
            del _MADE[next(iter(_MADE))]
    if len(written) <= _LONG:
        _MADE[written] = made
    return made


def shortest(choices: dict[str, list[Any]], cost: Callable[[Draft], int]) -> Draft:
    """Returns the draft with the least cost: the best alternative for each key, without keys that change nothing.

    `cost` returns how much remains for other words; the length of the draft itself is added here. Of equal drafts the
    first wins, so alternatives are in the order of preference. An alternative that depends on the draft so far is a
    function of it.
    """
    cost = _whole(cost)
    draft = {
        key: options[-1] for key, options in choices.items() if not (options[-1] is ABSENT or callable(options[-1]))
    }
    for key, options in choices.items():
        found = [option(draft) if callable(option) else option for option in options]
        drafts = [_without_needless(_with(draft, key, option), cost, key) for option in found]
        draft = min(drafts, key=cost) if len(drafts) > 1 else drafts[0]
    return _without_needless(draft, cost)


def _whole(cost: Callable[[Draft], int]) -> Callable[[Draft], int]:
    """Returns the cost of a draft with its own length, which is computed once for all drafts that say the same."""
    known: dict[str, int] = {}

    def whole(draft: Draft) -> int:
        written = repr(draft)
        found = known.get(written)
        if found is None:
            found = known[written] = cost(draft) + size(draft)
        return found

    return whole


def _with(draft: Draft, key: str, option: Any) -> Draft:
    if option is ABSENT:
        return {name: part for name, part in draft.items() if name != key}
    return {**draft, key: option}


def without_needless(draft: Draft, cost: Callable[[Draft], int]) -> Draft:
    """Removes the keys, at any depth, that cost more to write than to leave out."""
    return _without_needless(draft, lambda one: cost(one) + size(one))


def _without_needless(draft: Draft, cost: Callable[[Draft], int], below: str | None = None) -> Draft:
    """Does what `without_needless` does, or only below a key. `cost` includes the length of the draft."""
    least = cost(draft)
    paths = list(_paths(draft) if below is None else _paths(draft.get(below), (below,)))
    for path in paths if len(paths) <= _MOST else [path for path in paths if len(path) == 1]:
        shorter = _without(draft, path)
        if shorter is not None and (now := cost(shorter)) <= least:
            draft, least = shorter, now
    return draft


def _paths(value: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    for key, part in value.items() if isinstance(value, dict) else ():
        yield from _paths(part, (*path, key))
        yield (*path, key)


def _without(value: Draft, path: tuple[str, ...]) -> Draft | None:
    """Returns a copy without the part at a path; None if there is no such part."""
    key = path[0]
    if key not in value:
        return None
    if len(path) == 1:
        return {name: part for name, part in value.items() if name != key}
    below = value[key]
    inner = _without(below, path[1:]) if isinstance(below, dict) else None
    return None if inner is None else {**value, key: inner}
