"""The formats of values that the platform knows, each with the types that can have it.

Source: the schema of a definition in https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas
"""

from collections.abc import Mapping
from types import MappingProxyType

_TEXT, _WHOLE, _NUMBER = ("string",), ("integer",), ("number",)

FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "int32": (*_WHOLE, *_NUMBER), "int64": (*_WHOLE, *_NUMBER), "float": _NUMBER, "double": _NUMBER,
    "byte": _TEXT, "binary": _TEXT, "date": _TEXT, "date-time": _TEXT, "password": _TEXT, "date-no-tz": _TEXT,
    "email": _TEXT, "html": _TEXT, "uri": _TEXT, "uuid": _TEXT,
})  # fmt: skip

MEANT: Mapping[str, str] = MappingProxyType({
    "guid": "uuid", "url": "uri", "datetime": "date-time", "decimal": "double", "integer": "int32", "int": "int32",
    "long": "int64", "base64": "byte",
})  # fmt: skip
"""Formats of other platforms that mean one of these."""
