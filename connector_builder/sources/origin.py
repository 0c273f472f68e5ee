"""The document that is converted: its references, what was made of its parts, and what the conversion can't keep."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from connector_builder.findings import Finding, Pointer, Rule
from connector_builder.language.compile.budget import MAX_PARTS
from connector_builder.platform.data.plain import text
from connector_builder.platform.swagger.references import References, Target
from connector_builder.sources import losses
from connector_builder.sources.documents import Parsed
from connector_builder.sources.texts import plain_text, size_of

MAX_READ = 1_000_000
"""The most schemas and fields that are read to convert a document: each as often as operations send it as parameters."""
MAX_TOLD = 10_000
"""The most entries of the report about one document."""

READ = frozenset((
    "x-enumNames", "x-enum-varnames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions", "x-ms-enum", "x-nullable",
    "x-bodyName", "x-ms-requestBody-name",
))  # fmt: skip
"""Extensions that the conversion reads: what they say is kept in another form."""

Made = TypeVar("Made", dict[str, Any], list[Any])


class TooMuch(Exception):  # noqa: N818 - it ends a conversion, and is no error of ours
    """Signals that a document becomes larger than a connector may be, or takes too long to read. Its text says which."""


class Change(NamedTuple):
    """An entry of the report: something that the connector doesn't have as the document has it."""

    rule: Rule
    at: Pointer
    message: str
    help: str | None
    operation: str | None


class Original:
    """The document that is converted.

    Parts of the result note where they came from by `made`; `origins` turns these notes into pointers. `operation` is the
    id of the one that is written: entries of the report name it.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.data: dict[str, Any] = parsed.data
        self.references = References(parsed.data)
        self.changes: list[Change] = []
        self.operation: str | None = None
        self._told: set[tuple[str, Pointer, str]] = set()
        self._more = 0
        self._extensions: dict[str, dict[Pointer, None]] = {}
        self._made: dict[int, tuple[Any, Pointer]] = {}
        self._left, self._unread = MAX_PARTS, MAX_READ

    def place(self, value: Any, at: Pointer) -> Target:
        """Returns what a value is once its references are followed, with the pointer of that; ABSENT if nothing."""
        return self.references.place(value, at)

    def made(self, part: Made, at: Pointer) -> Made:
        """Notes that a part of the result was made of the part of the document at `at`. Returns it. Raises TooMuch."""
        self._left -= 1 + len(part)
        if self._left < 0:
            raise TooMuch(f"more than {MAX_PARTS:,} parts")
        self._made[id(part)] = part, at  # kept, so that no other part gets its identity
        return part

    def read(self, count: int) -> None:
        """Counts schemas and fields that are read. Raises TooMuch."""
        self._unread -= count
        if self._unread < 0:
            raise TooMuch(f"more than {MAX_READ:,} fields to read, because operations repeat them")

    def where(self, part: Any) -> Pointer:
        """Returns the part of the document that a part of the result was made of; its root if that isn't noted."""
        noted = self._made.get(id(part))
        return () if noted is None else noted[1]

    def tell(self, rule: Rule, at: Pointer, message: str, help: str | None = None) -> None:
        """Adds an entry to the report. The same entry about one part is told once."""
        key = (rule.name, at, message)
        if key in self._told:
            return
        if len(self._told) < MAX_TOLD:
            self._told.add(key)
            self.changes.append(Change(rule, at, message, help, self.operation))
        else:
            self._more += 1

    def text(self, value: Any, at: Pointer, read: Callable[[Any], str] = plain_text) -> str:
        """Returns a description as plain text. Tells if it is longer than that."""
        said = read(value)
        whole = size_of(value) if len(text(value)) > len(said) else len(said)
        if whole > len(said):
            message = f"a description of {whole:,} characters is cut to {len(said):,}"
            self.tell(losses.DESCRIPTION_SHORTENED, at, message)
        return said

    def extensions(self, owner: Mapping[str, Any], at: Pointer, kept: Collection[str] = ()) -> None:
        """Notes the extensions of a part that the connector doesn't have; `findings` tells each name once."""
        for key in owner:
            if key[:2] == "x-" and key not in kept and key not in READ:
                self._extensions.setdefault(key, {})[(*at, key)] = None

    def origins(self, result: dict[str, Any]) -> dict[Pointer, Pointer]:
        """Returns where the parts of the result came from, by their pointers."""
        return dict(self._origins(result, ()))

    def _origins(self, root: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Pointer]]:
        waiting: list[tuple[Any, Pointer]] = [(root, pointer)]
        while waiting:
            part, at = waiting.pop()
            noted = self._made.get(id(part))
            if noted is not None:
                yield at, noted[1]
            if isinstance(part, dict):
                waiting += [(inner, (*at, key)) for key, inner in part.items()]
            elif isinstance(part, list):
                waiting += [(inner, (*at, index)) for index, inner in enumerate(part)]

    def findings(self) -> list[Finding]:
        """Returns the report as findings, in the order of the document."""
        self.operation = None
        for name, each in self._extensions.items():
            several = f", at {len(each):,} places" if len(each) > 1 else ""
            self.tell(
                losses.EXTENSION_LEFT_OUT, min(each, key=repr), f"'{name}' means nothing to the platform{several}"
            )
        self._extensions.clear()
        if self._more:
            self.changes.append(
                Change(losses.CHANGES_NOT_LISTED, (), f"{self._more:,} more changes aren't listed", None, None)
            )
            self._more = 0
        places = self.parsed.places(change.at for change in self.changes)
        found = [
            Finding(rule, rule.at(places[at], message, help=help_).defect, None, at, operation)
            for rule, at, message, help_, operation in self.changes
        ]
        return sorted(found, key=lambda one: one.place.start)
