"""Where a field comes from in the author's text, and what of it was derived."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Place, Pointer
from connector_builder.findings.diagnostic import Location, Locator
from connector_builder.package import DEFINITION, Package
from connector_builder.platform.data.plain import as_text
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.view.fields import Field

WRITTEN, DERIVED, SAID = "written", "derived", "said"
"""How the author's text has a fact: as it is, not at all, or in other words."""
_FROM = {
    "x-ms-dynamic-values": "Choices from",
    "x-ms-dynamic-list": "Choices from",
    "x-ms-dynamic-schema": "Fields from",
    "x-ms-dynamic-properties": "Fields from",
    "x-ms-dynamic-tree": "Picked from",
}
_FACTS = {
    "operationId": "ID",
    "summary": "Title",
    "title": "Label",
    "x-ms-summary": "Label",
    "description": "Hint",
    "type": "Type",
    "format": "Format",
    "required": "Required",
    "enum": "Choices",
    "default": "Default",
    "x-ms-visibility": "Visibility",
    **_FROM,
}
MAX_SHOWN = 200


class Fact(NamedTuple):
    """Something that the package says of a field: `how` the author's text has it, and where."""

    name: str
    value: str
    how: str
    at: str


class Places:
    """Names places as `2:48:3`: the file with the index 2 of `files`, line 48, column 3.

    `index` has the indices of files, and keeps those of files that are met later.
    """

    def __init__(self, package: Package | None, locator: Locator, index: dict[str, int]) -> None:
        self._package = package
        self._locator = locator
        self._found: dict[Pointer, Place] = {}
        self._index = index

    @property
    def files(self) -> list[str]:
        """Returns the names of the files, as far as places in them were named."""
        return list(self._index)

    def find(self, pointers: Iterable[Pointer]) -> None:
        """Finds places of pointers into the definition: all at once, since one walk over a JSON file finds them all."""
        new = {pointer for pointer in pointers if pointer not in self._found}
        if new and self._package is not None:
            self._found |= self._package.locate(DEFINITION, new)

    def of(self, pointer: Pointer) -> Place:
        """Returns the place of a pointer, which `find` found."""
        return self._found[pointer]

    def named(self, location: Location) -> str:
        """Returns the name of a location."""
        index = self._index.setdefault(location.file, len(self._index))
        return f"{index}:{location.line}:{location.column}"

    def name(self, pointer: Pointer, lines: dict[str, str]) -> str:
        """Returns the name of the place of a pointer. Adds its line without secrets to `lines`, under file and line."""
        location = self._locator.location(self._found[pointer])
        named = self.named(location)
        if location.source:
            lines.setdefault(named.rpartition(":")[0], location.source.strip()[:MAX_SHOWN])
        return named


def as_field(operation: Operation) -> Field:
    """Returns an operation as a field, so that its own place and facts can be shown like those of its fields."""
    return Field("", "", "", (), "", operation.value, operation.pointer, required=False)


def pointers_of(fields: Iterable[Field]) -> Iterator[Pointer]:
    """Yields the pointers of fields and of their facts."""
    for field in fields:
        yield field.pointer
        yield from (at for _, at in _parts(field))


def origin_of(field: Field, places: Places, lines: dict[str, str], shown: Callable[[str], str]) -> list[Any]:
    """Returns the place of a field and its facts, each as a list. `shown` makes a text fit to be shown."""
    own = places.of(field.pointer)
    parts = [(key, places.of(at), at) for key, at in _parts(field)]
    written = {place for key, place, _ in parts if _is_written(field.part[key], place, own)}
    facts = []
    for key, place, at in parts:
        value = field.part[key]
        how = WRITTEN if _is_written(value, place, own) else DERIVED if place in {own, *written} else SAID
        facts.append(list(Fact(_FACTS[key], shown(_text(value)), how, places.name(at, lines))))
    return [places.name(field.pointer, lines), *facts]


def _parts(field: Field) -> Iterator[tuple[str, Pointer]]:
    """Yields the keys of a field that are facts, each with its pointer."""
    for key in _FACTS:
        if key in field.part and not (key == "required" and field.place == "body"):
            yield key, (*field.pointer, key)


def _is_written(value: Any, at: Place, own: Place) -> bool:
    """Checks whether the author's text has a value as it is. What is noted for the field as a whole was derived from it."""
    if isinstance(value, dict | list):
        return at != own
    written = " ".join(at.text.content[at.start : at.end].strip("\"'").split())
    return written == " ".join(_text(value).split())


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value[:MAX_SHOWN]
    if isinstance(value, dict):
        operation = value.get("operationId")
        return operation[:MAX_SHOWN] if isinstance(operation, str) else ""
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value[:20])[:MAX_SHOWN]
    return as_text(value) or ""
