"""Properties that hold of any tree: what is read is what was written, and nothing that looks like a spec or a package raises."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.checks.second_opinion import second_opinion
from connector_builder.findings import Place, Text
from connector_builder.language import Variables, compile_spec
from connector_builder.package.read import read_package
from connector_builder.rules import check
from connector_builder.source.json_reader import read_json
from connector_builder.source.yaml_reader import read_yaml
from tests.support.hostile.hostile_cli import build, problems
from tests.support.hostile.random_trees import Grower
from tests.support.properties import examples

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

SEEDS = st.integers(0, 2**32)  # of a generator of our own: those of hypothesis keep close to the smallest
NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
trees = st.recursive(scalars, lambda part: st.lists(part, max_size=4) | st.dictionaries(texts, part, max_size=4), max_leaves=12)  # fmt: skip


def within(place: Place) -> bool:
    return 0 <= place.start <= place.end <= len(place.text.content) or (place.start, place.text.content) == (0, "")


@examples(100)
@given(trees)
def test_a_tree_written_as_json_is_read_the_same_by_both_readers(tree: Any) -> None:
    content = NOT_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(tree, ensure_ascii=False))
    content = content.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    document = read_yaml(Text(Path("x.yaml"), content))
    assert document.findings == []
    assert document.root is not None
    assert same(document.root.value, tree)
    assert same(read_json(Text(Path("x.json"), content)).data, tree)


def same(one: Any, other: Any) -> bool:
    """Equal, and of one type throughout."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@examples(50)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=80),
    st.sampled_from("\"'|>"),
)
def test_a_text_in_any_style_of_yaml_is_read_as_it_was_written(text: str, style: str) -> None:
    written = yaml.dump({"key": text}, default_style=style, allow_unicode=True, width=40)
    document = read_yaml(Text(Path("x.yaml"), written))
    assert document.root is not None
    assert document.root.value == {"key": text}


@examples(230)
@given(SEEDS)
def test_whatever_looks_like_a_spec_is_compiled_or_refused(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    grower = Grower(random)
    tree = grower.spec()
    path = tmp_path / "spec.yaml"
    (tmp_path / "s.json").write_text(json.dumps(grower.anything()), encoding="utf-8")
    indent = random.choice((None, 1))
    path.write_text(
        json.dumps(tree, ensure_ascii=False, indent=indent).replace("\x1b", "\\x1b"), encoding="utf-8", newline="\n"
    )
    reading = compile_spec(path, Variables({"A": "1"}))
    assert all(within(finding.place) for finding in reading.findings)
    if reading.package is not None:
        json.dumps([reading.package.definition, reading.package.properties, reading.package.settings], allow_nan=False)
        json.dumps([sample.value for sample in reading.package.samples], allow_nan=False)
    form = random.choice(("text", "json"))
    assert list(problems(build(path, tmp_path / "output", "--format", form, "--force"), tmp_path)) == []


@examples(120)
@given(SEEDS)
def test_whatever_looks_like_a_package_is_checked(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    grower = Grower(random)
    for name, kind in (("apiDefinition.swagger.json", "document"), ("apiProperties.json", "properties file")):
        (tmp_path / name).write_text(
            json.dumps(grower.document(kind), indent=random.choice((None, 1))), encoding="utf-8"
        )
    package = read_package(tmp_path).package
    assert package is not None
    hits = list(check(package))
    hits += second_opinion(package, hits)
    for name in package.documents:
        places = package.locate(name, [hit.pointer for hit in hits if hit.document == name])
        assert all(map(within, places.values()))
