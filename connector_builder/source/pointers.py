"""RFC 6901 pointers as text (https://www.rfc-editor.org/rfc/rfc6901)."""

from connector_builder.findings import Pointer


def format_pointer(pointer: Pointer) -> str:
    """Formats `("paths", "/runs", "get")` as `/paths/~1runs/get`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def format_reference(*steps: str) -> str:
    """Formats a `$ref` inside the document: `("definitions", "Run")` as `#/definitions/Run`."""
    return f"#{format_pointer(steps)}"


def parse_reference(reference: str) -> tuple[str, ...] | None:
    """Returns the steps of a `$ref` inside the document (`#/definitions/Run`); None for any other reference."""
    if not reference.startswith("#/"):
        return None
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))
