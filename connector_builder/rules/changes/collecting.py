"""Collects the changes of a comparison."""

from collections.abc import Hashable
from typing import NamedTuple

from connector_builder.findings import Pointer
from connector_builder.findings.verdict import Verdicts
from connector_builder.package.model import DEFINITION
from connector_builder.rules.changes.change import Change, Kind, verdicts
from connector_builder.rules.changes.side import Part

MAX_CHANGES = 20_000
"""The most different changes of one comparison."""


class _Group(NamedTuple):
    """A change, and all operations that it reaches, as the keys of a mapping."""

    change: Change
    operations: dict[str, None]


class Collected:
    """The changes that were found, in the order in which they were found.

    A change of a part that several operations share is one change, with the operations that it reaches and the worst verdicts.
    `uncompared` are the operations that have more fields than are compared.
    """

    def __init__(self) -> None:
        self._found: dict[Hashable, _Group] = {}
        self.uncompared: list[str] = []

    @property
    def changes(self) -> list[Change]:
        return [group.change._replace(operations=tuple(group.operations)) for group in self._found.values()]

    def put(self, change: Change) -> None:
        """Adds a change, or what it adds to the same change of another operation."""
        key = (change.kind.name, change.said, change.document, change.old, change.new)
        group = self._found.get(key)
        if group is not None:
            group.operations.update(dict.fromkeys(change.operations))
            if group.change.verdicts != change.verdicts:
                merged = group.change._replace(verdicts=group.change.verdicts.merged(change.verdicts))
                self._found[key] = _Group(merged, group.operations)
        elif len(self._found) < MAX_CHANGES:
            self._found[key] = _Group(change, dict.fromkeys(change.operations))

    def add(
        self,
        kind: Kind,
        what: str,
        said: str,
        *,
        old: Pointer | None = None,
        new: Pointer | None = None,
        document: str = DEFINITION,
        letters: str = "",
    ) -> None:
        """Adds a change of the connector as a whole. `letters` are its verdicts where they aren't those of its kind."""
        usual = verdicts(letters) if letters else kind.rule.verdicts
        assert usual is not None
        self.put(Change(kind, what, said, usual, document, old, new))

    def of(self, part: Part, what: str = "") -> "OfOperation":
        """Returns what collects the changes of one operation, or of one thing in it."""
        return OfOperation(self, part, what)


class OfOperation:
    """Collects the changes of one operation. An action has no verdict for triggers, and a trigger none for actions and apps."""

    def __init__(self, collected: Collected, part: Part, what: str) -> None:
        self._collected = collected
        self._part = part
        self._what = what

    def add(
        self,
        kind: Kind,
        said: str,
        *,
        what: str = "",
        old: Pointer | None = None,
        new: Pointer | None = None,
        letters: str = "",
        at: str = "",
    ) -> None:
        """Adds a change; `at` is its place below the operation in the form of Microsoft's check."""
        usual = verdicts(letters) if letters else kind.rule.verdicts
        assert usual is not None
        part = self._part
        value_path = f"operation/{part.name}" + (f"/{at}" if at else "")
        change = Change(
            kind, what or self._what, said, _concerned(usual, part), DEFINITION, old, new, (part.name,), value_path
        )
        self._collected.put(change)


def _concerned(usual: Verdicts, part: Part) -> Verdicts:
    if usual.flows is None:  # what ends a webhook is no trigger, but only triggers have it
        return usual
    if part.is_trigger:
        return usual._replace(flows=None, apps=None)
    return usual._replace(triggers=None)
