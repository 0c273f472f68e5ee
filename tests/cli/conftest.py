from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program
from tests.support.cli_specs import SPEC


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory that no configuration lies above."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Callable[..., Result]:
    """Runs the command in `here`, with what is piped in."""

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(program, list(arguments), input=stdin, prog_name="connector-builder")

    return invoke


@pytest.fixture
def spec(here: Path) -> Path:
    """A spec without a defect."""
    path = here / "specs/orders.yaml"
    path.parent.mkdir()
    path.write_text(SPEC, encoding="utf-8", newline="\n")
    return path
