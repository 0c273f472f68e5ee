"""Finds the colour of a picture's background: that of its first pixel, at the upper left."""

import zlib

from connector_builder.platform.icon.png import INDEXED, measure, palette

_GRAY = (1, 2)
"""The numbers of channels of pictures without colours."""


def corner(content: bytes) -> tuple[int, int, int] | None:
    """Returns the red, green and blue of a PNG's first pixel.

    Returns None if the file is no PNG, can't be read, or has less than eight bits for each part of a pixel without a
    palette.
    """
    picture = measure(content)
    if isinstance(picture, str):
        return None
    try:
        # Every filter of PNG leaves the first pixel of the first row as it is: what it would add is outside the picture.
        start = zlib.decompressobj().decompress(picture.compressed, 1 + 8)
    except zlib.error:
        return None
    if len(start) < 1 + picture.channels or picture.interlaced:
        return None
    pixel = start[1:]
    if picture.color_type == INDEXED:
        colors = palette(content)
        index = pixel[0] >> (8 - picture.depth)
        return colors[index] if index < len(colors) else None
    if picture.depth < 8:
        return None
    wide = picture.depth // 8
    parts = [pixel[at] for at in range(0, min(len(pixel), 3 * wide), wide)]
    if picture.channels in _GRAY:
        return parts[0], parts[0], parts[0]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None
