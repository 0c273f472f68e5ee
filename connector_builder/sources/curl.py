"""The kind `curl`: a file of curl commands, such as a browser copies or documentation shows."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.package import Reading
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Parsed, is_document

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_CURL = re.compile(rb"^[ \t]*(?:\$[ \t]+|>[ \t]+)?(?:[\w. ]+\|[ \t]*)?curl(?:\.exe)?[ \t'\"\\^`]", re.MULTILINE)


class _Curl:
    described = "a file of curl commands"
    mark = "its commands begin with 'curl'"
    suffixes = (".curl",)  # in a folder: scripts that call curl for another reason are everywhere

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return not is_document(content) and _CURL.search(content) is not None

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
    from connector_builder.sources.captures.reading import parse_text
    from connector_builder.sources.captures.shell_words import commands

    return parse_text(path, lambda text: [(one.start, one.end) for one in commands(text)])


def _calls(parsed: Parsed) -> "list[Call]":
    from connector_builder.sources.captures.curl import calls_of
    from connector_builder.sources.captures.shell_words import commands

    if parsed.text is None:
        return []
    return [call for index, one in enumerate(commands(parsed.text.content)) for call in calls_of(one, index)]


READER = _Curl()
