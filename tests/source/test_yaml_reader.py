"""YAML to plain data with places; both of PyYAML's parsers must tell the same."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.findings import Text
from connector_builder.source.document import MAX_NODES, Document
from connector_builder.source.node import Node
from connector_builder.source.yaml_builder import MAX_DEPTH, MAX_REREAD
from connector_builder.source.yaml_reader import _NOT_YAML, read_yaml
from tests.support.properties import examples

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


def read(content: str, loader: type | None = None) -> Document:
    text = Text(Path("spec.yaml"), content)
    return read_yaml(text, loader)


def value(content: str, loader: type | None = None) -> object:
    document = read(content, loader)
    assert document.findings == []
    assert document.root is not None
    return document.root.value


def found(content: str, loader: type | None = None) -> list[tuple[int, int, str, str]]:
    findings = read(content, loader).findings
    return [(*f.place.text.position(f.place.start), f.rule.name, f.message) for f in findings]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2016-11-01", "2016-11-01"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("+7", 7),
        ("-0", 0),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("1.10", 1.1),
        ("true", True),
        ("FALSE", False),
        ("True", True),
        ("yes", "yes"),
        ("~", None),
        ("null", None),
        ("", None),
        ("nULL", "nULL"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("=", "="),
        ("0b11", "0b11"),
        ("1e", "1e"),
        ("12e03", 12000.0),
    ],
)
def test_scalars_have_the_meaning_of_yaml_1_2(written: str, meant: object, loader: type) -> None:
    got = value(f"key: {written}", loader)
    assert got == {"key": meant}
    assert type(got["key"]) is type(meant)


def test_keys_are_the_text_as_written() -> None:
    assert value("200: a\ntrue: b\n010: c\n2016-11-01: d\n~: e\n'x': f") == {
        "200": "a", "true": "b", "010": "c", "2016-11-01": "d", "~": "e", "x": "f",
    }  # fmt: skip


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1, "KeyDuplicated", "the key 'a' is given twice")),
        ("a: .inf", (1, 4, "NumberNotValid", "JSON has neither infinity nor not-a-number")),
        ("a: .nan", (1, 4, "NumberNotValid", "JSON has neither infinity nor not-a-number")),
        ("a: 1e999", (1, 4, "NumberNotValid", "this number is too large: JSON has no infinity")),
        (f"a: {'9' * 5000}", (1, 4, "NumberNotValid", "a number of so many digits can't be read")),
        ("<<: {a: 1}", (1, 1, "SyntaxNotValid", "the merge key '<<' isn't supported")),
        ("? [a]\n: b", (1, 3, "SyntaxNotValid", "a key must be text")),
        ("a: !x b", (1, 4, "SyntaxNotValid", "YAML tags (!) aren't supported")),
        ("a: 1\n---\nb: 2", (2, 1, "SyntaxNotValid", "a second document begins here")),
        ("a: *b", (1, 4, "SyntaxNotValid", "'*b' has no anchor '&b' before it")),
        ("a: &x [*x]", (1, 8, "SyntaxNotValid", "'*x' contains itself")),
        ("a: b: c", (1, 5, "SyntaxNotValid", "a colon isn't expected here")),
        ("a: [1, 2", (1, 9, "SyntaxNotValid", "a comma or a closing bracket is missing")),
        ('a: "x', (1, 4, "SyntaxNotValid", "this quote is never closed")),
        ("a: @x", (1, 4, "SyntaxNotValid", "a text can't begin with '@'")),
        ("a: \x01", (1, 4, "SyntaxNotValid", "the character U+0001 isn't allowed in YAML")),
        ("[" * 100_000, (1, MAX_DEPTH + 1, "SyntaxNotValid", f"more than {MAX_DEPTH} levels of nesting")),
    ],
)
def test_what_is_wrong_is_found_at_its_place(content: str, expected: tuple[int, int, str, str], loader: type) -> None:
    assert found(content, loader)[0] == expected


@pytest.mark.no_cover  # tracing multiplies the time of what is large or deep
@pytest.mark.exhaustive
@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("before", "opening", "levels"),
    [
        ("", "[", 0),
        ("a: 1\nb: ", "[", 1),
        ("a: 1\nb:\n  - - ", "[", 3),
        ("a:\n  - b: [x, ", "[", 4),
        ("? ", "[", 1),
        ("[a, b: ", "[", 2),
        ("a: {b: {c: d}, e: ", "[", 2),
        ("a: ", "[[],", 1),
        ("a: ", "{", 1),
        ("a: ", "[{", 1),
        ('"\\u00e9é: [": ', "[", 1),
    ],
)
def test_what_is_nested_too_deeply_has_its_place(before: str, opening: str, levels: int, loader: type) -> None:
    """Whether libyaml has a limit of its own (from 0.2.6 on) or not: brackets of which it hands over none before it stops."""
    content = before + opening * 1100
    level, at = levels, len(before) - 1
    while level <= MAX_DEPTH:
        at += 1
        level += (content[at] in "[{") - (content[at] in "]}")
    line, column = content.count("\n") + 1, at - content.rfind("\n")
    assert found(content, loader)[-1] == (line, column, "SyntaxNotValid", f"more than {MAX_DEPTH} levels of nesting")


@pytest.mark.parametrize("loader", LOADERS)
def test_too_deep_at_the_end_of_a_long_text_is_told_where_it_is_met(loader: type) -> None:
    (line, column, rule, message) = found(
        "a: b\n" * (MAX_REREAD // 5 if loader is not yaml.SafeLoader else 10) + "c: " + "[" * 3000, loader
    )[-1]
    assert line in (MAX_REREAD // 5 + 1, 11)
    assert 3 + MAX_DEPTH <= column <= 1024
    assert (rule, message) == ("SyntaxNotValid", f"more than {MAX_DEPTH} levels of nesting")


def test_a_duplicate_key_names_the_first_place() -> None:
    (finding,) = read("a: 1\n  \nb: 2\na: 3").findings
    (related,) = finding.related
    assert related.at.text.position(related.at.start) == (1, 1)


def test_an_alias_is_a_copy_of_its_own() -> None:
    document = read("a: &x {b: [1]}\nc: *x")
    assert document.root is not None
    data = document.root.value
    data["c"]["b"].append(2)
    assert data == {"a": {"b": [1]}, "c": {"b": [1, 2]}}


def test_aliases_are_bounded() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (finding,) = read(bomb).findings
    assert finding.message == f"aliases repeat more than {MAX_NODES:,} parts"


def test_line_ends_and_places_of_characters_outside_the_basic_plane() -> None:
    document = read("a: 😀 x\r\nb:\r\n  c: é\rd: [y]\n")
    assert document.root is not None
    assert document.root.value == {"a": "😀 x", "b": {"c": "é"}, "d": ["y"]}
    node = document.root.entries["d"].items[0]
    assert node.place.text.position(node.place.start) == (4, 5)


def parts(node: Node) -> list[Node]:
    below = list(node.entries.values()) if node.is_mapping else node.items
    return [node, *(part for child in below for part in parts(child))]


_SAFE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029\ufeff"), max_size=12)
_TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _SAFE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_SAFE, inner, max_size=4),
    max_leaves=20,
)


@examples(200)
@given(_TREES)
def test_every_span_cuts_the_key_or_value_that_it_names(tree: object) -> None:
    content = yaml.dump(tree, default_style='"', allow_unicode=False)
    document = read(content)
    if document.findings:  # escapes of controls that YAML itself refuses
        return
    assert document.root is not None
    for part in parts(document.root):
        raw = part.raw()
        if raw is not None and isinstance(part.value, str):
            assert yaml.safe_load(raw) == part.value
        if part.key_span is not None:
            assert yaml.safe_load(part.text.content[slice(*part.key_span)]) == part.key


@examples(300)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(content: str) -> None:
    for loader in LOADERS:
        document = read(content, loader)
        assert (document.root is None) <= bool(document.findings)
        for finding in document.findings:
            line, column = finding.place.text.position(finding.place.start)
            assert line >= 1
            assert column >= 1


def test_the_dearest_pattern_is_compiled_once_for_both() -> None:
    assert _NOT_YAML.pattern == yaml.reader.Reader.NON_PRINTABLE.pattern
