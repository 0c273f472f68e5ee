"""Shows a line of the author's text with carets under the place."""

import unicodedata
from collections.abc import Sequence

from connector_builder.findings.diagnostic import Location
from connector_builder.report.escape import cells

WIDTH = 100
"""The most columns of source that are shown: those around the place."""
BEFORE = 33
"""Columns that a cut line keeps before the place."""
TAB = "    "
_CUT = "..."


def snippet(at: Location) -> list[str]:
    """Returns two lines, the numbered source and the carets; none if the whole file is meant or the line is blank."""
    if not at.source.strip():
        return []
    shown = [TAB if cell == r"\t" else cell for cell in cells(at.source)]
    start = at.column - at.source_column
    end = at.end_column - at.source_column if at.end_line == at.line else len(at.source.rstrip())
    before, inside, after = _fitted(shown[:start], shown[start:end], shown[max(start, end) :], at.source_column > 1)
    carets = " " * width(before) + "^" * max(width(inside), 1)
    return [f"{at.line:>4} | {before}{inside}{after}".rstrip(), f"{'':>{max(4, len(str(at.line)))}} | {carets}"]


def width(text: str) -> int:
    """Returns how many columns a text takes: two for wide East Asian characters and emoji, none for marks."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fitted(before: Sequence[str], inside: Sequence[str], after: Sequence[str], cut: bool) -> tuple[str, str, str]:
    """Returns a line of at most WIDTH columns in three parts. If `cut`, its beginning is already missing."""
    whole = ("".join(before), "".join(inside), "".join(after))
    if not cut and width("".join(whole)) <= WIDTH:
        return whole
    left = whole[0]
    if cut or width(left) > BEFORE:
        left = _CUT + "".join(reversed(_first(before[::-1], BEFORE - len(_CUT))))
    middle = _shortened(inside, WIDTH - width(left))
    return left, middle, _shortened(after, WIDTH - width(left) - width(middle))


def _shortened(shown: Sequence[str], columns: int) -> str:
    text = "".join(shown)
    return text if width(text) <= columns else "".join(_first(shown, columns - len(_CUT))) + _CUT


def _first(shown: Sequence[str], columns: int) -> list[str]:
    """Returns as many cells as fit."""
    kept = []
    for cell in shown:
        columns -= width(cell)
        if columns < 0:
            break
        kept.append(cell)
    return kept
