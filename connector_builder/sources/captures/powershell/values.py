"""Reads values as PowerShell writes them: texts, tables, lists, variables. Nothing is run, no file is read.

Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_hash_tables, and about_arrays, about_operators,
about_parsing and about_splatting beside it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from connector_builder.sources.captures.powershell.quotes import VARIABLE, Quotes
from connector_builder.sources.captures.powershell.texts import UNKNOWN, named, part_of
from connector_builder.sources.captures.shell_words import POWERSHELL

MAX_NESTED: Final = 50
"""The deepest value that is read."""
_HERE = re.compile(r"@([\"'])[ \t]*\r?\n")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?![\w.])")
_TYPE = re.compile(r"\[[\w.,`\[\] ]{1,200}?\](?!\])[ \t]*")
_STATIC = re.compile(r"::(?:\w+\.)*(\w+)")
_MEMBER = re.compile(r"\.(\w+)")
_OPERATOR = re.compile(r"-(f|join|split|i?replace|as|[ic]?(?:eq|ne|match|like))(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w-]*")
_KEY = re.compile(r"[\w.-]+")
_SPLAT = re.compile(r"@(\w+)")
_NAME = re.compile(r"-([A-Za-z]\w*)(:?)")
_BELOW = re.compile(r"\r?\n[ \t]*(?=-[A-Za-z])")
_BARE = re.compile(r"[^\s`$\"'();|{},]+|\{[\w-]*\}")
_REQUEST = re.compile(POWERSHELL, re.IGNORECASE)
_SWITCHES = frozenset((
    "compress", "asarray", "usebasicparsing", "usedefaultcredentials", "disablekeepalive", "skipcertificatecheck", "skipheadervalidation",
    "preserveauthorizationonredirect", "allowunencryptedauthentication", "allowinsecureredirect", "noproxy", "passthru", "resume", "followrellink",
    "preservehttpmethodonredirect", "skiphttperrorcheck", "proxyusedefaultcredentials", "verbose", "debug", "raw", "asplaintext", "force",
))  # fmt: skip


class Values(Quotes):
    """Reads the values of a script one after the other. `at` is where the next one begins; `variables` are those so far.

    A request isn't read as part of a value: `stopped` then says that the value ends before it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.variables: dict[str, Any] = {}
        self._level = 0

    def value(self) -> Any:
        """Reads what is assigned, or is in parentheses: operands, and the commands that they are sent through."""
        value = self._operation()
        while not self.stopped and self.blank() and self.text.startswith("|", self.at):
            self.at += 1
            self.space()
            value = self._command(value)
        return value

    def arguments(self) -> Iterator[tuple[str, Any]]:
        """Yields the names of a command's parameters in lower case, each with its value; an empty name is one by position."""
        while self._more():
            start = self.at
            match = _NAME.match(self.text, self.at)
            if match is not None:
                name, self.at = match[1].lower(), match.end()
                given = self._more() and not _NAME.match(self.text, self.at)
                yield name, self._argument() if match[2] or (given and name not in _SWITCHES) else True
            elif splat := _SPLAT.match(self.text, self.at):
                self.at = splat.end()
                table = self.variables.get(splat[1].lower())
                for key, value in table.items() if isinstance(table, dict) else ():
                    yield str(key).lower(), value
            else:
                yield "", self._argument()
            self.at += self.at == start and not self.stopped

    def _more(self) -> bool:
        """Goes to the next argument of a command; a line may go on below with a parameter, even if its backtick was forgotten."""
        while self.blank() and (match := _BELOW.match(self.text, self.at)):
            self.at = match.end()
        return not self.stopped and self.at < len(self.text) and self.text[self.at] not in "\r\n;|)}&#"

    def _argument(self) -> Any:
        found = [self._one_argument()]
        while self.blank() and self.text.startswith(",", self.at):
            self.at += 1
            self.space()
            found.append(self._one_argument())
        return found if len(found) > 1 else found[0]

    def _one_argument(self) -> Any:
        """Reads a value, or a word without quotes, which may contain variables."""
        word: list[Any] = []
        while self.at < len(self.text):
            start, character = self.at, self.text[self.at]
            bare = None if character == "$" or (character == "{" and not word) else _BARE.match(self.text, self.at)
            if bare is not None and not (bare[0] == "@" or (not word and bare[0][0] in "@[")):
                self.at = bare.end()
                word.append(bare[0])
            elif character in "\"'$" or (not word and character in "@([{"):
                word.append(self._primary())
            elif character == "`" and self.text[self.at + 1 : self.at + 2].strip():
                self.at += 2
                word.append(self.text[self.at - 1])
            if self.at == start or self.stopped:
                break
        return word[0] if len(word) == 1 else "".join(map(self.texts.shown, word))

    def _operation(self) -> Any:
        value = self._list()
        while not self.stopped:
            self.blank()
            operator = _OPERATOR.match(self.text, self.at)
            if operator is not None:
                self.at = operator.end()
                self.space()
                right = self._list()
                value = self.texts.formatted(value, right) if operator[1].lower() == "f" else value
            elif self.text.startswith("+", self.at):
                self.at += 1
                self.space()
                value = self.texts.sum(value, self._list())
            else:
                break
        return value

    def _list(self) -> Any:
        found = [self._primary()]
        while not self.stopped and self.blank() and self.text.startswith(",", self.at):
            self.at += 1
            self.space()
            found.append(self._primary())
        return found if len(found) > 1 else found[0]

    def _primary(self) -> Any:
        """Reads one operand. If there is none, nothing is read."""
        if self._level >= MAX_NESTED:
            return UNKNOWN
        self._level += 1
        value = self._members(self._operand())
        self._level -= 1
        return value

    def _operand(self) -> Any:
        here = _HERE.match(self.text, self.at)
        if here is not None:
            return self.here(here)
        for mark, read in _READERS:
            if self.text.startswith(mark, self.at):
                return read(self)
        number = _NUMBER.match(self.text, self.at)
        if number is not None:
            self.at = number.end()
            return float(number[0]) if "." in number[0] else int(number[0][:300])
        return self._command(UNKNOWN) if _WORD.match(self.text, self.at) else UNKNOWN

    def _command(self, sent: Any) -> Any:
        """Reads a command, to which a value may be sent. Only those that make a value of others have a result."""
        match = _WORD.match(self.text, self.at)
        name = match[0].lower() if match else ""
        self.stopped = self.stopped or _REQUEST.fullmatch(name) is not None
        if match is None or self.stopped:
            return sent
        self.at = match.end()
        given: dict[str, Any] = {}
        for key, value in self.arguments():
            given.setdefault(key, value)
        if name == "convertto-json":
            value = given.get("inputobject", given.get("", sent))
            return self.texts.as_json(value)
        if name == "new-object":
            made = re.search(
                r"dictionary|hashtable|object|session",
                self.texts.shown(given.get("", given.get("typename"))),
                re.IGNORECASE,
            )
            return given.get("property", {}) if made else UNKNOWN
        return sent

    def _table(self) -> dict[str, Any]:
        self.at += 2
        found: dict[str, Any] = {}
        while not self.stopped:
            self.space()
            start = self.at
            if self._closes("}"):
                break
            key = _KEY.match(self.text, self.at)
            name = key[0] if key else self.texts.shown(self._primary())
            self.at = key.end() if key else self.at
            self.blank()
            if self.text.startswith("=", self.at) and not _REQUEST.fullmatch(name):
                self.at += 1
                self.space()
                found[name] = self.value()
            if _REQUEST.fullmatch(name):  # a bracket isn't closed
                self.stopped, self.at = True, start
            self._goes_on(start)
        return found

    def group(self) -> Any:
        """Reads what is in parentheses: the last value; for `@(`, a list of all."""
        several = self.text.startswith("@", self.at)
        self.at = self.text.index("(", self.at) + 1
        found: list[Any] = []
        while not self.stopped:
            self.space()
            start = self.at
            if self._closes(")"):
                break
            found.append(self.value())
            self._goes_on(start)
        if several:
            return found[0] if len(found) == 1 and isinstance(found[0], list) else found
        return found[-1] if found else UNKNOWN

    def _goes_on(self, start: int) -> None:
        """Goes to the next part of what is in brackets, behind what it can't read."""
        self.blank()
        self.at += not self.stopped and (self.text.startswith((";", ","), self.at) or self.at == start)

    def _closes(self, bracket: str) -> bool:
        closed = self.text.startswith(bracket, self.at)
        self.at += closed
        return closed or self.at >= len(self.text)

    def _cast(self) -> Any:
        """Reads `[type]value`, `[Type]::Member` and `[Type]::Method(…)`."""
        kind = _TYPE.match(self.text, self.at)
        if kind is None:
            return UNKNOWN
        self.at = kind.end()
        static = _STATIC.match(self.text, self.at)
        if static is None:
            value = self._primary()
            known = kind[0].strip().lower() == "[char]" and isinstance(value, int) and 0 < value < 0x110000
            return chr(value) if known else value
        self.at = static.end()
        if not self.text.startswith("(", self.at):
            return static[1]
        value = self.group()
        if static[1].lower() == "new":
            return {} if re.search(r"dictionary|hashtable|session", kind[0], re.IGNORECASE) else UNKNOWN
        return UNKNOWN if "base64" in static[1].lower() else value

    def variable(self) -> Any:
        if self.text.startswith("$(", self.at):
            return self.group()
        match = VARIABLE.match(self.text, self.at)
        if match is None:
            return UNKNOWN
        self.at = match.end()
        name = (match[1] or match[2]).lower()
        if name in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[name]
        value = self.variables.get(name, UNKNOWN)
        return named((match[1] or match[2]), value) if value is UNKNOWN or isinstance(value, str) else value

    def _members(self, value: Any) -> Any:
        """Reads the members behind a value: those of tables are known, and methods leave a value as it is."""
        while not self.stopped:
            member = _MEMBER.match(self.text, self.at)
            if member is not None and self.text.startswith("(", member.end()):
                self.at = member.end()
                self.group()
            elif member is not None and not isinstance(value, int | float):
                self.at = member.end()
                value = part_of(value, member[1])
            elif self.text.startswith("[", self.at) and isinstance(value, dict | list):
                self.at += 1
                value = part_of(value, self.value())
                self.at += self.text.startswith("]", self.at)
            else:
                break
        return value


_READERS = (
    ("@{", Values._table),
    ("@(", Values.group),
    ("(", Values.group),
    ("$", Values.variable),
    ('"', Values.double),
    ("'", Values.literal),
    ("[", Values._cast),
)
