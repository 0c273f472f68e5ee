"""Reads the texts of PowerShell, with the variables and values inside them.

Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
"""

import re
from typing import Any, Final

from connector_builder.sources.captures.powershell.texts import Texts

VARIABLE: Final = re.compile(r"\$(?:\{([^}\n]{1,100})\}|((?:[A-Za-z]+:(?=\w))?\w+))")
"""A variable: `$name`, `${name}` or `$env:NAME`."""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_BLANK = re.compile(r"(?:[ \t]|`[ \t]*\r?\n|<#[\s\S]*?(?:#>|\Z))+")
_SPACE = re.compile(r"(?:\s|`(?=\s)|<#[\s\S]*?(?:#>|\Z)|(?<![^\s;{}()])#[^\n]*)+")


class Quotes:
    """Reads texts at `at`, and goes over what has no meaning. `stopped` says that a value ends before its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.stopped = False
        self.texts = Texts()

    def variable(self) -> Any:
        """Reads a variable, or the values in `$(…)`."""
        raise NotImplementedError

    def literal(self) -> str:
        """Reads a text in single quotes."""
        found: list[str] = []
        while True:
            end = self.text.find("'", self.at + 1)
            end = len(self.text) if end < 0 else end
            found.append(self.text[self.at + 1 : end])
            self.at = end + 1
            if not self.text.startswith("'", self.at):
                return "".join(found)
            found.append("'")

    def here(self, match: re.Match[str]) -> str:
        """Reads the lines between `@"` and `"@`, of which `match` is the first."""
        end = re.compile(rf"\r?\n[ \t]*{match[1]}@").search(self.text, match.end() - 1)
        until = end.start() if end else len(self.text)
        self.at = min(match.end(), until)
        found = self.text[self.at : until] if match[1] == "'" else self._expanded(until)
        self.at = end.end() if end else len(self.text)
        return found

    def double(self) -> str:
        """Reads a text in double quotes."""
        self.at += 1
        return self._expanded(None)

    def _expanded(self, until: int | None) -> str:
        """Reads a text with variables, up to the quote that ends it, or to a place."""
        found: list[str] = []
        size = len(self.text) if until is None else until
        while self.at < size and not self.stopped:
            character = self.text[self.at]
            if character == '"' and until is None:
                self.at += 1
                if not self.text.startswith('"', self.at):
                    break
            elif character == "`" and self.at + 1 < size:
                self.at += 1
                character = _ESCAPES.get(self.text[self.at], self.text[self.at])
            elif character == "$" and (self.text.startswith("$(", self.at) or VARIABLE.match(self.text, self.at)):
                found.append(self.texts.shown(self.variable()))
                continue
            found.append(character)
            self.at += 1
        return "".join(found).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def blank(self) -> bool:
        """Goes over blanks and continued lines. Returns true, for conditions."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return True

    def space(self) -> None:
        """Goes over blanks, lines and comments."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
