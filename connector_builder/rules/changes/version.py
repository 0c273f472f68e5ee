"""What the version of a connector should become."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from connector_builder.findings.verdict import Verdict
from connector_builder.rules.changes.change import Change

_VERSION = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?!\d)")
_ONLY_TEXTS = frozenset(
    {"TextChanged", "TriggerTextChanged", "ConnectorLookChanged", "DefinitionsRearranged", "OptionalOrderChanged"}
)


class Advice(NamedTuple):
    """The old and the new version, the least that the new one should be, and which part of it grows: empty if none."""

    old: str
    new: str
    suggested: str
    part: str

    @property
    def is_enough(self) -> bool:
        """Whether the new version is at least the suggested one."""
        return not self.part or _numbers(self.new) >= _numbers(self.suggested)


def advice(old: str, new: str, changes: Sequence[Change]) -> Advice:
    """Returns what the version should become: a new major version for changes that break, as Semantic Versioning has it.

    Nothing of the platform reads the version: it is for people.
    """
    if not changes:
        return Advice(old, new, old, "")
    worst = max(change.verdicts.worst() for change in changes)
    part = "major" if worst is Verdict.BREAKING else "minor"
    if worst is Verdict.SAFE and all(change.kind.name in _ONLY_TEXTS for change in changes):
        part = "patch"
    major, minor, patch = _numbers(old)
    grown = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}[part]
    return Advice(old, new, ".".join(map(str, grown)), part)


def _numbers(version: str) -> tuple[int, int, int]:
    found = _VERSION.match(version.strip().removeprefix("v"))
    if not found:
        return 0, 0, 0
    major, minor, patch = (int(number or 0) for number in found.groups())
    return major, minor, patch
