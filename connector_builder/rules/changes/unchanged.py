"""Finds the operations that nothing changed for, so that their fields needn't be compared."""

from collections.abc import Iterable
from typing import Any

from connector_builder.platform.data.differences import same
from connector_builder.platform.swagger.references import references_in
from connector_builder.rules.changes.side import Part, Side


class Unchanged:
    """Knows which references lead to the same in two definitions, with everything that they lead to in turn."""

    def __init__(self, old: Side, new: Side) -> None:
        self._differing = _differing(old, new)

    def __call__(self, old: Part, new: Part) -> bool:
        """Checks whether two versions of an operation are the same, with what they refer to and what their path says."""
        if old.operation.path != new.operation.path or old.operation.verb != new.operation.verb:
            return False
        parts: list[tuple[Any, Any]] = [(old.value, new.value)]
        parts += [
            (old.operation.item.get(key), new.operation.item.get(key))
            for key in ("parameters", "x-ms-notification-content")
        ]
        return all(
            same(one, other, in_order=True) and self._differing.isdisjoint(references_in(one)) for one, other in parts
        )


def _differing(old: Side, new: Side) -> set[str]:
    """Returns the references that lead to something else, or to what refers to something else."""
    users: dict[str, list[str]] = {}
    differing: list[str] = []
    waiting = list(dict.fromkeys((*references_in(old.definition), *references_in(new.definition))))
    for reference in waiting:
        targets = [side.references.target(reference).value for side in (old, new)]
        if not same(*targets, in_order=True):
            differing.append(reference)
        for inner in _all(targets):
            users.setdefault(inner, []).append(reference)
    found = set(differing)
    while differing:
        for user in users.get(differing.pop(), ()):
            if user not in found:
                found.add(user)
                differing.append(user)
    return found


def _all(values: Iterable[Any]) -> set[str]:
    return {reference for value in values for reference in references_in(value)}
