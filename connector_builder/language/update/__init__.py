"""Brings what changed in an API into a spec that was imported and then edited."""

from typing import TYPE_CHECKING

from connector_builder.language.update.model import NotUpdatable, Updated

if TYPE_CHECKING:
    from connector_builder.package import Package
    from connector_builder.source.folder import Folder

__all__ = ["NotUpdatable", "Updated", "update_spec"]


def update_spec(folder: "Folder", main: str, base: "Package", new: "Package") -> Updated:
    """Returns the spec in a folder with what changed in the API between two packages, `base` and `new`.

    Raises NotUpdatable; NotImportable and NotProven for a package that no spec can express.
    """
    # Every command reads the rules of updating, but only one requires the updater.
    from connector_builder.language.update import updating

    return updating.update_spec(folder, main, base, new)
