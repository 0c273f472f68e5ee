import sys
from importlib.abc import MetaPathFinder
from typing import Any

import pytest

from connector_builder.live.errors import NotInstalled
from connector_builder.live.extra import extra
from connector_builder.live.http import Session


class Without(MetaPathFinder):
    """Finds no module of these names."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name in self.names:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "meta_path", [Without(*names), *sys.meta_path])


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "requests")
    with pytest.raises(NotInstalled) as raised:
        Session()
    assert raised.value.message == 'this command requires more than is installed: pip install "connector-builder[live]"'
    assert (raised.value.help, raised.value.exit_status) == (None, 2)


def test_a_broken_library_is_no_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "msal", "msal.application")
    monkeypatch.setattr(sys, "meta_path", [Without("jwt_of_nobody"), *sys.meta_path[1:]])
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(NotInstalled):
        extra("msal")

    def broken(name: str) -> None:
        raise ModuleNotFoundError("No module named 'charset'", name="charset")

    monkeypatch.setattr("connector_builder.live.extra.import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        extra("requests")
