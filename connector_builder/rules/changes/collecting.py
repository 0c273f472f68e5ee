"""Collects the changes of a comparison."""

from connector_builder.findings import Pointer
from connector_builder.findings.verdict import Verdicts
from connector_builder.package.model import DEFINITION
from connector_builder.rules.changes.change import Change, Kind, verdicts
from connector_builder.rules.changes.side import Part

MAX_CHANGES = 20_000
"""The most changes of one comparison."""


class Collected:
    """The changes that were found, in the order in which they were found."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

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
        if len(self.changes) < MAX_CHANGES:
            self.changes.append(Change(kind, what, said, usual, document, old, new))

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
        if len(self._collected.changes) < MAX_CHANGES:
            self._collected.changes.append(change)


def _concerned(usual: Verdicts, part: Part) -> Verdicts:
    if part.is_trigger:
        return usual._replace(flows=None, apps=None)
    return usual._replace(triggers=None)


def folded(changes: list[Change]) -> list[Change]:
    """Returns the changes with one for each shared part, which has the operations that it reaches and the worst verdicts."""
    found: dict[tuple[object, ...], Change] = {}
    for change in changes:
        key = (change.kind.name, change.said, change.document, change.old, change.new)
        first = found.get(key)
        if first is None:
            found[key] = change
        elif set(change.operations) <= set(first.operations):
            continue
        else:
            operations = (*first.operations, *change.operations)
            found[key] = first._replace(operations=operations, verdicts=first.verdicts.merged(change.verdicts))
    return list(found.values())
