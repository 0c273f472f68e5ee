"""The kinds of sources that `import` reads, each in the module of this package with its name.

A new kind is a line in `Kind`, and a module that contains a `Reader` called `READER`.
"""

from collections.abc import Collection
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from connector_builder.sources.choosing import Candidate
from connector_builder.sources.input import Input

if TYPE_CHECKING:  # `--help` lists the kinds, and imports none of their modules
    from connector_builder.package import Reading
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

    def parse(self, given: Input) -> "Parsed":
        """Reads a source as data, once for several calls of `candidates` and `read`, which take it as `parsed`."""

    def candidates(self, given: Input) -> list[Candidate]:
        """Returns the operations of a source that can be chosen; none if it can't be read."""

    def read(self, given: Input) -> "Reading":
        """Reads a source as a package. If it can't be imported, there is no package, and a finding says why.

        Places in the package are in the files of the source. Secrets are left out. Findings that don't prevent the
        import are warnings or notes.
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
