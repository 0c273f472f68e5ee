"""Edits a spec so that it builds a package with another value in one place: the fix of what a rule finds there.

A rule says what to change in a document; a spec often says the same in other words, or derives it. So the edits are those
of an update from the package to the package with the fix, and compiling the edited spec proves that it builds this one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

from connector_builder.findings import Edit, Place, Text, TextEdit
from connector_builder.findings.fix import made
from connector_builder.language import Variables, compile_folder
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.load import load
from connector_builder.language.shape import Shape
from connector_builder.language.update.alignment import Documents
from connector_builder.language.update.editing import Editing
from connector_builder.language.update.forms import Forms
from connector_builder.language.update.target import Target
from connector_builder.language.update.texts import Placeholders, Texts
from connector_builder.language.update.updating import wrong
from connector_builder.language.variables import variables_as_written
from connector_builder.package import DEFINITION, PROPERTIES, Package, Reading
from connector_builder.platform.data.differences import same
from connector_builder.source.edits import Uncertain
from connector_builder.source.folder import Folder, Over

_COMMENT = re.compile(r"(?:^|\s)#")
MOST = 60
"""The most fixes of one spec that are tried: each compiles the spec once."""

SPREAD = 4
"""The most edits of a spec for each edit of the package: more of them are another way to say it, not a correction."""


class Amender:
    """Makes the edits of one spec, which builds `package`. `texts` are its files as they were read."""

    def __init__(self, folder: Folder, main: str, package: Package, texts: Sequence[Text]) -> None:
        self._folder, self._main = folder, main
        self._package = package
        self._read = {text.path: text for text in texts}
        self._left = MOST

    def edits(self, document: str, edits: Sequence[Edit]) -> tuple[TextEdit, ...]:
        """Returns the edits of the spec after which it builds the package with `edits` of one document.

        Returns none if that isn't certain: if the value comes from a variable, if a comment would go with what is
        written anew, or if the edited spec builds another package.
        """
        if self._left <= 0 or document not in (DEFINITION, PROPERTIES):
            return ()
        self._left -= 1
        try:
            return tuple(self._proven(document, edits))
        except (Uncertain, Unsayable, LookupError, TypeError):
            return ()

    @cached_property
    def _words(self) -> tuple[Placeholders, Package]:
        """Returns words that stand for the variables, and the package that the spec builds with them."""
        loaded = load(self._folder, self._main)
        written = variables_as_written(root.value for root in loaded.roots)
        words = Placeholders(written, loaded.texts)
        reading = self._built(self._folder, words)
        if reading.package is None:
            raise Uncertain
        self._said = _said(reading)
        return words, reading.package

    @cached_property
    def _forms(self) -> Forms:
        words, package = self._words
        texts = Texts(self._folder, self._main)
        self._checked = Shape(Variables(words.values)).check(load(self._folder, self._main).root or texts.root)
        return Forms(Documents.of(package), self._checked, script=package.script is not None)

    def _built(self, folder: Folder, words: Placeholders) -> Reading:
        return compile_folder(folder, self._main, Variables(words.values))

    def _proven(self, document: str, edits: Sequence[Edit]) -> Iterator[TextEdit]:
        words, package = self._words
        data: Any = package.documents.get(document)
        if any(not same(_around(data, edit), _around(self._package.documents.get(document), edit)) for edit in edits):
            raise Uncertain  # a variable is, or decides, what is there
        now, before = Documents.of(package), self._forms
        wanted = made(deepcopy(data), edits)
        after = Documents(wanted, now.properties) if document == DEFINITION else Documents(now.definition, wanted)
        forms = Forms(after, self._checked, script=package.script is not None)
        editing = Editing(Texts(self._folder, self._main), self._checked, before, forms, {}, words)
        changes = editing.finest()
        built = self._built(Over({name: applied for name, (applied, _) in changes.items()}, self._folder), words)
        if wrong(Target(after, {}), built.package) or _said(built) - self._said:
            raise Uncertain
        listed = [edit for _, made_ in changes.values() for edit in made_]
        if len(listed) > SPREAD * len(edits):
            raise Uncertain
        if any(edit.new for edit in listed) and any(map(_takes_comment, listed)):
            raise Uncertain  # only what goes for good may take its comment with it
        yield from map(self._of_author, listed)

    def _of_author(self, edit: TextEdit) -> TextEdit:
        """Returns an edit of the text as it was read."""
        text, start, end = edit.place
        return TextEdit(Place(self._read.get(text.path, text), start, end), edit.new)


def _takes_comment(edit: TextEdit) -> bool:
    text, start, end = edit.place
    return _COMMENT.search(text.content, start, end) is not None


def _said(reading: Reading) -> Counter[str]:
    """Counts what compiling a spec finds, by rule."""
    return Counter(finding.rule.name for finding in reading.findings)


def _around(data: Any, edit: Edit) -> Any:
    """Returns the part of a document that an edit changes, or adds to."""
    for step in edit.pointer[:-1]:
        data = data[step]
    return data
