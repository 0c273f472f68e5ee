"""Aliases keep their anchors when an edit takes the text that has them."""

from pathlib import Path

import pytest

from connector_builder.findings import Text
from connector_builder.source.yaml_anchors import with_anchors

BEFORE = """\
a: {x: &words "One, two"}
b: &map
  k: v
c: [*words, *words]
d: *map
"""


@pytest.mark.parametrize(
    ("after", "mended"),
    [
        (BEFORE, BEFORE),
        ("a: 1\n", "a: 1\n"),
        (
            "b: &map\n  k: v\nc: [*words, *words]\nd: *map\n",
            'b: &map\n  k: v\nc: [&words "One, two", *words]\nd: *map\n',
        ),
        ("c: [*words]\nd: *map\n", 'c: [&words "One, two"]\nd: &map {k: v}\n'),
        ("c: [*unknown]\n", "c: [*unknown]\n"),
        ("c: [*words\n", "c: [*words\n"),
    ],
)
def test_an_anchor_moves_to_its_first_alias(after: str, mended: str) -> None:
    assert with_anchors(Text(Path("a.yaml"), BEFORE), after) == mended
