"""Checks whether a small picture is opaque, from its alpha values alone.

Many programs save every PNG with an alpha channel, so only its values matter. PNG filters work on each byte of a pixel
by itself, so the colours needn't be decoded.
"""

import zlib
from collections.abc import Iterator
from enum import Enum, auto

from connector_builder.platform.icon.png import INDEXED, Picture

MAX_SIDE = 512
"""The longest side, in pixels, of a picture that is decoded."""


class Opacity(Enum):
    """The result for a picture. UNKNOWN: its kind isn't supported. BROKEN: its pixels can't be read."""

    OPAQUE = auto()
    TRANSPARENT = auto()
    UNKNOWN = auto()
    BROKEN = auto()


def opacity(picture: Picture) -> Opacity:
    """Checks whether every pixel of a picture is opaque. Never decodes more bytes than its width and height require."""
    if not picture.alpha:
        return Opacity.OPAQUE
    indexed = picture.color_type == INDEXED
    color_key = picture.channels in (1, 3) and not indexed
    if picture.interlaced or color_key or max(picture.width, picture.height) > MAX_SIDE:
        return Opacity.UNKNOWN
    bits = picture.channels * picture.depth
    row = (picture.width * bits + 7) // 8 + 1
    pixels = _inflate(picture.compressed, row * picture.height)
    if pixels is None or any(kind > 4 for kind in pixels[::row]):
        return Opacity.BROKEN
    rows = [pixels[start : start + row] for start in range(0, len(pixels), row)]
    clear = _indexed_clear(picture, rows) if indexed else _alpha_clear(rows, bits // 8, picture.depth // 8)
    return Opacity.TRANSPARENT if clear else Opacity.OPAQUE


def _inflate(compressed: bytes, size: int) -> bytes | None:
    try:
        pixels = zlib.decompressobj().decompress(compressed, size)
    except zlib.error:
        return None
    return pixels if len(pixels) == size else None


def _alpha_clear(rows: list[bytes], step: int, wide: int) -> bool:
    """Checks whether any of the last `wide` bytes of a pixel of `step` bytes isn't 255."""
    return any(min(line) < 255 for offset in range(step - wide, step) for line in _unfiltered(rows, offset, step))


def _indexed_clear(picture: Picture, rows: list[bytes]) -> bool:
    """Checks whether a pixel has a colour whose alpha isn't 255."""
    clear = {index for index, alpha in enumerate(picture.transparency or b"") if alpha < 255}
    depth, mask = picture.depth, (1 << picture.depth) - 1
    for line in _unfiltered(rows, 0, 1):
        indices = [byte >> shift & mask for byte in line for shift in range(8 - depth, -1, -depth)]
        if not clear.isdisjoint(indices[: picture.width]):
            return True
    return False


def _unfiltered(rows: list[bytes], offset: int, step: int) -> Iterator[list[int]]:
    """Yields one byte of each pixel, row by row, with the row's filter undone (PNG specification, section 9)."""
    above = [0] * len(rows[0][1 + offset :: step])
    for row in rows:
        kind, line = row[0], list(row[1 + offset :: step])
        if kind == 2:
            line = [(byte + up) & 255 for byte, up in zip(line, above, strict=True)]
        elif kind:
            left = corner = 0
            for index, up in enumerate(above):
                guess = left if kind == 1 else (left + up) // 2 if kind == 3 else _nearest(left, up, corner)
                left = line[index] = (line[index] + guess) & 255
                corner = up
        yield line
        above = line


def _nearest(left: int, up: int, corner: int) -> int:
    """Returns Paeth's prediction: the neighbour nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda neighbour: abs(guess - neighbour))
