"""What the kinds of recorded calls have in common: each is a file that is read as calls."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from connector_builder.package import Reading
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.choosing import Candidate, Wishes
from connector_builder.sources.documents import Parsed, parse
from connector_builder.sources.input import Input

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call


class Recording:
    """The reader of a kind, but for what only its format knows: how it is recognised, and which calls a file has."""

    described: ClassVar[str]
    mark: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    limit: ClassVar[int] = MAX_DOCUMENT

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        raise NotImplementedError

    def parse(self, given: Input) -> Parsed:
        """Reads a file as data with places."""
        return parse(given.path, repair=given.repair, content=given.content, limit=self.limit)

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        """Returns the calls in the data of a file."""
        raise NotImplementedError

    def texts(self, parsed: Parsed) -> tuple[str, str]:
        """Returns the title and the description that a file has, empty if it has none."""
        return "", ""

    def candidates(self, given: Input) -> list[Candidate]:
        from connector_builder.sources.captures.convert import candidates

        parsed = given.parsed or self.parse(given)
        return candidates(parsed, self.calls(parsed, given.wishes), given.wishes)

    def recorded(self, given: Input) -> "tuple[Parsed, list[Call]]":
        """Returns the calls of a file, with the data that their places are in."""
        parsed = self.parse(given)
        return parsed, self.calls(parsed, given.wishes) if parsed.readable else []

    def read(self, given: Input) -> Reading:
        from connector_builder.sources.captures.reading import read_calls

        def calls(parsed: Parsed) -> "list[Call]":
            return self.calls(parsed, given.wishes)

        name = given.path.stem if given.content is None else ""
        return read_calls(given, given.parsed or self.parse(given), calls, texts=self.texts, name=name)
