"""Whether the tests run in CI, where whatever a test installs has to be there."""

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"
"""GitHub, GitLab, Azure Pipelines and `.ci/run` set CI."""


def not_installed(error: Exception) -> NoReturn:
    """Skips a test that could not install what it uses; in CI fails it."""
    if IN_CI:
        pytest.fail(str(error))
    pytest.skip(str(error))
