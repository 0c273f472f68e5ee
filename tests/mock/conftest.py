"""Fixtures of the tests of the mock: a package, and what serves it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import Variables, compile_folder
from connector_builder.mock.connector import Connector, Options
from connector_builder.mock.service import Service
from connector_builder.package import Package
from connector_builder.source.folder import InMemory
from tests.support.mock_spec import SPEC


@pytest.fixture(scope="session")
def package() -> Package:
    """The package of SPEC, which no test changes."""
    reading = compile_folder(InMemory(Path(), {"orders.yaml": SPEC.encode()}), "orders.yaml", Variables())
    assert [one for one in reading.findings if one.rule.severity.name == "ERROR"] == []
    assert reading.package is not None
    return reading.package


@pytest.fixture
def serve(package: Package) -> Callable[..., Service]:
    """Returns the mock of SPEC, or of another package, with options."""

    def make(other: Package | None = None, **options: Any) -> Service:
        return Service([Connector(other or package, options=Options(**options))])

    return make
