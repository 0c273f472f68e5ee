"""The kind `http`: a file of requests for a REST client, `.http` or `.rest`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.package import Reading
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Parsed, is_document

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call


_REQUEST = re.compile(rb"^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]+\S|^https?://\S", re.MULTILINE)


class _Http:
    described = "a file of HTTP requests"
    mark = "its name ends in .http or .rest"
    suffixes = (".http", ".rest")

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return not is_document(content) and _REQUEST.search(content) is not None

    def candidates(self, path: Path, *, repair: bool) -> list[Candidate]:
        from connector_builder.sources.captures.convert import candidates

        return candidates(_calls(_parse(path)))

    def recorded(self, path: Path) -> "tuple[Parsed, list[Call]]":
        """Returns the calls of a file, with the data that their places are in."""
        parsed = _parse(path)
        return parsed, _calls(parsed) if parsed.readable else []

    def read(self, path: Path, *, repair: bool, wishes: Wishes = ALL) -> Reading:
        from connector_builder.sources.captures.reading import read_calls

        return read_calls(path, wishes, _calls, repair=repair, parse=_parse)


def _parse(path: Path) -> Parsed:
    from connector_builder.sources.captures.http_file import sections
    from connector_builder.sources.captures.reading import parse_text

    return parse_text(path, sections)


def _calls(parsed: Parsed) -> "list[Call]":
    from connector_builder.sources.captures.http_file import calls

    if parsed.text is None:
        return []
    parts = parsed.data if isinstance(parsed.data, list) else []
    return [call for index, (start, end) in enumerate(parts) for call in calls(parsed.text.content, start, end, index)]


READER = _Http()
