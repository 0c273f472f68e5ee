"""The document that is converted: its references, what was made of its parts, and what the conversion can't keep."""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from connector_builder.findings import Finding, Pointer, Rule
from connector_builder.platform.swagger.references import References, Target
from connector_builder.sources.documents import Parsed

MAX_TOLD = 2_000
"""The most entries of the report about one document."""

Made = TypeVar("Made", dict[str, Any], list[Any])


class Change(NamedTuple):
    """An entry of the report: something that the connector doesn't have as the document has it."""

    rule: Rule
    at: Pointer
    message: str
    help: str | None


class Original:
    """The document that is converted.

    Parts of the result note where they came from by `made`; `origins` turns these notes into pointers.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.data: dict[str, Any] = parsed.data
        self.references = References(parsed.data)
        self.changes: list[Change] = []
        self._told: set[tuple[str, Pointer, str]] = set()
        self._made: dict[int, tuple[Any, Pointer]] = {}

    def place(self, value: Any, at: Pointer) -> Target:
        """Returns what a value is once its references are followed, with the pointer of that; ABSENT if nothing."""
        return self.references.place(value, at)

    def made(self, part: Made, at: Pointer) -> Made:
        """Notes that a part of the result was made of the part of the document at `at`. Returns it."""
        self._made[id(part)] = part, at  # kept, so that no other part gets its identity
        return part

    def where(self, part: Any) -> Pointer:
        """Returns the part of the document that a part of the result was made of; its root if that isn't noted."""
        noted = self._made.get(id(part))
        return () if noted is None else noted[1]

    def tell(self, rule: Rule, at: Pointer, message: str, help: str | None = None) -> None:
        """Adds an entry to the report. The same entry about one part is told once."""
        key = (rule.name, at, message)
        if key not in self._told and len(self._told) < MAX_TOLD:
            self._told.add(key)
            self.changes.append(Change(rule, at, message, help))

    def origins(self, result: dict[str, Any]) -> dict[Pointer, Pointer]:
        """Returns where the parts of the result came from, by their pointers."""
        return dict(self._origins(result, ()))

    def _origins(self, root: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Pointer]]:
        waiting: list[tuple[Any, Pointer]] = [(root, pointer)]
        while waiting:
            part, at = waiting.pop()
            noted = self._made.get(id(part))
            if noted is not None:
                yield at, noted[1]
            if isinstance(part, dict):
                waiting += [(inner, (*at, key)) for key, inner in part.items()]
            elif isinstance(part, list):
                waiting += [(inner, (*at, index)) for index, inner in enumerate(part)]

    def findings(self) -> list[Finding]:
        """Returns the report as findings, in the order of the document."""
        places = self.parsed.places(change.at for change in self.changes)
        found = [
            Finding(rule, rule.at(places[at], message, help=help_).defect, None, at)
            for rule, at, message, help_ in self.changes
        ]
        return sorted(found, key=lambda one: one.place.start)
