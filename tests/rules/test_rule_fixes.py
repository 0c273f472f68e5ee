"""The fixes of rules: what they are in the examples, and that a document with a fix has one finding less, and none more."""

import json
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest

from connector_builder.findings import Add, Fix, Remove, Rename, Replace, Rule
from connector_builder.package.model import DEFINITION, PROPERTIES, SETTINGS
from connector_builder.rules import RULES
from tests.support.examples.rule_examples import examples, found_in, package


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


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixable], ids=lambda rule: rule.name)
def test_a_fix_mends_its_finding_and_breaks_nothing(rule: Rule) -> None:
    for whole in (example.package for example in examples(rule) if not example.good):
        hits = found_in(whole, rule.name)
        before = Counter(hit.rule.name for hit in hits)
        for hit in hits:
            fix = hit.defect.fix
            if fix is None or hit.document not in (DEFINITION, PROPERTIES):
                continue
            documents = whole.documents
            documents[hit.document] = fixed(documents[hit.document], fix)
            after = found(documents, rule.name)
            assert after == before - Counter([hit.rule.name]), json.dumps(documents[hit.document])
