import hashlib
import zlib

import pytest

from connector_builder.platform.icon.check import icon_problems
from connector_builder.platform.icon.png import Picture, measure
from connector_builder.render.icon.draw import BYTES, SIZE, draw_icon

Color = tuple[int, int, int]


def pixels(content: bytes) -> list[list[Color]]:
    """The colours of a drawn icon."""
    palette_at = content.index(b"PLTE") + 4
    picture = measure(content)
    assert isinstance(picture, Picture)
    raw = zlib.decompress(picture.compressed)
    entries = [content[palette_at + 3 * index :][:3] for index in range(16)]
    palette = [(red, green, blue) for red, green, blue in entries]
    rows = [raw[start + 1 : start + 1 + SIZE // 2] for start in range(0, len(raw), SIZE // 2 + 1)]
    return [[palette[index] for byte in row for index in (byte >> 4, byte & 15)] for row in rows]


def drawn(title: str, color: str = "#0B556A") -> bytes:
    """What the icon looks like, without its colours."""
    picture = measure(draw_icon(title, color))
    assert isinstance(picture, Picture)
    return picture.compressed


def test_same_bytes_everywhere() -> None:
    # Changing how icons look changes every package that has a drawn one: it needs a line in the changelog.
    digest = hashlib.sha256(draw_icon("Cloud Flow Manager", "#0B556A")).hexdigest()
    assert digest == "4e596d07d0827715c3fe55be3cc035ca23eb7f231d4f7bd4408bf3990a6aa856"


@pytest.mark.parametrize("title", ["A", "Cloud Flow Manager", "日本", ""])
@pytest.mark.parametrize("color", ["#000000", "#FFFFFF", "blue"])
def test_every_icon_has_the_same_size(title: str, color: str) -> None:
    assert len(draw_icon(title, color)) == BYTES


def test_every_glyph() -> None:
    titles = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "…"]
    assert len({drawn(title) for title in titles}) == 37
    digest = hashlib.sha256(b"".join(drawn(title) for title in titles)).hexdigest()
    assert digest == "c8cb46ecbeb78c69c2d478a10c4043575e24d71e7adf8d131308a6ab7fb9b6c3"


def test_measures() -> None:
    picture = measure(draw_icon("Contoso Orders", "#0B556A"))
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height, picture.alpha) == (230, 230, False)
    assert icon_problems(draw_icon("Contoso Orders", "#0B556A"), "#0B556A") == []


def test_size_in_bytes() -> None:
    assert len(draw_icon("Contoso Orders", "#0B556A")) == 26_808


@pytest.mark.parametrize("title", ["Contoso Orders", "Wide Web", "I", "日本", "Q4"])
def test_logo_is_centred_on_the_brand_colour_and_below_70_percent(title: str) -> None:
    back = (0x0B, 0x55, 0x6A)
    image = pixels(draw_icon(title, "#0B556A"))
    rows = [y for y, row in enumerate(image) if any(color != back for color in row)]
    columns = [x for x in range(SIZE) if any(row[x] != back for row in image)]
    assert len(image) == len(image[0]) == SIZE
    assert rows[-1] - rows[0] + 1 < 0.7 * SIZE
    assert columns[-1] - columns[0] + 1 < 0.7 * SIZE
    assert abs(rows[0] - (SIZE - 1 - rows[-1])) <= 1
    assert abs(columns[0] - (SIZE - 1 - columns[-1])) <= 8  # a Q's tail or a J's hook


def test_edges_are_soft() -> None:
    colors = {color for row in pixels(draw_icon("Contoso", "#000000")) for color in row}
    assert colors == {(grey, grey, grey) for grey in range(0, 256, 17)}


@pytest.mark.parametrize(
    ("title", "same_as"),
    [
        ("Contoso Orders", "C O"),
        ("contoso", "C"),
        ("Flow Run Manager", "F R"),
        ("GitHub", "G H"),
        ("HTMLParser", "H P"),
        ("365 Mail", "3 M"),
        ("Sms77io", "S 7"),
        ("Ünal Çelik", "U C"),
        ("  (Beta) _ tools!", "B T"),
        ("Mail 日本", "M"),
        ("🔌 Contoso \u2013 Orders", "C O"),
        ("\uff21\uff11 \u2163", "A 1"),
        ("<script>alert(1)</script>", "S A"),
        ("\n|\x1b[31mRed", "3 M"),
        ("A" * 1_000_000, "A"),
    ],
)
def test_initials(title: str, same_as: str) -> None:
    assert drawn(title) == drawn(same_as)


@pytest.mark.parametrize("title", ["日本", "Привет мир", "", "  ", "🔌", "ß", "\ud800", "مرحبا Contoso"])
def test_plug_for_titles_that_the_letters_do_not_cover(title: str) -> None:
    assert drawn(title) == drawn("…")
    assert drawn(title) != drawn("P")


@pytest.mark.parametrize(
    ("color", "front"),
    [
        ("#000000", (255, 255, 255)),
        ("#0B556A", (255, 255, 255)),
        ("#da3b01", (255, 255, 255)),
        ("#007EE5", (255, 255, 255)),
        ("#ffcc00", (0, 0, 0)),
        ("#ffffff", (0, 0, 0)),
    ],
)
def test_black_or_white_by_contrast(color: str, front: Color) -> None:
    image = pixels(draw_icon("I", color))
    assert image[SIZE // 2][SIZE // 2] == front
    assert image[0][0] == tuple(bytes.fromhex(color[1:]))


@pytest.mark.parametrize("color", ["", "red", "#fff", "#12345g", "#0B556A ", "#0B556A\n", "\uff030B556A"])
def test_a_colour_that_is_none(color: str) -> None:
    assert draw_icon("Contoso", color) == draw_icon("Contoso", "#0b556a")
