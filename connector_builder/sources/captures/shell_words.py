"""Divides texts into curl commands, and commands into words, as bash, Windows' cmd and PowerShell do. Nothing is run."""

import re
from collections.abc import Iterator
from typing import NamedTuple

POWERSHELL = r"(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)"
"""A pattern of the commands of PowerShell that send a request, in any case of letters: their names, and their own aliases."""
_START = re.compile(r"(?:^|[\s;&|(])(?:curl(?:\.exe)?)(?=[\s'\"])")
_ANSI = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "v": "\v",
}
_QUOTE = re.compile(r"\^?[\"']")
_CARET = re.compile(r"\^(?:[ \t]*\r?\n(?P<line>\r?\n)?|(?P<escaped>[\s\S]))")
_ARGUMENT = re.compile(r'(?:"(?:[^"\\]|\\[\s\S])*(?:"|\Z)|\\"|[^\s"])+')
_ESCAPED_QUOTE = re.compile(r'(\\)(?:\\\\)*"')
_QUOTED_QUOTE = "\x00"
"""Stands for a quote that is part of a word, while the others are taken away."""
_OPTION_BELOW = re.compile(r"\r?\n[ \t]*(?=--?[A-Za-z])")
MAX_COMMANDS = 5_000


class Command(NamedTuple):
    """The words of one command, the comment above it, and where it begins and ends in the text."""

    words: tuple[str, ...]
    comment: str
    start: int
    end: int


def commands(text: str) -> Iterator[Command]:
    """Yields the curl commands of a text."""
    position, count = 0, 0
    while count < MAX_COMMANDS:
        match = _START.search(text, position)
        if match is None:
            return
        start = match.end() - len(match[0].lstrip(" \t\r\n;&|("))
        quote = _QUOTE.search(text, match.end())
        of_windows = quote is not None and quote[0] == '^"'
        words, end = windows_words(text, match.end()) if of_windows else _Words(text, match.end()).read()
        yield Command(tuple(words), comment_above(text, start), start, end)
        position, count = max(end, match.end()), count + 1


def windows_words(text: str, start: int) -> tuple[list[str], int]:
    """Divides a command that a browser copied for Windows: carets escape everything that `cmd` would read.

    What is left when `cmd` has taken the carets away, the program divides: quotes, and backslashes before quotes. Returns
    the words up to the end of the command, and where that is.
    """
    plain: list[str] = []
    at, size = start, len(text)
    while at < size and text[at] not in "\n&|":
        match = _CARET.match(text, at)
        if match is None:
            plain.append(text[at])
            at += 1
        else:
            plain.append(match["escaped"] if match["escaped"] is not None else "\n" if match["line"] else " ")
            at = match.end()
    return [_word(one) for one in _ARGUMENT.findall("".join(plain))], at


def _word(argument: str) -> str:
    """Returns an argument without its quotes."""
    said = _ESCAPED_QUOTE.sub(lambda match: match[1] * ((len(match[0]) - 1) // 2) + _QUOTED_QUOTE, argument)
    return said.replace('"', "").replace(_QUOTED_QUOTE, '"')


def comment_above(text: str, start: int) -> str:
    """Returns the comment on the line above a command."""
    begin = text.rfind("\n", 0, start) + 1
    line = text[text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin].strip()
    if text[begin:start].strip() or line.startswith("#!") or "://" in line:
        return ""
    return line.lstrip("#/ ").strip() if line.startswith(("#", "//")) else ""


class _Words:
    """Divides a command into words, as shells do."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start

    def read(self) -> tuple[list[str], int]:
        """Returns the words up to the end of the command, and where that is."""
        words: list[str] = []
        word: list[str] | None = None
        text, size = self.text, len(self.text)
        while self.at < size:
            character = text[self.at]
            if self._continues():
                continue
            if self._forgotten():
                words += ["".join(word)] if word is not None else []
                word = None
                continue
            if character in "\n;|&" or (character == "#" and word is None):
                break
            if character in " \t\r":
                if word is not None:
                    words.append("".join(word))
                word = None
                self.at += 1
                continue
            word = word if word is not None else []
            word.append(self._part())
        if word is not None:
            words.append("".join(word))
        return words, self.at

    def _continues(self) -> bool:
        """Skips the end of a line that a backslash, a caret or a backtick continues."""
        match = re.compile(r"[\\^`][ \t]*\r?\n").match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match is not None

    def _forgotten(self) -> bool:
        """Skips the end of a line whose backslash was forgotten: no program is called like an option."""
        match = _OPTION_BELOW.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match is not None

    def _part(self) -> str:
        character = self.text[self.at]
        if character == "'":
            return self._until("'")
        if self.text.startswith("$'", self.at):
            return self._ansi()
        if character == '"':
            return self._double()
        self.at += 1
        if character in "\\^" and self.at < len(self.text):
            self.at += 1
            return self.text[self.at - 1]
        return character

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        end = len(self.text) if end < 0 else end
        part, self.at = self.text[self.at + 1 : end], end + 1
        return part

    def _ansi(self) -> str:
        out: list[str] = []
        self.at += 2
        while self.at < len(self.text) and self.text[self.at] != "'":
            if self.text[self.at] == "\\" and self.at + 1 < len(self.text):
                out.append(self._escape())
                continue
            out.append(self.text[self.at])
            self.at += 1
        self.at += 1
        return "".join(out)

    def _escape(self) -> str:
        match = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4}))").match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            return chr(int(match[1] or match[2], 16))
        self.at += 2
        return _ANSI.get(self.text[self.at - 1], self.text[self.at - 1])

    def _double(self) -> str:
        self.at += 1
        out: list[str] = []
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == '"':
                self.at += 1
                break
            if character in "\\^`" and self.at + 1 < len(self.text):
                following = self.text[self.at + 1]
                if following in '"\\$`^%':
                    self.at += 1
                    character = following
                elif following in "\r\n":
                    self.at += 2
                    continue
            out.append(character)
            self.at += 1
        return "".join(out)
