"""Finds the place of a cursor inside `{…}` and `[…]`, in YAML that may be broken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+)|(?P<comment>(?:^|(?<=\s))\#.*)|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?P<open>[{\[])"""
    r"""|(?P<close>[}\]])|(?P<comma>,)|(?P<colon>:(?=[\s,{}\[\]]|$)|(?<=["']):)|(?P<plain>(?:[^\s,{}\[\]:#"']|:(?=[^\s,{}\[\]])"""
    r"""|(?<=\S)[#"'])+|["'].*)""",
)
_WORD = re.compile(r"""["']?[\w$.!/-]*""")
_TOP = re.compile(r"""[^\s#\-]""")


@dataclass(slots=True)
class _Frame:
    """An open bracket: its place, its key and keys so far, and what was read of the part that is being written."""

    bracket: str
    line: int
    column: int
    step: str | int
    key: str | None = None
    keys: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


class Inside(NamedTuple):
    """A cursor inside brackets: where the outermost one is, and the way from there to the part at the cursor.

    `key` is the key whose value is there; None at a key, and in a list. `beside` are the other keys of the mapping.
    """

    line: int
    column: int
    path: tuple[str | int, ...]
    key: str | None
    beside: frozenset[str]
    in_list: bool


def inside(lines: Sequence[str], line: int, column: int) -> Inside | None:
    """Returns the place of a cursor inside brackets; None outside of any, in a comment, and after a whole value.

    Raises ValueError for a cursor inside brackets where nothing can be completed.
    """
    frames = _open_before(lines, line, column)
    if not frames:
        return None
    last, first = frames[-1], frames[0]
    if not _begins(last, lines[line][:column]):
        raise ValueError("nothing can be completed here")
    path = tuple(frame.step for frame in frames[1:])
    beside = frozenset(last.keys | _keys_after(lines, line, column))
    if last.bracket == "[":
        return Inside(first.line, first.column, (*path, 0), None, beside, in_list=True)
    return Inside(first.line, first.column, path, last.key, beside, in_list=False)


def _open_before(lines: Sequence[str], line: int, column: int) -> list[_Frame]:
    """Returns the brackets that are open at a cursor, outermost first."""
    start = next((number for number in range(line, -1, -1) if _TOP.match(lines[number])), 0)
    frames: list[_Frame] = []
    for number in range(start, line + 1):
        text = lines[number][:column] if number == line else lines[number]
        if frames and _leaves(frames[0], lines, number):
            frames = []
        _scan(text, number, frames)
    return frames


def _leaves(first: _Frame, lines: Sequence[str], number: int) -> bool:
    """Checks whether a line is indented too little to be inside a bracket: its end is missing."""
    text = lines[number].lstrip(" ")
    outer = lines[first.line]
    return bool(text) and text[0] not in "}]#" and len(lines[number]) - len(text) <= len(outer) - len(outer.lstrip(" "))


def _scan(text: str, number: int, frames: list[_Frame]) -> None:
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        kind, said, at = token.lastgroup, token[0], token.end()
        if kind == "open":
            if not frames and not re.search(r"(?:^|[:\-\s])\s*$", text[: token.start()]):
                continue  # in a plain text
            step: str | int = 0 if frames and frames[-1].bracket == "[" else (frames[-1].key or "") if frames else ""
            frames.append(_Frame(said, number, token.start(), step))
        elif frames:
            _inside_bracket(kind or "", said, frames)


def _inside_bracket(kind: str, said: str, frames: list[_Frame]) -> None:
    frame = frames[-1]
    if kind == "close":
        frames.pop()
        if frames:
            frames[-1].said = [""]  # a whole value
    elif kind == "comma":
        frame.key, frame.said = None, []
    elif kind == "colon" and frame.key is None and frame.said:
        frame.key, frame.said = " ".join(frame.said).strip("\"'"), []
        frame.keys.add(frame.key)
    elif kind in ("text", "plain"):
        frame.said.append(said)
    elif kind == "comment":
        frame.said.append("#")


def _begins(frame: _Frame, before: str) -> bool:
    """Checks whether a word begins at the cursor: not after a whole value, in a comment, or after a `:` without a blank."""
    if len(frame.said) > 1 or frame.said == [""] or before.endswith(":"):
        return False
    word = frame.said[0] if frame.said else ""
    return not word or (before == before.rstrip() and _WORD.fullmatch(word) is not None)


def _keys_after(lines: Sequence[str], line: int, column: int) -> set[str]:
    """Returns the keys that follow in the mapping of a cursor, on its line."""
    rest = lines[line][column:]
    frame = _Frame("{", line, column, "")
    if "," in rest:
        _scan(rest[rest.index(",") :], line, [frame])
    return frame.keys
