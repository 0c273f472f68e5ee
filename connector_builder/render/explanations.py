"""Renders explanations of errors as lines for people and as data for programs."""

import re
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from connector_builder.platform.service_errors import Explanation

WIDTH = 100
_INDENT = "  "
_STRESSED = re.compile(r"\*([^*]+)\*")


def explanation_lines(
    one: Explanation, in_spec: Sequence[str] = (), *, bold: Callable[[str], str] = str, width: int = WIDTH
) -> list[str]:
    """Returns the lines of an explanation: what the error means, its usual causes, what to do, and where to read more.

    `in_spec` are sentences about the user's own spec. `bold` marks headings.
    """
    lines = [f"{bold(one.code)}: {one.title}", *_wrapped(plain(one.meaning), width)]
    lines += _list(bold("Usual causes:"), [*map(plain, one.causes)], width)
    lines += _list(bold("What to do:"), [*map(plain, one.cures)], width)
    lines += _list(bold("Your spec:"), in_spec, width)
    if one.sources:
        lines += [f"{_INDENT}{bold('More:')}", *(f"{_INDENT * 2}{source}" for source in one.sources)]
    return lines


def explanation_data(one: Explanation, in_spec: Sequence[str] = ()) -> dict[str, Any]:
    """Returns an explanation as JSON: `{"code": "AADSTS65001", "title": …, "causes": […], …}`."""
    return {
        "code": one.code,
        "title": one.title,
        "meaning": plain(one.meaning),
        "causes": [*map(plain, one.causes)],
        "cures": [*map(plain, one.cures)],
        "area": one.area.value,
        "evidence": one.evidence.value,
        "sources": list(one.sources),
        **({"spec": list(in_spec)} if in_spec else {}),
    }


def plain(text: str) -> str:
    """Returns a text of the table without Markdown: `*Security*`, a name in the portal, becomes `'Security'`."""
    return _STRESSED.sub(r"'\1'", text)


def _list(heading: str, texts: Sequence[str], width: int) -> list[str]:
    if not texts:
        return []
    lines = [f"{_INDENT}{heading}"]
    for number, text in enumerate(texts, 1):
        lines += _wrapped(text, width, f"{_INDENT * 2}{number}. " if len(texts) > 1 else _INDENT * 2)
    return lines


def _wrapped(text: str, width: int, first: str = _INDENT) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
