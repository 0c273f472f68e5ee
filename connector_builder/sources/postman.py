"""The kind `postman`: a collection of the formats 2.0 and 2.1."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.package import Reading
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Parsed, parse

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_SCHEMA = re.compile(rb'schema\.getpostman\.com|"_postman_id"')
_ITEM = re.compile(rb'"item"\s*:\s*\[')


class _Postman:
    described = "a Postman collection"
    mark = "a collection has 'info' and 'item' at its top"
    suffixes = (".json",)

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return _SCHEMA.search(content) is not None and _ITEM.search(content) is not None

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

        return read_calls(path, wishes, _calls, repair=repair, texts=_texts)


def _calls(parsed: Parsed) -> "list[Call]":
    from connector_builder.sources.captures.postman import calls

    return list(calls(parsed.data, {}))


def _texts(parsed: Parsed) -> tuple[str, str]:
    from connector_builder.sources.captures.postman import texts

    return texts(parsed.data)


READER = _Postman()
