"""Compares two packages."""

from collections.abc import Sequence
from typing import NamedTuple

from connector_builder.package.model import Package
from connector_builder.platform.data.plain import mapping, text
from connector_builder.rules.changes.change import Change
from connector_builder.rules.changes.collecting import Collected
from connector_builder.rules.changes.connection import compare_connection
from connector_builder.rules.changes.connector import compare_connector, compare_shared
from connector_builder.rules.changes.inputs import compare_inputs
from connector_builder.rules.changes.matching import pairs
from connector_builder.rules.changes.operations import compare_lists, compare_operation
from connector_builder.rules.changes.outputs import compare_outputs
from connector_builder.rules.changes.side import Part, Side
from connector_builder.rules.changes.triggers import compare_trigger
from connector_builder.rules.changes.unchanged import Unchanged
from connector_builder.rules.changes.version import Advice, advice


class Comparison(NamedTuple):
    """The changes between two packages, what the version should become, and how many operations were compared.

    `uncompared` are the operations that have more fields than are compared.
    """

    changes: Sequence[Change]
    version: Advice
    operations: int
    uncompared: Sequence[str] = ()


def compare(old: Package | None, new: Package | None) -> Comparison:
    """Compares two versions of a connector. None stands for one that doesn't exist."""
    before, after = Side(old), Side(new)
    matched = pairs(before.parts, after.parts)
    found = Collected()
    if old is not None and new is not None:
        compare_connector(before, after, found)
        if old.properties is not None and new.properties is not None:
            compare_connection(before, after, found)
        compare_shared(before, after, found)
    alike = compare_lists(matched, before, after, found)
    unchanged = Unchanged(before, after)
    for one, other in (*matched.both, *matched.renamed):
        if (before.concerns(one) or after.concerns(other)) and not unchanged(one, other):
            _compare(one, other, found, alike=other.name in alike)
    changes = found.changes
    versions = [text(mapping(side.definition.get("info")).get("version")) for side in (before, after)]
    return Comparison(changes, advice(versions[0], versions[1], changes), len(after.parts), found.uncompared)


def _compare(old: Part, new: Part, found: Collected, *, alike: bool) -> None:
    compare_operation(old, new, found, alike=alike)
    if old.is_trigger or new.is_trigger:
        compare_trigger(old, new, found)
    lists = [(part.inputs, part.outputs(part.answer)) for part in (old, new)]
    if old.full or new.full:
        found.uncompared.append(new.name)  # half of a list would show fields as removed
        return
    compare_inputs(old, new, found)
    compare_outputs(old, new, lists[0][1], lists[1][1], found)
