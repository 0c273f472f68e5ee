"""Turns the Markdown and HTML of descriptions into the plain text that makers see, and texts into labels."""

import html
import re
from typing import Any

from connector_builder.patterns import regex
from connector_builder.platform.data.plain import text
from connector_builder.platform.texts import DESCRIPTION, LABEL, TITLE

MAX_READ = 20_000
"""The most characters of a description that are read. Descriptions of 20 KB exist; people see the first paragraph."""
MAX_DESCRIPTION = DESCRIPTION.most or 500
_RULES = (
    (regex(r"<!--[\s\S]*?-->"), ""),
    (regex(r"```[^\n]*\n?|~~~[^\n]*\n?"), ""),
    (regex(r"<(?:br|/p|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE), "\n"),
    (regex(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (regex(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,1000}\)"), ""),
    (regex(r"\[([^\]\n]{1,300})\]\([^()\n]{0,1000}\)"), r"\1"),
    (regex(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (regex(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (regex(r"^[ \t]*[-*_][ \t]*[-*_][ \t]*[-*_][-*_ \t]*$", re.MULTILINE), ""),
    (regex(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1"), r"\2"),
    (regex(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (regex(r"`([^`\n]{1,300})`"), r"\1"),
)
_PARAGRAPHS = regex(r"\n[ \t]*\n+")
_SPACES = regex(r"\s+")
_SENTENCE = regex(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
_RESTRICTED = str.maketrans({"/": " or ", "&": " and ", "\\": " ", "<": " ", ">": " ", "*": " ", "%": " ", "?": ""})


def plain_text(value: Any, most: int = MAX_DESCRIPTION) -> str:
    """Returns the first paragraphs of a Markdown text that fit into `most` characters, as plain text of one line.

    A first paragraph that is longer ends after its last whole sentence, or else after its last whole word.
    """
    said = text(value)[:MAX_READ]
    for pattern, instead in _RULES:
        said = pattern.sub(instead, said)
    paragraphs = [_SPACES.sub(" ", one).strip() for one in _PARAGRAPHS.split(html.unescape(said))]
    kept = ""
    for paragraph in filter(None, paragraphs):
        longer = f"{kept} {paragraph}" if kept else paragraph
        if len(longer) > most:
            return kept or _cut(paragraph, most)
        kept = longer
    return kept


def _cut(paragraph: str, most: int) -> str:
    """Returns as many whole sentences as fit, else as many words, with an ellipsis."""
    kept = ""
    for sentence in _SENTENCE.split(paragraph):
        longer = f"{kept} {sentence}" if kept else sentence
        if len(longer) > most:
            break
        kept = longer
    return kept or paragraph[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def first_paragraph(value: Any) -> str:
    """Returns the first paragraph of a Markdown text as plain text of at most 500 characters."""
    paragraphs = _PARAGRAPHS.split(text(value)[:MAX_READ])
    return next(filter(None, map(plain_text, paragraphs)), "")


def title_about(title: str, about: str) -> str:
    """Returns the title of a connector for a part of an API: `Contoso Orders`, or `Orders` where both are too long."""
    both = f"{title} {about}".strip()
    return both if len(both) <= (TITLE.most or 30) else label(about, TITLE.most or 30) or title


def label(value: Any, most: int = LABEL) -> str:
    """Returns a text as a label: one phrase of plain text, without the characters that certification refuses."""
    said = _SPACES.sub(" ", plain_text(value, MAX_READ).translate(_RESTRICTED)).strip().rstrip(".:;,!").rstrip()
    if len(said) <= most:
        return said
    clause = re.split(r"[.:;,(] |\(", said, maxsplit=1)[0].rstrip(".:;, ")
    return clause if len(clause) <= most else clause[:most].rsplit(" ", 1)[0]
