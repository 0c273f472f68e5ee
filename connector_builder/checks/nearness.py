"""Measures how near a connector is to each limit of the platform that its files show."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from connector_builder.checks.rules import LIMIT_NEAR
from connector_builder.findings import Finding, Pointer
from connector_builder.package.model import DEFINITION, FILES, ICON, SCRIPT, Package
from connector_builder.platform import limits
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.limits import Limit
from connector_builder.platform.swagger.key_order import json_bytes
from connector_builder.platform.swagger.operations import operations
from connector_builder.rules.context import Context
from connector_builder.rules.measures import counted

NEAR = 80
"""The percentage above which a note is made."""


class Measure(NamedTuple):
    """How much of a limit a connector uses, and the part of it that uses most."""

    limit: Limit
    used: int
    document: str
    pointer: Pointer

    @property
    def percent(self) -> int:
        return self.used * 100 // self.limit.most


def measures(package: Package) -> list[Measure]:
    """Returns the measures of a package, in the order of the limits; each for the part that is nearest to its limit."""
    found = [*_of_definition(package), *_of_files(package)]
    order = {limit.what: index for index, limit in enumerate(limits.LIMITS)}
    return sorted(found, key=lambda measure: order[measure.limit.what])


def _of_definition(package: Package) -> Iterator[Measure]:
    definition = package.definition
    if not isinstance(definition, dict):
        return
    yield Measure(limits.OPERATIONS, sum(1 for _ in operations(definition)), DEFINITION, ("paths",))
    counts = dict(_schemas(definition, Context(package)))
    largest = max(counts, key=lambda pointer: counts[pointer], default=None)
    if largest is not None:
        yield Measure(limits.SCHEMAS, counts[largest], DEFINITION, largest)
    by_operation: dict[Pointer, int] = {}
    for pointer, count in counts.items():
        if pointer[0] == "paths":
            by_operation[pointer[:3]] = by_operation.get(pointer[:3], 0) + count
    busiest = max(by_operation, key=lambda pointer: by_operation[pointer], default=None)
    if busiest is not None:
        yield Measure(limits.SCHEMAS_OF_OPERATION, by_operation[busiest], DEFINITION, busiest)
    text = _written(package, definition)
    yield Measure(limits.DEFINITION, len(text.encode("utf-8", "backslashreplace")), DEFINITION, ())
    yield Measure(limits.STORED, len(text), DEFINITION, ())


def _written(package: Package, definition: Any) -> str:
    """Returns the text of a definition: of a package its file, of a spec what is built."""
    if DEFINITION in package.sizes:
        return package.locate(DEFINITION, [()])[()].text.content
    return json_bytes(definition).decode()


def _schemas(definition: dict[str, Any], context: Context) -> Iterator[tuple[Pointer, int]]:
    """Yields how many schemas each body, response and definition has; one more than the limit stands for any number."""
    for name, schema in mapping(definition.get("definitions")).items():
        if isinstance(schema, dict):
            yield ("definitions", name), counted(schema, context)
    for operation in operations(definition):
        for part, owner in _owners(operation.value):
            schema = mapping(context.resolved(owner)).get("schema")
            if isinstance(schema, dict):
                yield (*operation.pointer, *part, "schema"), counted(schema, context)


def _owners(operation: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    parameters = operation.get("parameters")
    for index, parameter in enumerate(parameters if isinstance(parameters, list) else ()):
        yield ("parameters", index), parameter
    for status, response in mapping(operation.get("responses")).items():
        yield ("responses", status), response


def _of_files(package: Package) -> Iterator[Measure]:
    contents = ((limits.SCRIPT, SCRIPT, package.script), (limits.ICON, ICON, package.icon))
    for limit, name, content in contents:
        if content is not None:
            yield Measure(limit, len(content), FILES, (name,))


def notes(package: Package, measured: Iterable[Measure]) -> Iterator[Finding]:
    """Yields a note for each limit that is nearly reached. What is beyond a limit is an error of another rule."""
    for measure in measured:
        if not measure.limit.most * NEAR < measure.used * 100 <= measure.limit.most * 100:
            continue
        place = package.places(measure.document, [measure.pointer])[measure.pointer]
        message = f"{measure.used:,} of {measure.limit.most:,} {measure.limit.what} ({measure.percent} %)"
        found = LIMIT_NEAR.at(place, message, help="divide the connector before the limit stops you")
        document = None if measure.document == FILES else measure.document
        yield Finding(found.rule, found.defect, document, None if document is None else measure.pointer)
