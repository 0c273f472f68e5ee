"""Reads YAML as plain data with places, from PyYAML's events.

Events are the fastest way that keeps positions. And PyYAML's loaders decide silently what is our own policy here:
duplicate keys, aliases, tags, depth, and the scalars of YAML 1.2.
"""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.source.document import MAX_FINDINGS, Document
from connector_builder.source.node import MappingMarks, Marks, Node, SequenceMarks, Span
from connector_builder.source.rules import KEY_DUPLICATED, NUMBER_NOT_VALID, SYNTAX_NOT_VALID, TEXT_NOT_VALID
from connector_builder.source.scalars import plain

MAX_DEPTH = 100
MAX_NODES = 1_000_000
"""The most parts of one document, with those that aliases repeat. The largest published connector has 60,000."""
MAX_REREAD = 100_000
"""The most characters that PyYAML's own parser reads again if libyaml (since 0.2.6) refuses the depth first.

That takes a second for this many, and finds the place. In a longer text the place is where libyaml stopped.
"""
MAX_DIRECTIVES = 100
"""The most lines that begin with `%TAG`: libyaml compares each with all before it."""

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)

# Messages of libyaml and PyYAML, and ours for people. The first that the problem contains counts.
_WORDS = (
    ("mapping values are not allowed", "a colon isn't expected here", "quote a text that contains ': ', or check the indentation"),
    ("could not find expected ':'", "a key without its colon", "write 'key: value', or quote the text"),
    ("did not find expected key", "this line doesn't fit the mapping around it", "check its indentation and the quotes before it"),
    ("did not find expected '-' indicator", "this line doesn't fit the list around it", "begin each item with '- ', all at the same column"),
    ("while parsing a block collection", "this line doesn't fit the list around it", "begin each item with '- ', all at the same column"),
    ("while parsing a block mapping", "this line doesn't fit the mapping around it", "check its indentation and the quotes before it"),
    ("expected <block end>", "this line doesn't fit what is around it", "check its indentation and the quotes before it"),
    ("found unexpected end of stream", "this quote is never closed", "close it, or quote the whole text the other way"),
    ("did not find expected ',' or", "a comma or a closing bracket is missing", "in flow style, quote keys and texts that contain []{},"),
    ("expected ',' or", "a comma or a closing bracket is missing", "in flow style, quote keys and texts that contain []{},"),
    ("did not find expected node content", "a value is missing here", "in flow style, quote keys and texts that contain []{},"),
    ("while parsing a flow node", "a value is missing here", "in flow style, quote keys and texts that contain []{},"),
    ("found unknown escape character", "an escape that YAML doesn't know", "double the backslash, or use single quotes"),
    ("block sequence entries are not allowed", "a list can't begin here", "put the first '- ' on a line of its own"),
    ("found undefined tag handle", "tags (!) are not used here", "quote a text that begins with '!'"),
    ("while scanning a tag", "tags (!) are not used here", "quote a text that begins with '!'"),
    ("while scanning a directive", "a line can't begin with '%' here", "quote it if it is text"),
    ("while scanning an anchor", "an anchor '&' without a name", "quote it if it is text"),
    ("while scanning an alias", "an alias '*' without a name", "quote it if it is text"),
    ("found a tab character", "a tab where only spaces may stand", "indent with spaces"),
    ("while scanning a block scalar", "nothing may follow here", "begin the text on the next line, indented"),
    ("hexdecimal number", "an escape that isn't complete", "write \\x with two, \\u with four or \\U with eight digits"),
    ("document start>", "the document ends before this", "one file holds one document: remove the '...'"),
    ("invalid Unicode character escape", "an escape for half of a surrogate pair", "write the character itself, or \\U and eight digits"),
)  # fmt: skip
_TOO_DEEP, _SIMPLIFY = f"more than {MAX_DEPTH} levels of nesting", "simplify the structure"
_NESTED = "exceeded maximum nesting depth"
_PARTS = (
    ("quoted", "the text"),
    ("scalar", "the text"),
    ("mapping", "the mapping"),
    ("sequence", "the list"),
    ("collection", "the list"),
    ("key", "the key"),
)
Event = Any
"""PyYAML's events. Their stubs call every mark optional, though `parse` always sets them."""


def read_yaml(text: Text, loader: type[Any] = _Loader, *, parts: int = MAX_NODES) -> Document:
    """Reads the one document of a YAML text, of at most `parts` parts. Raises nothing, whatever the text contains."""
    bad = _NOT_YAML.search(text.content)
    if bad:
        place = Place(text, bad.start(), bad.end())
        message = f"the character U+{ord(bad.group()):04X} can't stand in YAML"
        help_ = f'write it as "\\u{ord(bad.group()):04X}" in double quotes, or remove it'
        return Document(text, None, [SYNTAX_NOT_VALID.at(place, message, help=help_)])
    if text.content.count("%TAG") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text.content)) > MAX_DIRECTIVES:
        return Document(
            text,
            None,
            [SYNTAX_NOT_VALID.at(Place.whole(text), "tags (!) are not used here", help="remove the %TAG lines")],
        )
    return _Builder(text, parts, loader).read()


class _Stopped(Exception):  # noqa: N818 - it carries a finding; it isn't an error of the program
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Builder:
    def __init__(self, text: Text, parts: int, loader: type[Any]) -> None:
        self.text = text
        self.most = parts
        self.loader = loader
        self.findings: list[Finding] = []
        self.events: Iterator[Event] = yaml.parse(text.content, Loader=loader)
        self.anchors: dict[str, tuple[Any, Marks] | None] = {}
        self.nodes = 0

    def read(self) -> Document:
        root: Node | None = None
        try:
            root = self._root()
        except _Stopped as stop:
            self.findings.append(stop.finding)
        except yaml.MarkedYAMLError as error:
            if _NESTED not in (error.problem or ""):
                self.findings.append(_syntax(self.text, error))
            elif self.loader is not yaml.SafeLoader and error.problem_mark and error.problem_mark.index < MAX_REREAD:
                return _Builder(self.text, self.most, yaml.SafeLoader).read()
            else:
                place = error.problem_mark.index if error.problem_mark else 0
                self.findings.append(SYNTAX_NOT_VALID.at(Place(self.text, place, place + 1), _TOO_DEEP, help=_SIMPLIFY))
        except yaml.YAMLError as error:
            self.findings.append(SYNTAX_NOT_VALID.at(Place.whole(self.text), f"this isn't YAML: {error}"))
        return Document(self.text, root, self.findings, self.nodes)

    def _root(self) -> Node:
        next(self.events)  # the stream
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return Node(None, self.text, (0, 0))
        value, marks = self._part(next(self.events), 0)
        next(self.events)  # the end of the document
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(event, "a second document begins here", "one file holds one document: remove the '---'")
        return Node(value, self.text, marks)

    def _part(self, event: Event, depth: int) -> tuple[Any, Marks]:
        self.nodes += 1
        if self.nodes > self.most:
            self._stop(event, f"more than {MAX_NODES:,} parts", "split the connector")
        if isinstance(event, yaml.ScalarEvent):
            result: tuple[Any, Marks] = self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        else:
            if depth >= MAX_DEPTH:
                self._stop(event, _TOO_DEEP, _SIMPLIFY)
            anchor = event.anchor
            if anchor is not None:
                self.anchors[anchor] = None  # an alias inside its own anchor is a cycle
            if event.tag is not None:
                self._tag(event)
            result = (
                self._mapping(event, depth) if isinstance(event, yaml.MappingStartEvent) else self._list(event, depth)
            )
        if event.anchor is not None:
            self.anchors[event.anchor] = result
        return result

    def _scalar(self, event: Event) -> tuple[Any, Span]:
        span = (event.start_mark.index, event.end_mark.index)
        if event.tag is not None:
            self._tag(event)
        value = event.value
        if event.style:  # quoted or a block: text
            if not value.isascii() and _SURROGATE.search(value):
                self._report(TEXT_NOT_VALID.at(Place(self.text, *span), "a text with half of a surrogate pair"))
                value = _SURROGATE.sub("\ufffd", value)
            return value, span
        try:
            return plain(value), span
        except ValueError as error:
            help_ = "quote it if it is text"
            self._report(NUMBER_NOT_VALID.at(Place(self.text, *span), str(error), help=help_))
            return None, span

    def _mapping(self, start: Event, depth: int) -> tuple[dict[str, Any], MappingMarks]:
        data: dict[str, Any] = {}
        marks = MappingMarks(start.start_mark.index, {}, {})
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, span = self._key(event, depth)
            value, value_marks = self._part(next(self.events), depth + 1)
            if key is None:
                continue
            if key in data:
                related = (Related(Place(self.text, *marks.keys[key]), "first given here"),)
                message = f"the key '{key}' is given twice"
                self._report(KEY_DUPLICATED.at(Place(self.text, *span), message, related=related))
                continue
            data[key] = value
            marks.keys[key] = span
            marks.values[key] = value_marks
        marks.end = _end(event)
        return data, marks

    def _key(self, event: Event, depth: int) -> tuple[str | None, Span]:
        """Returns a key as text, even if it looks like a number; None if the entry must be left out."""
        span = (event.start_mark.index, event.end_mark.index)
        if isinstance(event, yaml.AliasEvent):
            value, _ = self._alias(event)
            if isinstance(value, str):
                return value, span
        elif isinstance(event, yaml.ScalarEvent):
            value, _ = self._scalar_text(event)
            if value == "<<" and not event.style:
                help_ = "write the keys out; an alias may stand for a whole value"
                finding = SYNTAX_NOT_VALID.at(Place(self.text, *span), "the merge key '<<' isn't used here", help=help_)
                self._report(finding)
                return None, span
            return value, span
        else:
            self._part(event, depth + 1)
        place = Place(self.text, span[0], span[0] + 1)
        help_ = 'quote a key that contains [ ] { }, such as "value[].name"'
        self._report(SYNTAX_NOT_VALID.at(place, "a key must be text", help=help_))
        return None, span

    def _scalar_text(self, event: Event) -> tuple[str, Span]:
        if event.anchor is not None:
            span = (event.start_mark.index, event.end_mark.index)
            self.anchors[event.anchor] = (event.value, span)
        if event.tag is not None:
            self._tag(event)
        return _SURROGATE.sub("\ufffd", event.value), (event.start_mark.index, event.end_mark.index)

    def _list(self, start: Event, depth: int) -> tuple[list[Any], SequenceMarks]:
        data: list[Any] = []
        marks = SequenceMarks(start.start_mark.index, [])
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            value, value_marks = self._part(event, depth + 1)
            data.append(value)
            marks.items.append(value_marks)
        marks.end = _end(event)
        return data, marks

    def _alias(self, event: Event) -> tuple[Any, Marks]:
        name = event.anchor
        if name not in self.anchors:
            self._stop(event, f"'*{name}' has no anchor '&{name}' before it", f"quote it if it is text: '*{name}'")
        anchored = self.anchors[name]
        if anchored is None:
            self._stop(event, f"'*{name}' contains itself", "write the inner part out")
        return self._copy(*anchored, event)

    def _copy(self, value: Any, marks: Marks, event: Event) -> tuple[Any, Marks]:
        """Returns a copy of an anchored part: later, parts are changed in place, each separately."""
        self.nodes += 1
        if self.nodes > self.most:
            self._stop(
                event,
                f"aliases repeat more than {MAX_NODES:,} parts",
                "use a schema or a parameter of its own instead",
            )
        if isinstance(marks, MappingMarks):
            parts = {key: self._copy(value[key], part, event) for key, part in marks.values.items()}
            data = {key: part[0] for key, part in parts.items()}
            return data, MappingMarks(marks.start, marks.keys, {key: part[1] for key, part in parts.items()}, marks.end)
        if isinstance(marks, SequenceMarks):
            items = [self._copy(value[index], part, event) for index, part in enumerate(marks.items)]
            return [item[0] for item in items], SequenceMarks(marks.start, [item[1] for item in items], marks.end)
        return value, marks

    def _tag(self, event: Event) -> None:
        place = Place(self.text, event.start_mark.index, event.start_mark.index + 1)
        help_ = "remove the tag; quote the value if it is text"
        self._report(SYNTAX_NOT_VALID.at(place, "tags (!) are not used here", help=help_))

    def _report(self, finding: Finding) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)

    def _stop(self, event: Event, message: str, cure: str) -> NoReturn:
        place = Place(self.text, event.start_mark.index, event.start_mark.index + 1)
        raise _Stopped(SYNTAX_NOT_VALID.at(place, message, help=cure))


def _end(event: Event) -> int:
    end: int = event.end_mark.index
    return end


def _syntax(text: Text, error: yaml.MarkedYAMLError) -> Finding:
    """Rewords a terse message of libyaml. The places are where it stopped, and where the part around that began."""
    unclosed = "unexpected end of stream" in (error.problem or "") and error.context_mark is not None
    # A quote that is never closed is wrong where it begins, not at the end of the file.
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    start = min(mark.index, len(text.content)) if mark else 0
    said = f"{error.context or ''} {error.problem or ''}"
    message, cure = next(
        ((message, cure) for words, message, cure in _WORDS if words in said),
        (f"this isn't YAML: {said.strip()}", None),
    )
    character = text.content[start : start + 1]
    if "cannot start any token" in said:
        message, cure = _cannot_start(character)
    elif character in ("]", "}") and "flow" not in said:
        message, cure = "a closing bracket without an opening one", "remove it, or quote the text"
    related: tuple[Related[Place], ...] = ()
    apart = error.context_mark and error.problem_mark and error.context_mark.index != error.problem_mark.index
    if apart and error.context_mark and not unclosed:
        begun = error.context_mark.index
        what = next((name for word, name in _PARTS if word in (error.context or "")), "the part")
        related = (Related(Place(text, begun, begun + 1), f"{what} began here"),)
    return SYNTAX_NOT_VALID.at(Place(text, start, start + 1), message, help=cure, related=related)


def _cannot_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return "a tab where only spaces may stand", "indent with spaces"
    return f"a text can't begin with '{character}'", "quote it"
