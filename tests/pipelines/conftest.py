"""A repository of specs with a base branch and a change, as a CI system checks it out."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli_specs import SPEC, changed

ROOT = Path(__file__).parents[2]
PLANTED = "import pathlib\npathlib.Path(__file__).with_name('RUN').touch()\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shallow checkout of a branch that takes a field of main's away, with modules that nobody may run."""
    origin = tmp_path_factory.mktemp("origin")
    (origin / "specs").mkdir()
    spec = origin / "specs/orders.yaml"
    spec.write_text(SPEC, encoding="utf-8", newline="\n")
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "Add a spec")
    git(origin, "checkout", "-q", "-b", "change")
    changed(spec, "id: The number of the order.", "number: The number of the order.")
    (origin / "specs/broken.yaml").write_text(SPEC.replace("GET /orders", "GETS /orders"), encoding="utf-8")
    for name in ("venv", "pip", "struct", "yaml"):
        (origin / f"{name}.py").write_text(PLANTED, encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "Change it")
    folder = tmp_path_factory.mktemp("work") / "checkout"
    git(origin, "clone", "-q", "--depth", "1", "--branch", "change", origin.as_uri(), str(folder))
    return folder
