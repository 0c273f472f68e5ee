"""The kind `postman`: a collection of the formats 2.0 and 2.1."""

import re
from typing import TYPE_CHECKING

from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.documents import Parsed
from connector_builder.sources.limits import MAX_BYTES

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call

_SCHEMA = re.compile(rb'schema\.getpostman\.com|"_postman_id"')
_ITEM = re.compile(rb'"item"\s*:\s*\[')


class _Postman(Recording):
    described = "a Postman collection"
    mark = "a collection has 'info' and 'item' at its top"
    suffixes = (".json",)
    limit = MAX_BYTES["postman"]

    def recognises(self, content: bytes) -> bool:
        return _SCHEMA.search(content) is not None and _ITEM.search(content) is not None

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        from connector_builder.sources.captures.postman import calls

        return list(calls(parsed.data, dict(wishes.values)))

    def texts(self, parsed: Parsed) -> tuple[str, str]:
        from connector_builder.sources.captures.postman import texts

        return texts(parsed.data)


READER = _Postman()
