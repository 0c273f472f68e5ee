"""Adds one operation to a spec: edits the text that it belongs into, and proves that nothing else changed."""

from collections.abc import Mapping
from typing import Any

from connector_builder.findings import Finding, Place, Severity, Text
from connector_builder.language import Variables, compile_folder
from connector_builder.language.compile.context import OPERATIONS
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.decompile.proof import definition_differences, properties_differences
from connector_builder.language.load import load
from connector_builder.language.update.model import NotUpdatable
from connector_builder.language.update.rules import NOT_UPDATABLE
from connector_builder.language.update.texts import Placeholders, Texts, Trial
from connector_builder.language.variables import variables_as_written
from connector_builder.package import Package, Reading
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.edits import Uncertain
from connector_builder.source.folder import Folder, Over
from connector_builder.source.yaml_writer import Block

Entries = dict[str, Any]
_ACTIONS = OPERATIONS[0]
_BY_HAND = "add this operation by hand"


_LINE = 100
"""The most characters of a name with the request line of an action that is only that."""


class Spec:
    """A spec that gets a new operation. `package` is what it builds; a variable without a default is a word in it."""

    def __init__(self, folder: Folder, main: str, what: str = "nothing is added") -> None:
        """Reads a spec. Raises NotUpdatable if it has errors; `what` says what that means for what is to be done."""
        self._folder, self._main = folder, main
        loaded = load(folder, main)
        written = variables_as_written(root.value for root in loaded.roots)
        words = Placeholders(written, loaded.texts).without([name for name, text in written.items() if ":-" in text])
        self._variables = Variables(words.values)
        reading = compile_folder(folder, main, self._variables)
        errors = _errors(reading)
        if reading.package is None or errors:
            place = Place.whole(reading.texts[0] if reading.texts else Text(loaded.path, ""))
            help_ = "mend what 'connector-builder validate' finds, then try again"
            raise NotUpdatable([NOT_UPDATABLE.at(place, f"the spec has errors, so {what}", help=help_), *errors])
        self.package: Package = reading.package
        self.texts = Texts(folder, main)

    @property
    def names(self) -> set[str]:
        """Returns the names and ids of its operations."""
        named = {name for table in self.texts.tables if table.section in OPERATIONS for name in table.names}
        return named | {str(one.value.get("operationId")) for one in operations(self.package.definition)}

    @property
    def parameters(self) -> set[str]:
        """Returns the names of the parameters that it describes once for all operations."""
        node = self.texts.root.entries.get("parameters")
        return set(node.entries) if node is not None else set()

    @property
    def schemas(self) -> list[str]:
        """Returns the names of its own schemas."""
        own = {name for table in self.texts.tables if table.section == "schemas" for name in table.names}
        return [name for name in self.package.definition.get("definitions", {}) if name in own]

    def with_action(self, name: str, action: Entries, files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
        """Returns the contents of the files that change when an action is added, and `files`, which are new.

        Raises NotUpdatable if the action has errors, or if it can't be added without changing anything else.
        """
        trial = Trial(self.texts)
        request = str(action.get("request"))
        alone = [*action] == ["request"] and len(name) + len(request) < _LINE
        form = request if alone else Block(in_order_of("operation", action))
        trial.add(_ACTIONS, name, form, self._neighbour(request))
        try:
            contents = {**trial.contents(), **(files or {})}
        except Uncertain:
            raise self.refused("the layout of the spec has no place for another operation") from None
        self._prove(name, self.rebuilt(contents, name))
        return contents

    def rebuilt(self, contents: Mapping[str, bytes], name: str, help: str = _BY_HAND) -> Package:
        """Returns what the spec builds with changed files. Raises NotUpdatable if it has errors then; `name` is what is new."""
        reading = compile_folder(Over(contents, self._folder), self._main, self._variables)
        errors = _errors(reading)
        if errors or reading.package is None:
            message = f"the spec with '{name}' would have errors, so nothing is written"
            raise NotUpdatable([*self.refused(message, None, help).findings, *errors])
        return reading.package

    def built(self, name: str, action: Entries) -> Entries:
        """Returns an action as the spec builds it, with all that the spec's defaults add. Raises NotUpdatable."""
        contents = self.with_action(name, action)
        reading = compile_folder(Over(contents, self._folder), self._main, self._variables)
        assert reading.package is not None
        return _by_id(reading.package.definition)[name]

    def _neighbour(self, request: str) -> str | None:
        """Returns the last action whose path has most of the beginning of a request's; None if none has any."""
        path = _segments(request.partition(" ")[2])
        best, most = None, 0
        for one in operations(self.package.definition):
            common = 0
            for mine, other in zip(path, _segments(one.path), strict=False):
                if mine != other:
                    break
                common += 1
            name = self._name_of(str(one.value.get("operationId")))
            if common >= max(most, 1) and name is not None:
                best, most = (self._later(best, name) if common == most and best else name), common
        return best

    def _name_of(self, identifier: str) -> str | None:
        for table in self.texts.tables:
            for name, node in table.node.entries.items() if table.section == _ACTIONS else ():
                given = node.entries.get("operationId")
                if identifier == (str(given.value) if given is not None else name):
                    return name
        return None

    def _later(self, one: str, other: str) -> str:
        """Returns which of two actions is later in the spec's own order."""
        listed = [name for table in self.texts.tables if table.section == _ACTIONS for name in table.names]
        return max(one, other, key=listed.index)

    def _prove(self, name: str, built: Package) -> None:
        """Raises NotUpdatable if a package differs from the spec's in more than a new operation."""
        there = _by_id(built.definition)
        new = there.get(name)
        left: Entries = {}
        for path, item in built.definition.get("paths", {}).items():
            rest = {key: part for key, part in item.items() if part is not new}
            if rest or path in self.package.definition.get("paths", {}):
                left[path] = rest
        before = self.package
        wrong = list(definition_differences(before.definition, {**built.definition, "paths": left}, ordered=()))
        wrong += properties_differences(before.properties, built.properties)
        if wrong or new is None:
            where = "/".join(map(str, wrong[0])) if wrong else name
            raise self.refused(f"'{name}' can't be added without changing something else: {where}")

    def refused(self, message: str, place: Place | None = None, help: str = _BY_HAND) -> NotUpdatable:
        """Returns the exception for what can't be done to the spec, with its place in it."""
        return NotUpdatable([NOT_UPDATABLE.at(place or Place.whole(self.texts.root.text), message, help=help)])


def _by_id(definition: Entries) -> dict[str, Entries]:
    return {str(one.value.get("operationId")): one.value for one in operations(definition)}


def _segments(path: str) -> list[str]:
    return [one for one in path.partition("?")[0].split("/") if one]


def _errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.rule.severity is Severity.ERROR]
