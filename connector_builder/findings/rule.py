"""What is checked: rules, how bad what they find is, and who minds."""

from enum import IntEnum, StrEnum
from typing import NamedTuple

from connector_builder.findings.finding import Defect, Finding, Related
from connector_builder.findings.fix import Fix
from connector_builder.findings.place import Place


class Severity(IntEnum):
    """How bad a finding is; a larger value is worse, so that severities compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Scope(StrEnum):
    """Who minds: the spec language, the platform at save or import, certification, or good practice."""

    LANGUAGE = "language"
    PLATFORM = "platform"
    CERTIFICATION = "certification"
    PRACTICE = "practice"


class Rule(NamedTuple):
    """A kind of finding: its name, what it means, and what the reader of `rules NAME` is told.

    `doc` is Markdown: a first line that says what is found, then why it matters and what to do.
    `fixed` marks what can't be ignored: the shape of a spec, secrets, and what can't be compiled.

    The rest is what a rule about packages knows of specs. Findings of the rules in `explained_by` say already what it
    finds where the compiler left something out. `only_packages`: it doesn't concern specs. `names_operations`: it finds
    names of operations that aren't there, which a spec may have, but broken.
    """

    name: str
    severity: Severity
    scope: Scope
    doc: str
    fixed: bool = False
    explained_by: frozenset[str] = frozenset()
    only_packages: bool = False
    names_operations: bool = False

    @property
    def summary(self) -> str:
        return self.doc.strip().split("\n", 1)[0]

    def at(
        self,
        place: Place,
        message: str,
        *,
        help: str | None = None,
        related: tuple[Related[Place], ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule at a place in the author's text."""
        return Finding(self, Defect(place, message, help, related, fix))
