"""The kinds of sources: what `import` reads, each by a module of this package with the kind's name.

A new kind is one line in `Kind`, and a module that has a `Reader` called `READER`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # `--help` lists the kinds, and reads none of their modules
    from connector_builder.package import Reading


class Reader(Protocol):
    """What a kind's module does: recognises sources of its kind, and reads one into a package."""

    @property
    def described(self) -> str:
        """A source of this kind in words, with its article: `a Swagger document`."""

    @property
    def mark(self) -> str:
        """How people recognise a source of this kind: a cure where none was found."""

    @property
    def suffixes(self) -> Collection[str]:
        """The suffixes, in lower case, of the files that `recognises` is asked about; none where sources are folders."""

    def in_folder(self, folder: Path) -> Path | None:
        """Returns the source that a folder is or holds as a whole; None where it is no such folder."""

    def of_file(self, file: Path) -> Path | None:
        """Returns the source that a file is, or is a part of, if it is taken for this kind; None where it can't be."""

    def recognises(self, content: bytes) -> bool:
        """Whether a file with this content is a source of this kind. It may be broken, and has no null bytes."""

    def read(self, path: Path, *, repair: bool) -> "Reading":
        """Reads a source into a package. Where it can't be imported there is none, and a finding says why.

        The places of the package lead into the files of the source, secrets are left out of it, and what doesn't keep
        it from being imported is a warning or a note. With `repair` broken text is mended.
        """


class Kind(StrEnum):
    """What a source is taken for: the words of `--from`, and the modules of this package that read them.

    They are asked in this order. The last one also takes a file that no kind recognises, and says what it is.
    """

    PACKAGE = "package"
    SWAGGER = "swagger"

    @property
    def reader(self) -> Reader:
        """The reader of this kind."""
        reader: Reader = import_module(f"connector_builder.sources.{self}").READER
        return reader


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing to import: a folder or a file of some kind."""

    path: Path
    kind: Kind

    def __str__(self) -> str:
        return self.path.as_posix()


def read_source(source: Source, *, repair: bool = False) -> "Reading":
    """Reads a source, as `Reader.read` does."""
    return source.kind.reader.read(source.path, repair=repair)
