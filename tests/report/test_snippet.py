import pytest

from connector_builder.findings.diagnostic import Location
from connector_builder.report.snippet import snippet, width


def shown(source: str, column: int, end: int, line: int = 7, end_line: int | None = None, start: int = 1) -> list[str]:
    return snippet(Location("x.yaml", line, column, end_line or line, end, source, start))


def test_a_range() -> None:
    assert shown("  a: wrong # x", 6, 11) == ["   7 |   a: wrong # x", "     |      ^^^^^"]


def test_an_empty_range_and_one_behind_the_line() -> None:
    assert shown("a:", 3, 3) == ["   7 | a:", "     |   ^"]
    assert shown("a:", 3, 4) == ["   7 | a:", "     |   ^"]


def test_a_range_over_lines_is_marked_to_the_end_of_the_first() -> None:
    assert shown("a: 'b c  ", 4, 3, end_line=9) == ["   7 | a: 'b c", "     |    ^^^^"]


def test_whole_files_and_blank_lines_have_none() -> None:
    assert shown("", 1, 1) == []
    assert shown("   ", 2, 3) == []


def test_line_numbers_of_any_length() -> None:
    assert shown("ab", 2, 3, line=123456) == ["123456 | ab", "       |  ^"]


def test_tabs_are_four_columns() -> None:
    assert shown("\ta:\twrong", 5, 10) == ["   7 |     a:    wrong", "     |           ^^^^^"]


def test_wide_characters_and_marks_keep_the_carets_in_place() -> None:
    assert shown("日本: wrong", 5, 10) == ["   7 | 日本: wrong", "     |       ^^^^^"]
    assert shown("a: 日本😀", 4, 7) == ["   7 | a: 日本😀", "     |    ^^^^^^"]
    assert shown("e\u0301\u200d: wrong", 6, 11) == ["   7 | e\u0301\u200d: wrong", "     |    ^^^^^"]


def test_escapes_keep_the_carets_in_place() -> None:
    assert shown("a\x1b: wrong", 5, 10) == [r"   7 | a\x1b: wrong", "     |        ^^^^^"]
    assert shown("a: \u202eb", 4, 5) == [r"   7 | a: \u202eb", "     |    ^^^^^^"]


def test_a_command_across_the_border_of_a_range_is_none() -> None:
    assert shown("a: ##vso[x]", 5, 6) == [r"   7 | a: \x23#vso[x]", "     |        ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    source = "a" * 60 + "wrong" + "b" * 200
    assert shown(source, 61, 66) == [
        "   7 | ..." + "a" * 30 + "wrong" + "b" * 59 + "...",
        "     | " + " " * 33 + "^^^^^",
    ]


def test_a_long_range_is_cut_too() -> None:
    lines = shown("a: " + "x" * 300, 4, 304)
    assert lines == ["   7 | a: " + "x" * 94 + "...", "     |    " + "^" * 97]


def test_a_line_that_was_cut_before_shows_it() -> None:
    assert shown("a" * 10 + "wrong", 1011, 1016, start=1001) == [
        "   7 | ...aaaaaaaaaawrong",
        "     |              ^^^^^",
    ]


def test_a_long_line_of_wide_characters() -> None:
    lines = shown("日" * 40 + "x" + "本" * 60, 41, 42)
    assert lines == ["   7 | ..." + "日" * 15 + "x" + "本" * 31 + "...", "     | " + " " * 33 + "^"]
    assert width(lines[0]) <= 107


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("日", 2), ("e\u0301", 1), ("", 0), ("😀", 2), ("ｱ", 1), ("\uff21", 2)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
