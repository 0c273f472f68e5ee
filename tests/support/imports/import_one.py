"""Imports a package that is only in memory, and checks what must be true of every import."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from connector_builder.findings import Place, Pointer, Text
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile import Imported, import_package
from connector_builder.package import Package
from connector_builder.package.secrets import without_secrets
from connector_builder.secrets import without
from connector_builder.source.folder import InMemory
from connector_builder.sources.documents import Parsed
from connector_builder.sources.refusals import definition_refused, properties_refused
from tests.support.imports.without_loss import exact

PATH = Path("imported")
_PLACE = Place(Text(PATH, ""))


def locate(_document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
    return dict.fromkeys(pointers, _PLACE)


def package_of(definition: Any, properties: Any = None, script: bytes | None = None) -> Package:
    return Package("imported", PATH, definition, properties, locate, script=script)


def is_refused(definition: Any, properties: Any = None) -> bool:
    """Checks whether reading refuses a package, so that it isn't imported."""
    refused = definition_refused(Parsed(PATH, definition))
    return bool(refused or (properties is not None and properties_refused(Parsed(PATH, properties))))


def readable(definition: Any, properties: Any = None) -> Package:
    """Returns the package as it is read: without secrets, and without keys beside `properties`."""
    if properties is not None:
        properties = without({"properties": properties["properties"]})[0]
    return package_of(without(definition)[0], properties)


def built(imported: Imported) -> Package:
    """Returns the package that a spec builds."""
    package = compile_folder(InMemory(PATH, imported.files), MAIN, Variables()).package
    assert package is not None
    return package


def import_whole(package: Package) -> Imported:
    """Imports a package and asserts that nothing is lost, with a comparison that isn't the importer's."""
    return import_and_build(package)[0]


def import_and_build(package: Package) -> tuple[Imported, Package]:
    """Does what `import_whole` does, and returns what the spec builds too.

    The importer has compiled the spec's files; they aren't compiled a second time here.
    """
    imported = import_package(package)
    wanted = None if package.properties is None else without_secrets(package.properties)
    again = imported.reading.package
    assert again is not None
    assert exact(again.definition, None if wanted is None else again.properties) == exact(package.definition, wanted)
    return imported, again
