"""The language server in a real editor: Neovim, without a screen."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.ci import not_installed

pytestmark = [
    pytest.mark.installs,
    pytest.mark.skipif(os.name == "nt", reason="Debian's Neovim is the one that is tried"),
]

STEPS = Path(__file__).parent / "neovim.lua"
SPEC = """\
connector:
  title: Orders
  description: Lists the orders of a shop.
  server: https://api.contoso.example/v1
actions:
  ListOrders: {summary: "List 🛒", descripton: Lists the orders., request: GET /orders, response: [Order]}
schemas:
  Order: {fields: {id: string}}
"""
AFTER = """\
connector:
  title: Orders
  description: Lists the orders of a shop.
  server: https://api.contoso.example/v1
actions:
  ListOrders: {summary: "List 🛒", description: Lists the orders., request: GET /orders, response: [Purchase]}
schemas:
  Purchase: {fields: {id: string}}
  Shop: {fields: {best: Purchase}}
"""


def _edited(folder: Path) -> dict[str, Any]:
    """Does the steps in Neovim, and returns what it wrote."""
    program = shutil.which("nvim")
    if program is None:
        not_installed(FileNotFoundError("Neovim isn't there: Debian's package is 'neovim'"))
    spec, out = folder / "orders.yaml", folder / "out.json"
    spec.write_text(SPEC, encoding="utf-8", newline="\n")
    given = {"command": [sys.executable, "-m", "connector_builder", "lsp"], "out": str(out)}
    home = {
        name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    command = [program, "--headless", "--clean", "-n", "-c", f"luafile {STEPS}", str(spec)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **home, "STEPS": json.dumps(given)}, timeout=300, check=False,
        capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    assert out.exists(), done.stderr
    written: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return written


def test_findings_a_fix_completion_and_a_rename_in_neovim(tmp_path: Path) -> None:
    written = _edited(tmp_path)
    assert written.pop("problem", None) is None, written
    [[line, start, end, source, message]] = written.pop("found")
    # Neovim counts bytes, and talks to the server in units of UTF-16.
    assert (line, start, end, source) == (5, 37, 47, "connector-builder")
    assert message == "unknown key 'descripton' in 'operation'\nhelp: did you mean 'description'?"
    assert written == {
        "fixes": ["did you mean 'description'?"],
        "completed": ["Order"],
        "text": AFTER,
    }
