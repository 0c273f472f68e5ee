"""Fixtures: the real paconn, and what it talks to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.ci import not_installed
from tests.support.programs.paconn_cli import NotInstalledError, Paconn, install
from tests.support.programs.stand_in import BlobStorage, PowerApps


@pytest.fixture(scope="session")
def paconn_python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of paconn's own environment, kept in pytest's cache. In CI it has to be there."""
    cache: pytest.Cache | None = getattr(request.config, "cache", None)  # pytest can run without
    try:
        return install(tmp_path_factory.mktemp("paconn") if cache is None else cache.mkdir("paconn"))
    except NotInstalledError as error:
        not_installed(error)


@pytest.fixture
def service() -> Iterator[PowerApps]:
    with PowerApps() as service:
        yield service


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[BlobStorage]:
    with BlobStorage(tmp_path) as storage:
        yield storage


@pytest.fixture
def paconn(paconn_python: Path, tmp_path: Path, storage: BlobStorage) -> Paconn:
    """paconn, signed in."""
    paconn = Paconn(paconn_python, tmp_path / "home", storage)
    paconn.sign_in()
    return paconn
