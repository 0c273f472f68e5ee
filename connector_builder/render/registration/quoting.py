"""Quotes texts for the languages of the documents, so that a text stays a text."""

import json
import re
import shlex
from typing import Any

_POWERSHELL_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")


def bash(text: str) -> str:
    """Returns a text as one word of a POSIX shell."""
    return shlex.quote(text)


def powershell(text: str) -> str:
    """Returns a text as a literal of PowerShell, for which typographic apostrophes are apostrophes too."""
    return f"'{_POWERSHELL_QUOTES.sub(lambda match: match.group() * 2, text)}'"


def bicep(text: str) -> str:
    """Returns a text as a literal of Bicep."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("${", "\\${").replace("\n", "\\n") + "'"


def hcl(text: str) -> str:
    """Returns a text as a literal of HCL."""
    escaped = json.dumps(text, ensure_ascii=False)
    return escaped.replace("${", "$${").replace("%{", "%%{")


def json_text(value: Any) -> str:
    """Returns JSON in ASCII: in a script its encoding doesn't matter, and no quote or line break in it ends a text."""
    return json.dumps(value, indent=2, ensure_ascii=True)


def json_word(text: str) -> str:
    """Returns a text as JSON in ASCII, on one line."""
    return json.dumps(text, ensure_ascii=True)
