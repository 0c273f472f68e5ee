"""Writes PNG files of every kind for the tests."""

import struct
import zlib
from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width: int, height: int, depth: int = 8, color_type: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, interlace))


def png(
    width: int,
    height: int,
    *,
    depth: int = 8,
    color_type: int = 2,
    interlace: int = 0,
    extra: bytes = b"",
    rows: Sequence[bytes] | None = None,
) -> bytes:
    """Returns a PNG. Rows include their filter bytes; without rows, all pixels are 0."""
    if rows is None:
        channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color_type]
        rows = [bytes((width * channels * depth + 7) // 8 + 1)] * height
    data = chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return SIGNATURE + header(width, height, depth, color_type, interlace) + extra + data + chunk(b"IEND", b"")


def filtered(rows: Sequence[bytes | bytearray], step: int, kinds: Sequence[int]) -> list[bytes]:
    """Applies a filter to each row of raw pixels, by the specification (section 9.2), for the tests to undo."""
    out = []
    above: bytes | bytearray = bytes(len(rows[0]))
    for row, kind in zip(rows, kinds, strict=True):
        line = bytearray([kind])
        for index, byte in enumerate(row):
            a = row[index - step] if index >= step else 0
            b = above[index]
            c = above[index - step] if index >= step else 0
            p = a + b - c
            paeth = b if abs(p - b) <= abs(p - c) else c
            if abs(p - a) <= abs(p - b) and abs(p - a) <= abs(p - c):
                paeth = a
            line.append((byte - (0, a, b, (a + b) // 2, paeth)[kind]) % 256)
        out.append(bytes(line))
        above = row
    return out
