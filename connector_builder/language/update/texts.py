"""The texts of a spec that is updated: where its parts are in them, and the edits of a trial."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from connector_builder.findings import Text, TextEdit
from connector_builder.findings.fix import applied
from connector_builder.language.load import MAIN, SECTIONS, SUFFIXES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.source.edits import Uncertain
from connector_builder.source.folder import Folder, text_of
from connector_builder.source.node import Node
from connector_builder.source.tree_edits import Section
from connector_builder.source.yaml_anchors import with_anchors
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.source.yaml_writer import Spaced, write_yaml

Entries = dict[str, Any]


@dataclass(slots=True)
class Table:
    """A mapping of operations or schemas: a section of the main file, or a file of that section's folder."""

    file: str
    section: str
    node: Node
    is_file: bool
    removed: set[str] = field(default_factory=set)
    added: list[tuple[str, Any, str | None]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Returns the names of its parts."""
        return list(self.node.entries)


class Texts:
    """The YAML files of a spec, by name; what is wrong with them was found before."""

    def __init__(self, folder: Folder, main: str) -> None:
        self.main = main
        self.roots: dict[str, Node] = {}
        self.tables: list[Table] = []
        self._read(folder, main)
        self.root = self.roots[main]
        for section in SECTIONS:
            own = self.root.entries.get(section)
            if own is not None and own.is_mapping:
                self.tables.append(Table(main, section, own, is_file=False))
        for section in SECTIONS if main == MAIN else ():
            names = folder.names(section)
            for name in names if isinstance(names, list) else ():
                if PurePath(name).suffix.lower() in SUFFIXES and self._read(folder, f"{section}/{name}"):
                    node = self.roots[f"{section}/{name}"]
                    self.tables.append(Table(f"{section}/{name}", section, node, is_file=True))

        self._places: dict[tuple[str, str], Table] = {}
        for table in self.tables:
            for name in table.names:
                self._places.setdefault((table.section, name), table)

    def _read(self, folder: Folder, name: str) -> bool:
        text = text_of(folder, name)
        root = read_yaml(text).root if isinstance(text, Text) else None
        if root is None or not root.is_mapping:
            return False
        self.roots[name] = root
        return True

    def table(self, section: str, name: str) -> Table | None:
        """Returns the table that contains a part."""
        return self._places.get((section, name))

    def last(self, section: str) -> Table | None:
        """Returns the last table of a section; None if it has none."""
        return next((one for one in reversed(self.tables) if one.section == section), None)


class Trial:
    """The edits of one trial, by file. `contents` gives the files that they change."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.edits: dict[str, list[TextEdit]] = {}
        self.sections: dict[str, Entries] = {}
        self.whole: dict[str, str] = {}
        self.gone: set[str] = set()
        for table in texts.tables:
            table.removed, table.added = set(), []

    def edit(self, file: str, edits: list[TextEdit]) -> None:
        """Adds edits of a file."""
        self.edits.setdefault(file, []).extend(edits)

    def edits_of(self, file: str) -> list[TextEdit]:
        """Returns the edits of a file, of which none overlap."""
        return _joined(self.edits.get(file, []))

    def neighbours(self, section: str, names: Iterable[str]) -> dict[str, str]:
        """Returns for each name of a list the nearest part of a section before it that stays; none for the first names."""
        found: dict[str, str] = {}
        last: str | None = None
        for name in names:
            if last is not None:
                found[name] = last
            table = self.texts.table(section, name)
            if table is not None and name not in table.removed:
                last = name
        return found

    def add(self, section: str, name: str, form: Any, after: str | None) -> None:
        """Adds a part behind another one that stays, or with None at the end of its section."""
        table = self.texts.last(section) if after is None else self.texts.table(section, after)
        if table is None:
            self.sections.setdefault(section, {})[name] = form
        else:
            table.added.append((name, form, after))

    def contents(self) -> dict[str, bytes]:
        """Returns the contents of the changed files. Raises Uncertain if two edits are of one part."""
        for table in self.texts.tables:
            self._of_table(table)
        root = self.texts.root
        for section, parts in self.sections.items():
            self.edit(self.texts.main, [Section(root, spaced=True).added(section, Spaced(parts), self._above(section))])
        changed = {file: content.encode() for file, content in self.whole.items()}
        for file, edits in self.edits.items():
            if edits and file not in self.whole and file not in self.gone:
                try:
                    before = self.texts.roots[file].text
                    changed[file] = with_anchors(before, applied(before.content, self.edits_of(file))).encode()
                except ValueError:
                    raise Uncertain from None
        return changed

    def _of_table(self, table: Table) -> None:
        if len(table.removed) == len(table.names):
            self._emptied(table)
            return
        section = Section(table.node, spaced=True)
        self.edit(table.file, [section.removed(name) for name in sorted(table.removed)])
        left = [name for name in table.names if name not in table.removed]
        self.edit(table.file, [section.added(name, form, after or left[-1]) for name, form, after in table.added])

    def _emptied(self, table: Table) -> None:
        """Writes a table that keeps none of its parts: only with the new ones, or not at all."""
        parts = Spaced({name: form for name, form, _ in table.added})
        if table.is_file:
            if parts:
                self.whole[table.file] = write_yaml(parts)
            else:
                self.gone.add(table.file)
            return
        self.edits.setdefault(table.file, [])
        section = Section(self.texts.root, spaced=True)
        one = section.replaced(table.section, parts) if parts else section.removed(table.section)
        self.edits[table.file].append(one)

    def _above(self, section: str) -> str | None:
        """Returns the section of the top level behind which a new one goes."""
        order = {key: index for index, key in enumerate(OBJECTS["spec"].keys)}
        here = list(self.texts.root.entries)
        above = [key for key in here if order.get(key, len(order)) < order[section]]
        return above[-1] if above else here[-1]


def _joined(edits: list[TextEdit]) -> list[TextEdit]:
    """Returns edits in which removals that overlap are one: each took the blank lines between two parts."""
    joined: list[TextEdit] = []
    removals = sorted((edit for edit in edits if not edit.new), key=lambda edit: edit.place.start)
    for edit in removals:
        if joined and edit.place.start <= joined[-1].place.end:
            last = joined[-1].place
            joined[-1] = TextEdit(last._replace(end=max(last.end, edit.place.end)), "")
        else:
            joined.append(edit)
    return [*(edit for edit in edits if edit.new), *joined]


class Placeholders:
    """Words that stand for the variables of a spec while it is updated, so that each stays a variable.

    `values` are the words by the names of the variables.
    """

    def __init__(self, written: Mapping[str, str], texts: Iterable[Text]) -> None:
        word, content = "variable", "".join(text.content for text in texts) if written else ""
        while word in content.lower():
            word += "x"
        self.values = {name: f"{word}{index}x" for index, name in enumerate(written)}
        self._written = {self.values[name]: text for name, text in written.items()}

    def without(self, names: Container[str]) -> "Placeholders":
        """Returns the placeholders of the other variables."""
        some = Placeholders({}, ())
        some.values = {name: word for name, word in self.values.items() if name not in names}
        some._written = {word: self._written[word] for word in some.values.values()}
        return some

    def back(self, value: Any) -> Any:
        """Returns a form in which the variables are variables again."""
        if isinstance(value, str):
            for word, text in self._written.items():
                value = value.replace(word, text)
            return value
        if isinstance(value, dict):
            return type(value)({key: self.back(part) for key, part in value.items()})
        return [self.back(part) for part in value] if isinstance(value, list) else value
