"""Each rule of the layout, byte for byte."""

from typing import Any

import pytest

from connector_builder.source.yaml_writer import Block, Spaced, flow, write_yaml

W20 = " ".join(["word"] * 20)
"""99 characters."""
MEANT_OTHERWISE = """~ null Null NULL true False TRUE yes No on OFF y N = << 0 1 -1 +1 010 0o17 0x1 0XF 0b1 1_000 1,000 1:30 -1:30:00.5 1.0 1. .5
    . -.5 1e3 1E+3 1.5e-3 .inf -.Inf .NAN 2016-11-01 2016-1-1 2016-11-01T10:00:00Z"""
PLAIN = """word 1.2.3 1-2 2016-11-01-preview 0g 1e e5 yes! none -x --x $top ${NAME:-x} a#b a:b https://contoso.example a!b a'b
    a"b a\\b a@b äß 漢字 🙂 x* <a> ^a$"""


def lines(data: Any, width: int = 120) -> list[str]:
    content = write_yaml(data, width=width)
    assert content.endswith("\n")
    return content[:-1].split("\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-12, "-12"),
        (10**20, "100000000000000000000"),
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (1e16, "1.0e+16"),
        (1.5e300, "1.5e+300"),
        (1e-07, "1.0e-07"),
        ({}, "{}"),
        ([], "[]"),
        (Block(), "{}"),
    ],
)
def test_values(value: object, written: str) -> None:
    assert lines({"key": value}) == [f"key: {written}"]
    assert flow([value]) == f"[{written}]"


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_numbers_that_json_lacks(number: float) -> None:
    with pytest.raises(ValueError, match=r"^JSON has neither infinity nor not-a-number$"):
        write_yaml({"key": number})


@pytest.mark.parametrize(
    "text",
    MEANT_OTHERWISE.split(),
)
def test_texts_that_a_reader_takes_for_something_else(text: str) -> None:
    assert lines({"key": text}) == [f'key: "{text}"']
    assert flow([text]) == f'["{text}"]'


@pytest.mark.parametrize(
    "text",
    PLAIN.split(),
)
def test_texts_that_stand_plain(text: str) -> None:
    assert lines({"key": text}) == [f"key: {text}"]


@pytest.mark.parametrize(
    "text", ["two words", "two  blanks", "a - b", "a b#", "2016-11-01 was a day", "a\u00a0b", "a\u3000b"]
)
def test_texts_of_several_words_that_stand_plain(text: str) -> None:
    assert lines({"key": text}) == [f"key: {text}"]
    assert flow([text]) == f"[{text}]"


@pytest.mark.parametrize(
    "text", ["a, b", "value[].name", "{environment}", "a[0]", "GET /items/{id}", "/items?top=1", "Really?"]
)
def test_texts_that_are_quoted_in_flow_style_only(text: str) -> None:
    quoted = text[0] == "{"
    assert lines({"key": text}) == [f'key: "{text}"' if quoted else f"key: {text}"]
    assert flow({text: text}) == f'{{"{text}": "{text}"}}'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("\u00a0a", '"\u00a0a"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("-", '"-"'),
        ("- a", '"- a"'),
        ("---", '"---"'),
        ("...", '"..."'),
        ("?a", '"?a"'),
        (":a", '":a"'),
        ("[a]", '"[a]"'),
        ("{a}", '"{a}"'),
        ("#a", '"#a"'),
        ("&a", '"&a"'),
        ("*a", '"*a"'),
        ("!a", '"!a"'),
        ("|", '"|"'),
        (">a", '">a"'),
        ("'a'", "\"'a'\""),
        ("%a", '"%a"'),
        ("@a", '"@a"'),
        ("`a`", '"`a`"'),
        ('"a"', "'\"a\"'"),
        ("a: \\b", "'a: \\b'"),
        ('it\'s: "a"', "'it''s: \"a\"'"),
    ],
)
def test_texts_in_quotes(text: str, written: str) -> None:
    assert lines({"key": text}) == [f"key: {written}"]
    assert lines(Block({text: 1})) == [f"{written}: 1"]
    assert flow([text]) == f"[{written}]"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\tb", r'"a\tb"'),
        ("a\rb", r'"a\rb"'),
        ("a\r\nb", r'"a\r\nb"'),
        ('"\x00"\\', r'"\"\x00\"\\"'),
        ("\x1b\x7f\x85\x9f", r'"\x1b\x7f\x85\x9f"'),
        ("\u2028\u2029", r'"\u2028\u2029"'),
        ("\ufeff\ufffe\uffff", r'"\ufeff\ufffe\uffff"'),
        ("\u061c\u200e\u200f\u202a\u202e\u2066\u2069", r'"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"'),
    ],
)
def test_characters_that_are_escaped(text: str, written: str) -> None:
    assert lines({"key": text}) == [f"key: {written}"]


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("404", "404"),
        ("0", "0"),
        ("on", "on"),
        ("y", "y"),
        ("007", '"007"'),
        ("-1", '"-1"'),
        ("1.0", '"1.0"'),
        ("no", '"no"'),
        ("null", '"null"'),
        ("<<", '"<<"'),
        ("=", '"="'),
        ("@odata.type", '"@odata.type"'),
        ("two words", "two words"),
        ("put[]!", "put[]!"),
        ("", '""'),
        ("k" * 120, "k" * 120),
    ],
)
def test_keys(key: str, written: str) -> None:
    assert lines({key: 1}) == [f"{written}: 1"]


def test_keys_that_stand_behind_a_question_mark() -> None:
    long = "k" * 121
    data = Block({long: "text", "a\nb": Block({"c": 1}), "d": [Block({long: [1], "e": 2})]})
    assert lines(data) == [
        f"? {long}",
        ": text",
        r'? "a\nb"',
        ":",
        "  c: 1",
        "d:",
        f"  - ? {long}",
        "    : [1]",
        "    e: 2",
    ]
    assert flow({long: 1, "a\nb": 2}) == rf'{{? {long}: 1, ? "a\nb": 2}}'


def test_the_document() -> None:
    assert write_yaml({}) == "{}\n"
    assert write_yaml({"a": 1}) == "a: 1\n"


def test_small_parts_stand_on_the_line_of_their_key() -> None:
    assert lines({"key": {"a": "b", "c": ["d", "e"], "f": {}}}) == ["key: {a: b, c: [d, e], f: {}}"]
    assert lines({"key": [{"a": 1}, [2, 3]]}) == ["key: [{a: 1}, [2, 3]]"]


def test_a_block_never_stands_in_flow_style() -> None:
    assert lines({"key": Block({"a": 1})}) == ["key:", "  a: 1"]
    assert lines({"key": {"a": {"b": Block({"c": 1})}, "d": {"e": 1}}}) == [
        "key:",
        "  a:",
        "    b:",
        "      c: 1",
        "  d: {e: 1}",
    ]
    assert lines({"key": [Block({"a": 1, "b": 2}), {"a": 1, "b": 2}]}) == [
        "key:",
        "  - a: 1",
        "    b: 2",
        "  - {a: 1, b: 2}",
    ]


def test_three_levels_stand_on_one_line() -> None:
    assert lines({"key": {"a": [{"b": 1}]}}) == ["key: {a: [{b: 1}]}"]
    assert lines({"key": {"a": [{"b": {"c": 1}}]}}) == ["key:", "  a: [{b: {c: 1}}]"]


def test_eight_scalars_stand_on_one_line() -> None:
    eight = dict(zip("abcdefgh", range(8), strict=True))
    assert lines({"key": eight}) == ["key: {a: 0, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7}"]
    assert lines({"key": eight | {"i": 8}})[:2] == ["key:", "  a: 0"]
    assert lines({"key": {"a": eight, "b": 1}}) == [
        "key:",
        "  a: {a: 0, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7}",
        "  b: 1",
    ]


def test_a_list_of_words_counts_as_one() -> None:
    assert lines({"key": {"type": "string", "enum": list("abcdefghij")}}) == [
        "key: {type: string, enum: [a, b, c, d, e, f, g, h, i, j]}"
    ]


def test_the_width_decides() -> None:
    assert lines({"key": {"a": "b" * 9}}, width=19) == ["key: {a: bbbbbbbbb}"]
    assert lines({"key": {"a": "b" * 9}}, width=18) == ["key:", "  a: bbbbbbbbb"]


def test_a_text_of_several_lines_is_not_for_flow_style() -> None:
    assert lines({"key": {"a": "b\nc"}}) == ["key:", "  a: |-", "    b", "    c"]
    assert lines({"key": {"a": "b\n"}}) == ['key: {a: "b\\n"}']


def test_a_long_list_of_words_is_filled() -> None:
    assert lines({"key": list(range(1, 16)), "next": 1}, width=20) == [
        "key: [1, 2, 3, 4, 5,",
        "  6, 7, 8, 9, 10,",
        "  11, 12, 13, 14,",
        "  15]",
        "next: 1",
    ]
    assert lines({"key": [["aaaa", "bbbb", "cccc"], 1, "d" * 15]}, width=20) == [
        "key:",
        "  - [aaaa, bbbb,",
        "    cccc]",
        "  - 1",
        "  - ddddddddddddddd",
    ]


def test_a_list_of_long_texts_has_one_on_each_line() -> None:
    assert lines({"key": [W20, "a"]}) == [f"key: [{W20}, a]"]
    assert lines({"key": [W20, W20]}) == ["key:", f"  - {W20}", f"  - {W20}"]


def test_lists_in_block_style() -> None:
    data = {"key": [Block({"a": 1, "b": Block({"c": 2})}), [Block({"d": 3}), [Block({"e": 4})]]]}
    assert lines(data) == [
        "key:",
        "  - a: 1",
        "    b:",
        "      c: 2",
        "  - - d: 3",
        "    - - e: 4",
    ]


def test_an_item_of_one_entry_needs_no_braces() -> None:
    data = {"key": [{"setHeader": {"name": "x", "value": "z"}}, {"a": 1, "b": 2}, {"c": W20}]}
    assert lines(data) == [
        "key:",
        "  - setHeader: {name: x, value: z}",
        "  - {a: 1, b: 2}",
        f"  - c: {W20}",
    ]


def test_blank_lines_between_the_entries_of_a_spaced_mapping() -> None:
    data = Spaced(
        {"a": 1, "b": 2, "c": Block({"d": 3, "e": Block({"f": 4})}), "g": Spaced({"h": 5, "i": "j\nk"}), "l": 6, "m": 7}
    )
    assert lines(data) == [
        "a: 1",
        "b: 2",
        "",
        "c:",
        "  d: 3",
        "  e:",
        "    f: 4",
        "",
        "g:",
        "  h: 5",
        "",
        "  i: |-",
        "    j",
        "    k",
        "",
        "l: 6",
        "m: 7",
    ]
    assert lines({"key": [Spaced({"a": Block({"b": 1}), "c": 2}), 3]}) == [
        "key:",
        "  - a:",
        "      b: 1",
        "",
        "    c: 2",
        "  - 3",
    ]


def test_a_long_plain_text_continues_on_further_lines() -> None:
    assert lines({"key": f"{W20} {W20}"}) == [f"key: {W20} word word word", "  " + " ".join(["word"] * 17)]
    assert lines({"key": [f"{W20} {W20}"]}) == ["key:", f"  - {W20} word word word", "    " + " ".join(["word"] * 17)]
    assert lines({"key": f"{W20}, 'word' {W20}"})[0] == f"key: {W20}, 'word' word"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Kinds: {W20} {W20}", id="a colon would make a key"),
        pytest.param(f"{W20} {W20} #1", id="a comment would begin"),
        pytest.param(f"- {W20} {W20}", id="an item would begin"),
        pytest.param(f"{W20} word word word - {W20}", id="a further line looks like an item"),
        pytest.param(f"{W20} word word word > {W20}", id="a further line looks like a header"),
        pytest.param(f"word {'a' * 120} {W20}", id="a long word leaves the first line short"),
    ],
)
def test_a_long_text_that_reads_as_something_else_is_folded_below_a_header(text: str) -> None:
    written = lines({"key": text})
    assert written[0] == "key: >-"
    assert " ".join(line[2:] for line in written[1:]) == text


def test_a_text_with_little_room_behind_its_key_is_folded_below_a_header() -> None:
    assert lines({"key": "one two three four five"}, width=28) == ["key: one two three four five"]
    assert lines({"key": "one two three four five"}, width=27) == ["key: >-", "  one two three four five"]
    assert [lines({"k" * size: f"{W20} {W20}"})[0][size:] for size in (78, 79)] == [
        ": word word word word word word word word",
        ": >-",
    ]


def test_a_short_word_is_not_torn_from_the_long_one_behind_it() -> None:
    path = "/" + "a" * 120
    assert lines({"request": f"GET {path}"}) == [f"request: GET {path}"]
    assert lines({"request": f"GET {path} next"}) == ["request: >-", "  GET", f"  {path}", "  next"]
    assert lines({"request": f"SUBSCRIBED {path}"}) == ["request: >-", "  SUBSCRIBED", f"  {path}"]


def test_a_folded_text_needs_no_quotes() -> None:
    assert lines({"key": f"- 'a': #{W20} {W20}"})[:2] == ["key: >-", f"  - 'a': #{W20} word word"]


def test_a_text_is_not_broken_at_two_blanks() -> None:
    assert lines({"key": "aaaaaaaaaa bbbbb  ccccc ddddd"}, width=20) == [
        "key: >-",
        "  aaaaaaaaaa",
        "  bbbbb  ccccc ddddd",
    ]
    assert lines({"key": "aaaaaaaaaa  bbbbbbbbbb  cccccccccc"}, width=20) == ["key: aaaaaaaaaa  bbbbbbbbbb  cccccccccc"]


def test_a_word_that_is_wider_than_a_line_stands_alone() -> None:
    assert lines({"key": "a" * 40 + " b c"}, width=20) == ["key: >-", "  " + "a" * 40, "  b c"]
    assert lines({"key": "a" * 18}, width=20) == ["key: >-", "  " + "a" * 18]
    assert lines({"key": "a" * 21}, width=20) == ["key: " + "a" * 21]


def test_a_long_text_with_blanks_at_its_ends_is_folded_in_quotes() -> None:
    assert lines({"key": " one two three\tfour five six "}, width=22) == [
        'key: " one two',
        r"  three\tfour five",
        '  six "',
    ]


def test_a_text_of_several_lines_stands_as_it_is() -> None:
    text = "# Title\n\n* one\n  more: 'x'\n\tindented by a tab"
    shown = ["  # Title", "", "  * one", "    more: 'x'", "  \tindented by a tab"]
    assert lines({"key": text}) == ["key: |-", *shown]
    assert lines({"key": text + "\n"}) == ["key: |", *shown]
    assert lines({"key": text + "\n\n", "next": 1}) == ["key: |+", *shown, "", "next: 1"]
    assert lines({"key": [Block({"a": text})]}) == ["key:", "  - a: |-", *[line and f"    {line}" for line in shown]]


def test_a_text_that_ends_with_blank_lines_has_none_added() -> None:
    assert lines(Spaced({"a": "b\n\n", "c": 1})) == ["a: |+", "  b", "", "c: 1"]
    assert lines(Spaced({"c": 1, "a": "b\n\n"})) == ["c: 1", 'a: "b\\n\\n"']


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a \nb", r'"a \nb"'),
        ("a\nb ", r'"a\nb "'),
        ("a\n \nb", r'"a\n \nb"'),
        (" a\nb", r'" a\nb"'),
        ("\na", r'"\na"'),
        ("\n", r'"\n"'),
        ("a\nb\x00", r'"a\nb\x00"'),
        ("a\nb\u2028", r'"a\nb\u2028"'),
        ("a\nb\u00a0", '"a\\nb\u00a0"'),
    ],
)
def test_a_text_of_several_lines_that_nobody_would_see_right_is_quoted(text: str, written: str) -> None:
    assert lines({"key": text}) == [f"key: {written}"]


def test_long_lines_of_a_text_are_folded_with_a_blank_line_between_them() -> None:
    text = "one two three four five\nsix\n\nseven"
    folded = ["  one two three four", "  five", "", "  six", "", "", "  seven"]
    assert lines({"key": text}, width=22) == ["key: >-", *folded]
    assert lines({"key": text + "\n"}, width=22) == ["key: >", *folded]
    assert lines({"key": text + "\n\n", "next": 1}, width=22) == ["key: >+", *folded, "", "next: 1"]


def test_long_lines_stay_where_folding_would_change_them() -> None:
    text = "one two three four five six\n  indented"
    assert lines({"key": text}, width=20) == ["key: |-", "  one two three four five six", "    indented"]


def test_two_hundred_levels() -> None:
    data: Any = 1
    for _ in range(100):
        data = {"a": [data, 2]}
    content = write_yaml(data)
    assert content.count("\n") == 2 * 100
    assert flow(data) == "{a: [" * 100 + "1" + ", 2]}" * 100
