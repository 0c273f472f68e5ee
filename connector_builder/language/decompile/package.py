"""Makes a spec from a package, and proves it: the spec compiles to the package that was read."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.compile.budget import MAX_PARTS, fits
from connector_builder.language.decompile.choices.defaults import choose_defaults
from connector_builder.language.decompile.connector.solution import named
from connector_builder.language.decompile.draft import PLAIN, Draft, Part
from connector_builder.language.decompile.layout import spec_files
from connector_builder.language.decompile.model import Imported, NotImportable, NotProven
from connector_builder.language.decompile.proof import definition_differences, properties_differences
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.language.decompile.spec import spec_of
from connector_builder.language.rules import SPEC_TOO_LARGE
from connector_builder.package import DEFINITION, Package, Reading
from connector_builder.package.secrets import without_secrets
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.key_order import in_order, json_lines
from connector_builder.platform.swagger.operations import operations_of
from connector_builder.render.files import has_drawn_icon
from connector_builder.source.folder import InMemory
from connector_builder.source.pointers import format_pointer

ROUNDS = 4
"""The most trials. Parts that differ get the next of two longer forms; in the last trial, all get the longest."""
MAX_DEPTH = 95
"""The levels of JSON that always fit into the hundred levels of YAML. Deeper JSON often fits: a path is one level."""
_SHALLOW = "let a part of it be a definition of its own"


def import_package(package: Package) -> Imported:
    """Returns the spec of a package.

    Raises NotImportable; NotProven, a defect of the importer, if no spec compiles back to the package.
    """
    properties = without_secrets(package.properties) if isinstance(package.properties, dict) else None
    _check_size(package)
    # The order in which a tool wrote the keys doesn't count: the same package gives the same spec.
    draft = Draft(
        in_order(package.definition), properties, script=package.script is not None, settings=package.settings
    )
    draft.sampled = package.sampled
    draft.defaults = choose_defaults(draft.definition)
    draft.icon = package.icon is not None and not has_drawn_icon(package)
    draft.without_icon, draft.solution = package.without_icon, package.solution
    draft.environment_variables = package.environment_variables
    pointers: list[Pointer] = []
    for left in reversed(range(ROUNDS)):
        contents = spec_files(spec_of(draft), package.script, package.icon if draft.icon else None)
        reading = compile_folder(InMemory(package.source, contents), MAIN, Variables())
        if any(finding.rule is SPEC_TOO_LARGE for finding in reading.findings):
            raise _too_large(package, DEFINITION)
        pointers = _wrong(package, draft, reading.package)
        if not pointers:
            return _imported(package, draft, contents, reading)
        if not left or not _longer(draft, pointers, last=left == 1):
            break
    for document, data in package.documents.items():
        deep = _too_deep(data)
        if deep is not None:
            place = package.locate(document, [deep])[deep]
            raise NotImportable(NOT_IMPORTABLE.at(place, f"more than {MAX_DEPTH} levels of nesting", help=_SHALLOW))
    raise NotProven([format_pointer(pointer) for pointer in pointers])


def _check_size(package: Package) -> None:
    """Raises NotImportable for a package that is larger than one from a spec may be."""
    for document, data in package.documents.items():
        if not fits(data):
            raise _too_large(package, document)


def _too_large(package: Package, document: str) -> NotImportable:
    place = package.locate(document, [()])[()]
    return NotImportable(
        NOT_IMPORTABLE.at(place, f"more than {MAX_PARTS:,} parts", help="make several connectors of it")
    )


def _too_deep(value: Any, at: Pointer = ()) -> Pointer | None:
    """Returns the first part that is too deep to be written unchanged in a spec; None if there is none."""
    if len(at) > MAX_DEPTH:
        return at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return next((found for step, part in parts if (found := _too_deep(part, (*at, step))) is not None), None)


def _wrong(package: Package, draft: Draft, built: Package | None) -> list[Pointer]:
    """Returns the pointers to differences from the package; those into apiProperties begin with an empty step."""
    if built is None:
        return [()]
    pointers = list(definition_differences(package.definition, built.definition))
    if draft.properties is not None:
        pointers += properties_differences(draft.properties, built.properties)
    if (draft.icon and built.icon != package.icon) or built.script != package.script:
        pointers.append(("files",))
    if package.solution and named(package.solution, package.definition, draft.properties) != named(
        built.solution, built.definition, built.properties
    ):
        pointers.append(("solution",))
    if package.environment_variables != built.environment_variables:
        pointers.append(("environmentVariables",))
    return pointers


def _longer(draft: Draft, pointers: list[Pointer], *, last: bool) -> bool:
    """Gives the parts that differ their next longer form; in the last round, gives all parts the longest.

    If no part that differs has a longer form, all other parts get one, because one may cause a difference in another.
    Returns False if no part has one.
    """
    polling = draft.polling
    draft.polling = polling and not last and not any(at[:1] == ("",) for at in pointers)
    shorter = [part for part in _parts(draft.definition) if draft.level(part) < PLAIN]
    named = {at[:3] if at[:1] == ("paths",) else at[:2] for at in pointers}
    differing = [part for part in shorter if any(part[:length] in named for length in range(len(part) + 1))]
    if not (last or differing or polling != draft.polling):
        differing = shorter
    for part in shorter if last else differing:
        draft.levels[part] = PLAIN if last else draft.level(part) + 1
    return bool(shorter) or polling != draft.polling


def _parts(definition: dict[str, Any]) -> Iterator[Part]:
    """Yields all parts that get a longer form by themselves."""
    for section in ("definitions", "parameters", "responses", "paths"):
        for name, one in mapping(definition.get(section)).items():
            if section == "paths":
                yield from ((section, name, each.verb) for each in operations_of(name, one))
            else:
                yield section, name


def _imported(package: Package, draft: Draft, contents: dict[str, bytes], reading: Reading) -> Imported:
    before = json_lines(package.definition)
    if draft.properties is not None:
        before += json_lines(draft.properties)
    texts = [content for name, content in contents.items() if name.endswith(".yaml")]
    paths: Any = package.definition.get("paths")
    operations = sum(one[0] == "paths" for one in draft.levels) if isinstance(paths, dict) else 0
    return Imported(contents, operations, sum(text.count(b"\n") for text in texts), before, reading, draft.plain)
