"""What is wrong: a defect at a pointer, at a place in a text, or at a location in a file."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from connector_builder.findings.fix import Fix

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
