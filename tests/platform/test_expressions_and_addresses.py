"""Expressions of policies, and addresses, tenants and clients of OAuth."""

import pytest

from connector_builder.platform.auth.oauth import is_address, is_client, is_open, is_tenant, unknown_places, wrong_end
from connector_builder.platform.icon.background import corner
from connector_builder.platform.policies.expressions import calls, unknown_functions
from tests.support.pages.pictures import chunk, png

GUID = "2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@headers('a')", ["a"]),
        ("@headers('a', @queryParameters('b'))", ["a", "b"]),
        ("@{headers('a')}-@connectionParameters('c','d')", ["a", "c"]),
        ("@headers(a)", [None]),
        ("@headers('a'", [None]),
        ("@body().a", []),
    ],
)
def test_calls(text: str, names: list[str | None]) -> None:
    assert [call.name for call in calls(text)] == names


def test_functions_that_do_not_exist() -> None:
    text = "@body()['@odata.id'] @item() a@b.example(c) @utcNow() @{Headers('a')} @Request.OriginalHTTPMethod"
    assert list(unknown_functions(text)) == ["utcNow", "Headers"]


def test_places_that_nothing_fills() -> None:
    assert list(unknown_places("{clientid}{Site}{Host}{Site}", ["host"])) == ["Site"]


@pytest.mark.parametrize("text", ["common", "organizations", GUID, "contoso.onmicrosoft.example"])
def test_a_tenant(text: str) -> None:
    assert is_tenant(text)


def test_what_can_be_no_id() -> None:
    assert not is_tenant("our tenant")
    assert not is_client(GUID[:-1])
    assert is_client(GUID.upper())


@pytest.mark.parametrize(
    "text",
    ["[[DUMMY]]", "{{ client id }}", "<Enter your client ID>", "YOUR_CLIENT_ID", "${ID}", "@environmentVariables('a')"],
)
def test_what_is_left_to_others(text: str) -> None:
    assert is_open(text)


def test_addresses() -> None:
    assert is_address("https://a.example")
    assert not is_address("/token")
    assert wrong_end("https://a.example/oauth/token?x=authorize", authorizes=True)
    assert wrong_end("https://a.example/oauth/Authorize/", authorizes=False)
    assert not wrong_end("https://a.example/oauth/authorize", authorizes=True)
    assert not wrong_end("https://[1", authorizes=True)


@pytest.mark.parametrize(
    ("picture", "color"),
    [
        (png(1, 1, color_type=2, rows=[b"\1\x10\x20\x30"]), (16, 32, 48)),
        (png(1, 1, color_type=6, rows=[b"\0\x10\x20\x30\xff"]), (16, 32, 48)),
        (png(1, 1, color_type=0, rows=[b"\4\x10"]), (16, 16, 16)),
        (png(1, 1, color_type=4, rows=[b"\0\x10\xff"]), (16, 16, 16)),
        (png(1, 1, depth=16, color_type=2, rows=[b"\0\x10\0\x20\0\x30\0"]), (16, 32, 48)),
        (png(1, 1, depth=4, color_type=3, extra=chunk(b"PLTE", bytes(range(6))), rows=[b"\0\x10"]), (3, 4, 5)),
        (png(1, 1, depth=8, color_type=3, extra=chunk(b"PLTE", bytes(3)), rows=[b"\0\x09"]), None),
        (png(1, 1, depth=1, color_type=0, rows=[b"\0\x80"]), None),
        (b"GIF89a", None),
    ],
)
def test_the_colour_of_the_background(picture: bytes, color: tuple[int, int, int] | None) -> None:
    assert corner(picture) == color
