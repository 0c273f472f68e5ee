"""A stranger's repository: beside the specs lie files called like modules that the tool imports. None is ever run."""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from connector_builder import __main__
from connector_builder.app.shared import processes as many

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

SPEC = "connector: {title: T, description: D, server: https://api.example.com}\nactions: {A: {request: GET /a, description: d}}\n"
DEFINITION = '{"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "api.example.com", "paths": {}}'
PLANTED = "open(__file__ + '.ran', 'wb').close()\n"
"""It imports nothing: what it would import is planted as well."""

WAYS: dict[str, Sequence[str]] = {
    "command": (sys.executable, "-P", "-c", "from connector_builder.cli import main; main()"),
    "module": (sys.executable, "-m", "connector_builder"),
    "module, safe path": (sys.executable, "-P", "-m", "connector_builder"),
}
OF_PYTHON = "import importlib.util, runpy, sys; print(*sys.modules)"
"""What `python -m` imports before a line of ours runs: only `-P` keeps Python from taking these from the current folder."""
COMMANDS: dict[str, Sequence[str]] = {
    "validate": ("validate", "specs", "--jobs", "2"),
    "build": ("build", "specs", "--jobs", "2", "--check", "-q"),
    "import": ("import", "packages", "-o", "imported", "--jobs", "2"),
    "rules": ("rules", "OperationIdMissing"),
    "version": ("--version",),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("stranger")
    for number in range(many.WORTH):
        spec, package = (
            root / "specs" / f"s{number}.yaml",
            root / "packages" / f"p{number}" / "apiDefinition.swagger.json",
        )
        for path, content in ((spec, SPEC), (package, DEFINITION)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    # Every module of the standard library and every package that is installed here, as a file that says when it is run.
    names = {*sys.stdlib_module_names, *packages_distributions(), "sitecustomize", "usercustomize"}
    for name in names - {"connector_builder"}:
        (root / f"{name}.py").write_text(PLANTED, encoding="utf-8")
    return root


@cache
def of_python() -> frozenset[str]:
    """The modules that `python -m` imports before a line of ours runs."""
    command = [sys.executable, "-P", "-c", OF_PYTHON]
    return frozenset(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.split())


def ran(folder: Path) -> list[str]:
    """The planted modules that were run, by name."""
    return [path.name.removesuffix(".py.ran") for path in sorted(folder.glob("*.ran"))]


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_module_of_the_current_folder_is_run(repository: Path, way: str, command: str) -> None:
    for path in repository.glob("*.ran"):
        path.unlink()
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONSAFEPATH", "PYTHONPATH")}
    subprocess.run(
        [*WAYS[way], *COMMANDS[command]], cwd=repository, env=environment, capture_output=True, timeout=300, check=False
    )
    assert [name for name in ran(repository) if way != "module" or name not in of_python()] == []


def test_a_planted_module_would_say_so(tmp_path: Path) -> None:
    planted = tmp_path / "struct.py"
    planted.write_text(PLANTED, encoding="utf-8")
    subprocess.run([sys.executable, "-c", "import struct"], cwd=tmp_path, check=True)
    assert ran(tmp_path) == ["struct"]


def test_where_the_environment_is_not_read_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    class Flags:
        safe_path, ignore_environment = False, 1

    monkeypatch.setattr(sys, "flags", Flags)
    assert list(many.each(_process, range(many.WORTH), jobs=2)) == [os.getpid()] * many.WORTH


def _process(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize(
    ("path", "package", "expected"),
    [
        (["/here", "/lib"], "/site", ["/lib"]),
        (["", "/lib"], "/site", ["/lib"]),
        (["/lib", "/here"], "/site", ["/lib", "/here"]),
        (["/here", "/lib"], "/here", ["/lib", "/here"]),
    ],
)
def test_the_current_folder_is_left(path: list[str], package: str, expected: list[str]) -> None:
    __main__._leave_current_folder(path, "/here", package)
    assert path == expected
