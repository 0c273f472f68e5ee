"""The rules that the files of a package can break, apart from what they say."""

from connector_builder.findings import Rule, Scope, Severity

BYTE_ORDER_MARK = Rule(
    "ByteOrderMarkPreventsUpload",
    Severity.WARNING,
    Scope.PLATFORM,
    """A JSON file of a package begins with a byte order mark.

The portal takes it; paconn's create and update end with a JSONDecodeError. Save the file as UTF-8 without a byte order mark.

Source: tried with paconn 0.0.21; https://github.com/microsoft/PowerPlatformConnectors/issues/117""",
)
TEXT_NOT_ASCII = Rule(
    "TextNotAscii",
    Severity.NOTE,
    Scope.PRACTICE,
    """A JSON file of a package has characters that aren't ASCII.

paconn reads the files in the system's own encoding: where that isn't UTF-8, as on many Windows machines, such a text arrives
garbled, or paconn stops. What `build` writes is ASCII, with `\\u` escapes.

Source: tried with paconn 0.0.21 under another locale""",
)
PACKAGE_RULES = (BYTE_ORDER_MARK, TEXT_NOT_ASCII)
