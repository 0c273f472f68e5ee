"""The docs of the rules about files, specs and imports hold what they promise, as those about packages do (`tests/rules`)."""

import re
from pathlib import Path

import pytest

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.language.compile import context
from connector_builder.rules import RULES
from tests.support.examples.catalogue_examples import Example, catalogue_examples, told

OTHERS = [rule for rule in CATALOGUE.values() if rule not in RULES or " file=" in rule.doc]
"""The rules about other things than packages, and those about packages whose examples are files."""
WITHOUT = {
    "SecondOpinion",
    "SpecNameTaken",
    "SpecTooLarge",
    "LimitNear",
    "OutputDiffers",
    "TooManyCombinations",
    "ChangesNotListed",
}
"""What the first finds no other does: as soon as an example is known, it becomes a rule of ours. Examples of the others have hundreds of lines, or are a folder."""
NEVER_ALONE = {"FlowChosen": {"SignInGuessed"}}
"""What else is found wherever a rule finds something: no document with a flow has the id of the client."""
EXAMPLES = [
    pytest.param(example, id=f"{rule.name}-{number}")
    for rule in OTHERS
    for number, example in enumerate(catalogue_examples(rule), start=1)
]


@pytest.mark.exhaustive
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_exactly_what_it_says(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()  # no configuration above it counts
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(context, "MAX_SCHEMAS", 300)  # the example of 50,000 is wrong at the same place, and sooner
    rule = CATALOGUE[example.rule]
    found = told(example, tmp_path, certification=rule.only_certification)
    found = [(name, finding.replace("300 schemas", "50,000 schemas")) for name, finding in found]
    if rule.only_certification:  # hardly an example has all that a submission requires
        found = [one for one in found if one[0] == rule.name]
    if rule.verdicts is not None and example.good:  # a pair without any change would show nothing
        assert rule.name not in {name for name, _ in found}
        return
    assert [finding for _, finding in found] == example.findings
    assert {rule for rule, _ in found} == (
        set() if example.good else {example.rule, *NEVER_ALONE.get(example.rule, ())}
    )


def test_a_rule_is_documented() -> None:
    for rule in OTHERS:
        found = catalogue_examples(rule)
        assert {example.good for example in found} == (set() if rule.name in WITHOUT else {True, False}), rule.name
        assert all(example.good or example.findings for example in found), rule.name
        blocks = sum(len(example.blocks) for example in found)
        assert rule.doc.count("```") == 2 * blocks, f"{rule.name}: a block that is neither bad nor good"
        assert re.fullmatch(r"[A-Z`o].*\.", rule.summary), rule.name
