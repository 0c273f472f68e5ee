"""Every rule's docstring holds what it promises: its examples are found, word by word, and nothing else is."""

import json
import re

import pytest

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Rule
from connector_builder.rules import RULES, check
from tests.support.defects.whole_definition import spoiled
from tests.support.examples.rule_examples import examples, package, told

TOO_LONG_TO_SHOW = {
    "OperationSchemaCountExceedsMaxAllowed",
    "SchemaTooDeep",
    "TotalOperationsCountExceedsMaxAllowed",
    "TotalSchemaCountExceedsMaxAllowed",
}
"""Rules whose bad examples would fill pages; `test_sizes.py` has them."""

OF_FILES = {rule.name for rule in RULES if " file=" in rule.doc}
"""Rules whose examples are files; `tests/checks/test_catalogue_examples.py` runs them."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_example_finds_exactly_what_it_says(rule: Rule) -> None:
    for number, example in enumerate(examples(rule), start=1):
        package = example.package
        before = json.dumps([package.definition, package.properties])
        every = list(check(package, certification=example.submitted))
        assert json.dumps([package.definition, package.properties]) == before, f"checking changes example {number}"
        found = example.counted(every)
        assert (number, [told(hit) for hit in found]) == (number, example.findings)
        assert {hit.rule.name for hit in found} == (set() if example.good else {example.rule})
        assert [told(hit) for hit in every if not hit.help] == [], "every finding has a help"
        texts = [text for hit in every for text in (hit.message, hit.help or "")]
        assert [text for text in texts if re.match(r"[A-Z][a-z]", text) or text.endswith(".")] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_documented(rule: Rule) -> None:
    found = examples(rule)
    if rule.name not in OF_FILES:
        assert any(example.good for example in found)
        assert all(example.good or example.findings for example in found)
        assert not all(example.good for example in found) or rule.name in TOO_LONG_TO_SHOW
        assert rule.doc.count("```json") == len(found), "a block that is neither 'json bad' nor 'json good'"
    assert re.fullmatch(r"[A-Z`].*\.", rule.summary)
    assert rule.doc.split("\n")[1:2] in ([""], [])


def test_sources_and_numbers_are_lines_of_their_own() -> None:
    for rule in CATALOGUE.values():
        said = [line for line in rule.doc.splitlines() if re.match(r"(Sources?|Published)\b.*:", line)]
        assert len(said) == len(rule.sources) + (rule.published is not None), rule.name
        assert not any(line in rule.prose for line in said), rule.name
        for line in said:  # the line after it isn't the rest of its sentence
            after = rule.doc.split(f"{line}\n", 1)[1].split("\n", 1)[0]
            assert after == "" or after in said, rule.name


@pytest.mark.no_cover
def test_every_finding_of_a_spoiled_definition_has_a_help() -> None:
    for name, spoiled_ in spoiled(211):
        assert [(name, told(hit)) for hit in check(package(spoiled_)) if not hit.help] == []
