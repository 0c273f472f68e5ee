"""Escapes text, with one function for each format: text from input never becomes structure or a command.

Pipelines act on what tools print: Azure on `##vso[` anywhere in a line
(https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), GitHub on `::` at the beginning of a line
and on the older `##[` anywhere (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

import json
import re
from typing import Any

from connector_builder.patterns import regex

_NOT_SHOWN = regex(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: terminals act on them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional: the text looks different from what it is
    "\u2028\u2029\ufeff\ud800-\udfff\U000e0000-\U000e007f"  # line ends, marks, halves, tags: invisible
    "]"
)
_COMMAND = regex(r"#(?=#(?:vso)?\[)", re.IGNORECASE)
_NOT_IN_XML = regex("[\ufffe\uffff]")  # with what isn't shown, all that XML 1.0 excludes
_MARKDOWN = regex(
    r"[\\`*\[\]<>&#|~$@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=//)|(?<=www)\.|^[-+=]|^\d+(?=[.)])", re.IGNORECASE
)
_SARIF_LINK = regex(r"[\\\[\]]")
_SARIF_PLACEHOLDER = regex(r"\{(?=\d+\})|(?<=\d)\}")


def terminal(text: str) -> str:
    """Escapes a text as one line for a terminal or a log."""
    return "".join(cells(text))


def cells(text: str) -> list[str]:
    """Returns what `terminal` makes of each character, so that a place in the text can be found in the shown line."""
    shown = list(text)
    for match in _NOT_SHOWN.finditer(text):
        shown[match.start()] = _escape(ord(match.group()))
    for match in _COMMAND.finditer(text):
        shown[match.start()] = _escape(ord("#"))
    return shown


def file_name(name: str) -> str:
    """Escapes a file's name at the beginning of a line."""
    return terminal(f"./{name}" if name.startswith((":", " ")) else name)


def log_line(line: str) -> str:
    """Escapes a whole line from input, such as a line of a diff. Its beginning could be a command to GitHub."""
    begins = len(line) - len(line.lstrip())
    return terminal(line[:begins] + r"\x3a" + line[begins + 1 :] if line.startswith("::", begins) else line)


def json_text(value: Any) -> str:
    """Returns JSON in ASCII, indented by two spaces.

    A hash occurs only inside texts, so it may be written as an escape.
    """
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=2, ensure_ascii=True))


def xml_text(text: str) -> str:
    """Returns a text as the content of an element or attribute of XML, without a line break."""
    shown = _NOT_IN_XML.sub(lambda match: _escape(ord(match.group())), terminal(text))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(character, entity)
    return shown


def markdown(text: str) -> str:
    """Returns a text as a part of a line of Markdown, also in a table: no HTML, link, mention, emphasis or cell."""
    return _MARKDOWN.sub(lambda match: f"&#{ord(match.group()[0])};{match.group()[1:]}", terminal(text))


def sarif_text(text: str) -> str:
    """Returns a text as a message of SARIF: no link, `[text](address)`, and no placeholder, `{0}` (SARIF 2.1.0, 3.11)."""
    linkless = _SARIF_LINK.sub(r"\\\g<0>", terminal(text)) if "](" in text else terminal(text)
    return _SARIF_PLACEHOLDER.sub(r"\g<0>\g<0>", linkless)


def uri(name: str) -> str:
    """Returns the name of a file as a URI, relative if the name is relative."""
    from urllib.parse import quote

    rest = quote(
        name.encode("utf-8", "backslashreplace"), safe="/-._~!$&'()*+,;=@" + (":" if name[1:3] == ":/" else "")
    )
    return f"file:///{rest.lstrip('/')}" if name.startswith("/") or name[1:3] == ":/" else rest


def github_data(text: str) -> str:
    """Returns a text as the message of a workflow command."""
    return terminal(text).replace("%", "%25")


def github_property(text: str) -> str:
    """Returns a text as the value of a property of a workflow command."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


def azure_data(text: str) -> str:
    """Returns a text as the message of a logging command."""
    return terminal(text).replace("%", "%AZP25")


def azure_property(text: str) -> str:
    """Returns a text as the value of a property of a logging command."""
    return azure_data(text).replace("]", "%5D").replace(";", "%3B")


def encodable(text: str, encoding: str | None) -> str:
    """Replaces characters that an encoding lacks with escapes, so that printing the text can't fail."""
    encoding = encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _escape(code: int) -> str:
    named = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}
    wide = rf"\u{code:04x}" if code < 0x10000 else rf"\U{code:08x}"
    return named.get(code) or (rf"\x{code:02x}" if code < 0x100 else wide)
