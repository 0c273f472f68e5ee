"""Rules: what is checked, how bad a finding is, and whom it concerns."""

from enum import IntEnum, StrEnum
from typing import NamedTuple

from connector_builder.findings.finding import Defect, Finding, Related
from connector_builder.findings.fix import Fix
from connector_builder.findings.place import Place


class Severity(IntEnum):
    """How bad a finding is. A larger value is worse, so severities compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Scope(StrEnum):
    """Whom a finding concerns: the spec language, the platform at save or import, certification, or good practice."""

    LANGUAGE = "language"
    PLATFORM = "platform"
    CERTIFICATION = "certification"
    PRACTICE = "practice"


class Rule(NamedTuple):
    """A kind of finding: its name, severity, scope and documentation.

    `doc` is Markdown, which `rules NAME` prints: a first line that says what is found, then why it matters and what to
    do. `fixed` rules can't be ignored: the shape of a spec, secrets, and what can't be compiled.

    The rest is for rules about packages that check specs. A finding is dropped if a rule in `explained_by` already
    explains it, because the compiler left something out. `only_packages` rules don't apply to specs. `names_operations`
    rules find names of missing operations, which the spec may contain, but broken.
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
        """Returns the first line of the documentation."""
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
        """Returns a finding of this rule at a place in the author's text."""
        return Finding(self, Defect(place, message, help, related, fix))
