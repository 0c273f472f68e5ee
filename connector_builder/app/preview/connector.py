"""A connector as data for the page: what all operations have in common, and one operation in full."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from connector_builder.app.preview.found import MAX_FINDINGS, Reach, keys_of, shown
from connector_builder.app.preview.origins import Places, as_field, origin_of, pointers_of
from connector_builder.app.preview.provided import Samples
from connector_builder.findings import Pointer
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.package import Package, Reading
from connector_builder.package.secrets import spared
from connector_builder.platform.data.plain import text
from connector_builder.platform.swagger import operations as definitions
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.fields import Budget, Field
from connector_builder.platform.view.inputs import input_fields, parameters_of
from connector_builder.platform.view.model import Operation, View, as_json
from connector_builder.platform.view.outputs import answer_of, output_fields
from connector_builder.render.access import inner_properties, ways_in
from connector_builder.render.files import drawn_icon
from connector_builder.render.operations import operations as readme_operations
from connector_builder.render.web import data_address
from connector_builder.secrets import mask, mask_all

MAX_BRIEF = 160
MAX_PLACED = 40_000
"""The most fields of a written page whose places in the author's text it shows."""
_COLOR = re.compile("#[0-9A-Fa-f]{6}")


class Connector:
    """A connector that was read and checked, as far as it can be read. `files` are the indices of files, as in `Places`."""

    def __init__(
        self,
        name: str,
        reading: Reading,
        diagnostics: list[Diagnostic],
        locator: Locator,
        files: dict[str, int],
    ) -> None:
        self._name = name
        self._package = spared(reading.package) if reading.package is not None else None
        self._diagnostics = sorted(diagnostics, key=lambda one: one.severity, reverse=True)[:MAX_FINDINGS]
        self._more = len(diagnostics) - len(self._diagnostics)
        self._left_out = sorted(reading.left_out)
        self._places = Places(self._package, locator, files)
        definition = self._package.definition if self._package is not None else None
        self._references = References(definition)
        self._view = view_of(definition, self._package.properties if self._package is not None else None)
        self._by_place = {(one.path, one.verb): one for one in definitions.operations(definition)}
        offered, older = _offered(self._view.operations)
        self._offered = len(offered)
        self.operations: list[Operation] = [*offered, *older, *self._view.hidden]
        self._reach = Reach(definition, [self._by_place[one.path, one.verb] for one in self.operations])

    @property
    def readable(self) -> bool:
        """Returns whether the files could be read as a connector at all."""
        return self._package is not None

    @cached_property
    def _concerned(self) -> dict[int, list[int]]:
        """The indices of the findings of each operation."""
        found: dict[int, list[int]] = {}
        for index, one in enumerate(self._diagnostics):
            for operation in self._reach.of(one):
                found.setdefault(operation, []).append(index)
        return found

    def overview(self) -> dict[str, Any]:
        """Returns what the page needs before an operation is chosen. Operations are in the order of the designer's list."""
        view, package = self._view, self._package
        listed = [self._brief(index, one) for index, one in enumerate(self.operations)]
        data = {
            "source": self._name,
            "title": view.title or (package.name if package is not None else self._name),
            "description": view.description,
            "version": view.version,
            "readable": self.readable,
            "color": _color(package),
            "connection": self._connection(view),
            "operations": listed,
            "offered": self._offered,
            "leftOut": self._left_out,
            "findings": [shown(one, self._places) for one in self._diagnostics],
            "more": self._more,
        }
        return {**mask_all(data), "icon": _icon(package), "files": self._places.files}

    def _brief(self, index: int, one: Operation) -> dict[str, Any]:
        brief = {"id": one.id, "title": one.title, "about": one.description[:MAX_BRIEF], "kind": one.kind}
        if one.visibility:
            brief["visibility"] = one.visibility
        flags = {"deprecated": one.deprecated, "notes": len(one.notes), "findings": self._concerned.get(index, [])}
        return {**brief, **{key: value for key, value in flags.items() if value}}

    def _connection(self, view: View) -> dict[str, Any]:
        """Returns the connection dialog; each way with the address that its author registers at the provider."""
        dialog: dict[str, Any] = as_json(view.connection)
        if self._package is None:
            return dialog
        for way, access in zip(dialog["ways"], ways_in(self._package), strict=False):
            if access.sign_in is not None:
                way["redirect"] = access.sign_in.redirect or access.sign_in.own_redirect
        return dialog

    def details(self) -> list[dict[str, Any]]:
        """Returns all that the page shows of every operation. Only so many fields have their places."""
        budget = Budget(MAX_PLACED)
        fields = [self._fields(index, budget) for index in range(len(self.operations))]
        self._places.find(pointer for index, some in enumerate(fields) for pointer in self._pointers(index, some))
        return [self._detail(index, some) for index, some in enumerate(fields)]

    def detail(self, index: int) -> dict[str, Any]:
        """Returns all that the page shows of an operation. Raises IndexError if there is none with this index."""
        fields = self._fields(index, Budget())
        self._places.find(self._pointers(index, fields))
        return self._detail(index, fields)

    def _detail(self, index: int, both: tuple[list[Field], list[Field]]) -> dict[str, Any]:
        one, places, lines = self.operations[index], self._places, dict[str, str]()
        fields, outputs = both
        concerned = self._concerned.get(index, [])
        keys = keys_of([self._diagnostics[at] for at in concerned], [*fields, *outputs])
        data = _compact(as_json(one))
        for part in ("inputs", "outputs"):
            data[part] = [_compact(each) for each in data.get(part, [])]
        data |= {
            "origin": origin_of(as_field(self._operation(index)), places, lines, mask),
            "origins": {field.key: origin_of(field, places, lines, mask) for field in fields},
            "tokens": {field.key: places.name(field.pointer, lines) for field in outputs if not field.hidden},
            "found": [[at, keys.get(order, "")] for order, at in enumerate(concerned)],
            "provided": self._provided(fields),
            "readme": self._readme.get((one.path, one.verb)),
            "lines": lines,
        }
        return {**mask_all(data), "files": places.files}

    def _operation(self, index: int) -> definitions.Operation:
        one = self.operations[index]
        return self._by_place[one.path, one.verb]

    def _fields(self, index: int, budget: Budget) -> tuple[list[Field], list[Field]]:
        """Returns the inputs and the outputs of an operation, hidden ones too."""
        operation, references = self._operation(index), self._references
        inputs, _ = input_fields(parameters_of(operation, references), references, budget)
        outputs, _ = output_fields(answer_of(operation, references), references, budget)
        return inputs, outputs

    def _pointers(self, index: int, both: tuple[list[Field], list[Field]]) -> Iterator[Pointer]:
        fields, outputs = both
        yield from pointers_of([as_field(self._operation(index)), *fields])
        yield from (field.pointer for field in outputs)

    @cached_property
    def _samples(self) -> Samples | None:
        return Samples(self._package) if self._package is not None else None

    def _provided(self, fields: Iterable[Field]) -> dict[str, Any]:
        """Returns what dynamic fields offer according to the samples, by the key of the field."""
        found: dict[str, Any] = {}
        for field in fields:
            if self._samples is None or not any(key.startswith("x-ms-dynamic") for key in field.part):
                continue
            options = self._samples.options(field, self._references)
            inner = self._samples.fields(field)
            if options or inner:
                found[field.key] = {"options": as_json(options), "fields": as_json(inner)}
        return found

    @cached_property
    def _readme(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What the README of the package says of each operation."""
        definition = self._package.definition if self._package is not None else None
        return {
            (one.path, one.verb): as_json(section)
            for one, section in zip(
                definitions.operations(definition), readme_operations(definition, self._view), strict=True
            )
        }


def _offered(operations: Sequence[Operation]) -> tuple[list[Operation], list[Operation]]:
    """Returns the operations in the designer's list, and those that it leaves out, since it has a newer revision of them."""
    newest: dict[str, int] = {}
    for one in operations:
        if not one.deprecated:
            newest[one.family] = max(newest.get(one.family, 0), one.revision)
    parts: tuple[list[Operation], list[Operation]] = ([], [])
    for one in operations:
        parts[one.revision < newest.get(one.family, 0)].append(one)
    return parts


def _compact(data: dict[str, Any]) -> dict[str, Any]:
    """Returns plain data without the entries that say nothing."""
    return {key: value for key, value in data.items() if value is not False and value not in ([], {})}


def _color(package: Package | None) -> str:
    """Returns the brand colour of a connector, if it is one."""
    found = text(inner_properties(package).get("iconBrandColor")) if package is not None else ""
    return found if _COLOR.fullmatch(found) else ""


def _icon(package: Package | None) -> str:
    """Returns the icon as an address with its content; empty if there is none, or if it is no PNG."""
    if package is None:
        return ""
    return data_address(package.icon or (drawn_icon(package) if package.draws_icon or not package.complete else None))
