"""Makes a spec from another format. It is then compiled like a spec that a person wrote."""

from typing import TYPE_CHECKING

from connector_builder.language.decompile.model import Imported, NotImportable, NotProven

if TYPE_CHECKING:
    from connector_builder.package import Package

__all__ = ["Imported", "NotImportable", "NotProven", "import_package"]


def import_package(package: "Package") -> Imported:
    """Returns the spec of a package.

    Raises NotImportable; NotProven, a defect of the importer, if no spec compiles back to the package.
    """
    # Every command reads the rules of importing, but only one requires the importer.
    from connector_builder.language.decompile import package as importer

    return importer.import_package(package)
