"""PNG files: measures any file without decoding it, and writes ours the same everywhere.

Source of the format: the PNG specification (W3C, third edition), sections 5 and 11.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")  # width, height, depth, colour type, compression, filter, interlace
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by colour type
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
INDEXED, GRAY_ALPHA, COLOR_ALPHA = 3, 4, 6
_OTHERS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"RIFF", "WebP"),
)
_STORED = 65535  # the most bytes of a stored block of deflate


class Picture(NamedTuple):
    """The content of a PNG's chunks; `compressed` are its pixels as in the file.

    `transparency` is the tRNS chunk: the alpha of each colour of a palette, or a colour that is transparent.
    """

    width: int
    height: int
    depth: int
    color_type: int
    interlaced: bool
    transparency: bytes | None
    compressed: bytes

    @property
    def channels(self) -> int:
        return _CHANNELS[self.color_type]

    @property
    def alpha(self) -> bool:
        """Checks whether the image could be transparent: it has an alpha channel, or a transparency chunk."""
        return self.color_type in (GRAY_ALPHA, COLOR_ALPHA) or self.transparency is not None


def measure(content: bytes) -> Picture | str:
    """Returns the measures of a PNG file from its chunks. It decodes no pixel, however large the image claims to be.

    Returns a message with the reason if it isn't a whole PNG file.
    """
    if not content.startswith(_SIGNATURE):
        return _not_png(content)
    chunks = _chunks(content)
    if isinstance(chunks, str):
        return chunks
    if chunks[0][0] != b"IHDR" or len(chunks[0][1]) != _HEADER.size:
        return "its first chunk isn't a PNG header"
    if not any(name == b"IDAT" for name, _ in chunks):
        return "it holds no pixels"
    return _picture(chunks)


def palette(content: bytes) -> list[tuple[int, int, int]]:
    """Returns the colours of the palette of a PNG that `measure` accepts; none if it has no palette."""
    chunks = _chunks(content)
    data = b"" if isinstance(chunks, str) else next((data for name, data in chunks if name == b"PLTE"), b"")
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data) - 2, 3)]


def _chunks(content: bytes) -> list[tuple[bytes, bytes]] | str:
    """Returns the names and contents of the chunks up to the end mark; a message if one is broken."""
    chunks: list[tuple[bytes, bytes]] = []
    offset = len(_SIGNATURE)
    while not chunks or chunks[-1][0] != b"IEND":
        length, name = int.from_bytes(content[offset : offset + 4], "big"), content[offset + 4 : offset + 8]
        end = offset + 8 + length
        if len(content) < end + 4:
            return "it is cut off: the file ends before the image does"
        if int.from_bytes(content[end : end + 4], "big") != zlib.crc32(content[offset + 4 : end]):
            return f"it is damaged: the checksum at byte {end} is wrong"
        chunks.append((name, content[offset + 8 : end]))
        offset = end + 4
    return chunks


def _picture(chunks: list[tuple[bytes, bytes]]) -> Picture | str:
    width, height, depth, color_type, compression, filtering, interlace = _HEADER.unpack(chunks[0][1])
    if not (0 < width < 2**31 and 0 < height < 2**31):
        return f"its header says {width} x {height} pixels"
    if depth not in _DEPTHS.get(color_type, ()) or compression or filtering or interlace > 1:
        return "its header names a kind of pixels that PNG doesn't have"
    compressed = b"".join(data for name, data in chunks if name == b"IDAT")
    transparency = next((data for name, data in chunks if name == b"tRNS"), None)
    return Picture(width, height, depth, color_type, interlace == 1, transparency, compressed)


def _not_png(content: bytes) -> str:
    if not content:
        return "it is empty"
    kind = next((kind for beginning, kind in _OTHERS if content.startswith(beginning)), None)
    if b"<svg" in content[:1024]:
        kind = "SVG"
    return f"it is {kind}, not PNG" if kind else "it isn't a PNG image"


def indexed(palette: list[tuple[int, int, int]], rows: Iterable[bytes], size: int) -> bytes:
    """Returns a square PNG of at most 16 colours. Each row contains two pixels per byte.

    The pixels are in stored blocks: the output of a compressor would depend on its version.
    """
    header = _HEADER.pack(size, size, 4, INDEXED, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    pixels = b"".join(b"\0" + row for row in rows)
    parts = ((b"IHDR", header), (b"PLTE", colors), (b"IDAT", _stored(pixels)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _stored(data: bytes) -> bytes:
    """Returns a zlib stream that contains `data` uncompressed."""
    blocks = [data[start : start + _STORED] for start in range(0, len(data), _STORED)]
    framed = (struct.pack("<BHH", block is blocks[-1], len(block), len(block) ^ 0xFFFF) + block for block in blocks)
    return b"\x78\x01" + b"".join(framed) + struct.pack(">I", zlib.adler32(data))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
