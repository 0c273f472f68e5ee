"""Fixtures and options of all tests.

Two speeds: a test marked `installs` runs programs that it installs first (a wheel, paconn, a language server, Mono), which takes minutes
and the network. It runs in CI and with `-m installs`; a plain `pytest` skips it.

Three profiles of hypothesis, chosen by `--hypothesis-profile`: `default`, `ci` (in CI, by default) and `thorough`. The number of examples of
a profile is a percentage: `tests.support.properties.examples` applies it to the number that each test names.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.ci import IN_CI

# No deadline: the first example imports half of the world, and machines are busy. No test but those of `thorough` depends on chance.
_ALL = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.differing_executors,
        HealthCheck.function_scoped_fixture,  # each example writes its files anew
    ],
)
settings.register_profile("default", _ALL, derandomize=True, database=None, max_examples=50)
settings.register_profile("ci", _ALL, derandomize=True, database=None, max_examples=60, print_blob=True)
settings.register_profile("thorough", _ALL, max_examples=2000)
settings.load_profile("ci" if IN_CI else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files anew from what comes out now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips what installs programs, unless it was asked for, and lets it run first.

    Together at the beginning, these tests are those of one worker, which installs each program once; the others go on meanwhile.
    """
    items.sort(key=lambda item: item.get_closest_marker("installs") is None)
    if IN_CI or "installs" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="installs programs: runs in CI, and with '-m installs'")
    for item in items:
        if item.get_closest_marker("installs"):
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have variables of connectors set: they are of no spec here."""
    for name in list(os.environ):
        if name.upper().startswith("CONNECTOR_"):
            monkeypatch.delenv(name)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, bytes], None]:
    """Compares bytes with an expected file, exactly; with --update it writes the file instead."""

    def compare(path: Path, actual: bytes) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
        # As text, so that a difference can be read.
        assert actual.decode("utf-8") == path.read_bytes().decode("utf-8")

    return compare
