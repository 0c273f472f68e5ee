"""Mends broken files where there is only one sensible reading. A finding reports each repair at its place."""

from connector_builder.sources.repair.edits import Edit, Mended
from connector_builder.sources.repair.encoding import decode_anyway
from connector_builder.sources.repair.structure import mend_json
from connector_builder.sources.repair.texts import without_controls

__all__ = ["Edit", "Mended", "decode_anyway", "mend_json", "without_controls"]
