"""The fixes of rules: what they are in the examples, and that a document with a fix has one finding less, and none more."""

import json
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest

from connector_builder.findings import Add, Fix, Remove, Rename, Replace
from connector_builder.package.model import DEFINITION, PROPERTIES, SETTINGS
from connector_builder.rules import RULES
from tests.support.examples.rule_examples import Example, examples, found_in, package

EXAMPLES = [
    pytest.param(example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(examples(rule), start=1)
    if any(hit.defect.fix for hit in found_in(example.package, example.rule))
]


def fixed(document: Any, fix: Fix) -> Any:
    """Returns a document after the edits of a fix."""
    document = deepcopy(document)
    for edit in fix.edits:
        assert isinstance(edit, Add | Remove | Rename | Replace)
        *way, key = edit.pointer
        owner = document
        for step in way:
            owner = owner[step]
        if isinstance(edit, Remove):
            del owner[key]
        elif isinstance(edit, Rename):
            renamed = {edit.key if name == key else name: value for name, value in owner.items()}
            owner.clear()
            owner.update(renamed)
        else:
            owner[key] = edit.value
    return document


def found(documents: dict[str, Any], rule: str) -> Counter[str]:
    whole = package(documents.get(DEFINITION), documents.get(PROPERTIES))
    whole.given_settings = documents.get(SETTINGS)
    return Counter(hit.rule.name for hit in found_in(whole, rule))


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_fix_mends_its_finding_and_breaks_nothing(example: Example) -> None:
    whole = example.package
    before = found(whole.documents, example.rule)
    for hit in found_in(whole, example.rule):
        fix = hit.defect.fix
        if fix is None or hit.document not in (DEFINITION, PROPERTIES):
            continue
        documents = whole.documents
        documents[hit.document] = fixed(documents[hit.document], fix)
        after = found(documents, example.rule)
        assert after == before - Counter([hit.rule.name]), json.dumps(documents[hit.document])
