"""A finding for people and pipelines: plain data with lines and columns, without the texts it came from."""

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from connector_builder.findings import Defect, Place, Scope, Severity, TextEdit
from connector_builder.findings.defect import Related

BEFORE, AFTER = 200, 400
"""Characters of a long line that are kept before and after a place: minified JSON is one line of a megabyte."""


class Location(NamedTuple):
    """A range in a file: lines and columns from 1, in code points; `end_column` is one past the last.

    `source` is the text of the first line, or the part of it near the range; its first character is in column
    `source_column`. `source` is empty if the whole file is meant.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    source: str = ""
    source_column: int = 1


class Replacement(NamedTuple):
    """An edit of a file as plain data: the range from `start` to `end`, in code points, becomes `new`.

    `at` is the same range in lines and columns, without the source.
    """

    path: Path
    start: int
    end: int
    new: str
    at: Location


class Correction(NamedTuple):
    """A certain cure as plain data: its title, and the edits, which belong together."""

    title: str
    edits: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A rule's defect in a file.

    `count` is how many findings it stands for, and `places` how many places they have, of which `location` is the first;
    `also` are their messages that differ.

    `pointer` (RFC 6901) is the place in the built file `document`; None if there is none. `fixed` marks what can't be
    ignored. `correction` mends what was found; None if nothing certain does, or if nobody asked for it. `facts` are
    further keys of the finding in JSON.
    """

    rule: str
    severity: Severity
    scope: Scope
    defect: Defect[Location]
    document: str | None = None
    pointer: str | None = None
    count: int = 1
    also: tuple[str, ...] = ()
    places: int = 1
    fixed: bool = False
    correction: Correction | None = None
    facts: tuple[tuple[str, Any], ...] = ()

    @property
    def location(self) -> Location:
        return self.defect.at

    @property
    def message(self) -> str:
        return self.defect.message

    @property
    def help(self) -> str | None:
        return self.defect.help

    @property
    def related(self) -> tuple[Related[Location], ...]:
        return self.defect.related

    @property
    def sort_key(self) -> tuple[str, int, int, str, int, str]:
        """Returns the key that sorts diagnostics by file, place, rule and message."""
        at = self.location
        return at.file, at.line, at.column, self.rule, at.end_column, self.message


def display_name(path: PurePath, cwd: PurePath) -> str:
    """Shows an absolute path as people know it: with `/`, and relative to the current folder if it lies below it."""
    return (path.relative_to(cwd) if path.is_relative_to(cwd) else path).as_posix()


class Locator:
    """Turns places into locations; names each file once."""

    def __init__(self, cwd: PurePath) -> None:
        self._cwd = cwd
        self._names: dict[PurePath, str] = {}

    def name(self, path: PurePath) -> str:
        """Returns the name of a file for people, see `display_name`."""
        if path not in self._names:
            # Not resolved: a file has the name that its user gave, whatever link leads there.
            self._names[path] = display_name(type(path)(os.path.normpath(self._cwd / path)), self._cwd)
        return self._names[path]

    def location(self, place: Place) -> Location:
        """Returns the lines and columns of a place, and the source near it without secrets."""
        file, text = self.name(place.text.path), place.text
        if place.start == place.end == 0:
            return Location(file)
        line, column = text.position(place.start)
        end_line, end_column = text.position(max(place.end, place.start))
        kept = max(place.start - BEFORE, place.start - column + 1)
        source = text.shown(kept, place.start + AFTER)
        first_line = source.replace("\r", "\n").split("\n", 1)[0]
        return Location(file, line, column, end_line, end_column, first_line, column - (place.start - kept))

    def replacement(self, edit: TextEdit) -> Replacement:
        """Returns an edit without the text that it edits."""
        (text, start, end), new = edit
        (line, column), (end_line, end_column) = text.position(start), text.position(end)
        at = Location(self.name(text.path), line, column, end_line, end_column)
        return Replacement(text.path, start, end, new, at)

    def defect(self, defect: Defect[Place]) -> Defect[Location]:
        """Returns a defect with locations, and without its fix: the edits would keep the whole text in memory."""
        return defect.moved(self.location)._replace(fix=None)
