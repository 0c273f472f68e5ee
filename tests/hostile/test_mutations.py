"""Damaged specs, packages and imports: 250 of each in CI, a third by default; `mutate.py` runs as many as one likes."""

from pathlib import Path
from random import Random

import pytest

from tests.support.corpus import CORPUS
from tests.support.hostile.mutate import KINDS, run_cases, sources_of
from tests.support.hostile.mutations import mutate

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

SIZE = 50
"""Cases of a test: small enough for workers to share them well."""
PARTS = range(5)
SEED = 20261123
LARGEST = 40_000
"""The bytes of the largest source: the same few edits do more to a small one, in less time."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_ends_in_an_internal_error(kind: str, part: int, tmp_path: Path) -> None:
    sources = sources_of(kind, Path(CORPUS) if CORPUS else None, LARGEST)
    tally = run_cases(kind, sources, SEED, range(part * SIZE, (part + 1) * SIZE), tmp_path)
    again = f"to run one again: python -m tests.support.hostile.mutate --seed {SEED} --only {kind}:NUMBER"
    assert tally.failures == [], again
    assert sum(tally.statuses.values()) == SIZE
    assert min(tally.statuses[0], tally.statuses[1]) > SIZE // 20, (
        "the damage is too small or too great to find anything"
    )


def test_the_same_seed_gives_the_same_damage() -> None:
    content = b'{"a": [1, "b"],\n "c": {"d": null}}\n' * 5
    damaged = [mutate(content, Random(f"x:{number}")) for number in range(200)]
    assert damaged == [mutate(content, Random(f"x:{number}")) for number in range(200)]
    assert len(set(damaged)) > 150
