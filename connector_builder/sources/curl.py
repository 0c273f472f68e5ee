"""The kind `curl`: curl commands, such as a browser copies or documentation shows."""

import re
from typing import TYPE_CHECKING

from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.documents import Parsed, is_document
from connector_builder.sources.input import Input

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_CURL = re.compile(rb"^[ \t]*(?:\$[ \t]+|>[ \t]+)?(?:[\w. ]+\|[ \t]*)?curl(?:\.exe)?[ \t'\"\\^`]", re.MULTILINE)


class _Curl(Recording):
    described = "a file of curl commands"
    mark = "its commands begin with 'curl'"
    suffixes = (".curl",)  # in a folder: scripts that call curl for another reason are everywhere

    def recognises(self, content: bytes) -> bool:
        return not is_document(content) and _CURL.search(content) is not None

    def parse(self, given: Input) -> Parsed:
        from connector_builder.sources.captures.reading import parse_text
        from connector_builder.sources.captures.shell_words import commands

        return parse_text(given.path, lambda text: [(one.start, one.end) for one in commands(text)], given.content)

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        from connector_builder.sources.captures.curl import calls_of
        from connector_builder.sources.captures.shell_words import commands

        if parsed.text is None:
            return []
        return [call for index, one in enumerate(commands(parsed.text.content)) for call in calls_of(one, index)]


READER = _Curl()
