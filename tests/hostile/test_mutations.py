"""Five hundred damaged specs, as many damaged packages, and as many that are imported; `mutate.py` runs as many as one likes."""

import os
from pathlib import Path

import pytest

from tests.support.mutate import KINDS, run_cases, sources_of
from tests.support.mutations import mutate

COUNT = 500
SEED = 20261123
CORPUS = os.environ.get("CONNECTOR_CORPUS")


@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_ends_in_an_internal_error(kind: str, tmp_path: Path) -> None:
    sources = sources_of(kind, Path(CORPUS) if CORPUS else None)
    tally = run_cases(kind, sources, SEED, range(COUNT), tmp_path)
    again = f"to run one again: python -m tests.support.mutate --seed {SEED} --only {kind}:NUMBER"
    assert tally.failures == [], again
    assert sum(tally.statuses.values()) == COUNT
    assert min(tally.statuses[0], tally.statuses[1]) > COUNT // 20, (
        "the damage is too small or too great to find anything"
    )


def test_the_same_seed_gives_the_same_damage() -> None:
    from random import Random

    content = b'{"a": [1, "b"],\n "c": {"d": null}}\n' * 5
    damaged = [mutate(content, Random(f"x:{number}")) for number in range(200)]
    assert damaged == [mutate(content, Random(f"x:{number}")) for number in range(200)]
    assert len(set(damaged)) > 150
