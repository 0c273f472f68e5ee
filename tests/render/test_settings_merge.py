import json
from typing import Any

import pytest

from connector_builder.findings import Finding
from connector_builder.render.settings import Settings, merge_settings

FILES = {"apiProperties": "apiProperties.json", "apiDefinition": "apiDefinition.swagger.json", "icon": "icon.png"}
WITH_SCRIPT = {**FILES, "script": "script.csx"}
WITHOUT_ICON = {key: name for key, name in FILES.items() if key != "icon"}

FIRST = b"""\
{
  "connectorId": null,
  "environment": "",
  "apiProperties": "apiProperties.json",
  "apiDefinition": "apiDefinition.swagger.json",
  "icon": "icon.png",
  "powerAppsUrl": "https://api.powerapps.com",
  "powerAppsApiVersion": "2016-11-01"
}
"""


def merged(given: dict[str, Any], existing: object, files: dict[str, str] = FILES) -> Settings:
    content = existing if isinstance(existing, bytes) else json.dumps(existing).encode()
    settings = merge_settings(given, content, files)
    assert isinstance(settings, Settings), settings
    return settings


def as_paconn_writes(data: dict[str, Any], *, line_end: str = "\n") -> bytes:
    """The file after `paconn create -w` (0.0.21): these keys in this order, no line end at the end; CRLF on Windows."""
    keys = (
        "connectorId",
        "environment",
        "apiProperties",
        "apiDefinition",
        "icon",
        "powerAppsUrl",
        "powerAppsApiVersion",
    )
    written = {key: data.get(key) for key in keys}
    if data.get("script") is not None:
        written["script"] = data["script"]
    return json.dumps(written, indent=2).replace("\n", line_end).encode()


def test_without_a_file() -> None:
    assert merge_settings({}, None, FILES) == Settings(json.loads(FIRST), FIRST)


def test_all_that_a_spec_can_give() -> None:
    given = {
        "tenant": "contoso.example",
        "powerAppsApiVersion": "2016-11-01",
        "powerAppsUrl": "https://gov.api.powerapps.us",
        "environment": "Default-1",
        "connectorId": "shared_orders-5f1",
        "flowUrl": "",
    }
    settings = merge_settings(given, None, WITH_SCRIPT)
    assert isinstance(settings, Settings)
    assert settings.content == (
        b'{\n  "connectorId": "shared_orders-5f1",\n  "environment": "Default-1",\n  "apiProperties": "apiProperties.json",\n'
        b'  "apiDefinition": "apiDefinition.swagger.json",\n  "icon": "icon.png",\n  "script": "script.csx",\n'
        b'  "powerAppsUrl": "https://gov.api.powerapps.us",\n  "powerAppsApiVersion": "2016-11-01",\n'
        b'  "tenant": "contoso.example"\n}\n'
    )
    assert settings.notes == ()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("files", [FILES, WITH_SCRIPT, WITHOUT_ICON])
def test_what_paconn_writes_after_create_stays_byte_for_byte(files: dict[str, str], line_end: str) -> None:
    first = merge_settings({"environment": "E"}, None, files)
    assert isinstance(first, Settings)
    written = as_paconn_writes({**first.data, "connectorId": "shared_orders-5f1"}, line_end=line_end)
    again = merged({"environment": "E"}, written, files)
    assert again.content == written
    assert again.notes == ()


def test_what_the_user_wrote_is_kept() -> None:
    existing = {
        "connectorId": "c",
        "environment": "E",
        "icon": "../logo.png",
        "flowUrl": "https://x.example",
        "mine": [1],
    }
    assert merged({"environment": ""}, existing).data == {
        "connectorId": "c",
        "environment": "E",
        "apiProperties": "apiProperties.json",
        "apiDefinition": "apiDefinition.swagger.json",
        "icon": "../logo.png",
        "powerAppsUrl": "https://api.powerapps.com",
        "powerAppsApiVersion": "2016-11-01",
        "flowUrl": "https://x.example",
        "mine": [1],
    }


def test_what_paconn_drops_comes_back_from_the_spec() -> None:
    written = as_paconn_writes({**json.loads(FIRST), "connectorId": "c", "environment": "E"})
    settings = merged({"tenant": "contoso.example"}, written)
    assert settings.data == {**json.loads(written), "tenant": "contoso.example"}


def test_every_build_after_the_second_is_the_same() -> None:
    existing = {"mine": 1, "environment": None, "icon": "", "script": None}
    once = merged({"tenant": "t"}, existing)
    assert merged({"tenant": "t"}, once.content).content == once.content


@pytest.mark.parametrize(
    ("existing", "files", "expected"),
    [
        ({"icon": None}, FILES, {"icon": "icon.png"}),
        ({"icon": ""}, FILES, {"icon": "icon.png"}),
        ({"icon": None}, WITHOUT_ICON, {"icon": None}),
        ({"icon": ""}, WITHOUT_ICON, {"icon": ""}),
        ({"icon": "icon.png"}, WITHOUT_ICON, {}),
        ({"icon": "mine.png"}, WITHOUT_ICON, {"icon": "mine.png"}),
        ({}, WITHOUT_ICON, {}),
        ({"script": "script.csx"}, FILES, {"icon": "icon.png"}),
        ({"script": None}, WITH_SCRIPT, {"icon": "icon.png", "script": "script.csx"}),
        ({"script": "mine.csx"}, WITH_SCRIPT, {"icon": "icon.png", "script": "mine.csx"}),
    ],
)
def test_icon_and_script_follow_the_package(
    existing: dict[str, Any], files: dict[str, str], expected: dict[str, Any]
) -> None:
    data = merged({}, existing, files).data
    assert {key: data[key] for key in ("icon", "script") if key in data} == expected


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_values_are_filled(empty: str | None) -> None:
    keys = ("environment", "apiProperties", "apiDefinition", "powerAppsUrl", "powerAppsApiVersion")
    data = merged({"environment": "E"}, dict.fromkeys(keys, empty)).data
    assert data == {**json.loads(FIRST), "environment": "E"}


MOVED = "connectorId 'c' is dropped from settings.json: the spec changes {}, and it belongs to the earlier one"


@pytest.mark.parametrize(
    ("given", "existing", "connector", "changed"),
    [
        ({"environment": "F"}, {"environment": "E"}, None, "environment"),
        ({"powerAppsUrl": "https://gov.example"}, {}, None, "powerAppsUrl"),
        ({"powerAppsUrl": "https://gov.example"}, {"powerAppsUrl": ""}, None, "powerAppsUrl"),
        (
            {"environment": "F", "powerAppsUrl": "https://b.example"},
            {"environment": "E", "powerAppsUrl": "https://a.example"},
            None,
            "environment and powerAppsUrl",
        ),
        ({"environment": "F"}, {"environment": 7}, None, "environment"),
        ({"environment": "e"}, {"environment": "E"}, "c", None),
        ({"environment": "F"}, {"environment": ""}, "c", None),
        ({"environment": "F"}, {}, "c", None),
        ({"environment": ""}, {"environment": "E"}, "c", None),
        ({}, {"environment": "E"}, "c", None),
        ({"powerAppsUrl": "https://api.powerapps.com"}, {}, "c", None),
        ({"powerAppsUrl": "https://api.powerapps.com"}, {"powerAppsUrl": "https://API.powerapps.com/"}, "c", None),
        ({"environment": "F", "connectorId": "d"}, {"environment": "E"}, "d", None),
        ({"tenant": "t"}, {"tenant": "u", "environment": "E"}, "c", None),
    ],
)
def test_connector_id_belongs_to_its_environment(
    given: dict[str, Any], existing: dict[str, Any], connector: str | None, changed: str | None
) -> None:
    settings = merged(given, {"connectorId": "c", **existing})
    assert settings.data["connectorId"] == connector
    assert settings.notes == (() if changed is None else (MOVED.format(changed),))


def test_no_note_where_there_was_no_connector() -> None:
    assert merged({"environment": "F"}, {"environment": "E", "connectorId": ""}).notes == ()


def test_a_value_of_the_spec_stands_in_no_note() -> None:
    settings = merged({"environment": "from-a-variable"}, {"environment": "E", "connectorId": "c"})
    assert "from-a-variable" not in "".join(settings.notes)


def test_what_paconn_can_not_read_is_written_anew() -> None:
    data = json.loads(FIRST)
    assert merged({}, b"\xef\xbb\xbf" + FIRST).content == FIRST
    raw = json.dumps({**data, "mine": "café"}, ensure_ascii=False).encode()
    assert merged({}, raw).content == FIRST.replace(b'01"\n', b'01",\n  "mine": "caf\\u00e9"\n')


@pytest.mark.parametrize(
    ("existing", "place", "message"),
    [
        (b"", (1, 1), "the file is empty"),
        (b'{\n"environment": "E",\n}', (2, 19), "nothing follows this comma"),
        (b"[]", (1, 1), "an object is expected"),
        (b"null", (1, 1), "an object is expected"),
        (b'{"a": 1, "a": 2}', (1, 10), "the key 'a' is given twice"),
        (b'{"a": 1e999}', (1, 7), "JSON can't hold this number"),
        (b"[" * 100_000, (1, 201), "more than 200 levels of nesting"),
        ('{"a": 1}'.encode("utf-16"), (1, 1), "this is UTF-16 or UTF-32 text, not UTF-8"),
        (b'{"a": "\xe9"}', (1, 8), "byte 0xe9 isn't UTF-8 text"),
    ],
)
def test_a_file_that_can_not_be_read(existing: bytes, place: tuple[int, int], message: str) -> None:
    result = merge_settings({}, existing, FILES)
    assert isinstance(result, Finding)
    assert result.rule.name == "FileNotReadable"
    assert result.place.text.position(result.place.start) == place
    assert result.message.startswith(f"settings.json can't be read: {message}")
