"""Where a parser of JSON gave up, and how a finding about it is made."""

from typing import NamedTuple

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.source.json_brackets import Brackets, brackets
from connector_builder.source.rules import SYNTAX_NOT_VALID

CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b"
TYPOGRAPHIC = "these are typographic quotes, which don't quote anything here"
STRAIGHT = 'write straight quotes: "…"'


class Slip(NamedTuple):
    """Where a parser gave up: at a token, after the part that ends at `before`."""

    text: Text
    start: int
    before: int
    said: str

    @property
    def content(self) -> str:
        return self.text.content

    @property
    def sign(self) -> str:
        """Returns the first character of the token; an empty text at the end of the file."""
        return self.content[self.start : self.start + 1]

    def here(self, message: str, help: str | None = None, length: int = 1) -> Finding:
        return self.at(self.start, self.start + length, message, help)

    def at(
        self, start: int, end: int, message: str, help: str | None = None, related: tuple[Related[Place], ...] = ()
    ) -> Finding:
        return SYNTAX_NOT_VALID.at(Place(self.text, start, end), message, help=help, related=related)

    def related(self, start: int, message: str) -> tuple[Related[Place], ...]:
        return (Related(Place(self.text, start, start + 1), message),)

    def brackets(self) -> Brackets:
        return brackets(self.content, self.start)
