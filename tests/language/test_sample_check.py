"""The checks of samples against their schemas: what all samples of a connector share."""

from typing import Any

import pytest
from jsonschema import validators

from connector_builder.language.compile.samples.sample_check import Samples

WHOLE = {"type": "integer"}


def test_all_samples_of_a_connector_share_one_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    """jsonschema makes a class for each: that took more time than the checks themselves."""
    made: list[Any] = []
    create = validators.create

    def counted(*args: Any, **further: Any) -> Any:
        made.append(args)
        return create(*args, **further)

    monkeypatch.setattr(validators, "create", counted)
    samples = Samples({"Number": WHOLE})
    found = [samples.errors(value, {"$ref": "#/definitions/Number"}) for value in (1, "one", None, 2)]
    assert [[error.message for error in errors] for errors in found] == [
        [],
        ["the sample must be a whole number, not 'one'"],
        [],
        [],
    ]
    assert len(made) == 1


def test_all_samples_of_a_connector_share_one_budget() -> None:
    samples = Samples({})
    samples.left = 3  # a check of one value takes two steps: `allOf` and `type`
    assert [len(samples.errors("one", WHOLE)) for _ in range(3)] == [1, 0, 0]
