"""A source: one thing to import, and how it is read, whatever its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.platform.data.plain import mapping, text
from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.input import Input
from connector_builder.sources.kinds import Kind
from connector_builder.sources.texts import title_about

if TYPE_CHECKING:
    from connector_builder.package import Reading
    from connector_builder.sources.captures.together import File
    from connector_builder.sources.documents import Parsed


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing to import: a folder or file of a kind; if there is `content`, that, and `path` is its name.

    `origin` is the address that the content was fetched from, and `parsed` its data, if it was read before. `further` are other recordings of the same API.
    `part` is the name of the connector in a solution.
    """

    path: Path
    kind: Kind
    content: bytes | None = field(default=None, compare=False, repr=False)
    origin: str | None = field(default=None, compare=False)
    part: str = ""
    further: tuple["Source", ...] = ()
    parsed: "Parsed | None" = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path.as_posix()}/{self.part}" if self.part else self.path.as_posix()


def parts(source: Source) -> list[Source]:
    """Returns a source for each connector of a source that may have several, such as a solution; else the source itself."""
    if source.kind is not Kind.SOLUTION or source.part:
        return [source]
    from connector_builder.sources.solution.opening import names_in

    return [replace(source, part=name) for name in names_in(source.path, source.content)] or [source]


def parsed_once(source: Source, *, repair: bool) -> Source:
    """Returns a source whose file is read already: what is read of it several times is the same data."""
    if source.further:
        return source
    return replace(source, parsed=source.kind.reader.parse(_input(source, ALL, repair=repair)))


def together(sources: Sequence[Source]) -> Source:
    """Returns recordings of one API as one source, the same whatever their order."""
    first, *further = sorted(sources)
    return replace(first, further=tuple(further)) if further else first


def _input(source: Source, wishes: Wishes, *, repair: bool) -> Input:
    wishes = replace(wishes, origin=source.origin, part=source.part)
    return Input(source.path, source.content, repair, wishes, source.parsed)


def _files(source: Source, given: Input) -> "list[File]":
    readers = ((one, one.kind.reader) for one in (source, *source.further))
    return [
        (reader, replace(given, path=one.path, content=one.content))
        for one, reader in readers
        if isinstance(reader, Recording)
    ]


def candidates(source: Source, wishes: Wishes, *, repair: bool = False) -> list[Candidate]:
    """Returns the operations of a source that can be chosen, as `Reader.candidates` does."""
    given = _input(source, wishes, repair=repair)
    if source.further:
        from connector_builder.sources.captures.together import candidates_together

        return candidates_together(_files(source, given))
    return source.kind.reader.candidates(given)


def read_source(source: Source, *, repair: bool = False, wishes: Wishes = ALL) -> "Reading":
    """Reads a source, as `Reader.read` does."""
    given = _input(source, wishes, repair=repair)
    if source.further:
        from connector_builder.sources.captures.together import read_together

        reading = read_together(_files(source, given))
    else:
        reading = source.kind.reader.read(given)
    if reading.package is not None and (wishes.title or wishes.about):
        info = mapping(reading.package.definition.get("info"))
        title = wishes.title or title_about(text(info.get("title")), wishes.about or "")
        reading.package.definition = {**reading.package.definition, "info": {**info, "title": title}}
    return reading
