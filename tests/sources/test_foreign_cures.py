"""The command that a finding about a document of another format names."""

from pathlib import PurePath

import pytest

from connector_builder.sources.foreign import cure


@pytest.mark.parametrize(
    ("source", "spec"),
    [
        ("orders.json", "orders.yaml"),
        ("orders.yml", "orders.yaml"),
        ("orders.yaml", "orders.spec.yaml"),
        ("Orders.YAML", "Orders.spec.yaml"),
    ],
)
def test_the_spec_never_replaces_its_source(source: str, spec: str) -> None:
    assert cure("openapi3", PurePath(source)) == f"'connector-builder import {source} -o {spec}' makes a spec of it"
