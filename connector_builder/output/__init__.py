"""Writes files into a folder, all or none, or compares them with the files in it."""

from connector_builder.output.comparing import Difference, compare
from connector_builder.output.errors import OutputError
from connector_builder.output.places import read
from connector_builder.output.record import recorded_slugs
from connector_builder.output.writing import Written, write
from connector_builder.source.names import safe_names, safe_slug

__all__ = [
    "Difference",
    "OutputError",
    "Written",
    "compare",
    "read",
    "recorded_slugs",
    "safe_names",
    "safe_slug",
    "write",
]
