"""The kind `http`: a file of requests for a REST client, `.http` or `.rest`."""

import re
from typing import TYPE_CHECKING

from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.documents import Parsed, is_document
from connector_builder.sources.input import Input

if TYPE_CHECKING:
    from connector_builder.sources.captures.call import Call


_REQUEST = re.compile(rb"^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]+\S|^https?://\S", re.MULTILINE)


class _Http(Recording):
    described = "a file of HTTP requests"
    mark = "its name ends in .http or .rest"
    suffixes = (".http", ".rest")

    def recognises(self, content: bytes) -> bool:
        return not is_document(content) and _REQUEST.search(content) is not None

    def parse(self, given: Input) -> Parsed:
        from connector_builder.sources.captures.http_file import sections
        from connector_builder.sources.captures.reading import parse_text

        return parse_text(given.path, sections, given.content)

    def calls(self, parsed: Parsed, wishes: Wishes) -> "list[Call]":
        from connector_builder.sources.captures.http_file import calls

        if parsed.text is None:
            return []
        parts = parsed.data if isinstance(parsed.data, list) else []
        return [
            call for index, (start, end) in enumerate(parts) for call in calls(parsed.text.content, start, end, index)
        ]


READER = _Http()
