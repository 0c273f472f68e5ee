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

CASES = [
    case
    for path in sorted(Path(__file__).with_name("cases").glob("*.md"))
    for case in read_cases(path)
    if not case.findings
]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_spec_that_compiles_is_valid_against_the_schema(case: Case, validator: Draft202012Validator) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(_data(case))]
    assert not errors


def test_a_spec_with_an_unknown_key_is_not(validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors({"connector": {"title": "T", "tittle": "T"}}))


def _data(case: Case) -> Any:
    text = decode(Path(case.main), case.files[case.main])
    assert isinstance(text, Text)
    root = read_yaml(text).root
    assert root is not None
    return root.value
