"""The letters of drawn icons: strokes of one width, on a grid that can be drawn at any size.

A glyph is a text of strokes. `/x,y x,y …` is a line through points; `@x,y rx,ry a-b` is an arc around a centre with two
radii, from direction `a` to `b` in eighths of a turn, clockwise from the top (2 is right, 4 the bottom, 6 left; `0-8`
is a full turn). Coordinates are those of the middle of the stroke; y grows downwards, from 0 to 60 in a capital.
"""

import itertools
from functools import cache
from typing import NamedTuple

STROKE = 7
"""Half the width of a stroke, in units of the grid."""

HEIGHT = 60
"""The height of a glyph, from the middle of its topmost stroke to that of its lowest."""

PLUG = "plug"
"""The name of the glyph for titles in a script without glyphs."""

_TABLE = {
    "A": "/0,60 22,0 44,60 /9,41 35,41",
    "B": "/0,60 0,0 22,0 @22,15 15,15 0-4 /22,30 0,30 /22,30 25,30 @25,45 15,15 0-4 /25,60 0,60",
    "C": "@24,30 24,30 3-9",
    "D": "/0,60 0,0 13,0 @13,30 28,30 0-4 /13,60 0,60",
    "E": "/36,0 0,0 0,60 36,60 /0,30 30,30",
    "F": "/36,0 0,0 0,60 /0,32 30,32",
    "G": "@24,30 24,30 2-9 /48,30 28,30",
    "H": "/0,0 0,60 /42,0 42,60 /0,30 42,30",
    "I": "/0,0 0,60",
    "J": "/30,0 30,43 @14,43 16,17 2-5",
    "K": "/0,0 0,60 /38,0 0,35 /14,25 40,60",
    "L": "/0,0 0,60 34,60",
    "M": "/0,60 0,0 25,38 50,0 50,60",
    "N": "/0,60 0,0 42,60 42,0",
    "O": "@25,30 25,30 0-8",
    "P": "/0,60 0,0 22,0 @22,17 17,17 0-4 /22,34 0,34",
    "Q": "@25,30 25,30 0-8 /31,43 46,60",
    "R": "/0,60 0,0 22,0 @22,17 17,17 0-4 /22,34 0,34 /20,34 40,60",
    "S": "@19,15 18,15 4-9 @20,45 20,15 0-5",
    "T": "/0,0 42,0 /21,0 21,60",
    "U": "/0,0 0,39 @21,39 21,21 2-6 /42,39 42,0",
    "V": "/0,0 22,60 44,0",
    "W": "/0,0 15,60 30,12 45,60 60,0",
    "X": "/0,0 42,60 /42,0 0,60",
    "Y": "/0,0 21,32 42,0 /21,32 21,60",
    "Z": "/0,0 40,0 0,60 40,60",
    "0": "@20,30 20,30 0-8",
    "1": "/0,14 17,0 17,60",
    "2": "@19,18 19,18 6-11 /32,31 0,60 38,60",
    "3": "@18,15 17,15 7-12 @18,45 20,15 0-5",
    "4": "/31,60 31,0 0,42 44,42",
    "5": "/35,0 7,0 4,28 @18,41 20,19 7-13",
    "6": "@20,41 20,19 0-8 @31,41 31,41 6-8",
    "7": "/0,0 39,0 15,60",
    "8": "@20,15 16,15 0-8 @20,45 20,15 0-8",
    "9": "@20,19 20,19 0-8 @9,19 31,41 2-4",
    PLUG: "/14,0 14,16 /36,0 36,16 /0,20 50,20 /6,20 6,26 /44,20 44,26 /13,27 37,27 /19,34 31,34 @25,26 19,19 2-6 /25,45 25,60",
}


class Line(NamedTuple):
    """A straight stroke with round ends."""

    x0: int
    y0: int
    x1: int
    y1: int


class Arc(NamedTuple):
    """An eighth of an ellipse's outline, clockwise from direction `octant`, without ends."""

    x: int
    y: int
    rx: int
    ry: int
    octant: int


Stroke = Line | Arc


def has_glyph(character: str) -> bool:
    """Checks whether the table contains this letter or digit."""
    return character in _TABLE


@cache
def strokes(name: str) -> tuple[Stroke, ...]:
    """Returns the strokes of a letter, a digit or `PLUG`."""
    parts: list[Stroke] = []
    for stroke in _TABLE[name].replace("/", "|/").replace("@", "|@").split("|")[1:]:
        parts += _line(stroke[1:]) if stroke[0] == "/" else _arc(stroke[1:])
    return tuple(parts)


@cache
def width(name: str) -> int:
    """Returns the width of a glyph, from the middle of its leftmost stroke to that of its rightmost."""
    return max(_right(stroke) for stroke in strokes(name))


def _right(stroke: Stroke) -> int:
    if isinstance(stroke, Line):
        return max(stroke.x0, stroke.x1)
    return stroke.x + (stroke.rx if stroke.octant in (1, 2) else 0)


def _points(text: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, _, y in (pair.partition(",") for pair in text.split())]


def _line(text: str) -> list[Stroke]:
    points = _points(text)
    return [Line(*start, *end) for start, end in itertools.pairwise(points)]


def _arc(text: str) -> list[Stroke]:
    *numbers, span = text.split()
    (x, y), (rx, ry) = _points(" ".join(numbers))
    first, last = (int(end) for end in span.split("-"))
    arc: list[Stroke] = [Arc(x, y, rx, ry, octant % 8) for octant in range(first, last)]
    # Lines without length: the round ends.
    return [*arc, *(Line(*end, *end) for end in (_at(x, y, rx, ry, first % 8), _at(x, y, rx, ry, last % 8)))]


def _at(x: int, y: int, rx: int, ry: int, direction: int) -> tuple[int, int]:
    """Returns the point of an ellipse in a direction; 181/256 is half the square root of 2."""
    across = (0, 181, 256, 181, 0, -181, -256, -181)[direction]
    down = (-256, -181, 0, 181, 256, 181, 0, -181)[direction]
    return x + (rx * across + 128) // 256, y + (ry * down + 128) // 256
