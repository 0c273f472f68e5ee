"""The kind `har`: what a browser or a proxy recorded."""

import re
from typing import TYPE_CHECKING

from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.documents import Parsed
from connector_builder.sources.limits import MAX_BYTES

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_ENTRIES = re.compile(rb'"log"\s*:\s*\{')
_REQUESTS = re.compile(rb'"entries"\s*:\s*\[')


class _Har(Recording):
    described = "a HAR file"
    mark = "a HAR file has 'log' with 'entries' at its top"
    suffixes = (".har", ".json")
    limit = MAX_BYTES["har"]

    def recognises(self, content: bytes) -> bool:
        return _ENTRIES.search(content[:100_000]) is not None and _REQUESTS.search(content) is not None

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        from connector_builder.sources.captures.call import in_order
        from connector_builder.sources.captures.har import calls

        return in_order(calls(parsed.data))


READER = _Har()
