"""The package: the platform's files as plain data, and the place in the author's text that each part came from."""

from connector_builder.package.model import (
    DEFINITION,
    FILES,
    ICON,
    PROPERTIES,
    README,
    SCRIPT,
    SETTINGS,
    Package,
    Reading,
    Sample,
)
from connector_builder.package.origins import Origins
from connector_builder.platform.swagger.key_order import definition_bytes, json_bytes, properties_bytes

__all__ = [
    "DEFINITION",
    "FILES",
    "ICON",
    "PROPERTIES",
    "README",
    "SCRIPT",
    "SETTINGS",
    "Origins",
    "Package",
    "Reading",
    "Sample",
    "definition_bytes",
    "json_bytes",
    "properties_bytes",
]
