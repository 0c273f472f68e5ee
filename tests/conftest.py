"""Fixtures and options of all tests.

Two speeds: a test marked `installs` runs programs that it installs first (a wheel, paconn, a language server, Mono), which takes minutes
and the network. It runs in CI and with `-m installs`; a plain `pytest` skips it.

A test marked `exhaustive` has a case for each member of a product, such as each list of the language. A plain `pytest` runs every third
case, always the same; CI, and a run that names its tests, runs all.

Three profiles of hypothesis, chosen by `--hypothesis-profile`: `default`, `ci` (in CI, by default) and `thorough`. The number of examples of
a profile is a percentage, which `tests.support.properties` applies to the numbers that tests name.
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.ci import IN_CI
from tests.support.properties import every

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
settings.register_profile("default", _ALL, derandomize=True, database=None, max_examples=20)
settings.register_profile("ci", _ALL, derandomize=True, database=None, max_examples=60, print_blob=True)
settings.register_profile("thorough", _ALL, max_examples=2000)
settings.load_profile("ci" if IN_CI else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files anew from what comes out now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what takes long, unless it was asked for. What installs programs runs first.

    Together at the beginning, these tests are those of one worker, which installs each program once; the others go on meanwhile.
    """
    items.sort(key=lambda item: item.get_closest_marker("installs") is None)
    if not _names_tests(config):
        left_out = set(_beyond_share(items))
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    if IN_CI or "installs" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="installs programs: runs in CI, and with '-m installs'")
    for item in items:
        if item.get_closest_marker("installs"):
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """Tells the garbage collector that thousands of tests stay: each search through all would visit them again."""
    gc.collect()
    gc.freeze()


def _names_tests(config: pytest.Config) -> bool:
    """Checks whether a run is one of particular tests."""
    folders = {str(config.rootpath / name) for name in ("", *config.getini("testpaths"))}
    args = {str(config.invocation_params.dir / arg).rstrip("/") for arg in config.args}
    return bool(config.getoption("keyword") or not args <= folders)


def _beyond_share(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Yields the cases of exhaustive tests but for one of each three, where the profile says so.

    It is another one of each next three, so that of two parameters all values are used, also where one has three.
    """
    counted: Counter[str] = Counter()
    for item in items:
        if item.get_closest_marker("exhaustive"):
            test = item.nodeid.partition("[")[0]
            number = counted[test]
            if (number + number // every()) % every():
                yield item
            counted[test] += 1


@pytest.fixture(autouse=True, scope="session")
def no_variables() -> Iterator[None]:
    """Whoever runs the tests may have variables of connectors set: they are of no spec here."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.upper().startswith("CONNECTOR_"):
                patch.delenv(name)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_wait_for_the_disk() -> Iterator[None]:
    """No test takes the power away, so none waits until files are on the disk: the page cache has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


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
