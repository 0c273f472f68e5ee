"""Rules, how bad what they find is, who minds, and findings. A rule makes findings, and each names its rule: so both are here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import NamedTuple

from connector_builder.findings.defect import Defect, Related
from connector_builder.findings.fix import Fix
from connector_builder.findings.place import Place, Pointer


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
    names of operations that aren't there, which a spec may have, but broken. `change` is the class of what an import
    changes, such as `lost` (`sources/losses`).
    """

    name: str
    severity: Severity
    scope: Scope
    doc: str
    fixed: bool = False
    explained_by: frozenset[str] = frozenset()
    only_packages: bool = False
    names_operations: bool = False
    change: str = ""

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
    ) -> "Finding":
        """A finding of this rule at a place in the author's text."""
        return Finding(self, Defect(place, message, help, related, fix))


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's defect in the author's text.

    `document` and `pointer` are its place in the built files, if it has one.
    """

    rule: Rule
    defect: Defect[Place]
    document: str | None = None
    pointer: Pointer | None = None

    @property
    def place(self) -> Place:
        return self.defect.at

    @property
    def message(self) -> str:
        return self.defect.message

    @property
    def help(self) -> str | None:
        return self.defect.help

    @property
    def related(self) -> tuple[Related[Place], ...]:
        return self.defect.related

    @property
    def fix(self) -> Fix | None:
        return self.defect.fix

    def moved(self, to: Callable[[Place], Place]) -> "Finding":
        """Returns the finding with each of its places turned into another by `to`."""
        return replace(self, defect=self.defect.moved(to))

    def placed(self, place: Place) -> "Finding":
        """Returns the finding at another place; its related places stay."""
        return replace(self, defect=self.defect._replace(at=place))

    def saying(self, message: str | None = None, *, help: str | None = None) -> "Finding":
        """Returns the finding with another message or help."""
        said = self.defect._replace(
            message=self.message if message is None else message, help=self.help if help is None else help
        )
        return replace(self, defect=said)

    def reworded(self, say: Callable[[str], str]) -> "Finding":
        """Returns the finding with `say` applied to every text that people read."""
        return replace(self, defect=self.defect.reworded(say))
