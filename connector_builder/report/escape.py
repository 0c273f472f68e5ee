"""One escaping function for each format: text from input never becomes structure, nor a command to who shows it.

Runners of pipelines read what tools print: Azure takes `##vso[` anywhere in a line
(https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), GitHub `::` at its beginning and the older
`##[` anywhere (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

import json
import re
from typing import Any

_NOT_SHOWN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: terminals act on them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional: what is read isn't what is there
    "\u2028\u2029\ufeff\ud800-\udfff\U000e0000-\U000e007f"  # line ends, marks, halves, tags: invisible
    "]"
)
_COMMAND = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)


def terminal(text: str) -> str:
    """One line of text for a terminal or a log."""
    return "".join(cells(text))


def cells(text: str) -> list[str]:
    """What `terminal` makes of each character, so that a place in the text can be found in what is shown."""
    shown = list(text)
    for match in _NOT_SHOWN.finditer(text):
        shown[match.start()] = _escape(ord(match.group()))
    for match in _COMMAND.finditer(text):
        shown[match.start()] = _escape(ord("#"))
    return shown


def file_name(name: str) -> str:
    """A file's name at the beginning of a line."""
    return terminal(f"./{name}" if name.startswith((":", " ")) else name)


def log_line(line: str) -> str:
    """A whole line from input, such as one of a diff, whose beginning could be a command to GitHub."""
    begins = len(line) - len(line.lstrip())
    return terminal(line[:begins] + r"\x3a" + line[begins + 1 :] if line.startswith("::", begins) else line)


def json_text(value: Any) -> str:
    """JSON in ASCII, two spaces deep. A hash is only ever inside a text, so that it may be written as an escape."""
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=2, ensure_ascii=True))


def encodable(text: str, encoding: str | None) -> str:
    """The text with what an encoding doesn't have written as escapes, so that printing it can't fail."""
    encoding = encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _escape(code: int) -> str:
    named = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}
    wide = rf"\u{code:04x}" if code < 0x10000 else rf"\U{code:08x}"
    return named.get(code) or (rf"\x{code:02x}" if code < 0x100 else wide)
