"""What is wrong: a defect at a pointer, at a place in a text, or at a location in a file."""

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
    """What is wrong at one place, and the cure: `help` in words, and `fix` as data where it is certain.

    A rule gives a defect at a pointer; it becomes one at a place in the author's text, and then one at lines and columns.
    """

    at: At
    message: str
    help: str | None = None
    related: tuple[Related[At], ...] = ()
    fix: Fix | None = None

    def moved(self, to: Callable[[At], To]) -> "Defect[To]":
        """The same defect where `to` says that its places are."""
        related = tuple(Related(to(part.at), part.message) for part in self.related)
        return Defect(to(self.at), self.message, self.help, related, self.fix)

    def reworded(self, say: Callable[[str], str]) -> "Defect[At]":
        """The same defect with every text that people read passed through `say`."""
        return Defect(
            self.at,
            say(self.message),
            None if self.help is None else say(self.help),
            tuple(Related(part.at, say(part.message)) for part in self.related),
            self.fix and self.fix._replace(title=say(self.fix.title)),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's defect in the author's text. `document` and `pointer` say where it shows in the built files, if it does."""

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
        """The same finding where `to` says that its places are."""
        return replace(self, defect=self.defect.moved(to))

    def placed(self, place: Place) -> "Finding":
        """The same finding at another place; what explains it stays where it is."""
        return replace(self, defect=self.defect._replace(at=place))

    def saying(self, message: str | None = None, *, help: str | None = None) -> "Finding":
        """The same finding with another message or another help."""
        said = self.defect._replace(
            message=self.message if message is None else message, help=self.help if help is None else help
        )
        return replace(self, defect=said)

    def reworded(self, say: Callable[[str], str]) -> "Finding":
        """The same finding with every text that people read passed through `say`."""
        return replace(self, defect=self.defect.reworded(say))
