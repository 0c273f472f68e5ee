"""The JSON Schema and the compiler come from one source: what compiles without a finding is valid for an editor too."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connector_builder.findings import Text
from connector_builder.language import json_schema
from connector_builder.source.files import decode
from connector_builder.source.yaml_reader import read_yaml
from tests.support.language_cases import Case, read_cases

TOPICS = sorted(Path(__file__).with_name("cases").glob("*.md"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.stem)
def test_a_spec_that_compiles_is_valid_against_the_schema(topic: Path, validator: Draft202012Validator) -> None:
    cases = [case for case in read_cases(topic) if not case.findings]
    errors = [
        f"{case.title}: {error.json_path}: {error.message}"
        for case in cases
        for error in validator.iter_errors(_data(case))
    ]
    assert not errors


def test_a_spec_with_an_unknown_key_is_not(validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors({"connector": {"title": "T", "tittle": "T"}}))


def _data(case: Case) -> Any:
    text = decode(Path(case.main), case.files[case.main])
    assert isinstance(text, Text)
    root = read_yaml(text).root
    assert root is not None
    return root.value
