"""The kind `har`: what a browser or a proxy recorded."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.package import Reading
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Parsed, parse

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_ENTRIES = re.compile(rb'"log"\s*:\s*\{')
_REQUESTS = re.compile(rb'"entries"\s*:\s*\[')


class _Har:
    described = "a HAR file"
    mark = "a HAR file has 'log' with 'entries' at its top"
    suffixes = (".har", ".json")

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return _ENTRIES.search(content[:100_000]) is not None and _REQUESTS.search(content) is not None

    def candidates(self, path: Path, *, repair: bool) -> list[Candidate]:
        from connector_builder.sources.captures.convert import candidates

        return candidates(_calls(parse(path, repair=repair)))

    def recorded(self, path: Path) -> "tuple[Parsed, list[Call]]":
        """Returns the calls of a file, with the data that their places are in."""
        from connector_builder.sources.documents import parse

        parsed = parse(path, repair=False)
        return parsed, _calls(parsed) if parsed.readable else []

    def read(self, path: Path, *, repair: bool, wishes: Wishes = ALL) -> Reading:
        from connector_builder.sources.captures.reading import read_calls

        return read_calls(path, wishes, _calls, repair=repair)


def _calls(parsed: Parsed) -> "list[Call]":
    from connector_builder.sources.captures.har import calls

    # In an order of their own, so that the spec doesn't depend on that of the recording.
    return sorted(
        calls(parsed.data), key=lambda call: (call.path, call.verb, call.query, repr(call.answers), repr(call.body))
    )


READER = _Har()
