"""Where the page shows a finding: at a field, at an operation, or in the list of all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connector_builder.app.preview.origins import Places
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.package import DEFINITION
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References, references_in
from connector_builder.platform.view.fields import Field
from connector_builder.source.pointers import format_pointer

MAX_FINDINGS = 1_000
MAX_REACHES = 2_000
"""The most operations that are asked whether they use a shared part in which something was found."""


def shown(diagnostic: Diagnostic, places: Places) -> dict[str, Any]:
    """Returns a finding as plain data for the page."""
    at, location = places.named(diagnostic.location), diagnostic.location
    found = {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.name.lower(),
        "message": diagnostic.message,
        "help": diagnostic.help or "",
        "at": at,
        "source": location.source.strip()[:200],
        "count": diagnostic.count,
        "also": list(diagnostic.also),
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


class Reach:
    """Which operations a finding concerns: by its pointer, or since they use the shared part that it is in."""

    def __init__(self, definition: Any, operations: Sequence[Operation]) -> None:
        self._references = References(definition)
        self._operations = operations
        self._by_path: dict[str, list[int]] = {}
        for index, one in enumerate(operations):
            self._by_path.setdefault(format_pointer(("paths", one.path)), []).append(index)
        self._used: list[frozenset[str]] | None = None

    def of(self, diagnostic: Diagnostic) -> list[int]:
        """Returns the indices of the operations that a finding concerns."""
        if diagnostic.document != DEFINITION or not diagnostic.pointer:
            return []
        steps = diagnostic.pointer.split("/")
        if steps[1] == "paths":
            here = self._by_path.get("/".join(steps[:3]), [])
            own = [one for one in here if len(steps) > 3 and self._operations[one].verb == steps[3]]
            return own or (here if steps[3:4] in ([], ["parameters"]) else [])
        if len(steps) < 3:
            return []
        shared = f"#{'/'.join(steps[:3])}"
        return [index for index, used in enumerate(self._uses()) if shared in used]

    def _uses(self) -> list[frozenset[str]]:
        if self._used is None:
            known: dict[str, frozenset[str]] = {}
            self._used = [self._all_of(one.value, known) for one in self._operations[:MAX_REACHES]]
        return self._used

    def _all_of(self, value: Any, known: dict[str, frozenset[str]]) -> frozenset[str]:
        """Returns every reference in a value, and in what these lead to."""
        found: set[str] = set()
        waiting = list(references_in(value))
        while waiting:
            reference = waiting.pop()
            if reference not in found:
                found.add(reference)
                if reference not in known:
                    known[reference] = frozenset(references_in(self._references.target(reference).value))
                waiting += known[reference]
        return frozenset(found)


def keys_of(diagnostics: Iterable[Diagnostic], fields: Iterable[Field]) -> Mapping[int, str]:
    """Returns the key of the innermost field that each finding is in, by the finding's index; none for the others."""
    by_pointer = {format_pointer(field.pointer): field.key for field in reversed(list(fields))}
    found = {}
    for index, one in enumerate(diagnostics):
        steps = (one.pointer or "").split("/")
        for length in range(len(steps), 3, -1):
            key = by_pointer.get("/".join(steps[:length]))
            if key is not None:
                found[index] = key
                break
    return found
