"""The outline of a spec: symbols, what can be folded, and links to the files that it names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from connector_builder.language.load import SECTIONS
from connector_builder.lsp.spec_tree import Spot

_FILE_KEYS = frozenset({"sample", "samples", "script", "file", "icon"})
_HEAD = re.compile(r"( *)(?:- +)?[^\s#]")
MAX_DEPTH = 3
"""The depth of the outline: the top level, names such as that of an operation, and the keys of it."""


class Symbol(NamedTuple):
    """An entry of the outline: a range and the range of its name, in offsets."""

    name: str
    detail: str
    sort: str
    start: int
    end: int
    name_start: int
    name_end: int
    children: "list[Symbol]"


def symbols(every: list[Spot], path: Path) -> list[Symbol]:
    """Returns the outline of one file of a spec. In a section's folder it begins with the names."""
    roots: list[Symbol] = []
    stack: list[tuple[int, Symbol]] = []
    for spot in every:
        span = spot.node.key_span
        if spot.file != path or span is None or not 1 <= len(spot.path) <= MAX_DEPTH or not spot.path[-1]:
            continue
        section = spot.path[0]
        if section in ("schemas", "enums", "connector", "auth", "defaults") and len(spot.path) == MAX_DEPTH:
            continue
        made = Symbol(str(spot.path[-1]), _detail(spot), _sort(spot), span[0], max(spot.end, span[1]), *span, [])
        while stack and stack[-1][0] >= len(spot.path):
            stack.pop()
        if stack and not stack[-1][1].start <= made.start <= made.end <= stack[-1][1].end:
            stack.clear()  # a part of a section that is in another file
        (stack[-1][1].children if stack else roots).append(made)
        stack.append((len(spot.path), made))
    return roots


def folds(text: str) -> list[tuple[int, int, bool]]:
    """Returns the lines that can be folded, from 0, and whether they are a comment. They follow the indentation."""
    found: list[tuple[int, int, bool]] = []
    stack: list[tuple[int, int]] = []
    last, comment = 0, -1
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text)):
        if line.lstrip().startswith("#"):
            comment = number if comment < 0 else comment
            continue
        if comment >= 0 and number - comment > 1:
            found.append((comment, number - 1, True))
        comment = -1
        head = _HEAD.match(line)
        if head is None:
            continue
        while stack and stack[-1][0] >= len(head[1]):
            begun = stack.pop()[1]
            if last > begun:
                found.append((begun, last, False))
        stack.append((len(head[1]), number))
        last = number
    found += [(begun, last, False) for _, begun in stack if last > begun]
    return sorted(found)


def links(every: list[Spot], path: Path, folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Yields the names of files in one file of a spec, with the files: samples, the script, the icon."""
    for spot in every:
        owner = next((step for step in reversed(spot.path) if isinstance(step, str)), "")
        value = spot.node.value
        if spot.file != path or owner not in _FILE_KEYS or not isinstance(value, str) or len(value) > 1000:
            continue
        if not isinstance(spot.node.marks, tuple) or "\n" in value or "\0" in value:
            continue
        named = Path(value)
        if named.suffix and not named.is_absolute() and ".." not in named.parts:
            yield (*spot.node.marks, folder / named)


def _detail(spot: Spot) -> str:
    node = spot.node.entries.get("request") if spot.node.is_mapping else spot.node
    value = None if node is None else node.value
    return " ".join(value.split())[:100] if isinstance(value, str) and len(spot.path) == 2 else ""


def _sort(spot: Spot) -> str:
    section = str(spot.path[0])
    if len(spot.path) == 2 and section in SECTIONS:
        return "class" if section == "schemas" else "event" if section == "triggers" else "function"
    return "namespace" if len(spot.path) == 1 else "property"
