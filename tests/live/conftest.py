"""Fixtures of the live tests: no variable of the machine reaches them, and no secret of one test another."""

import os
from collections.abc import Iterator

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
