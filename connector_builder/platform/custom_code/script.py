"""What the platform requires of custom code: one class, the namespaces that it may use, and what the context offers.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code. Published connectors use two further
members of the context.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from connector_builder.patterns import regex
from connector_builder.platform.custom_code.csharp import Code

CLASS, BASE, ENTRY = "Script", "ScriptBase", "ExecuteAsync"
NAMESPACES = frozenset({
    "System", "System.Collections", "System.Collections.Generic", "System.Diagnostics", "System.Drawing",
    "System.Drawing.Drawing2D", "System.Drawing.Imaging", "System.IO", "System.IO.Compression", "System.Linq", "System.Net",
    "System.Net.Http", "System.Net.Http.Headers", "System.Net.Security", "System.Security.Authentication",
    "System.Security.Cryptography", "System.Text", "System.Text.RegularExpressions", "System.Threading",
    "System.Threading.Tasks", "System.Web", "System.Xml", "System.Xml.Linq", "Microsoft.Extensions.Logging",
    "Newtonsoft.Json", "Newtonsoft.Json.Linq",
})  # fmt: skip
"""The namespaces that custom code may use."""
MEMBERS = (
    "CorrelationId", "OperationId", "Request", "Logger", "SendAsync", "OriginalRequestUri", "CreateNotificationUri",
)  # fmt: skip
"""The members of `Context`."""

_CLASS = regex(rf"\bclass\s+{CLASS}\s*:\s*{BASE}\b")
_ANY_CLASS = regex(rf"\bclass\s+(\w+)(?:\s*:\s*\w+)?|\b{BASE}\b")
_ENTRY = regex(rf"\boverride\b[^;{{}}()=]*\b{ENTRY}\s*\(\s*\)")
_USING = regex(r"^[ \t]*using[ \t]+(static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?([A-Za-z_][\w.]*)[ \t]*;", re.MULTILINE)
_MEMBER = regex(r"(?<![\w.])(?:this\s*\.\s*)?Context\s*\.\s*([A-Za-z_]\w*)")
_CLIENT = regex(r"\bnew\s+(?:System\.Net\.Http\.)?HttpClient\s*\(")
_ID = r"(?<![\w.])(?:this\s*\.\s*)?(?:Context\s*\.\s*OperationId|{names})\b"
_HOLDS = regex(r"(?<![\w.])([A-Za-z_]\w*)\s*=\s*(?:this\s*\.\s*)?Context\s*\.\s*OperationId\s*;")
_EQUALS = r"\s*\.\s*Equals\s*\(\s*"
_CASE = regex(r"[{}]|\bcase\s+@?\"")

_BRACKET = regex(r"[(){}\[\]]")
_PAIRS = {"(": ")", "{": "}", "[": "]"}
MOST = 20
"""The most variables for the operation, and switches over it, that are followed."""


class Named(NamedTuple):
    """An operation that code names: its id, the offset of the string, and whether capitals count."""

    id: str
    start: int
    end: int
    exact: bool = True


def has_class(code: Code) -> bool:
    """Checks whether the code has the class that the platform runs."""
    return _CLASS.search(code.code) is not None


def nearest_class(code: Code) -> tuple[int, int] | None:
    """Returns where the code has a class that may be meant; None if it has none."""
    match = _ANY_CLASS.search(code.code)
    return None if match is None else match.span()


def has_entry(code: Code) -> bool:
    """Checks whether the code has the method that the platform calls."""
    return _ENTRY.search(code.code) is not None


def other_namespaces(code: Code) -> Iterator[tuple[str, int, int]]:
    """Yields the namespaces that the code uses and that the platform doesn't allow, with their places."""
    for match in _USING.finditer(code.code):
        name = match[2]
        parent = name.rpartition(".")[0]
        if name not in NAMESPACES and parent not in (NAMESPACES if match[1] or "=" in match[0] else ()):
            yield name, match.start(2), match.end(2)


def other_members(code: Code) -> Iterator[tuple[str, int, int]]:
    """Yields the members of `Context` that the code uses and that aren't there, with their places."""
    for match in _MEMBER.finditer(code.code):
        if match[1] not in MEMBERS:
            yield match[1], match.start(1), match.end(1)


def own_clients(code: Code) -> Iterator[tuple[int, int]]:
    """Yields the places where the code makes an `HttpClient` of its own."""
    return (match.span() for match in _CLIENT.finditer(code.code))


def loose_bracket(code: Code) -> int | None:
    """Returns the offset of a bracket that isn't closed, or closes nothing; None if all of them have their pairs.

    Branches of the preprocessor may each have a half of a pair: the caller looks for `#if` in the text.
    """
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(code.code):
        sign = match[0]
        if sign in _PAIRS:
            opened.append((_PAIRS[sign], match.start()))
        elif opened and opened[-1][0] == sign:
            opened.pop()
        else:
            closes_another = any(closing == sign for closing, _ in opened)
            return opened[-1][1] if closes_another else match.start()
    return opened[-1][1] if opened else None


def named_operations(code: Code) -> Iterator[Named]:
    """Yields the operations with which the code compares `Context.OperationId`, or a variable that holds it."""
    variables = islice(dict.fromkeys(_HOLDS.findall(code.code)), MOST)
    names = "|".join(map(re.escape, variables)) or "(?!)"
    holds = _ID.replace("{names}", names)
    text = code.code
    for joint, exact in ((r"\s*[!=]=\s*", True), (_EQUALS, False)):
        for match in re.finditer(holds + joint + '@?"', text):
            yield from _string(code, match.end() - 1, exact)
        for match in re.finditer(f'"(?={joint}{holds})', text):
            if match.start() in code.ends:
                yield from _string(code, code.ends[match.start()], exact)
    for match in islice(re.finditer(rf"\bswitch\s*\(\s*{holds}\s*\)\s*\{{", text), MOST):
        yield from _cases(code, match.end())


def _string(code: Code, quote: int, exact: bool) -> Iterator[Named]:
    if quote in code.strings:
        end = quote + len(code.strings[quote]) + 2
        yield Named(code.strings[quote], quote, end, exact)


def _cases(code: Code, start: int) -> Iterator[Named]:
    """Yields the cases of a switch, but not those of a switch inside it."""
    depth = 1
    for match in _CASE.finditer(code.code, start):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return
        elif depth == 1:
            yield from _string(code, match.end() - 1, True)
