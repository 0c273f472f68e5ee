"""The types of values, for messages and as apps see them."""

from connector_builder.findings.wording import quoted
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


def typed(field: Field) -> str:
    """Returns the type of a field with its article: `an integer`, `any value`."""
    return "any value" if field.type == "any" else f"{'an' if field.type[:1] in 'aeiou' else 'a'} {field.type[:20]}"


def formatted(field: Field) -> str:
    """Returns the format of a field for a message: `the format 'uuid'`, `no format`."""
    return f"the format {quoted(field.format)}" if field.format else "no format"
