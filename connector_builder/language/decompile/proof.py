"""Compares the package that a spec compiles to with its source, as the language defines "without loss"."""

from collections.abc import Collection, Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.build import EMPTY_IS_NONE
from connector_builder.platform.data.differences import ORDERED, differences


def definition_differences(wanted: Any, built: Any, *, ordered: Collection[str] = ORDERED) -> Iterator[Pointer]:
    """Yields the differences of two definitions; an empty section equals a missing one. `ordered` is as in `differences`."""
    return differences(_without_empty(wanted), _without_empty(built), ordered=ordered)


def properties_differences(wanted: Any, built: Any) -> Iterator[Pointer]:
    """Yields the differences of apiProperties: pointers that begin with an empty step. The order of keys is ignored."""
    return differences(wanted, built, ("",), ordered=())


def _without_empty(definition: Any) -> Any:
    if not isinstance(definition, dict):
        return definition
    return {key: part for key, part in definition.items() if part or key not in EMPTY_IS_NONE or part in (0, "", None)}
