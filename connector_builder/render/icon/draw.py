"""Draws an icon for a connector without one: the initials of its title on its brand colour.

It meets the requirements of certification: a square PNG of at most 230 pixels, opaque on the brand colour, with the
logo below 70 % of width and height.
"""

import re
from functools import lru_cache
from unicodedata import ucd_3_2_0

from connector_builder.platform.icon.png import indexed
from connector_builder.platform.limits import ICON_SIDE
from connector_builder.render.icon.glyphs import HEIGHT, PLUG, STROKE, Arc, Line, Stroke, has_glyph, strokes, width
from connector_builder.render.icon.raster import LEVELS, UNIT, rows

SIZE = ICON_SIDE.most
"""The side of a drawn icon in pixels: the largest that certification accepts."""

BYTES = 26808
"""The size of a drawn icon's file in bytes. All have this size, because they aren't compressed."""

FALLBACK_COLOR = "#0b556a"
"""The background if the brand colour can't be read."""

_LOGO_WIDTH, _LOGO_HEIGHT = 154, 124  # pixels: 67 % and 54 %
_GAP = 25  # between the middles of two letters' nearest strokes, in units of the grid
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_]+")
_MAX_TITLE = 200  # characters looked at
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")

Color = tuple[int, int, int]


def draw_icon(title: str, color: str) -> bytes:
    """Returns a PNG of the title's initials on a colour `#rrggbb`: the same bytes on every computer and Python.

    If no glyph exists for the title's script, the icon shows a plug.
    """
    back = _color(color)
    front = _contrast(back)
    palette = [_mix(back, front, level) for level in range(LEVELS + 1)]
    return indexed(palette, _pixels(_initials(title)), SIZE)


def _initials(title: str) -> tuple[str, ...]:
    """Returns the glyphs for a title: the first letters of its first two words, without accents, else the plug."""
    words = _WORD.findall("".join(_letter(character) for character in ucd_3_2_0.normalize("NFKD", title[:_MAX_TITLE])))
    initials = [word[0].upper() for word in words[:2]]
    if not initials or not has_glyph(initials[0]):
        return (PLUG,)
    return tuple(letter for letter in initials if has_glyph(letter))


def _letter(character: str) -> str:
    """Returns letters of any script, and ASCII, unchanged; nothing for an accent, and a space for the rest.

    The version of Unicode that defines letters is the one that every Python has.
    """
    if character.isascii() or ucd_3_2_0.category(character).startswith("L"):
        return character
    return "" if ucd_3_2_0.combining(character) else " "


@lru_cache(maxsize=64)
def _pixels(glyphs: tuple[str, ...]) -> tuple[bytes, ...]:
    """Returns the rows of the picture, two pixels per byte, as indices into the palette."""
    total = sum(width(glyph) for glyph in glyphs) + _GAP * (len(glyphs) - 1)
    scale = min(
        _LOGO_WIDTH * UNIT // (total + 2 * STROKE),
        _LOGO_HEIGHT * UNIT // (HEIGHT + 2 * STROKE),
    )
    x, y = (SIZE * UNIT - total * scale) // 2, (SIZE * UNIT - HEIGHT * scale) // 2
    placed: list[Stroke] = []
    for glyph in glyphs:
        placed += (_place(stroke, scale, x, y) for stroke in strokes(glyph))
        x += (width(glyph) + _GAP) * scale
    return tuple(
        bytes(left << 4 | right for left, right in zip(row[::2], row[1::2], strict=True))
        for row in rows(placed, STROKE * scale, SIZE)
    )


def _place(stroke: Stroke, scale: int, x: int, y: int) -> Stroke:
    if isinstance(stroke, Line):
        x0, y0, x1, y1 = x + stroke.x0 * scale, y + stroke.y0 * scale, x + stroke.x1 * scale, y + stroke.y1 * scale
        return Line(x0, y0, x1, y1)
    return Arc(x + stroke.x * scale, y + stroke.y * scale, stroke.rx * scale, stroke.ry * scale, stroke.octant)


def _color(text: str) -> Color:
    digits = text if _COLOR.fullmatch(text) else FALLBACK_COLOR
    return int(digits[1:3], 16), int(digits[3:5], 16), int(digits[5:7], 16)


def _contrast(back: Color) -> Color:
    """Returns white if it has the contrast of 3:1 that WCAG requires of pictures, else black.

    A square replaces the gamma curve, so all numbers are whole: white has 3:1 up to a luminance of 0.3.
    """
    red, green, blue = back
    luminance = 2126 * red * red + 7152 * green * green + 722 * blue * blue
    return (255, 255, 255) if luminance <= 3000 * 255 * 255 else (0, 0, 0)


def _mix(back: Color, front: Color, level: int) -> Color:
    red, green, blue = (
        (b * (LEVELS - level) + f * level + LEVELS // 2) // LEVELS for b, f in zip(back, front, strict=True)
    )
    return red, green, blue
