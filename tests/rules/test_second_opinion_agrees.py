"""Whatever openapi-spec-validator finds, one of our rules finds at the same place or below.

On a definition in which every key of Swagger stands, spoiled in every way at every place (one in forty here; all of
them take two minutes: `SPOIL_STRIDE=1 pytest tests/rules/test_second_opinion_agrees.py`), and on real connectors.
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
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.defects.whole_definition import WHOLE, spoiled
from tests.support.examples.rule_examples import found_in, package
from tests.support.once import once, run_folder
from tests.support.properties import every

STRIDE = int(os.environ.get("SPOIL_STRIDE", "41")) * every()


def test_the_whole_definition_is_right() -> None:
    whole = package(WHOLE)
    assert list(found_in(whole)) == []
    assert second_opinion(whole, []) == []


@pytest.mark.no_cover
def test_nothing_spoils_our_own_rules() -> None:
    for _, definition in spoiled(17 * every()):
        list(check(package(definition)))


@pytest.mark.no_cover
def test_what_it_finds_in_a_spoiled_definition_ours_find() -> None:
    missed = []
    for name, definition in spoiled(STRIDE):
        whole = package(definition)
        missed += [(name, hit.pointer, hit.message) for hit in second_opinion(whole, list(check(whole)))]
    assert missed == []


def checked(part: int, factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """A part of the corpus, checked once a run: by name, the errors of the platform's rules."""

    def check_all() -> dict[str, list[str]]:
        return {folder.name: _errors(folder) for folder in connectors(part)}

    found: dict[str, list[str]] = once(run_folder(factory), f"checked-{part}", check_all)
    return found


def _errors(folder: Path) -> list[str]:
    whole = read_package(folder).package
    if whole is None:
        return []
    hits = list(check(whole))
    missed = second_opinion(whole, hits) if whole.definition is not None else []
    assert [(folder.name, hit.pointer, hit.message) for hit in missed] == []
    return [hit.rule.name for hit in hits if hit.rule.severity is Severity.ERROR and of_platform(hit)]


def of_platform(hit: Hit) -> bool:
    """What was published long ago needn't be what certification asks for now."""
    return hit.rule.scope is Scope.PLATFORM


@needs_corpus
@pytest.mark.no_cover
@pytest.mark.parametrize("part", PARTS)
def test_what_it_finds_in_real_connectors_ours_find(part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert checked(part, tmp_path_factory)


@needs_corpus
@pytest.mark.no_cover
def test_what_is_published_has_hardly_an_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The platform took all of these. What is left are defaults that don't fit and the like, which the other one refuses too."""
    errors = [found for part in PARTS for found in checked(part, tmp_path_factory).values()]
    wrong = Counter(name for names in errors for name in set(names))
    assert sum(wrong.values()) <= 0.06 * len(errors), wrong.most_common()
