"""The kinds of sources that `import` reads, each in the module of this package with its name.

A new kind is a line in `Kind`, and a module that contains a `Reader` called `READER`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from connector_builder.platform.plain import mapping, text
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.recording import Recording
from connector_builder.sources.texts import title_about

if TYPE_CHECKING:  # `--help` lists the kinds, and imports none of their modules
    from connector_builder.package import Reading
    from connector_builder.sources.captures.together import File
    from connector_builder.sources.documents import Parsed


class Reader(Protocol):
    """What a kind's module provides: it recognises sources of its kind, and reads one as a package."""

    @property
    def described(self) -> str:
        """Returns a source of this kind in words, with its article: `a Swagger document`."""

    @property
    def mark(self) -> str:
        """Returns how people recognise a source of this kind, as a cure when none is found."""

    @property
    def suffixes(self) -> Collection[str]:
        """Returns the suffixes, in lower case, of files that `recognises` can check; none if sources are folders."""

    def in_folder(self, folder: Path) -> Path | None:
        """Returns the source that a folder is or contains as a whole; None if the folder isn't one."""

    def of_file(self, file: Path) -> Path | None:
        """Returns the source that a file is or is part of, if read as this kind; None if it can't be."""

    def recognises(self, content: bytes) -> bool:
        """Checks whether a file with this content is a source of this kind.

        The content may be broken, and has no null bytes.
        """

    def parse(self, path: Path, *, repair: bool, content: bytes | None = None) -> "Parsed":
        """Reads a source as data, once for several calls of `candidates` and `read`, which take it as `parsed`."""

    def candidates(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: "Parsed | None" = None,
    ) -> list[Candidate]:
        """Returns the operations of a source that can be chosen; none if it can't be read."""

    def read(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: "Parsed | None" = None,
    ) -> "Reading":
        """Reads a source as a package. If it can't be imported, there is no package, and a finding says why.

        Places in the package are in the files of the source. Secrets are left out. Findings that don't prevent the
        import are warnings or notes. With `repair`, broken text is mended. If there is `content`, it is the source, and
        `path` only its name.
        """


class Kind(StrEnum):
    """The kinds of sources: the words of `--from`, and the modules of this package that read them.

    They are tried in this order. The last also reads a file that no kind recognises, and reports what it is.
    """

    PACKAGE = "package"
    SOLUTION = "solution"
    OPENAPI3 = "openapi3"
    POSTMAN = "postman"
    HAR = "har"
    CURL = "curl"
    HTTP = "http"
    SWAGGER = "swagger"

    @property
    def reader(self) -> Reader:
        """Returns the reader of this kind."""
        reader: Reader = import_module(f"connector_builder.sources.{self}").READER
        return reader


RECORDINGS = frozenset((Kind.HAR, Kind.CURL, Kind.HTTP))
"""The kinds that show a part of an API: what one lacks may exist all the same."""


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
    return replace(source, parsed=source.kind.reader.parse(source.path, repair=repair, content=source.content))


def together(sources: Sequence[Source]) -> Source:
    """Returns recordings of one API as one source, the same whatever their order."""
    first, *further = sorted(sources)
    return replace(first, further=tuple(further)) if further else first


def _files(source: Source) -> "list[File]":
    readers = ((one, one.kind.reader) for one in (source, *source.further))
    return [(reader, one.path, one.content) for one, reader in readers if isinstance(reader, Recording)]


def candidates(source: Source, wishes: Wishes, *, repair: bool = False) -> list[Candidate]:
    """Returns the operations of a source that can be chosen, as `Reader.candidates` does."""
    wishes = replace(wishes, part=source.part)
    if source.further:
        from connector_builder.sources.captures.together import candidates_together

        return candidates_together(_files(source), wishes, repair=repair)
    reader = source.kind.reader
    return reader.candidates(source.path, repair=repair, wishes=wishes, content=source.content, parsed=source.parsed)


def read_source(source: Source, *, repair: bool = False, wishes: Wishes = ALL) -> "Reading":
    """Reads a source, as `Reader.read` does."""
    wishes = replace(wishes, origin=source.origin, part=source.part)
    if source.further:
        from connector_builder.sources.captures.together import read_together

        reading = read_together(_files(source), wishes, repair=repair)
    else:
        reader, parsed = source.kind.reader, source.parsed
        reading = reader.read(source.path, repair=repair, wishes=wishes, content=source.content, parsed=parsed)
    if reading.package is not None and (wishes.title or wishes.about):
        info = mapping(reading.package.definition.get("info"))
        title = wishes.title or title_about(text(info.get("title")), wishes.about or "")
        reading.package.definition = {**reading.package.definition, "info": {**info, "title": title}}
    return reading
