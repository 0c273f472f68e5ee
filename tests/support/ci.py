"""Whether the tests run in CI. There, everything that a test installs must be available."""

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"
"""GitHub, GitLab, Azure Pipelines and `.ci/run` set CI."""


def not_installed(error: Exception) -> NoReturn:
    """Skips a test that couldn't install what it uses; in CI, fails it."""
    if IN_CI:
        pytest.fail(str(error))
    pytest.skip(str(error))
