"""Defects: at a pointer, at a place in a text, or at a location in a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from connector_builder.findings.fix import Fix
from connector_builder.findings.place import Place, Pointer

if TYPE_CHECKING:
    from connector_builder.findings.rule import Rule

At = TypeVar("At")
To = TypeVar("To")


class Related(NamedTuple, Generic[At]):
    """A second place that explains a defect, such as where a name was used first."""

    at: At
    message: str


class Defect(NamedTuple, Generic[At]):
    """What is wrong at one place, and the cure: `help` in words, and `fix` as data if it is certain.

    A rule reports a defect at a pointer. It becomes a defect at a place in the author's text, then one at lines and
    columns.
    """

    at: At
    message: str
    help: str | None = None
    related: tuple[Related[At], ...] = ()
    fix: Fix | None = None

    def moved(self, to: Callable[[At], To]) -> "Defect[To]":
        """Returns the defect with each of its places turned into another by `to`."""
        related = tuple(Related(to(part.at), part.message) for part in self.related)
        return Defect(to(self.at), self.message, self.help, related, self.fix)

    def reworded(self, say: Callable[[str], str]) -> "Defect[At]":
        """Returns the defect with `say` applied to every text that people read."""
        return Defect(
            self.at,
            say(self.message),
            None if self.help is None else say(self.help),
            tuple(Related(part.at, say(part.message)) for part in self.related),
            self.fix and self.fix._replace(title=say(self.fix.title)),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's defect in the author's text.

    `document` and `pointer` are its place in the built files, if it has one.
    """

    rule: "Rule"
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
