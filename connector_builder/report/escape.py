"""Escapes text, with one function for each format: text from input never becomes structure or a command.

Pipelines act on what tools print: Azure on `##vso[` anywhere in a line
(https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), GitHub on `::` at the beginning of a line
and on the older `##[` anywhere (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

import json
import re
from typing import Any

_NOT_SHOWN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: terminals act on them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional: the text looks different from what it is
    "\u2028\u2029\ufeff\ud800-\udfff\U000e0000-\U000e007f"  # line ends, marks, halves, tags: invisible
    "]"
)
_COMMAND = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)


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


def encodable(text: str, encoding: str | None) -> str:
    """Replaces characters that an encoding lacks with escapes, so that printing the text can't fail."""
    encoding = encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _escape(code: int) -> str:
    named = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}
    wide = rf"\u{code:04x}" if code < 0x10000 else rf"\U{code:08x}"
    return named.get(code) or (rf"\x{code:02x}" if code < 0x100 else wide)
