"""What the kinds of recorded calls have in common: each is a file that is read as calls."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from connector_builder.package import Reading
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Parsed, parse

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

    def parse(self, path: Path, *, repair: bool, content: bytes | None = None) -> Parsed:
        """Reads a file, or what is `content` in place of it, as data with places."""
        return parse(path, repair=repair, content=content, limit=self.limit)

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        """Returns the calls in the data of a file."""
        raise NotImplementedError

    def texts(self, parsed: Parsed) -> tuple[str, str]:
        """Returns the title and the description that a file has, empty if it has none."""
        return "", ""

    def candidates(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> list[Candidate]:
        from connector_builder.sources.captures.convert import candidates

        parsed = parsed or self.parse(path, repair=repair, content=content)
        return candidates(parsed, self.calls(parsed, wishes), wishes)

    def recorded(self, path: Path, wishes: Wishes = ALL) -> "tuple[Parsed, list[Call]]":
        """Returns the calls of a file, with the data that their places are in."""
        parsed = self.parse(path, repair=False, content=None)
        return parsed, self.calls(parsed, wishes) if parsed.readable else []

    def read(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> Reading:
        from connector_builder.sources.captures.reading import read_calls

        def parsed_file(file: Path) -> Parsed:
            return parsed or self.parse(file, repair=repair, content=content)

        def calls(parsed: Parsed) -> "list[Call]":
            return self.calls(parsed, wishes)

        name = path.stem if content is None else ""
        return read_calls(path, wishes, calls, repair=repair, parse=parsed_file, texts=self.texts, name=name)
