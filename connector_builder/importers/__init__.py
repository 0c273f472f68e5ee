"""Something else to a spec: what they make is held to the same road as a spec written by hand."""

from connector_builder.importers.model import Imported, NotProven
from connector_builder.importers.package import import_package

__all__ = ["Imported", "NotProven", "import_package"]
