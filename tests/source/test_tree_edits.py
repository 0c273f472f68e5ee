"""Edits of whole parts of a YAML text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.findings import Text, TextEdit
from connector_builder.findings.fix import applied
from connector_builder.source.edits import Uncertain
from connector_builder.source.node import Node
from connector_builder.source.tree_edits import Section, item_removed
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.source.yaml_writer import Spaced

TEXT = """\
# The first.
a: {b: 1, c: x}  # about a

# About d.
d:
  e: one
  # About f.
  f: >-
    some text
    of two lines
  g: [1, 2]

h: last
"""


def root(text: str = TEXT) -> Node:
    found = read_yaml(Text(Path("x.yaml"), text)).root
    assert found is not None
    return found


def inner(*way: str) -> Section:
    return Section(root().find(way))


def spaced() -> Section:
    return Section(root(), spaced=True)


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (lambda: spaced().replaced("a", 2), "a: {b: 1, c: x}  #", "a: 2  #"),
        (lambda: spaced().replaced("a", Spaced(i="j")), "a: {b: 1, c: x}  #", "a: {i: j}  #"),
        (lambda: spaced().replaced("a", Spaced(i="j" * 120)), "a: {b: 1, c: x}  #", f"a:\n  i: {'j' * 120}  #"),
        (lambda: spaced().replaced("h", {"i": [1]}), "h: last", "h: {i: [1]}"),
        (lambda: spaced().replaced("h", Spaced(i="j")), "h: last", "h:\n  i: j"),
        (lambda: spaced().replaced("h", "last", "k"), "h: last", "k: last"),
        (lambda: spaced().renamed("d", "k"), "d:\n", "k:\n"),
        (lambda: inner("a").replaced("b", {"x": "y, z"}), "b: 1", 'b: {x: "y, z"}'),
        (lambda: inner("a").added("d", [1], "b"), "b: 1, c", "b: 1, d: [1], c"),
        (lambda: inner("a").added("d", 1, None), "{b: 1", "{d: 1, b: 1"),
        (lambda: inner("a").removed("b"), "{b: 1, c: x}", "{c: x}"),
        (lambda: inner("d").replaced("f", "short"), ">-\n    some text\n    of two lines\n", "short\n"),
        (lambda: inner("d").added("i", 1, "f"), "lines\n", "lines\n  i: 1\n"),
        (lambda: inner("d").added("i", 1, None), "  e: one\n", "  i: 1\n  e: one\n"),
        (lambda: inner("d").removed("f"), "  # About f.\n  f: >-\n    some text\n    of two lines\n", ""),
        (lambda: inner("d").removed("g"), "  g: [1, 2]\n", ""),
        (lambda: spaced().added("i", 1, "a"), "# about a\n", "# about a\n\ni: 1\n"),
        (lambda: spaced().added("i", 1, "h"), "h: last\n", "h: last\n\ni: 1\n"),
        (lambda: spaced().removed("a"), "a: {b: 1, c: x}  # about a\n", ""),
        (lambda: spaced().removed("d"), TEXT[TEXT.index("# About d") : TEXT.index("h: ")], ""),
        (lambda: spaced().removed("h"), "\nh: last\n", ""),
        (lambda: item_removed(root().find(("d", "g")), 0), "[1, 2]", "[2]"),
    ],
)
def test_edits(edit: Callable[[], TextEdit], old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert applied(TEXT, [edit()]) == TEXT.replace(old, new)


def test_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    edit = Section(root(text)).replaced("h", Spaced(i="j"))
    assert applied(text, [edit]) == text.replace("h: last", "h:\r\n  i: j")


@pytest.mark.parametrize(
    "edit",
    [
        lambda: inner("a").added("d", "x" * 120, "b"),
        lambda: Section(root("a: &x {b: 1}\nc: *x\n")).replaced("c", 1),
        lambda: Section(root("a: 1\n")).removed("a"),
        lambda: Section(root("a: [1]\n").find(("a",))).removed("a"),
        lambda: Section(root("a: {}\n").find(("a",))).added("b", 1, None),
        lambda: Section(root("a: 1\nb: 2\n")).renamed("a", "x" * 200),
        lambda: Section(root("? a\n: 1\nb: 2\n")).removed("a"),
        lambda: item_removed(root("a: [1]\n").find(("a",)), 0),
    ],
    ids=range(8),
)
def test_layouts_that_it_does_not_edit(edit: Callable[[], Any]) -> None:
    with pytest.raises(Uncertain):
        edit()
