"""Turns the Markdown and HTML of descriptions into the plain text that makers see, and texts into labels."""

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from connector_builder.patterns import regex
from connector_builder.platform.data.plain import text
from connector_builder.platform.texts import DESCRIPTION, LABEL, TITLE

MAX_READ = 20_000
"""The most characters of a description that are read. Descriptions of 20 KB exist; people see the first paragraph."""
MAX_DESCRIPTION = DESCRIPTION.most or 500
_RULES = (
    (regex(r"<!--[\s\S]*?-->"), ""),
    (regex(r"<li\b[^<>]*>", re.IGNORECASE), "\n- "),
    (regex(r"<(?:br|/p|/tr|/h[1-6]|/?ul|/?ol)\b[^<>]*>", re.IGNORECASE), "\n"),
    (regex(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (regex(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,1000}\)"), ""),
    (regex(r"\[([^\]\n]{1,300})\]\([^()\n]{0,1000}\)"), r"\1"),
    (regex(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (regex(r"^[ \t]*[-*_][ \t]*[-*_][ \t]*[-*_][-*_ \t]*$", re.MULTILINE), ""),
    (regex(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1"), r"\2"),
    (regex(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (regex(r"(`{1,3})(?!`)([^`\n]{1,300})\1"), r"\2"),
)
_FENCE = regex(r"[ \t]*(?:```|~~~)")
_HEADING = regex(r"[ \t]{0,3}#{1,6}[ \t]+")
_UNDERLINE = regex(r"[ \t]{0,3}(?:=+|-+)[ \t]*")
_INTRODUCTION = regex(r"(?:^|(?<=[.!?]))[^.!?]{0,300}:\s*$")
"""The end of a text that introduces what follows, such as `Example:`."""
_ITEM = regex(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_SPACES = regex(r"\s+")
_OPEN_END = re.compile(r"(?:[\s,;:-]+(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with))+$", re.IGNORECASE)
"""Words at the end of a phrase that was cut which only lead to the next one."""
_BETWEEN = regex(r"(?<![.:;,!?\x00 ]) ?\x00 ?")
_SENTENCE = regex(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
_RESTRICTED = str.maketrans({"/": " or ", "&": " and ", "\\": " ", "<": " ", ">": " ", "*": " ", "%": " ", "?": ""})
_MARK = "\x00"
"""Stands before an item of a list, until the items are joined."""


def plain_text(value: Any, most: int = MAX_DESCRIPTION) -> str:
    """Returns the first paragraphs of a Markdown text that fit into `most` characters, as plain text of one line.

    A first paragraph that is longer ends after its last whole sentence, or else after its last whole word. Headings,
    tables and code are left out, unless there is nothing else.
    """
    each = _paragraphs(text(value)[:MAX_READ])
    kept = ""
    for count in range(1, len(each) + 1):
        longer = _joined(each[:count])
        if len(longer) > most:
            return kept or _cut(longer, most)
        kept = longer
    return kept


def first_paragraph(value: Any) -> str:
    """Returns the first paragraph of a Markdown text as plain text of at most 500 characters, with a list that it introduces."""
    each = _paragraphs(text(value)[:MAX_READ])
    count = 1
    if each and each[0].endswith(":"):
        count += next((index for index, one in enumerate(each[1:]) if not one.startswith(_MARK)), len(each) - 1)
    said = _joined(each[:count])
    return said if len(said) <= MAX_DESCRIPTION else _cut(said, MAX_DESCRIPTION)


def size_of(value: Any) -> int:
    """Returns how many characters a Markdown text has as plain text, if nothing is cut off."""
    said = text(value)
    return len(_joined(_paragraphs(said[:MAX_READ]))) + max(0, len(said) - MAX_READ)


@lru_cache(maxsize=2_000)
def _paragraphs(said: str) -> tuple[str, ...]:
    """Returns the paragraphs of a Markdown text, each of one line, with a mark before each item of a list."""
    if not said.strip():
        return ()
    for pattern, instead in _RULES:
        said = pattern.sub(instead, said)
    lines = html.unescape(said).splitlines()
    return _divided(_prose(lines)) or _divided([_HEADING.sub("", line) for line in lines if not _FENCE.match(line)])


def _prose(lines: Iterable[str]) -> list[str]:
    """Returns the lines that are neither heading, table nor code."""
    kept: list[str] = []
    fenced = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
            if kept:
                kept[-1] = _INTRODUCTION.sub("", kept[-1])
        elif kept and kept[-1].strip() and _UNDERLINE.fullmatch(line):
            kept.pop()  # a heading that is underlined
        elif not fenced and not _HEADING.match(line) and not line.lstrip().startswith("|"):
            kept.append(line)
            continue
        kept.append("")
    return kept


def _divided(lines: Iterable[str]) -> tuple[str, ...]:
    paragraphs = [""]
    for line in lines:
        if not line.strip():
            paragraphs.append("")
        else:
            item = _ITEM.match(line)
            paragraphs[-1] += " " + (line if item is None else _MARK + line[item.end() :])
    return tuple(filter(None, (_SPACES.sub(" ", one).strip() for one in paragraphs)))


def _joined(paragraphs: Iterable[str]) -> str:
    """Returns paragraphs as one text. The items of a list follow each other with semicolons, and a stop ends them."""
    said = ""
    for paragraph in filter(None, paragraphs):
        ends = _MARK in said and not paragraph.startswith(_MARK) and said[-1] not in ".:;,!?"
        said = f"{said}{'.' if ends else ''} {paragraph}" if said else paragraph
    said = said.lstrip(_MARK)
    return _SPACES.sub(" ", _BETWEEN.sub("; ", said).replace(_MARK, " ")).strip() if _MARK in said else said


def _cut(paragraph: str, most: int) -> str:
    """Returns as many whole sentences as fit, else as many words, with an ellipsis."""
    kept = ""
    for sentence in _SENTENCE.split(paragraph):
        longer = f"{kept} {sentence}" if kept else sentence
        if len(longer) > most:
            break
        kept = longer
    return kept or paragraph[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def title_about(title: str, about: str) -> str:
    """Returns the title of a connector for a part of an API: `Contoso Orders`, or `Orders` where both are too long."""
    both = f"{title} {about}".strip()
    return both if len(both) <= (TITLE.most or 30) else label(about, TITLE.most or 30) or title


def label(value: Any, most: int = LABEL) -> str:
    """Returns a text as a label: one phrase of plain text, without the characters that certification refuses."""
    said = (
        _SPACES.sub(" ", _joined(_paragraphs(text(value)[:MAX_READ])).translate(_RESTRICTED))
        .strip()
        .rstrip(".:;,!")
        .rstrip()
    )
    if len(said) <= most:
        return said
    clause = re.split(r"[.:;,(] |\(", said, maxsplit=1)[0].rstrip(".:;, ")
    return clause if len(clause) <= most else _OPEN_END.sub("", clause[:most].rsplit(" ", 1)[0])
