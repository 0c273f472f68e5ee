import json

import pytest

from connector_builder.report.escape import cells, encodable, file_name, json_text, log_line, terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ünïcode 日本 😀", "plain, ünïcode 日本 😀"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\tb\nc\rd", r"a\tb\nc\rd"),
        ("\x7f\x9b31m\0", r"\x7f\x9b31m\x00"),
        ("abc\u202etxt.exe\u2066", r"abc\u202etxt.exe\u2066"),
        ("a\u2028b\ufeff\ud800", r"a\u2028b\ufeff\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("##vso[task.setvariable]x", r"\x23#vso[task.setvariable]x"),
        ("a ##VSO[x] ##[error]y", r"a \x23#VSO[x] \x23#[error]y"),
        ("###vso[x]", r"#\x23#vso[x]"),
        ("## heading", "## heading"),
        ("a ::error::b", "a ::error::b"),
    ],
)
def test_a_line_for_a_terminal(text: str, shown: str) -> None:
    assert terminal(text) == shown
    assert len(cells(text)) == len(text)


@pytest.mark.parametrize(
    ("name", "shown"), [("a.yaml", "a.yaml"), ("::error::.yaml", "./::error::.yaml"), (" ::x.yaml", "./ ::x.yaml")]
)
def test_a_file_name_does_not_begin_a_command(name: str, shown: str) -> None:
    assert file_name(name) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (" ::error::x", r" \x3a:error::x"),
        ("  \t ::x", r"  \t \x3a:x"),
        ("+ ::x", "+ ::x"),
        ("::x", r"\x3a:x"),
        (" a::b", " a::b"),
    ],
)
def test_a_whole_line_from_input_begins_no_command(line: str, shown: str) -> None:
    assert log_line(line) == shown


def test_json_is_ascii_and_holds_no_command() -> None:
    value = {"a": "##vso[x]\u202e\x1b ##[y]", "b": ["::error::"]}
    text = json_text(value)
    assert text == ('{\n  "a": "\\u0023#vso[x]\\u202e\\u001b \\u0023#[y]",\n  "b": [\n    "::error::"\n  ]\n}')
    assert json.loads(text) == value


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "é日\\ud800"),
        ("cp1252", "é\\u65e5\\ud800"),
        ("ascii", "\\xe9\\u65e5\\ud800"),
        (None, "\\xe9\\u65e5\\ud800"),
    ],
)
def test_no_encoding_fails(encoding: str | None, shown: str) -> None:
    assert encodable("é日\ud800", encoding) == shown
