"""Turns strokes into pixels, with whole numbers only, so that every computer draws the same.

Each row of pixels is sampled on several lines. The crossings of a line with a stroke are exact to a fraction of a
pixel. The part of a pixel that the crossings cover is its level, from 0 to `LEVELS`, which makes edges soft without
floating-point numbers.
"""

from collections.abc import Iterator
from itertools import accumulate
from math import isqrt

from connector_builder.render.icon.glyphs import Arc, Line, Stroke

LEVELS = 15
"""The level of a fully covered pixel."""

UNIT = 64
"""The parts of a pixel: the unit of the coordinates of strokes."""

_LINES = 8  # sampled in each row of pixels
_STEEP, _LOWER, _LEFT = (0, 3, 4, 7), (2, 3, 4, 5), (4, 5, 6, 7)  # octants, clockwise from the top

Span = tuple[int, int]


def rows(strokes: list[Stroke], half: int, size: int) -> Iterator[list[int]]:
    """Yields the levels of the pixels of a square picture, row by row. Strokes and half their width are in `UNIT`s."""
    reaches = [(*_reach(stroke, half), stroke) for stroke in strokes]
    for row in range(size):
        top, bottom = row * UNIT, (row + 1) * UNIT
        near = [stroke for start, end, stroke in reaches if start < bottom and end > top]
        yield _row(near, half, top, size) if near else [0] * size


def _row(strokes: list[Stroke], half: int, top: int, size: int) -> list[int]:
    part = [0] * (size + 1)  # pixels that a span begins or ends in
    step = [0] * (size + 2)  # where whole pixels begin and end
    for line in range(_LINES):
        y = top + (2 * line + 1) * UNIT // (2 * _LINES)
        for start, end in _union(span for stroke in strokes for span in _spans(stroke, half, y)):
            first, before = divmod(start, UNIT)
            last, after = divmod(end, UNIT)
            part[first] -= before
            part[last] += after
            step[first] += UNIT
            step[last] -= UNIT
    whole = UNIT * _LINES
    return [
        ((full + rest) * LEVELS + whole // 2) // whole for full, rest in zip(accumulate(step), part[:-1], strict=False)
    ]


def _union(spans: Iterator[Span]) -> Iterator[Span]:
    """Yields the same points in spans that don't overlap."""
    start = end = 0
    for next_start, next_end in sorted(spans):
        if next_start > end:
            yield start, end
            start, end = next_start, next_end
        else:
            end = max(end, next_end)
    yield start, end


def _reach(stroke: Stroke, half: int) -> Span:
    """Returns the highest and the lowest line that can cross a stroke."""
    if isinstance(stroke, Line):
        return min(stroke.y0, stroke.y1) - half, max(stroke.y0, stroke.y1) + half
    return stroke.y - stroke.ry - half, stroke.y + stroke.ry + half


def _spans(stroke: Stroke, half: int, y: int) -> list[Span]:
    """Returns where the line at height `y` crosses a stroke."""
    return _arc(stroke, half, y) if isinstance(stroke, Arc) else [*_ends(stroke, half, y), *_band(stroke, half, y)]


def _ends(line: Line, half: int, y: int) -> Iterator[Span]:
    """Yields where the line crosses the discs around the ends of a straight stroke."""
    for end_x, end_y in {(line.x0, line.y0), (line.x1, line.y1)}:
        if abs(y - end_y) <= half:
            reach = isqrt(half * half - (y - end_y) ** 2)
            yield end_x - reach, end_x + reach


def _band(line: Line, half: int, y: int) -> list[Span]:
    """Returns where the line crosses a straight stroke without its ends.

    That is all points near enough to the stroke, between the perpendiculars at its ends.
    """
    dx, dy, down = line.x1 - line.x0, line.y1 - line.y0, y - line.y0
    if dx == 0:
        return [(line.x0 - half, line.x0 + half)] if 0 <= down * dy < dy * dy else []
    if dy == 0:
        return [(min(line.x0, line.x1), max(line.x0, line.x1))] if abs(down) <= half else []
    square = dx * dx + dy * dy
    breadth = half * isqrt(square)
    near = sorted(((dx * down - breadth) // dy, (dx * down + breadth) // dy))
    along = sorted((-dy * down // dx, (square - dy * down) // dx))
    start, end = max(near[0], along[0]), min(near[1], along[1])
    return [(line.x0 + start, line.x0 + end)] if start < end else []


def _arc(arc: Arc, half: int, y: int) -> list[Span]:
    """Returns where the line crosses an eighth of the ring between two ellipses."""
    down = y - arc.y
    if (down > 0) != (arc.octant in _LOWER):
        return []
    outer = _half_chord(arc.rx + half, arc.ry + half, down)
    inner = _half_chord(arc.rx - half, arc.ry - half, down)
    diagonal = abs(down) * arc.rx // arc.ry
    if arc.octant in _STEEP:
        outer = min(outer, diagonal)
    else:
        inner = max(inner, diagonal)
    if inner >= outer:
        return []
    return [(arc.x - outer, arc.x - inner)] if arc.octant in _LEFT else [(arc.x + inner, arc.x + outer)]


def _half_chord(rx: int, ry: int, down: int) -> int:
    """Returns how far an ellipse reaches to each side, `down` from its centre."""
    return rx * isqrt(ry * ry - down * down) // ry if abs(down) < ry and rx > 0 else 0
