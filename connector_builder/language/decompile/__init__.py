"""Something else to a spec: what they make is held to the same road as a spec written by hand."""

from typing import TYPE_CHECKING

from connector_builder.language.decompile.model import Imported, NotImportable, NotProven

if TYPE_CHECKING:
    from connector_builder.package import Package

__all__ = ["Imported", "NotImportable", "NotProven", "import_package"]


def import_package(package: "Package") -> Imported:
    """The spec of a package. Raises NotImportable, and NotProven where none compiles back to it, which is a defect of ours."""
    # Every command knows the rules of importing, and only one needs the importer.
    from connector_builder.language.decompile import package as importer

    return importer.import_package(package)
