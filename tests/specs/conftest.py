"""The connector for cloud flows, built once for all tests of its parts."""

from typing import Any

import pytest

from connector_builder.language import Variables, compile_spec
from connector_builder.package import Package
from tests.support.flow_manager import SPEC, walk


@pytest.fixture(scope="session")
def package() -> Package:
    reading = compile_spec(SPEC, Variables())
    assert [finding.message for finding in reading.findings] == []
    assert reading.package is not None
    return reading.package


@pytest.fixture(scope="session")
def operations(package: Package) -> dict[str, Any]:
    return {operation["operationId"]: operation for _, _, operation in walk(package)}


@pytest.fixture(scope="session")
def samples(package: Package) -> dict[str, Any]:
    return {sample.operation: sample.value for sample in package.samples}
