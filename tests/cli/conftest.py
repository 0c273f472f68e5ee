from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program

SPEC = """\
connector:
  title: Contoso Orders
  description: Lists the orders of a Contoso shop.
  server: https://api.contoso.example/v1
auth: {type: none}
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    response: {fields: {id: The number of the order.}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory that no configuration lies above."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Callable[..., Result]:
    """Runs the command in `here`."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(program, list(arguments), prog_name="connector-builder")

    return invoke


@pytest.fixture
def spec(here: Path) -> Path:
    """A spec without a defect."""
    path = here / "specs/orders.yaml"
    path.parent.mkdir()
    path.write_text(SPEC, encoding="utf-8", newline="\n")
    return path


def changed(path: Path, old: str, new: str) -> None:
    """Replaces what stands once in a file."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1
    path.write_text(content.replace(old, new), encoding="utf-8", newline="\n")
