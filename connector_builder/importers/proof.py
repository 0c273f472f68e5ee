"""Whether a spec compiles to the package that it was made from: the same JSON, as the language defines "without loss"."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer

EMPTY_IS_NONE = (
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "tags",
    "consumes",
    "produces",
)


def differences(wanted: Any, built: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Where a definition, or a part of one, differs from what was built; an empty section is the same as none.

    Numbers and booleans keep their kind. The order of arrays, of paths, of definitions and of properties counts, that of
    other keys doesn't.
    """
    if not at:
        wanted, built = _without_empty(wanted), _without_empty(built)
    if isinstance(wanted, dict) and isinstance(built, dict):
        for key, part in wanted.items():
            if key not in built:
                yield (*at, key)
            elif part is not built[key]:
                yield from differences(part, built[key], (*at, key))
        yield from ((*at, key) for key in built if key not in wanted)
        if at and at[0] != "" and _is_ordered(at) and list(wanted) != list(built) and wanted.keys() == built.keys():
            yield at
    elif isinstance(wanted, list) and isinstance(built, list) and len(wanted) == len(built):
        for index, (one, other) in enumerate(zip(wanted, built, strict=True)):
            yield from differences(one, other, (*at, index))
    elif type(wanted) is not type(built) or wanted != built:
        yield at


def _is_ordered(at: Pointer) -> bool:
    return at in (("paths",), ("definitions",)) or (at[-1] == "properties" and (len(at) < 2 or at[-2] != "properties"))


def _without_empty(definition: Any) -> Any:
    if not isinstance(definition, dict):
        return definition
    return {key: part for key, part in definition.items() if part or key not in EMPTY_IS_NONE or part in (0, "", None)}
