"""Reads XML that may come from a stranger: with bounds, and without entities or anything else that a DTD can do."""

from dataclasses import dataclass, field
from xml.parsers import expat  # a DTD is refused before it can define anything

MAX_ELEMENTS = 200_000
"""The most elements of a document. The customizations of a large solution have tens of thousands."""
MAX_DEPTH = 100


class XmlRefused(Exception):  # noqa: N818 - the name says what happened
    """A document that isn't read. `message` says why, `at` how many bytes are before the place."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message, at)
        self.message = message
        self.at = at


@dataclass(slots=True)
class Element:
    """An element: its name without a namespace, its attributes, its own text, and the elements in it.

    `at` is the number of bytes before it in the document.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    at: int = 0

    def all(self, *path: str) -> list["Element"]:
        """Returns the elements at a path of names, of which capitals don't count."""
        found = [self]
        for name in path:
            found = [inner for one in found for inner in one.children if inner.name.lower() == name.lower()]
        return found

    def first(self, *path: str) -> "Element | None":
        """Returns the first element at a path."""
        return next(iter(self.all(*path)), None)

    def said(self, *path: str) -> str:
        """Returns the text of the first element at a path without white space around it; empty if there is none."""
        found = self.first(*path)
        return "" if found is None else found.text.strip()

    def is_empty(self, *, but: str = "") -> bool:
        """Checks whether neither this element nor one in it says anything: no text, no description. `but` are elements that only count."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            if (one.text.strip() and one.name.lower() != but) or one.attributes.get("description", "").strip():
                return False
            waiting += one.children
        return True


class _Builder:
    """Makes a tree of the parser's events, which come for a document of any size."""

    def __init__(self, parser: "expat.XMLParserType") -> None:
        self.root: Element | None = None
        self._parser = parser
        self._open: list[Element] = []
        self._count = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise self._refused(f"more than {MAX_ELEMENTS:,} elements")
        if len(self._open) >= MAX_DEPTH:
            raise self._refused(f"more than {MAX_DEPTH} levels of elements")
        element = Element(name.rpartition(":")[2], attributes, at=self._parser.CurrentByteIndex)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _doctype(self, *_: object) -> None:
        raise self._refused("a document type (DTD), which a solution never has")

    def _entity(self, *_: object) -> None:
        raise self._refused("an entity, which a solution never has")

    def _refused(self, message: str) -> XmlRefused:
        return XmlRefused(message, self._parser.CurrentByteIndex)


def read_xml(content: bytes) -> Element:
    """Returns the root of a document. Raises XmlRefused for one that isn't well-formed, has a DTD, or is too large."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    builder = _Builder(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise XmlRefused(f"it isn't XML: {expat.ErrorString(error.code)}", parser.ErrorByteIndex) from error
    except (ValueError, LookupError) as error:  # an encoding that there isn't
        raise XmlRefused(f"it can't be read: {error}", 0) from error
    if builder.root is None:
        raise XmlRefused("it is empty", 0)
    return builder.root
