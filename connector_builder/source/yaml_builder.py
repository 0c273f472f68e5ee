"""Builds plain data with places from PyYAML's events, as the only importer of PyYAML.

Events are the fastest way that keeps positions. And PyYAML's loaders decide silently what is our own policy here:
duplicate keys, aliases, tags, depth, and the scalars of YAML 1.2.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.findings import Finding, Fix, Place, Related, Text, TextEdit
from connector_builder.patterns import regex
from connector_builder.source.document import MAX_FINDINGS, MAX_NODES, Document
from connector_builder.source.node import MappingMarks, Marks, Node, SequenceMarks, Span
from connector_builder.source.rules import KEY_DUPLICATED, NUMBER_NOT_VALID, SYNTAX_NOT_VALID, TEXT_NOT_VALID
from connector_builder.source.scalars import NUMBER_START, plain
from connector_builder.source.yaml_errors import syntax_error
from connector_builder.source.yaml_slips import Before, comma_in_text, cut_short, hash_in_brackets, typographic

MAX_DEPTH = 100
MAX_REREAD = 100_000
"""The most characters that PyYAML's own parser reads again if libyaml (since 0.2.6) refuses the depth first.

That takes a second for this many, and finds the place. In a longer text the place is where libyaml stopped.
"""

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SURROGATE = regex("[\ud800-\udfff]")

_TOO_DEEP, _SIMPLIFY = f"more than {MAX_DEPTH} levels of nesting", "simplify the structure"
_NESTED = "exceeded maximum nesting depth"
Event = Any
"""PyYAML's events. Their stubs call every mark optional, though `parse` always sets them."""


class _Stopped(Exception):  # noqa: N818 - it carries a finding; it isn't an error of the program
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class Builder:
    """Reads one text, of at most so many `parts`, by one of PyYAML's loaders. `slips` is as in `read_yaml`."""

    def __init__(self, text: Text, parts: int, slips: bool, loader: type[Any] | None = None) -> None:
        self.text = text
        self.most = parts
        self.loader = loader or _LOADER
        self.slips = slips
        self.hashes = slips and " #" in text.content
        self.findings: list[Finding] = []
        self.events: Iterator[Event] = yaml.parse(text.content, Loader=self.loader)
        self.anchors: dict[str, tuple[Any, Marks] | None] = {}
        self.nodes = 0

    def read(self) -> Document:
        """Returns the document. Raises nothing, whatever the text."""
        root: Node | None = None
        try:
            root = self._root()
        except _Stopped as stop:
            self.findings.append(stop.finding)
        except yaml.MarkedYAMLError as error:
            if _NESTED not in (error.problem or ""):
                cut = hash_in_brackets(self.findings, self.text)
                self._broken(cut or syntax_error(self.text, error))
            elif self.loader is not yaml.SafeLoader and error.problem_mark and error.problem_mark.index < MAX_REREAD:
                return Builder(self.text, self.most, self.slips, yaml.SafeLoader).read()
            else:
                place = error.problem_mark.index if error.problem_mark else 0
                self.findings.append(SYNTAX_NOT_VALID.at(Place(self.text, place, place + 1), _TOO_DEEP, help=_SIMPLIFY))
        except yaml.YAMLError as error:
            self.findings.append(SYNTAX_NOT_VALID.at(Place.whole(self.text), f"this isn't YAML: {error}"))
        return Document(self.text, root, self.findings, self.nodes)

    def _broken(self, finding: Finding) -> None:
        """Adds the finding that ends the text. A key that is wrongly indented isn't given twice as well."""
        same = (one for one in self.findings if one.rule is KEY_DUPLICATED and one.place.start == finding.place.start)
        for one in tuple(same):
            self.findings.remove(one)
        self.findings.append(finding)

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
        value = event.value
        if event.tag is not None:
            self._tag(event)
            value = value or self.text.content[slice(*span)]  # `!Order` alone: the text that it was meant to be
        if event.style:  # quoted or a block: text
            if not value.isascii() and _SURROGATE.search(value):
                self._report(TEXT_NOT_VALID.at(Place(self.text, *span), "a text with half of a surrogate pair"))
                value = _SURROGATE.sub("\ufffd", value)
            return value, span
        if self.slips and value and (self.hashes or not value[0].isascii()):
            value = self._unquoted(value, span)
        try:
            return plain(value), span
        except ValueError as error:
            help_ = "quote it if it is text"
            self._report(NUMBER_NOT_VALID.at(Place(self.text, *span), str(error), help=help_))
            return None, span

    def _unquoted(self, value: str, span: Span) -> str:
        """A plain scalar; what is no part of its text, or should be, is a finding."""
        finding = typographic(Place(self.text, *span), value)
        if finding is not None:
            self._report(finding)
            return value[1:-1]
        if self.hashes and (finding := cut_short(self.text, *span, value)) is not None:
            self._report(finding)
        return value

    def _mapping(self, start: Event, depth: int) -> tuple[dict[str, Any], MappingMarks]:
        raise_if_cancelled()
        data: dict[str, Any] = {}
        marks = MappingMarks(start.start_mark.index, {}, {})
        before: Before | None = None
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, span = self._key(event, depth)
            written = next(self.events)
            if before is not None and key is not None and self._is_bare(event, written):
                before = before.cut(span, key)
                continue
            self._comma(before)
            value, value_marks = self._part(written, depth + 1)
            before = self._plain_text(written) if self.slips and start.flow_style else None
            if key is None:
                continue
            if key in data:
                related = (Related(Place(self.text, *marks.keys[key]), "first given here"),)
                message = f"the key '{key}' is given twice"
                fix = self._without_repeat(span, value_marks) if data[key] == value else None
                self._report(KEY_DUPLICATED.at(Place(self.text, *span), message, related=related, fix=fix))
                continue
            data[key] = value
            marks.keys[key] = span
            marks.values[key] = value_marks
        self._comma(before)
        marks.end = _end(event)
        return data, marks

    def _without_repeat(self, key: Span, value: Marks) -> Fix | None:
        """Returns the fix that removes a line that repeats another one; None if more is on it."""
        content, (start, end) = self.text.content, (key[0], value[1] if isinstance(value, tuple) else -1)
        begins = content.rfind("\n", 0, start) + 1
        ends = content.find("\n", max(end, 0)) + 1
        if content[begins:start].strip(" ") or not end > start or not ends or content[end:ends].strip():
            return None
        if "\n" in content[begins:end]:
            return None
        return Fix("remove it", (TextEdit(Place(self.text, begins, ends), ""),))

    def _is_bare(self, key: Event, value: Event) -> bool:
        """Whether a key stands in {…} without a colon: what follows a comma in a text."""
        if not _is_plain(key) or not _is_plain(value) or value.value:
            return False
        return ":" not in self.text.content[_end(key) : value.start_mark.index]

    def _plain_text(self, event: Event) -> Before | None:
        """A value that a comma may have cut: a text without quotes."""
        if not _is_plain(event) or not event.value or event.value[0] in NUMBER_START:
            return None
        return Before(event.start_mark.index, _end(event), event.value) if isinstance(plain(event.value), str) else None

    def _comma(self, before: Before | None) -> None:
        if before is not None and before.key:
            self._report(comma_in_text(self.text, before))

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
                help_ = "write the keys out: an alias can replace only a whole value"
                finding = SYNTAX_NOT_VALID.at(Place(self.text, *span), "the merge key '<<' isn't supported", help=help_)
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
        self._count(1, event)
        if isinstance(marks, MappingMarks):
            parts = {key: self._copy(value[key], part, event) for key, part in marks.values.items()}
            data = {key: part[0] for key, part in parts.items()}
            return data, MappingMarks(marks.start, marks.keys, {key: part[1] for key, part in parts.items()}, marks.end)
        if isinstance(marks, SequenceMarks):
            if {tuple}.issuperset(map(type, marks.items)):  # scalars, which nobody changes
                self._count(len(marks.items), event)
                return list(value), SequenceMarks(marks.start, list(marks.items), marks.end)
            items = [self._copy(value[index], part, event) for index, part in enumerate(marks.items)]
            return [item[0] for item in items], SequenceMarks(marks.start, [item[1] for item in items], marks.end)
        return value, marks

    def _count(self, parts: int, event: Event) -> None:
        self.nodes += parts
        if self.nodes > self.most:
            self._stop(
                event,
                f"aliases repeat more than {MAX_NODES:,} parts",
                "use a schema or a parameter of its own instead",
            )

    def _tag(self, event: Event) -> None:
        place = Place(self.text, event.start_mark.index, event.start_mark.index + 1)
        help_ = "remove the tag; quote the value if it is text"
        self._report(SYNTAX_NOT_VALID.at(place, "YAML tags (!) aren't supported", help=help_))

    def _report(self, finding: Finding) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)

    def _stop(self, event: Event, message: str, cure: str) -> NoReturn:
        place = Place(self.text, event.start_mark.index, event.start_mark.index + 1)
        raise _Stopped(SYNTAX_NOT_VALID.at(place, message, help=cure))


def _is_plain(event: Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style


def _end(event: Event) -> int:
    end: int = event.end_mark.index
    return end
