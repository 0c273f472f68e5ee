"""JSON to plain data; places by one walk over the tokens."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.findings import Place, Text
from connector_builder.source.json_reader import MAX_DEPTH, read_json
from tests.support.properties import examples


def text(content: str) -> Text:
    return Text(Path("x.json"), content)


def at(place: Place) -> tuple[int, int, str]:
    return (*place.text.position(place.start), place.text.content[place.start : place.end])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1,}', (1, 8, "SyntaxNotValid", "nothing follows this comma")),
        ("[1, \n ]", (1, 3, "SyntaxNotValid", "nothing follows this comma")),
        ("[,]", (1, 2, "SyntaxNotValid", "nothing follows this comma")),
        ("[1,,2]", (1, 4, "SyntaxNotValid", "a value is missing here")),
        ("{a: 1}", (1, 2, "SyntaxNotValid", "a key in double quotes is expected")),
        ("[1 2]", (1, 2, "SyntaxNotValid", "a comma is missing after this")),
        ('{"a" 1}', (1, 6, "SyntaxNotValid", "a colon is missing after the key")),
        ("", (1, 1, "SyntaxNotValid", "the file is empty")),
        ("{} 7", (1, 4, "SyntaxNotValid", "the JSON ends before this")),
        ('{"a": "b', (1, 7, "SyntaxNotValid", "this text isn't closed")),
        ('{"a": 1,\n "a": 2}', (2, 2, "KeyDuplicated", "the key 'a' is given twice: the last one counts")),
        ('{"a": NaN}', (1, 7, "NumberNotValid", "JSON can't hold this number")),
        ("[1e999]", (1, 2, "NumberNotValid", "JSON can't hold this number")),
        (f"[{'9' * 5000}]", (1, 2, "NumberNotValid", "JSON can't hold this number")),
        ('["\\ud83d"]', (1, 2, "TextNotValid", "a text with half of a surrogate pair")),
        ("[" * 100_000, (1, MAX_DEPTH + 1, "SyntaxNotValid", f"more than {MAX_DEPTH} levels of nesting")),
    ],
)
def test_what_is_wrong_is_found_at_its_place(content: str, expected: tuple[int, int, str, str]) -> None:
    finding = read_json(text(content)).findings[0]
    line, column = finding.place.text.position(finding.place.start)
    assert (line, column, finding.rule.name, finding.message) == expected


def test_of_two_equal_keys_the_last_counts() -> None:
    assert read_json(text('{"a": 1, "a": {"b": 2}}')).data == {"a": {"b": 2}}


def test_whole_surrogate_pairs_are_one_character() -> None:
    document = read_json(text('["\\ud83d\\ude00"]'))
    assert (document.data, document.findings) == (["😀"], [])


def test_places_of_scalars_containers_and_what_is_missing() -> None:
    document = read_json(text('{\n "a": {"b/c": [10, {"d": "x"}]},\n "e": "\\u0041"\n}'))
    pointers = [("a", "b/c", 0), ("a", "b/c", 1, "d"), ("a", "b/c"), ("a", "b/c", 1, "z", "y"), ("e",), ()]
    places = document.locate(pointers)
    assert {pointer: at(places[pointer]) for pointer in pointers} == {
        ("a", "b/c", 0): (2, 16, "10"),
        ("a", "b/c", 1, "d"): (2, 26, '"x"'),
        ("a", "b/c"): (2, 8, '"b/c"'),
        ("a", "b/c", 1, "z", "y"): (2, 20, "{"),
        ("e",): (3, 7, '"\\u0041"'),
        (): (1, 1, "{"),
    }


def pointers_of(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [at, *(pointer for step, part in below for pointer in pointers_of(part, (*at, step)))]


_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


@examples(200)
@given(_TREES, st.sampled_from([None, 2]), st.booleans())
def test_every_scalar_is_where_its_place_says(tree: object, indent: int | None, ascii_only: bool) -> None:
    try:
        content = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
        content.encode()
    except UnicodeEncodeError:
        return
    document = read_json(text(content))
    if document.findings:
        return
    everywhere = pointers_of(tree)
    places = document.locate(everywhere)
    for pointer in everywhere:
        part: object = tree
        for step in pointer:
            part = part[step]  # type: ignore[index]
        if not isinstance(part, dict | list):
            place = places[pointer]
            assert json.loads(content[place.start : place.end]) == part


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ('{"operationId": "ListThings",\n "operationId": "B"}', "'ListThings' in line 1 is lost"),
        ('{"a": {"b": 1},\n "a": 2}', "the value in line 1 is lost"),
    ],
)
def test_the_help_for_two_equal_keys_names_what_is_lost(content: str, lost: str) -> None:
    assert read_json(text(content)).findings[0].help == f"remove one of the two: {lost}"
