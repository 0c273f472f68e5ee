import itertools
import zlib

import pytest

from connector_builder.platform.icon.check import icon_problems
from connector_builder.platform.icon.opacity import Opacity, opacity
from connector_builder.platform.icon.png import Picture, measure
from tests.support.pages.pictures import SIGNATURE, chunk, filtered, header, png

SQUARE = "make it a square of 100 to 230 pixels, under 1 MB"
LARGE = png(100, 100, extra=chunk(b"tEXt", bytes(1024 * 1024)))


@pytest.mark.parametrize("side", [100, 230])
def test_nothing_is_wrong(side: int) -> None:
    assert icon_problems(png(side, side), "#0B556A") == []


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"GIF89a", [("the icon can't be used: it is GIF, not PNG", "save it as a PNG image")]),
        (png(120, 121), [("the icon has 120 x 121 pixels, but it must be square", SQUARE)]),
        (png(99, 99), [("the icon has 99 x 99 pixels, but each side must have 100 to 230", SQUARE)]),
        (png(231, 231), [("the icon has 231 x 231 pixels, but each side must have 100 to 230", SQUARE)]),
        (
            png(32, 300),
            [
                ("the icon has 32 x 300 pixels, but it must be square", SQUARE),
                ("the icon has 32 x 300 pixels, but each side must have 100 to 230", SQUARE),
            ],
        ),
        (LARGE, [(f"the icon has {len(LARGE)} bytes, but at most 1048576 are taken", SQUARE)]),
        (
            png(100, 100, color_type=6),
            [
                (
                    "the icon isn't opaque: parts of it are transparent",
                    "save it without transparency, on the brand colour #0B556A",
                )
            ],
        ),
    ],
)
def test_what_is_wrong(content: bytes, problems: list[tuple[str, str]]) -> None:
    assert icon_problems(content, "#0B556A") == problems


def test_a_bomb_is_never_decoded() -> None:
    # 30,000 x 30,000 pixels with alpha: 3.6 GB. Its measures are reported, and nothing else is looked at.
    pixels = chunk(b"IDAT", b"?")
    content = SIGNATURE + header(30_000, 30_000, 8, 6) + pixels + chunk(b"IEND", b"")
    assert [message for message, _ in icon_problems(content, "#0B556A")] == [
        "the icon has 30000 x 30000 pixels, but each side must have 100 to 230"
    ]


def test_a_small_picture_with_far_too_many_pixels() -> None:
    pixels = chunk(b"IDAT", zlib.compress(b"\0" + b"\xff" * 5_000_000))
    content = SIGNATURE + header(100, 100, 8, 6) + pixels + chunk(b"IEND", b"")
    assert opacity(picture(content)) is Opacity.BROKEN


def picture(content: bytes) -> Picture:
    result = measure(content)
    assert isinstance(result, Picture), result
    return result


def color_pixels(width: int, height: int, alpha: int = 255) -> list[bytearray]:
    """Rows of colours that vary, so that every filter has something to predict, with a given alpha."""
    return [
        bytearray(
            itertools.chain.from_iterable((x * 7 % 256, y * 11 % 256, (x * y) % 256, alpha) for x in range(width))
        )
        for y in range(height)
    ]


@pytest.mark.parametrize("kinds", [[0] * 5, [1] * 5, [2] * 5, [3] * 5, [4] * 5, [0, 1, 2, 3, 4], [4, 3, 2, 1, 0]])
def test_alpha_behind_each_filter(kinds: list[int]) -> None:
    rows = color_pixels(9, 5)
    assert opacity(picture(png(9, 5, color_type=6, rows=filtered(rows, 4, kinds)))) is Opacity.OPAQUE
    rows[3][4 * 8 + 3] = 254
    assert opacity(picture(png(9, 5, color_type=6, rows=filtered(rows, 4, kinds)))) is Opacity.TRANSPARENT


def test_every_pixel_counts() -> None:
    for x, y in itertools.product(range(4), range(4)):
        rows = color_pixels(4, 4)
        rows[y][4 * x + 3] = 0
        content = png(4, 4, color_type=6, rows=filtered(rows, 4, [0, 1, 2, 4]))
        assert opacity(picture(content)) is Opacity.TRANSPARENT, (x, y)


def test_both_bytes_of_a_deep_alpha_count() -> None:
    opaque = [b"\x12\x34\xff\xff" * 3] * 3
    nearly = [*opaque[:2], b"\x12\x34\xff\xfe" * 3]
    assert opacity(picture(png(3, 3, depth=16, color_type=4, rows=filtered(opaque, 4, [1, 2, 3])))) is Opacity.OPAQUE
    content = png(3, 3, depth=16, color_type=4, rows=filtered(nearly, 4, [1, 2, 3]))
    assert opacity(picture(content)) is Opacity.TRANSPARENT


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_only_colours_of_the_palette_that_are_used_count(depth: int) -> None:
    # Colour 0 is opaque, colour 1 clear. The bits after the last pixel of a row are no pixels.
    extra = chunk(b"PLTE", bytes(6)) + chunk(b"tRNS", b"\xff\x00")
    size = (5 * depth + 7) // 8
    unused = [b"\0" + bytes(size - 1) + (b"\x01" if depth < 8 else b"\0")] * 5
    used = [b"\0" + bytes([1 << (8 - depth)]) + bytes(size - 1)] * 5
    assert opacity(picture(png(5, 5, depth=depth, color_type=3, extra=extra, rows=unused))) is Opacity.OPAQUE
    assert opacity(picture(png(5, 5, depth=depth, color_type=3, extra=extra, rows=used))) is Opacity.TRANSPARENT


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(9, 9), Opacity.OPAQUE),
        (png(9, 9, extra=chunk(b"tRNS", bytes(6))), Opacity.UNKNOWN),
        (png(9, 9, color_type=6, interlace=1), Opacity.UNKNOWN),
        (png(513, 513, color_type=6), Opacity.UNKNOWN),
        (png(9, 9, color_type=6, rows=[b"\0" + bytes(36)] * 8), Opacity.BROKEN),
        (png(9, 9, color_type=6, rows=[b"\5" + bytes(36)] * 9), Opacity.BROKEN),
        (SIGNATURE + header(9, 9, 8, 6) + chunk(b"IDAT", b"?") + chunk(b"IEND", b""), Opacity.BROKEN),
    ],
)
def test_opacity(content: bytes, expected: Opacity) -> None:
    assert opacity(picture(content)) is expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            png(100, 100, color_type=6, interlace=1),
            "the icon may not be opaque: it has a transparent colour, or is interlaced",
        ),
        (png(100, 100, color_type=6, rows=[b"\0"]), "the icon can't be used: its pixels are damaged"),
    ],
)
def test_messages_of_what_is_not_known_to_be_opaque(content: bytes, message: str) -> None:
    assert [message for message, _ in icon_problems(content, "#0B556A")] == [message]
