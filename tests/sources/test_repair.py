import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.findings import Finding, Place, Text
from connector_builder.source.json_reader import read_json
from connector_builder.sources.repair import Mended, decode_anyway, mend_json
from tests.support.growth import is_linear

PATH = Path("apiDefinition.swagger.json")


def mended(content: str) -> tuple[Any, list[str]]:
    """What comes out, and what was mended as `line:column what`."""
    result = mend_json(Text(PATH, content))
    assert isinstance(result, Mended), result.message
    findings = result.findings()
    assert [finding.rule.name for finding in findings] == ["Mended"] * len(findings)
    return json.loads(result.result.content), [f"{at(finding.place)} {finding.message}" for finding in findings]


def refused(content: str) -> str:
    """Why a text can't be mended, as `line:column why`."""
    result = mend_json(Text(PATH, content))
    assert isinstance(result, Finding)
    assert result.rule.name == "SyntaxNotValid"
    assert result.help == "--repair can't mend this: correct it by hand"
    return f"{at(result.place)} {result.message}"


def at(place: Place) -> str:
    return "{}:{}".format(*place.text.position(place.start))


def test_what_is_well_formed_stays_as_it_is() -> None:
    content = '{"a": [1, -2.5e3, true, null, "x\\"\\u00e9\\n", {}], "b": {"c": []}}\n'
    text = Text(PATH, content)
    result = mend_json(text)
    assert isinstance(result, Mended)
    assert result.edits == []
    assert result.result is text


@pytest.mark.parametrize(
    ("content", "value", "messages"),
    [
        ('{"a": 1,}', {"a": 1}, ["1:8 a comma that nothing follows was removed"]),
        ('[1, 2, ]', [1, 2], ["1:6 a comma that nothing follows was removed"]),
        ('[1,, 2]', [1, 2], ["1:4 a comma too many was removed"]),
        ('{,"a": 1}', {"a": 1}, ["1:2 a comma too many was removed"]),
        ('{"a": 1},\n', {"a": 1}, ["1:9 a comma too many was removed"]),
        ('{"a": 1,,}', {"a": 1}, ["1:8 a comma that nothing follows was removed", "1:9 a comma too many was removed"]),
        ('{"a": 1, // one\n}', {"a": 1}, ["1:8 a comma that nothing follows was removed", "1:10 a comment was removed"]),
        ('/* a */ {"a": /* b\n*/ 1}// c', {"a": 1}, ["1:1 a comment was removed", "1:15 a comment was removed", "2:6 a comment was removed"]),
        ('{"a": 1\n "b": 2}', {"a": 1, "b": 2}, ["1:8 a missing comma was added"]),
        ('{"a": 1 // one\n "b": 2}', {"a": 1, "b": 2}, ["1:8 a missing comma was added", "1:9 a comment was removed"]),
        ('{"a": "x"\r\n"b": {}}', {"a": "x", "b": {}}, ["1:10 a missing comma was added"]),
        ('[{"a": 1} {"a": 2}]', [{"a": 1}, {"a": 2}], ["1:10 a missing comma was added"]),
        ('{"a": {} "b": 2}', {"a": {}, "b": 2}, ["1:9 a missing comma was added"]),
        ('["x"\n"y"]', ["x", "y"], ["1:5 a missing comma was added"]),
        ("{'a': 'x'}", {"a": "x"}, ["1:2 single quotes were made double", "1:7 single quotes were made double"]),
        (r"""{"a": 'it\'s "so" \u00e9'}""", {"a": 'it\'s "so" é'}, ["1:7 single quotes were made double"]),
        ("{a: 1, $b-c.d: 2}", {"a": 1, "$b-c.d": 2}, ["1:2 the quotes of a key were added", "1:8 the quotes of a key were added"]),
        ('[True, FALSE, None]', [True, False, None], ["1:2 'True' was written as JSON has it: true", "1:8 'FALSE' was written as JSON has it: false", "1:15 'None' was written as JSON has it: null"]),
        ('{"a": 1\0}\0', {"a": 1}, ["1:8 the character U+0000 outside of texts was removed", "1:10 the character U+0000 outside of texts was removed"]),
        ('{\u00a0"a": 1\ufeff}', {"a": 1}, ["1:2 the character U+00A0 outside of texts was removed", "1:9 the character U+FEFF outside of texts was removed"]),
    ],
)  # fmt: skip
def test_between_texts(content: str, value: Any, messages: list[str]) -> None:
    assert mended(content) == (value, messages)


@pytest.mark.parametrize(
    ("inside", "value", "messages"),
    [
        ("x\ty", "x\ty", ["1:9 a tab inside a text was escaped"]),
        ("x\ny", "x\ny", ["1:9 a line break inside a text was escaped"]),
        ("x\r\ny\rz", "x\ny\nz", ["1:9 a line break inside a text was escaped", "2:2 a line break inside a text was escaped"]),
        ("x\x07y", "x\x07y", ["1:9 the control character U+0007 inside a text was escaped"]),
        ("x\0y", "xy", ["1:9 a NUL inside a text was removed"]),
        (r"\d+\.[a-z]", r"\d+\.[a-z]", ["1:8 the backslash before 'd' was doubled", "1:11 the backslash before '.' was doubled"]),
        (r"it\'s", "it's", ["1:10 an apostrophe needs no backslash: it was removed"]),
        ("\\\\d // no comment, /* none */ 'so', \x7f", "\\d // no comment, /* none */ 'so', \x7f", []),
    ],
)  # fmt: skip
def test_inside_texts(inside: str, value: str, messages: list[str]) -> None:
    assert mended(f'{{"a": "{inside}"}}') == ({"a": value}, messages)


ROOT_OPEN = """\
{
  "a": {
    "b": [{
      "c": 1
    }],
    "d": [1,
    2
    ]
  }
"""


def test_the_bracket_at_the_end() -> None:
    value = {"a": {"b": [{"c": 1}], "d": [1, 2]}}
    assert mended(ROOT_OPEN) == (value, ["9:4 a missing '}' was added at the end"])
    result = mend_json(Text(PATH, ROOT_OPEN))
    assert isinstance(result, Mended)
    assert result.result.content == ROOT_OPEN.removesuffix("\n") + "\n}\n"


def test_a_bracket_too_many_at_the_end() -> None:
    assert mended('{\n  "a": {}\n}\n}\n') == ({"a": {}}, ["4:1 a closing '}' too many was removed"])


def test_a_bracket_of_the_wrong_kind_as_the_indentation_tells() -> None:
    wrong = '{\n  "a": [\n    "x"\n  },\n  "b": 1\n}'
    assert mended(wrong) == ({"a": ["x"], "b": 1}, ["4:3 '}' was replaced by the ']' that closes what is open"])
    missing = '{\n  "i": {\n    "a": [\n      "x"\n  },\n  "b": 1\n}'
    assert mended(missing) == ({"i": {"a": ["x"]}, "b": 1}, ["4:10 a missing ']' was added"])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "1:1 the file is empty"),
        ('{"a": }', "1:7 a value is missing here"),
        ('{"a": ,"b": 1}', "1:7 a value is missing here"),
        ('{"a" 1}', "1:6 a colon is missing after the key"),
        ('{"a": 1 "b": 2}', "1:9 a comma or a closing bracket is missing"),
        ('{"a": "x"\n"b"}', "2:1 a comma or a closing bracket is missing"),
        ('["a"\n"b": 1]', "2:1 a comma or a closing bracket is missing"),
        ('{"a": "say "so" again"}', "1:13 a comma or a closing bracket is missing"),
        ('{"a": "x,\n "b": "y"}', "1:7 this text isn't closed"),
        ('{"a": "x}', "1:7 this text isn't closed"),
        ('{"a": "x\\"', "1:7 this text isn't closed"),
        (r'{"a": "\x41"}', "1:8 an escape that JSON doesn't know, and that may mean several things"),
        (r'{"a": "\u12"}', "1:8 an escape that JSON doesn't know, and that may mean several things"),
        ('{"a": 01}', "1:7 this is no value: a text needs double quotes"),
        ('{"a": yes}', "1:7 this is no value: a text needs double quotes"),
        ('{1: 2}', "1:2 a key in double quotes is expected"),
        ('{"a": 1} {"b": 2}', "1:10 the JSON ends before this"),
        ('{"a": 1', "1:7 the file ends within a part: the rest of it may be missing"),
        ('{"a": {"b": 1}', "1:14 a closing bracket is missing, and it can't be told where"),
        ('{"a": {"b": {}', "1:14 the file ends within a part: the rest of it may be missing"),
        ('{"a": 1,', "1:8 the file ends within a part: the rest of it is missing"),
        ('{"a": /* 1}', "1:7 this is no value: a text needs double quotes"),
        ('{"a": [1}}', "1:9 '}' closes nothing here, and it can't be told whether it is wrong or ']' is missing"),
        ('{\n  "a": {\n    "b": 1\n  ,\n  "c": {}\n}\n', "6:1 a closing bracket is missing, perhaps before this one, which is indented otherwise than the one that it closes"),
        ('{\n  "a": {}\n  }\n}\n', "3:3 a closing bracket too many, perhaps before this one, which is indented otherwise than the one that it closes"),
    ],
)  # fmt: skip
def test_what_has_no_single_reading_says_why(content: str, why: str) -> None:
    assert refused(content) == why


def test_too_many_defects_are_no_json() -> None:
    assert refused("[" + "1,," * 2000 + "1]") == "1:3004 more than 1,000 defects: this isn't JSON"


LONG: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "quotes": lambda size: '"' * size,
    "single quotes": lambda size: "'" * size,
    "comments": lambda size: "/*" * size,
    "backslashes": lambda size: "\\" * size,
    "objects": lambda size: '{"a":' * size,
    "a text of escapes": lambda size: '["' + "\\\\" * size,
    "numbers without commas": lambda size: "[" + "1\n" * size + "]",
    "blanks": lambda size: '{"a": 1' + " " * size + "\n}",
    "empty lines": lambda size: "\n" * size,
    "texts without commas": lambda size: "[" + '"a"  \n' * size,
    "nearly keys": lambda size: '{"a": 1\n' + ('"a"' + " " * 500 + "\n") * (size // 100),
}


@pytest.mark.no_cover  # tracing multiplies the time of what is large or deep
@pytest.mark.parametrize("name", LONG)
def test_in_linear_time(name: str) -> None:
    assert is_linear(lambda size: mend_json(Text(PATH, LONG[name](size))), 20_000)


def test_places_in_what_came_out_are_places_in_what_was_there() -> None:
    content = '{ // one\n"a": [1,],\n"b": "x\ty"\n"c": 7, "c": 8}'
    text = Text(PATH, content)
    result = mend_json(text)
    assert isinstance(result, Mended)
    document = read_json(result.result)
    assert document.data == {"a": [1], "b": "x\ty", "c": 8}
    places = {pointer: result.back(place) for pointer, place in document.locate([("b",), ("c",), ("a", 0), ()]).items()}
    assert {pointer: content[place.start : place.end] for pointer, place in places.items()} == {
        ("b",): '"x\ty"', ("c",): "8", ("a", 0): "1", (): "{",
    }  # fmt: skip
    duplicate = result.moved(document.findings[0])
    assert (at(duplicate.place), at(duplicate.related[0].at)) == ("4:9", "4:1")
    assert duplicate.place.text is text


class TestEncodings:
    TEXT = '{"a": "für 5 €"}'

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
    def test_wide(self, encoding: str, mark: str) -> None:
        read = decode_anyway(PATH, (mark + self.TEXT).encode(encoding))
        assert not isinstance(read, Finding)
        text, findings = read
        assert text.content == self.TEXT
        assert [finding.message for finding in findings] == [f"the file was read as {encoding.upper()}"]

    def test_windows(self) -> None:
        read = decode_anyway(PATH, self.TEXT.encode("cp1252"))
        assert not isinstance(read, Finding)
        text, findings = read
        assert text.content == self.TEXT
        message = "the file was read as Windows-1252: from here on there are bytes that aren't UTF-8"
        assert [(at(finding.place), finding.message) for finding in findings] == [("1:9", message)]

    def test_single_bytes_of_windows_in_utf_8(self) -> None:
        read = decode_anyway(PATH, b'["\xc3\xa9", "it\x92s", "\x81"]')
        assert not isinstance(read, Finding)
        text, findings = read
        assert text.content == '["é", "it\u2019s", "\x81"]'
        assert [(at(finding.place), finding.message) for finding in findings] == [
            ("1:10", "'\u2019' was read as Windows-1252: it isn't UTF-8"),
            ("1:16", "'\x81' was read as Windows-1252: it isn't UTF-8"),
        ]

    @pytest.mark.parametrize("content", [b"\xff\xfea", b'["\xc3\xa9", "\xe2\x82"]', b"\xff\xfe\x00\xd8"])
    def test_what_is_none_throughout(self, content: bytes) -> None:
        read = decode_anyway(PATH, content)
        assert isinstance(read, Finding)
        assert (read.rule.name, read.help) == ("EncodingNotValid", "save it as UTF-8")
