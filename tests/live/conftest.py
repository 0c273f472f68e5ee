"""Fixtures of the live tests: no variable of the machine reaches them, and no secret of one test another."""

import os
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from connector_builder.secrets import known

PREFIXES = (
    "AZURE_",
    "POWER_PLATFORM_",
    "ACTIONS_",
    "SYSTEM_",
    "ARM_",
    "IDENTITY_",
    "MSI_",
    "CB_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.upper().startswith(PREFIXES):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "*")
    known.forget()
    yield
    known.forget()


@pytest.fixture(autouse=True)
def short_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """MSAL looks each second for what the browser brought: here it does so as often as it likes.

    It also waits half a second before it reads kept tokens again. Processes of their own wait as users do.
    """
    naps = SimpleNamespace(time=time.time, sleep=lambda seconds: time.sleep(seconds / 100))
    for module in ("msal.oauth2cli.authcode", "msal.oauth2cli.oauth2", "msal_extensions.token_cache"):
        monkeypatch.setattr(f"{module}.time", naps)
