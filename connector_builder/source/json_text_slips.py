"""Says what is wrong inside a text of JSON: a quote that is missing, a line break, an escape of another language."""

from connector_builder.findings import Finding
from connector_builder.patterns import regex
from connector_builder.source.json_slip import CURLY, STRAIGHT, TYPOGRAPHIC, Slip

_NEXT = regex(r'\s*+(?:"[^"\r\n]{0,200}"\s*+:|[}\]])')
_CLOSES = regex(rf"[{CURLY}](?=\s*(?:[:,}}\]]|\Z))")
_LINE_END = regex(r"[\r\n]")


def in_text(slip: Slip) -> Finding:
    """Says what is wrong inside a text, where the parser gave up at a character of it."""
    content, at = slip.content, slip.start
    if slip.said.startswith("Unterminated"):
        return _unclosed(slip, at)
    if not slip.said.startswith("Invalid control"):
        start = content.rfind("\\", max(at - 8, 0), at + 1)
        shown = content[start : start + 2]
        return slip.at(start, start + 2, f"JSON has no escape '{shown}'", f"write '\\{shown}' for a backslash")
    opened = slip.brackets().text
    if content[at] in "\r\n":
        if opened is not None and (_NEXT.match(content, at) or _curly(content, opened, at) is not None):
            return _unclosed(slip, opened)
        return slip.at(at, at + 1, "a line break inside a text", "write \\n instead")
    name = {"\t": "a tab", "\0": "a NUL"}.get(content[at], f"the control character U+{ord(content[at]):04X}")
    cure = "write \\t" if content[at] == "\t" else "remove it"
    return slip.at(at, at + 1, f"{name} inside a text", cure)


def _unclosed(slip: Slip, opened: int) -> Finding:
    line_end = _LINE_END.search(slip.content, opened)
    end = line_end.start() if line_end else len(slip.content)
    curly = _curly(slip.content, opened, end)
    if curly is not None:
        return slip.at(curly, curly + 1, TYPOGRAPHIC, STRAIGHT)
    return slip.at(opened, opened + 1, "this text isn't closed", "add '\"' where it ends")


def _curly(content: str, start: int, end: int) -> int | None:
    """Returns the offset of a typographic quote that seems to close a text; None if there is none."""
    found = _CLOSES.search(content, start, end)
    return found.start() if found else None
