import struct
import zlib

import pytest

from connector_builder.platform.icon.png import Picture, indexed, measure
from tests.support.pages.pictures import SIGNATURE, chunk, header, png

HUGE = 2**31 - 1


def measured(content: bytes) -> tuple[int, int, bool]:
    picture = measure(content)
    assert isinstance(picture, Picture), picture
    return picture.width, picture.height, picture.alpha


@pytest.mark.parametrize(
    ("color_type", "depth", "extra", "alpha"),
    [
        (0, 1, b"", False),
        (0, 16, chunk(b"tRNS", b"\0\0"), True),
        (2, 8, b"", False),
        (2, 8, chunk(b"tRNS", bytes(6)), True),
        (3, 4, chunk(b"PLTE", bytes(48)), False),
        (3, 8, chunk(b"PLTE", bytes(6)) + chunk(b"tRNS", b"\xff\x00"), True),
        (4, 8, b"", True),
        (6, 16, chunk(b"tEXt", b"Title\0Contoso"), True),
    ],
)
def test_measures_of_each_kind(color_type: int, depth: int, extra: bytes, alpha: bool) -> None:
    assert measured(png(120, 100, depth=depth, color_type=color_type, extra=extra)) == (120, 100, alpha)


def test_a_bomb_is_measured_without_being_decoded() -> None:
    # 4 MB of zeros stand for the 4 GB that the header claims: measuring must not care for either.
    pixels = chunk(b"IDAT", zlib.compress(bytes(4_000_000)))
    assert measured(SIGNATURE + header(HUGE, HUGE) + pixels + chunk(b"IEND", b"")) == (HUGE, HUGE, False)


def test_pixels_that_are_no_deflate_stream_are_not_looked_at() -> None:
    assert measured(SIGNATURE + header(100, 100) + chunk(b"IDAT", b"?") + chunk(b"IEND", b"")) == (100, 100, False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "it is JPEG, not PNG"),
        (b"GIF89a\x01\0", "it is GIF, not PNG"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "it is WebP, not PNG"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "it is SVG, not PNG"),
        (b"MZ\x90\0", "it isn't a PNG image"),
        (SIGNATURE[:-1], "it isn't a PNG image"),
        (SIGNATURE, "it is cut off: the file ends before the image does"),
        (SIGNATURE + b"\xff\xff\xff\xffIHDR", "it is cut off: the file ends before the image does"),
        (SIGNATURE + chunk(b"IEND", b""), "its first chunk isn't a PNG header"),
        (SIGNATURE + chunk(b"IHDR", bytes(12)) + chunk(b"IEND", b""), "its first chunk isn't a PNG header"),
        (SIGNATURE + header(1, 1) + chunk(b"IEND", b""), "it holds no pixels"),
        (png(0, 5, rows=[b""]), "its header says 0 x 5 pixels"),
        (png(5, 2**32 - 1, rows=[b""]), "its header says 5 x 4294967295 pixels"),
        (png(5, 5, color_type=2, depth=4), "its header names a kind of pixels that PNG doesn't have"),
        (png(5, 5, color_type=5, rows=[b""]), "its header names a kind of pixels that PNG doesn't have"),
        (png(5, 5, interlace=2), "its header names a kind of pixels that PNG doesn't have"),
        (png(5, 5)[:20] + b"\x07" + png(5, 5)[21:], "it is damaged: the checksum at byte 29 is wrong"),
    ],
)
def test_what_is_no_whole_png(content: bytes, message: str) -> None:
    assert measure(content) == message


def test_every_cut_is_noticed() -> None:
    whole = png(7, 7)
    for length in range(len(SIGNATURE), len(whole)):
        assert measure(whole[:length]) == "it is cut off: the file ends before the image does"


def test_every_damaged_byte_is_noticed() -> None:
    whole = png(7, 7)
    for index in range(len(whole)):
        damaged = whole[:index] + bytes([whole[index] ^ 0x10]) + whole[index + 1 :]
        assert isinstance(measure(damaged), str), index


def test_a_million_empty_chunks() -> None:
    content = SIGNATURE + header(100, 100) + chunk(b"tEXt", b"") * 80_000 + chunk(b"IEND", b"")
    assert measure(content) == "it holds no pixels"


def test_written_pictures_hold_their_pixels_uncompressed() -> None:
    content = indexed([(0, 0, 0), (255, 0, 16)], [b"\x01\x10"] * 4, 4)
    picture = measure(content)
    assert isinstance(picture, Picture)
    raw = b"\0\x01\x10" * 4
    assert picture.compressed == b"\x78\x01\x01" + struct.pack("<HH", 12, 65523) + raw + struct.pack(
        ">I", zlib.adler32(raw)
    )
    assert zlib.decompress(picture.compressed) == raw
    assert content[8:33] == header(4, 4, 4, 3)
    assert content[33:51] == chunk(b"PLTE", b"\0\0\0\xff\0\x10")


def test_written_pictures_of_more_than_a_block() -> None:
    picture = measure(indexed([(0, 0, 0)], [bytes(400)] * 800, 800))
    assert isinstance(picture, Picture)
    assert zlib.decompress(picture.compressed) == bytes(401) * 800
