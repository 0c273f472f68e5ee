"""The types of fields in words, as Microsoft's reference pages of connectors have them: `date-time`, `array of string`.

Source: the pages below https://learn.microsoft.com/en-us/connectors/connector-reference/.
"""

from collections.abc import Mapping
from typing import Any

from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.fields import type_of

MAX_NESTED = 5
_WHOLE = ("int32", "int64")


def type_text(type_: str, format_: str, items: str = "") -> str:
    """Returns a type in words: the format if there is one, `integer` for `int32`, and `array of string` for an array."""
    if type_ == "array":
        return f"array of {items}" if items else type_
    return type_ if not format_ or format_ in _WHOLE else format_


def items_type(part: Mapping[str, Any], references: References, depth: int = 0) -> str:
    """Returns the type of an array's items in words; nothing for what isn't an array, or has no items."""
    if type_of(part) != "array" or "items" not in part or depth == MAX_NESTED:
        return ""
    item = mapping(references.resolved(part["items"]))
    return type_text(type_of(item), text(item.get("format")), items_type(item, references, depth + 1))
