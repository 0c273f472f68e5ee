"""RFC 6901 pointers as text (https://www.rfc-editor.org/rfc/rfc6901)."""

from connector_builder.findings import Pointer


def format_pointer(pointer: Pointer) -> str:
    """Formats `("paths", "/runs", "get")` as `/paths/~1runs/get`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
