"""The kind `curl`: commands of curl and PowerShell, such as a browser copies or documentation shows."""

import re
from typing import TYPE_CHECKING

from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.captures.shell_words import POWERSHELL
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.documents import Parsed, is_document
from connector_builder.sources.input import Input

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_CURL = re.compile(rb"^[ \t]*(?:\$[ \t]+|>[ \t]+)?(?:[\w. ]+\|[ \t]*)?curl(?:\.exe)?[ \t'\"\\^`]", re.MULTILINE)
_POWERSHELL = re.compile(
    rb"^(?:[^\n]{0,300}[\s=(;|{])?" + POWERSHELL.encode() + rb"[ \t]+[-'\"$@(h`]",
    re.MULTILINE | re.IGNORECASE,
)


class _Curl(Recording):
    described = "a file of curl or PowerShell commands"
    mark = "its commands begin with 'curl', 'Invoke-WebRequest' or 'Invoke-RestMethod'"
    suffixes = (".curl",)  # in a folder: scripts that call curl for another reason are everywhere

    def recognises(self, content: bytes) -> bool:
        return not is_document(content) and any(one.search(content) for one in (_CURL, _POWERSHELL))

    def parse(self, given: Input) -> Parsed:
        from connector_builder.sources.captures.commands import commands
        from connector_builder.sources.captures.reading import parse_text

        return parse_text(given.path, lambda text: [(one.start, one.end) for one in commands(text)], given.content)

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        from connector_builder.sources.captures.commands import calls_in

        return [] if parsed.text is None else calls_in(parsed.text.content)


READER = _Curl()
