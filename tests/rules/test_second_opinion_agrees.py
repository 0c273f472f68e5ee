"""Whatever openapi-spec-validator finds, one of our rules finds at the same place or below.

On a definition in which every key of Swagger stands, spoiled in every way at every place (one in forty here; all of
them take two minutes: `SPOIL_STRIDE=1 pytest tests/rules/test_second_opinion_agrees.py`), and on real connectors.

The connectors are those of https://github.com/microsoft/PowerPlatformConnectors (MIT): clone it, copy the folders with an
apiDefinition.swagger.json below `certified-connectors`, `independent-publisher-connectors` and `custom-connectors` into one folder, and
name that in CONNECTOR_CORPUS.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from connector_builder.checks.second_opinion import second_opinion
from connector_builder.findings import Scope, Severity
from connector_builder.package.read import read_package
from connector_builder.rules import check
from connector_builder.rules.hit import Hit
from tests.support.rule_examples import package
from tests.support.whole_definition import WHOLE, spoiled

STRIDE = int(os.environ.get("SPOIL_STRIDE", "41"))
CORPUS = os.environ.get("CONNECTOR_CORPUS")
needs_corpus = pytest.mark.skipif(
    not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors; see the top of this file"
)


def test_the_whole_definition_is_right() -> None:
    whole = package(WHOLE)
    assert list(check(whole)) == []
    assert second_opinion(whole, []) == []


def test_nothing_spoils_our_own_rules() -> None:
    for _, definition in spoiled(7):
        list(check(package(definition)))


def test_what_it_finds_in_a_spoiled_definition_ours_find() -> None:
    missed = []
    for name, definition in spoiled(STRIDE):
        whole = package(definition)
        missed += [(name, hit.pointer, hit.message) for hit in second_opinion(whole, list(check(whole)))]
    assert missed == []


@needs_corpus
def test_what_it_finds_in_real_connectors_ours_find() -> None:
    missed, checked = [], 0
    for folder in sorted(Path(CORPUS or "").iterdir()):
        whole = read_package(folder).package if folder.is_dir() else None
        if whole is not None and whole.definition is not None:
            checked += 1
            missed += [(folder.name, hit.pointer, hit.message) for hit in second_opinion(whole, list(check(whole)))]
    assert checked
    assert missed == []


def of_platform(hit: Hit) -> bool:
    """What was published long ago needn't be what certification asks for now."""
    return hit.rule.scope is Scope.PLATFORM


@needs_corpus
def test_what_is_published_has_hardly_an_error() -> None:
    """The platform took all of these. What is left are defaults that don't fit and the like, which the other one refuses too."""
    folders = [folder for folder in Path(CORPUS or "").iterdir() if folder.is_dir()]
    wrong: Counter[str] = Counter()
    for folder in folders:
        whole = read_package(folder).package
        hits = check(whole) if whole is not None else ()
        wrong.update({hit.rule.name for hit in hits if hit.rule.severity is Severity.ERROR and of_platform(hit)})
    assert sum(wrong.values()) <= 0.06 * len(folders), wrong.most_common()
