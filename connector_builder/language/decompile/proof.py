"""Whether a spec compiles to the package that it was made from: the same JSON, as the language defines "without loss"."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.build import EMPTY_IS_NONE

_ORDERED = ("paths", "definitions", "properties")
_TABLES = (*_ORDERED, "parameters", "responses", "headers")
"""Keys of mappings whose own keys are names."""


def differences(wanted: Any, built: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Where a definition, or a part of one, differs from what was built; an empty section is the same as none.

    Numbers and booleans keep their kind. The order of arrays, of paths, of definitions and of properties counts, that of
    other keys doesn't.
    """
    if not at:
        wanted, built = _without_empty(wanted), _without_empty(built)
    return _differences(wanted, built, at, names=False)


def _differences(wanted: Any, built: Any, at: Pointer, *, names: bool) -> Iterator[Pointer]:
    """As above; `names` says that the keys of the two are names."""
    if isinstance(wanted, dict) and isinstance(built, dict):
        for key, part in wanted.items():
            if key not in built:
                yield (*at, key)
            elif part is not built[key]:
                yield from _differences(part, built[key], (*at, key), names=not names and key in _TABLES)
        yield from ((*at, key) for key in built if key not in wanted)
        ordered = names and at[0] != "" and at[-1] in _ORDERED
        if ordered and wanted.keys() == built.keys() and list(wanted) != list(built):
            yield at
    elif isinstance(wanted, list) and isinstance(built, list) and len(wanted) == len(built):
        for index, (one, other) in enumerate(zip(wanted, built, strict=True)):
            yield from _differences(one, other, (*at, index), names=False)
    elif type(wanted) is not type(built) or not _equal(wanted, built):
        yield at


def _equal(one: Any, other: Any) -> bool:
    """Whether two scalars are written alike: minus nought isn't nought."""
    return bool(one == other) and (not isinstance(one, float) or repr(one) == repr(other))


def _without_empty(definition: Any) -> Any:
    if not isinstance(definition, dict):
        return definition
    return {key: part for key, part in definition.items() if part or key not in EMPTY_IS_NONE or part in (0, "", None)}
