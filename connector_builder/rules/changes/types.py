"""The types of values as apps see them."""

from connector_builder.platform.view.fields import Field

_DATES = ("date", "date-time", "date-no-tz")
_FILES = ("byte", "binary")


def app_type(field: Field) -> str:
    """Returns the type of a text in an app: a date, a file or a plain text; empty for other types."""
    if field.type != "string":
        return ""
    return "file" if field.format in _FILES else field.format if field.format in _DATES else "text"


def is_file(*fields: Field) -> bool:
    """Checks whether one of some fields is a file."""
    return any(field.format in _FILES for field in fields)
