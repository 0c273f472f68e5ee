"""The extension of VS Code and the server: they agree on commands and versions. CI compiles and packs it."""

import json
import re
from pathlib import Path

from connector_builder import __version__

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))


def test_the_extension_has_the_version_of_the_program() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {PACKAGE["version"], LOCK["version"], *re.findall(r"connector-builder-([\d.]+)\.vsix", readme)} == {
        __version__
    }


def test_its_dependencies_are_pinned() -> None:
    assert LOCK["packages"][""]["devDependencies"] == PACKAGE["devDependencies"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in PACKAGE["devDependencies"].values())
    assert [name for name, one in LOCK["packages"].items() if name and not one.get("integrity")] == []


def test_it_carries_out_the_commands_of_the_lenses() -> None:
    lenses = (Path(__file__).parents[2] / "connector_builder" / "lsp" / "features.py").read_text(encoding="utf-8")
    script = (FOLDER / "src" / "extension.ts").read_text(encoding="utf-8")
    wanted = {"connector-builder.preview", "connector-builder.call"}
    assert set(re.findall(r'"(connector-builder\.\w+)"', lenses)) == wanted
    assert set(re.findall(r'registerCommand\("([\w.-]+)"', script)) == wanted
