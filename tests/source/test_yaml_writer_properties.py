"""Whatever JSON can hold: YAML that our reader, and a reader of YAML 1.1, take for the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from connector_builder.findings import Text
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.source.yaml_writer import Block, Spaced, flow, write_yaml
from tests.support.properties import examples

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])

LOOKALIKES = r"""1e3 1E+3 1.5e3 1e-3 on Off NO yes y N true FALSE null Null ~ = << 010 0o17 0x1F 0b101 1_000 1,000 1:30 1:30:15.5
-1:30 2016-11-01 2016-1-1 2016-11-01T10:00:00Z .5 5. . -.5 +1 -0 .inf -.INF .nan 1.0 1__0 - -- --- ... ? : ?a :a -a
# #a a#b a: a:b :: & * ! | > % @ ` ' " [ ] { } , [] {} a,b a[]b a{}b ?x= x?y 'a' "a" \ \n $top value[].name put[]!
${NAME:-x} @{a()} 0 00 404 1.2.3 1-2 +a _1 e5 0x 0b 0o8 08 1e 1e+ 1. 1.e3"""
"""Texts that some reader takes for something else, and those that look like them."""

characters = st.one_of(
    st.sampled_from(" \t\n\r\x00\x1b\x7f\x85\xa0\xad\u200b\u200e\u202e\u2028\u2029\u3000\ufeff\ufffe\ufffd\U0010ffff"),
    st.sampled_from("-?:,[]{}#&*!|>'\"%@`\\=<~.0123456789eExob_aZ äß漢🙂"),
    st.characters(exclude_categories=["Cs"]),
)
words = st.text(st.sampled_from("abc:#-'\",äß"), min_size=1, max_size=12)
texts = st.one_of(
    st.text(characters, max_size=20),
    st.text(characters, min_size=30, max_size=80),
    st.sampled_from(LOOKALIKES.split()),
    st.lists(words, max_size=40).map(" ".join),
    st.lists(st.one_of(words, st.sampled_from(["\n", "\n\n", " ", "  ", "\t", " \n", "\n "])), max_size=40).map(
        "".join
    ),
    st.lists(st.lists(words, max_size=25).map(" ".join), max_size=5).map("\n".join),
    st.tuples(st.lists(words, min_size=1, max_size=30).map(" ".join), st.sampled_from(["\n", "\n\n", "\n\n\n"])).map(
        "".join
    ),
)
keys = st.one_of(
    texts, st.text(characters, min_size=100, max_size=140), st.sampled_from(["name", "type", "$top", "a.b[]"])
)
scalars = st.one_of(
    texts,
    st.integers(),
    st.integers(min_value=-(10**30), max_value=10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([1e16, 1e-7, -0.0, 1e300, 5e-324]),
    st.booleans(),
    st.none(),
)


def mappings(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    plain = st.dictionaries(keys, parts, max_size=6)
    return st.one_of(plain, plain.map(Block), plain.map(Spaced))


trees = mappings(
    st.recursive(
        st.one_of(scalars, st.lists(scalars, max_size=40)),
        lambda parts: st.one_of(st.lists(parts, max_size=6), mappings(parts)),
        max_leaves=25,
    )
)


def exact(data: Any) -> str:
    """Equal for the same values of the same types in the same order."""
    return json.dumps(data, ensure_ascii=True)


def read(content: str, loader: type) -> Any:
    document = read_yaml(Text(Path("spec.yaml"), content), loader)
    assert document.findings == []
    assert document.root is not None
    return document.root.value


def as_others_read(content: str, loader: type) -> Any:
    """What a YAML 1.1 reader takes it for, keys as they are written: `404` and `on` are the same key to everybody."""
    built = loader(content)

    def build(node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {name.value: build(part) for name, part in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [build(part) for part in node.value]
        return built.construct_object(node)

    try:
        return build(built.get_single_node())
    finally:
        built.dispose()


@pytest.mark.parametrize("loader", LOADERS)
@given(data=trees, width=st.sampled_from([40, 80, 120]))
@example(data=Spaced({"a": "b\n\n", "c": {"d": "e\n\n"}, "f": "g\n\n"}), width=40)
@examples(50)
def test_everything_comes_back(loader: type, data: dict[str, Any], width: int) -> None:
    content = write_yaml(data, width=width)
    assert exact(read(content, loader)) == exact(data)
    assert exact(as_others_read(content, loader)) == exact(data)


@pytest.mark.parametrize("loader", LOADERS)
@given(text=texts)
@examples(50)
def test_every_text_comes_back_wherever_it_stands(loader: type, text: str) -> None:
    data = {text: text, "k": [text, [text]], "m": Block({text: Block({"n": text})}), "f": {"a": text, "b": [text, 1]}}
    for width in (30, 120):
        content = write_yaml(data, width=width)
        assert exact(read(content, loader)) == exact(data)
        assert exact(as_others_read(content, loader)) == exact(data)


@pytest.mark.parametrize("loader", LOADERS)
@given(data=st.one_of(trees, st.lists(scalars), scalars))
@examples(50)
def test_flow_style_is_one_line_of_the_same_data(loader: type, data: Any) -> None:
    written = flow(data)
    assert "\n" not in written
    assert exact(read(f"key: {written}\n", loader)) == exact({"key": data})


@given(data=trees, width=st.sampled_from([60, 120]))
@examples(50)
def test_lines_are_clean(data: dict[str, Any], width: int) -> None:
    content = write_yaml(data, width=width)
    assert content == write_yaml(data, width=width)
    assert content.endswith("\n")
    assert not content.endswith("\n\n")
    assert [line for line in content.split("\n") if line != line.rstrip()] == []
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]", content.replace("\t", ""))


@given(
    words=st.lists(words, min_size=1, max_size=60),
    text=st.sampled_from([" ", "\n", "\n\n"]),
    width=st.sampled_from([60, 120]),
)
@examples(50)
def test_no_line_is_wider_where_there_are_blanks(words: list[str], text: str, width: int) -> None:
    long = " ".join(words)
    content = write_yaml({"key": long, "other": [{"name": long + text + long, "list": words * 2}]}, width=width)
    assert max(map(len, content.split("\n"))) <= width
