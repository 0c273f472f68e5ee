"""Broken JSON, told as a person sees it."""

from pathlib import Path

import pytest

from connector_builder.findings import Text
from connector_builder.source.json_reader import read_json
from tests.support.growth import is_linear

ORDERS = """\
{
  "swagger": "2.0",
  "paths": {
    "/orders": {
      "get": {"operationId": "ListOrders"}
    }
  },
  "definitions": {}
}
"""
CONFLICT = """\
{
<<<<<<< HEAD
  "title": "Orders"
=======
  "title": "Order list"
>>>>>>> other
}
"""
YAML = 'swagger: "2.0"\ninfo:\n  title: Orders\n'


def shown(content: str) -> list[str]:
    """What is found, as `line:column: message | help`, and related places."""
    text = Text(Path("x.json"), content)
    (found,) = read_json(text).findings

    def place(start: int) -> str:
        return "{}:{}".format(*text.position(start))

    first = f"{place(found.place.start)}: {found.message} | {found.help}"
    return [first, *(f"{place(part.at.start)}: {part.message}" for part in found.related)]


def without(line: int, text: str, by: str = "") -> str:
    """ORDERS with a text in a line replaced, once."""
    lines = ORDERS.splitlines(keepends=True)
    assert text in lines[line - 1]
    lines[line - 1] = by.join(lines[line - 1].rsplit(text, 1))
    return "".join(lines)


STRAIGHT = 'write straight quotes: "…"'
TYPOGRAPHIC = "these are typographic quotes, which don't quote anything here"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (without(2, ","), ["2:18: a comma is missing after this | add ','"]),
        (without(7, ","), ["7:3: a comma is missing after this | add ','"]),
        ('["a" "b"]', ["1:4: a comma is missing after this | add ','"]),
        ('["a"; "b"]', ["1:5: a comma is expected here, not ';' | None"]),
        (without(8, "{}", "{},"), ["8:20: nothing follows this comma | remove it"]),
        ('{"a": 1,, "b": 2}', ["1:9: a comma too many | remove it"]),
        (
            CONFLICT,
            [
                "2:1: a merge conflict isn't resolved | keep one of the two versions, and remove the lines with the markers",
                "4:1: the other version begins here",
                "6:1: it ends here",
            ],
        ),
        (CONFLICT[2:], ["1:1: a merge conflict isn't resolved"]),
        ("{'a': 1}", ["1:2: JSON has double quotes, not single ones | write \"…\""]),
        ("{\"a\": 'b'}", ["1:7: JSON has double quotes, not single ones | write \"…\""]),
        ("{\u201ca\u201d: 1}", [f"1:2: {TYPOGRAPHIC} | {STRAIGHT}"]),
        ('{"a": \u201cb\u201d}', [f"1:7: {TYPOGRAPHIC} | {STRAIGHT}"]),
        ('{"a\u201d: 1}', [f"1:4: {TYPOGRAPHIC} | {STRAIGHT}"]),
        ('{"a": "b\u201d,\n "c": 1}', [f"1:9: {TYPOGRAPHIC} | {STRAIGHT}"]),
        (YAML, ["1:1: this is YAML, not JSON | write it as JSON, or name the file .yaml"]),
        ("# Orders\n" + YAML, ["1:1: this is YAML, not JSON | write it as JSON, or name the file .yaml"]),
        ("---\n- a\n", ["1:1: this is YAML, not JSON | write it as JSON, or name the file .yaml"]),
        (
            '"swagger": "2.0",\n"info": {}',
            ["1:1: the '{' before the first key is missing | add '{' here, and '}' at the end"],
        ),
        ("\n<!DOCTYPE html>", ["2:1: this is HTML, not JSON | put the JSON that is meant there"]),
        ("<feed/>", ["1:1: this is XML or HTML, not JSON | put the JSON that is meant there"]),
        ('{"a": True}', ["1:7: 'True' isn't a word of JSON | write true"]),
        ('{"a": None}', ["1:7: 'None' isn't a word of JSON | write null"]),
        ('{"a": NaN}', ["1:7: JSON can't hold this number | write null or another number; quote it if it is text"]),
        ('{"a": yes}', ["1:7: 'yes' has no quotes | write \"yes\""]),
        ("{a: 1}", ['1:2: a key in double quotes is expected | write "a"']),
        ('{"a": .5}', ["1:7: JSON doesn't write numbers so | begin it with a digit, such as 0.5"]),
        ('{"a": 007}', ["1:7: a number of JSON doesn't begin with 0 | remove the 0, or quote it"]),
        ('{"a": ...}', ["1:7: '...' isn't JSON | write what it stands for, or remove it"]),
        (ORDERS + ORDERS, ["10:1: the same document is here a second time | remove it"]),
        ('{}\n{"a": 1}', ["2:1: a second document begins here | keep one of the two: a file has one"]),
        (ORDERS + "}\n", ["10:1: a '}' is too many | remove what closes nothing"]),
        (ORDERS + "}\n}\n", ["10:1: 2 '}' are too many | remove what closes nothing"]),
        (
            without(5, "}", "}}"),
            [
                "7:4: the document has ended before this: a '}' is too many | remove the '}' that closes too early",
                "5:43: perhaps this one: its indentation isn't that of what it closes",
            ],
        ),
        (
            without(6, "    }\n"),
            [
                "8:1: a '}' is missing at the end | add it where the part ends",
                "4:16: this '{' isn't closed: what follows is indented as if it was",
            ],
        ),
        ('{"a": {"b": {"c": 1', ["1:19: 3 '}' are missing at the end | add it where the part ends", "1:13: this '{' is open"]),
        ('{"a": [1', ["1:8: ']}' is missing at the end | add it where the part ends", "1:7: this '[' is open"]),
        ('{"a": [1}', ["1:9: '}' closes no '[' | write ']', or add the ']' that is missing before it", "1:7: this '[' is open"]),
        (
            without(5, "{"),
            ["5:12: a '{' is missing after this | add '{', and '}' where the part ends"],
        ),
        (
            '{"a": ["b": 1]}',
            ["1:8: a list has no keys | add the ']' that is missing before it, or '{'", "1:7: this '[' is open"],
        ),
        (
            '[\n  {"a": 1,\n  {"a": 2}\n]',
            ["3:3: a key is expected here, or a '}' is missing before it | add the '}', or a key", "2:3: this '{' is open"],
        ),
        ('{"a": "one\ntwo"}', ["1:11: a line break inside a text | write \\n instead"]),
        ('{"a": "one,\n "b": 2}', ["1:7: this text isn't closed | add '\"' where it ends"]),
        ('{"a": "one\n}', ["1:7: this text isn't closed | add '\"' where it ends"]),
        ('{"a": "one', ["1:7: this text isn't closed | add '\"' where it ends"]),
        ('{"a": "o\tne"}', ["1:9: a tab inside a text | write \\t"]),
        ('{"a": "o\x01ne"}', ["1:9: the control character U+0001 inside a text | remove it"]),
        ('{"a": "\\d+"}', ["1:8: JSON has no escape '\\d' | write '\\\\d' for a backslash"]),
        ('{"a": "\\u12"}', ["1:8: JSON has no escape '\\u' | write '\\\\u' for a backslash"]),
        ('{"a": "the "best" one"}', ["1:12: the text ends at this quote | write \\\" for a quote inside a text"]),
        ('{"a": 1, // why\n "b": 2}', ["1:10: JSON has no comments | remove it"]),
        ('{"a": 1 /* why */}', ["1:9: JSON has no comments | remove it"]),
        ('/* why */ {"a": 1}', ["1:1: JSON has no comments | remove it"]),
        ('{"a": 1, # why\n "b": 2}', ["1:10: JSON has no comments | remove it"]),
        ('{"a": 1,\u2003"b": 2}', ["1:9: em space (U+2003) is no blank of JSON | write a space instead"]),
        ('{"a": 1,\u200b"b": 2}', ["1:9: zero width space (U+200B) is no blank of JSON | remove it"]),
        (" \n", ["1:1: the file is empty | put the JSON that is meant there"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_a_person_sees_it(content: str, expected: list[str]) -> None:
    found = shown(content)
    if " | " not in expected[0]:
        expected = [f"{expected[0]} | {found[0].split(' | ')[1]}", *found[1:]]
    assert found == expected


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("{" * 150, '"a": 1 ', ""),
        ("[", '"a" ', ""),
        ('{"a": "', '\\"', ""),
        ('{"a": "', "\u201d", "\n"),
        ("{\n", "<<<<<<< x\n", ""),
        ("", "{} ", ""),
        ('{"a": {\n', "}\n", ""),
        ("", "\n \t", "{"),
        ('"', "a", '": '),
        ("", "a: ", ""),
        ("[1", " ", "x"),
    ],
)
def test_hostile_text_takes_linear_time(before: str, repeated: str, after: str) -> None:
    def work(size: int) -> None:
        assert read_json(Text(Path("x.json"), before + repeated * size + after)).findings

    assert is_linear(work, 20_000)
