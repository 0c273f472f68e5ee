"""Reads the custom code of a package, once for all rules about it."""

from connector_builder.platform.custom_code.csharp import Code, read_csharp
from connector_builder.rules.context import Context, once


@once
def code_of(context: Context) -> Code | None:
    """The custom code, as rules read it; None if there is none, or it isn't text."""
    content = context.package.script
    text = None if content is None else decoded(content)
    return None if text is None else read_csharp(text)


def decoded(content: bytes) -> str | None:
    """Returns the text of custom code without its byte order mark; None if it isn't UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
