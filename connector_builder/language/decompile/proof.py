"""Whether a spec compiles to the package that it was made from, as the language defines "without loss"."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.build import EMPTY_IS_NONE
from connector_builder.platform.differences import differences


def definition_differences(wanted: Any, built: Any) -> Iterator[Pointer]:
    """Where a definition differs from what was built; an empty section is the same as none."""
    return differences(_without_empty(wanted), _without_empty(built))


def properties_differences(wanted: Any, built: Any) -> Iterator[Pointer]:
    """Where apiProperties differ from what was built, in pointers that begin with an empty step; no order of keys counts."""
    return differences(wanted, built, ("",), ordered=())


def _without_empty(definition: Any) -> Any:
    if not isinstance(definition, dict):
        return definition
    return {key: part for key, part in definition.items() if part or key not in EMPTY_IS_NONE or part in (0, "", None)}
