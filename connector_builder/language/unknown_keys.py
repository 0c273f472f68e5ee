"""Keys that the language doesn't know where they are: what was meant, and one finding for one mistake."""

import re
from collections.abc import Collection, Iterator, Sequence

from connector_builder.findings import Edit, Finding, Fix, Related, TextEdit
from connector_builder.findings import wording as words
from connector_builder.language.mending import called, without
from connector_builder.language.rules import KEY_SPELLED_TWICE, KEY_UNKNOWN
from connector_builder.language.tables.forms import Object
from connector_builder.language.tables.hints import HINTS, UNKNOWN
from connector_builder.language.tables.sugar import BY_EXTENSION, TWINS
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.language.wording import listed
from connector_builder.source.node import MappingMarks, Node
from connector_builder.source.suggest import Suggestions

Around = Sequence[tuple[Object, str | None]]
"""The objects around a key, from the whole spec to the one that it is in, each with the key that it is the value of."""

_RENAMED = re.compile(r"write (\w+)\Z")
_MEANT = re.compile(r"(?:write |')(\w+)")
_SUGGESTED = re.compile(r"did you mean '(.+)'\?")
_HOLD_OTHERS = frozenset({"spec", "connector", "auth", "operation", "webhook"})
"""The objects of which an unknown key may belong to one inside; elsewhere it is more likely a name of the author's."""
_LISTED = "expected one of"
_NAMED_ELSEWHERE = ("schemas", "enums", "dynamicTree")
"""What an unknown section may be: its names are there, though nobody knows as what."""
_COMMA = "a comma ends a text in {…}: quote the text that contains it"


class UnknownKeys:
    """The unknown keys of one mapping. After `findings`, `meant` has the known keys that some of them stand for."""

    def __init__(
        self, node: Node, expected: Object, around: Around, suggestions: Suggestions, broken: dict[str, set[str]]
    ) -> None:
        self.meant: set[str] = set()
        self._cures: dict[str, str] = {}
        self._node = node
        self._expected = expected
        self._around = around
        self._suggestions = suggestions
        self._broken = broken
        self._where = f" in '{expected.name}'" if expected.name != "spec" else " at the top level"

    def findings(self, unknown: Sequence[Node]) -> Iterator[Finding]:
        """One finding for each cure: keys that are only called otherwise here are told together."""
        cut = keys_after_comma(self._node, self._expected)
        shifted = self._not_indented()
        groups: dict[str, list[Node]] = {}
        for entry in unknown:
            name = entry.key or ""
            if name in shifted:
                yield from self._shifted(entry, shifted)
                continue
            help_ = _COMMA if name in cut else self._cure(name)
            self._cures[name] = help_
            self._note_meant(entry, help_)
            if help_.startswith(_LISTED):
                yield self._finding([entry], help_)
            else:
                groups.setdefault("" if _RENAMED.match(help_) else help_, []).append(entry)
        for help_, entries in groups.items():
            yield self._finding(entries, help_)

    def _finding(self, entries: Sequence[Node], help_: str) -> Finding:
        names = [entry.key or "" for entry in entries]
        if not help_:
            help_ = "write " + words.joined([self._cure(name).removeprefix("write ") for name in names], "and")
        what = f"unknown key '{names[0]}'" if len(names) == 1 else f"unknown keys {words.listed(names, 'and')}"
        return KEY_UNKNOWN.at(entries[0].key_place, what + self._where, help=help_, fix=self._renaming(entries, help_))

    def _renaming(self, entries: Sequence[Node], help_: str) -> Fix | None:
        """Returns the fix that gives each entry the key that is meant; None if one isn't certain, or is taken."""
        edits: list[Edit | TextEdit] = []
        given: set[str] = set()
        for entry in entries:
            cure = self._cures.get(entry.key or "", "")
            found = _RENAMED.match(cure) or _SUGGESTED.fullmatch(cure)
            name = found[1] if found else ""
            sure = _RENAMED.match(cure) or self._suggestions.certain.get(name) == entry.key
            free = name in self._expected.keys and name not in self._node.entries and name not in given
            fix = called(entry, help_, name) if sure and free else None
            if fix is None:
                return None
            given.add(name)
            edits += fix.edits
        return Fix(help_, tuple(edits))

    def _cure(self, name: str) -> str:
        """What to write instead, or where: another word, another place, or the words that there are."""
        keys = self._expected.keys
        key, colon, text = name.partition(":")
        if colon and text and key in keys:
            return f"write '{key}: {text}'"
        return (
            HINTS.get(self._expected.name, {}).get(name)
            or (self._suggestions.of(name, keys) if not {f"{name}s", name.removesuffix("s")}.isdisjoint(keys) else None)
            or _elsewhere(name, self._expected, self._around)
            or self._suggestions.of(name, keys)
            or f"{_LISTED} {listed(keys)}"
        )

    def _note_meant(self, entry: Node, help_: str) -> None:
        """What a key is meant to be isn't missing too, and what it names is there, though it can't be used."""
        meant = {word for word in _MEANT.findall(help_) if word in self._expected.keys}
        self._broken.setdefault(f"{self._expected.name} keys", set()).add(UNKNOWN)
        if self._expected.name == "spec" and help_.startswith(_LISTED):
            for table in _NAMED_ELSEWHERE:
                self._broken.setdefault(table, set()).update(entry.entries)
        if not help_.startswith(_LISTED):
            self.meant |= meant
            self._broken.setdefault(f"{self._expected.name} keys", set()).update(meant)
            for table in (*meant, entry.key or ""):
                self._broken.setdefault(table, set()).update(entry.entries)

    def _not_indented(self) -> dict[str, Node]:
        """By name: the key without a value before it, below which it isn't indented, such as `actions:`."""
        shifted: dict[str, Node] = {}
        if not isinstance(self._node.marks, MappingMarks) or _in_brackets(self._node):
            return shifted
        owner: Node | None = None
        for name, entry in self._node.entries.items():
            key = self._expected.keys.get(name)
            if key is not None:
                takes = form(key.form)
                empty = entry.value is None and not entry.raw() and (takes.object or takes.names)
                owner = entry if empty else None
            elif owner is not None and self._belongs(name, owner):
                shifted[name] = owner
        return shifted

    def _belongs(self, name: str, owner: Node) -> bool:
        takes = form(self._expected.keys[owner.key or ""].form)
        if takes.object and name in OBJECTS[takes.object].keys:
            return True
        known = name in HINTS.get(self._expected.name, {}) or name.startswith("x-")
        return bool(takes.names) and not known and self._suggestions.of(name, self._expected.keys) is None

    def _shifted(self, entry: Node, shifted: dict[str, Node]) -> Iterator[Finding]:
        """A finding for the first of the keys that aren't indented; the others are the same mistake."""
        owner = shifted[entry.key or ""]
        name = owner.key or ""
        first = name not in self.meant
        self.meant.add(name)
        self._broken.setdefault(name, set()).add(entry.key or "")
        self._broken.setdefault(f"{self._expected.name} keys", set()).add(name)
        if first:
            related = (Related(owner.key_place, f"'{name}' has no value"),)
            message = f"'{entry.key}' isn't indented below '{name}'"
            yield KEY_UNKNOWN.at(entry.key_place, message, help="indent it by two spaces", related=related)


def keys_after_comma(node: Node, expected: Object) -> set[str]:
    """The unknown keys of a mapping in {…} that are words of the text before them: `{description: One, such as: a}`."""
    found: set[str] = set()
    if not isinstance(node.marks, MappingMarks) or not _in_brackets(node):
        return found
    text = False
    for name, entry in node.entries.items():
        if name not in expected.keys and " " in name.strip() and text:
            found.add(name)
        else:
            text = isinstance(entry.value, str) and not (entry.raw() or "").startswith(("'", '"'))
    return found


def _in_brackets(node: Node) -> bool:
    return isinstance(node.marks, MappingMarks) and node.text.content.startswith("{", node.marks.start)


def _elsewhere(name: str, expected: Object, around: Around) -> str | None:
    """Where a key belongs that is known one level up, at the top, or one level down."""
    inner: list[str] = []
    if expected.name in _HOLD_OTHERS:
        inner = [key.name for key in expected.keys.values() if name in _keys_of(form(key.form).object)]
    if expected.name == "spec":
        inner = inner[:1]
    if 0 < len(inner) <= 3:
        return f"'{name}' belongs under {words.listed(inner)}"
    for (outer, _), (_, inside) in zip(reversed(around[:-1]), reversed(around), strict=False):
        if name in outer.keys:
            up = "at the top level" if outer.name == "spec" else f"beside '{inside}', one level up"
            return f"'{name}' belongs {up}"
    return None


def _keys_of(name: str | None) -> Collection[str]:
    return OBJECTS[name].keys if name else ()


def spelled_twice(node: Node, entry: Node, name: str, expected: Object) -> Iterator[Finding]:
    """Yields a finding for an extension that another key of the same mapping, `node`, writes too."""
    entries = node.entries
    twin = entries.get(TWINS.get(name, ""))
    if twin is not None and twin.is_mapping and not any(twin.value.get(key) is False for key in ("list", "properties")):
        yield _twice(entry, twin, f"'{twin.key}' writes '{name}' too")
    row = BY_EXTENSION.get(name)
    if row is not None and row.name in entries and expected.keys.get(row.name) == row.key:
        same = entries[row.name].value == entry.value
        fix = without(node, f"remove '{name}'", name) if same else None
        yield _twice(entry, entries[row.name], f"'{name}' and '{row.name}' mean the same", fix)


def _twice(entry: Node, other: Node, message: str, fix: Fix | None = None) -> Finding:
    first, second = sorted((entry.key_place, other.key_place), key=lambda place: place.start)
    related = (Related(first, "first given here"),)
    return KEY_SPELLED_TWICE.at(second, message, help="keep one of them", related=related, fix=fix)
