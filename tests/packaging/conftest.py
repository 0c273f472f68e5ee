"""Fixtures: the distributions, made once a run, and an environment for each.

They take the network, as any installation does: without it these tests are skipped, but in CI they fail.
"""

from pathlib import Path

import pytest

from tests.support.ci import not_installed
from tests.support.programs.distributions import (
    Distributions,
    Environment,
    NotReachableError,
    build,
    build_tools,
    install,
)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    try:
        return build_tools(tmp_path_factory.mktemp("tools"))
    except NotReachableError as error:
        not_installed(error)


@pytest.fixture(scope="session")
def distributions(tools: Environment, tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    return build(tools, tmp_path_factory.mktemp("distributions"))


@pytest.fixture(scope="session", params=["wheel", "sdist"])
def installed(
    request: pytest.FixtureRequest,
    tools: Environment,
    distributions: Distributions,
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """An environment with one of the distributions, away from the checkout."""
    return install(tools, tmp_path_factory.mktemp(request.param), getattr(distributions, request.param))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty folder that no configuration lies above."""
    (tmp_path / ".git").mkdir()
    return tmp_path
