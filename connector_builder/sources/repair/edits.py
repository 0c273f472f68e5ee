"""The edits of a text, and the way from a place in the mended text to one in the original."""

import bisect
from dataclasses import dataclass, field
from functools import cached_property

from connector_builder.findings import Finding, Place, Text
from connector_builder.sources.rules import MENDED

MAX_EDITS = 1000
"""The most edits of a JSON file: nobody reads more, and a hostile text needs a million."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the author's text from `start` to `end` with `text`. `message` says so in the past tense."""

    start: int
    end: int
    text: str
    message: str


class CantMend(Exception):  # noqa: N818 - not an error of the program: there is more than one reading, or none
    """Why a text can't be mended, and where. `related` is another offset that explains it."""

    def __init__(self, start: int, message: str, related: tuple[int, str] | None = None) -> None:
        super().__init__(message)
        self.start, self.message, self.related = start, message, related


@dataclass
class Mended:
    """A text with its edits, in the order of their places."""

    text: Text
    edits: list[Edit] = field(default_factory=list)

    @cached_property
    def result(self) -> Text:
        """Returns the mended text; the original if nothing was mended."""
        if not self.edits:
            return self.text
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.text.content[at : edit.start], edit.text]
            at = edit.end
        return Text(self.text.path, "".join([*parts, self.text.content[at:]]))

    def findings(self) -> list[Finding]:
        """Returns a finding for each repair, at its place."""
        return [
            MENDED.at(Place(self.text, edit.start, max(edit.end, edit.start + 1)), edit.message) for edit in self.edits
        ]

    def back(self, place: Place) -> Place:
        """Turns a place in the mended text into one in the original."""
        if not self.edits or place.text is not self.result:
            return place
        start = self._start(place.start)
        return Place(self.text, start, max(self._end(place.end), start))

    def moved(self, finding: Finding) -> Finding:
        """Turns a finding about the mended text into one about the original."""
        return finding.moved(self.back)

    @cached_property
    def _table(self) -> tuple[list[int], list[int]]:
        """Returns the offsets after each edit: in the mended text, and in the original."""
        came, were, shift = [0], [0], 0
        for edit in self.edits:
            shift += len(edit.text) - (edit.end - edit.start)
            came.append(edit.end + shift)
            were.append(edit.end)
        return came, were

    def _start(self, offset: int) -> int:
        came, were = self._table
        index = bisect.bisect_right(came, offset) - 1
        start = were[index] + offset - came[index]
        # A place inside an edit's new text becomes the edit's own place.
        return min(start, self.edits[index].start) if index < len(self.edits) else start

    def _end(self, offset: int) -> int:
        came, were = self._table
        index = max(bisect.bisect_left(came, offset) - 1, 0)
        end = were[index] + offset - came[index]
        return self.edits[index].end if index < len(self.edits) and end > self.edits[index].start else end
