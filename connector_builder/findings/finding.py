"""Rules with their severity and scope, and findings. A rule makes findings, and each names its rule, so both are here."""

import re
from collections.abc import Callable
from enum import IntEnum, StrEnum
from inspect import cleandoc
from typing import NamedTuple

from connector_builder.findings.defect import Defect, Related
from connector_builder.findings.fix import Fix
from connector_builder.findings.place import Place, Pointer
from connector_builder.findings.verdict import Verdicts
from connector_builder.patterns import regex

_SOURCE = regex(r"^Source: (.+)$", re.MULTILINE)
_PUBLISHED = regex(r"^Published: ([\d,]+) of ([\d,]+) connectors\.$", re.MULTILINE)
_DATA = regex(r"(?:^(?:Source|Published): .*\n)+\n?", re.MULTILINE)


class Severity(IntEnum):
    """How bad a finding is; a larger value is worse, so that severities compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Scope(StrEnum):
    """Who minds: the spec language, the platform at save or import, certification, good practice, or what people have built."""

    LANGUAGE = "language"
    PLATFORM = "platform"
    CERTIFICATION = "certification"
    PRACTICE = "practice"
    COMPATIBILITY = "compatibility"


LEFT_OUT = "a part that is left out"
"""In `Rule.explained_by`: what isn't found may be in a part of the spec that can't be compiled."""


class Rule(NamedTuple):
    """A kind of finding: its name, its severity and scope, and the text that `rules NAME` prints.

    `written` is `doc` as it is in the code, where it is indented: a run needs the text of few of four hundred rules.
    `doc` is Markdown: a first line that says what is found, then why it matters and what to do.
    Two kinds of lines in it are data, which `sources`, `published` and `prose` take apart: `Source: https://…`, where a
    fact comes from, and `Published: 12 of 1,013 connectors.`, how many of Microsoft's published connectors break the rule.
    `fixed` marks what can't be ignored: the shape of a spec, secrets, and what can't be compiled.
    `aliases` are further names of the rule: Microsoft has two names for some defects.
    `only_certification`: it finds what a submission lacks, and is silent unless the checks judge as certification does.
    `eased_in_packages`: what a spec may not do at all is a warning in a package, which can be ignored.
    `only_uploads`: it concerns uploads with paconn alone, so that a check for certification doesn't need it.
    `fixable`: `validate --fix` mends some of what it finds.
    `note_otherwise`: it is a note, unless the checks judge as certification does.
    `told_once`: findings with the same message in one document are one finding at the first place, with their number.

    The other fields are for rules about packages that also check specs. If a rule in `explained_by` has a finding, this
    rule would only repeat it; LEFT_OUT there means any part of a spec that is broken and left out. `in_specs` is its help
    in a spec, where that isn't the one of a package. `only_packages` says that the rule doesn't apply to specs. `names_operations` says that
    it finds names of missing operations, which the spec may contain, but broken. `change` is the
    class of what an import changes, such as `lost` (`sources/losses`). `verdicts` are what a change between two versions
    usually means (`rules/changes`), and `sentence` is what Microsoft's own check says of it.
    """

    name: str
    severity: Severity
    scope: Scope
    written: str
    fixed: bool = False
    explained_by: frozenset[str] = frozenset()
    only_packages: bool = False
    eased_in_packages: bool = False
    names_operations: bool = False
    only_uploads: bool = False
    told_once: bool = False
    aliases: tuple[str, ...] = ()
    only_certification: bool = False
    change: str = ""
    fixable: bool = False
    verdicts: Verdicts | None = None
    sentence: str = ""
    note_otherwise: bool = False
    in_specs: str = ""

    @property
    def doc(self) -> str:
        return cleandoc(self.written)

    @property
    def summary(self) -> str:
        return self.doc.strip().split("\n", 1)[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """Returns where the rule comes from: addresses, or programs that show it."""
        return tuple(_SOURCE.findall(self.doc))

    @property
    def published(self) -> tuple[int, int] | None:
        """Returns how many published connectors break the rule, and how many were read, such as `(12, 1013)`."""
        found = _PUBLISHED.search(self.doc)
        return (int(found[1].replace(",", "")), int(found[2].replace(",", ""))) if found else None

    @property
    def prose(self) -> str:
        """Returns `doc` without the lines that `sources` and `published` give."""
        return _DATA.sub("", self.doc.strip() + "\n").strip()

    def at(
        self,
        place: Place,
        message: str,
        *,
        help: str | None = None,
        related: tuple[Related[Place], ...] = (),
        fix: Fix | None = None,
    ) -> "Finding":
        """Returns a finding of this rule at a place in the author's text."""
        return Finding(self, Defect(place, message, help, related, fix))


class Finding(NamedTuple):
    """A rule's defect in the author's text.

    `document` and `pointer` are its place in the built files, if it has one; `operation` is the id of the operation that an import
    wrote when it found it.
    """

    rule: Rule
    defect: Defect[Place]
    document: str | None = None
    pointer: Pointer | None = None
    operation: str | None = None

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
        return self._replace(defect=self.defect.moved(to))

    def placed(self, place: Place) -> "Finding":
        """Returns the finding at another place; its related places stay."""
        return self._replace(defect=self.defect._replace(at=place))

    def saying(self, message: str | None = None, *, help: str | None = None) -> "Finding":
        """Returns the finding with another message or help."""
        said = self.defect._replace(
            message=self.message if message is None else message, help=self.help if help is None else help
        )
        return self._replace(defect=said)

    def reworded(self, say: Callable[[str], str]) -> "Finding":
        """Returns the finding with `say` applied to every text that people read: its pointer contains whole paths, with their queries."""
        pointer = self.pointer and tuple(say(step) if isinstance(step, str) else step for step in self.pointer)
        return self._replace(defect=self.defect.reworded(say), pointer=pointer)
