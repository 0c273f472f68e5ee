"""ARCHITECTURE.md names what exists, and modules import as it says."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CHANGES = PAGE.split("## Where a change goes")[1].split("## Decisions")[0]
PATHS = list(dict.fromkeys(re.findall(r"`((?:connector_builder|templates|docs)/[^`]*)`", CHANGES)))
MOST_MODULES = 30
MODULES = sorted(set(re.findall(r"`(\w+/[\w/]+\.py)`", PAGE.split("## Decisions")[1])))


def test_the_table_names_paths() -> None:
    assert len(PATHS) > 20
    assert len(MODULES) >= 5


def test_each_path_of_the_table_exists() -> None:
    is_there = {path: (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file() for path in PATHS}
    assert [path for path in PATHS if not is_there[path]] == []


def test_each_module_of_the_decisions_exists() -> None:
    assert [module for module in MODULES if not (ROOT / "connector_builder" / module).is_file()] == []


def test_the_layers_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = [" > ".join(one["layers"]) for one in contracts if one["type"] == "layers"]
    written = re.findall(r"`(\w+(?: \| \w+| > \w+){3,})`", PAGE.replace("\n`", "`"))
    assert written == [layer.removeprefix("__main__ > ") for layer in layers]


def test_every_package_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    packages = [path.name for path in (ROOT / "connector_builder").iterdir() if (path / "__init__.py").exists()]
    assert sorted(rows) == sorted(packages)


def test_no_folder_is_too_long_to_be_read_at_a_glance() -> None:
    folders = [ROOT / "connector_builder", ROOT / "tests"]
    names = [path.parent.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("*.py")]
    assert {name: count for name, count in Counter(names).items() if count > MOST_MODULES} == {}


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements within a node, at any depth. What `ast.walk` finds besides, expressions, is ten times as much."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, name, ()):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from statements(inner)


def imports_of(module: Path, modules: dict[str, Path]) -> set[Path]:
    """The modules of the project that one imports, those that it imports in a function or for its types among them."""
    found = statements(ast.parse(module.read_text(encoding="utf-8")))
    froms = [node for node in found if isinstance(node, ast.ImportFrom) and node.module is not None]
    names = {
        name for node in froms for name in (node.module or "", *(f"{node.module}.{one.name}" for one in node.names))
    }
    return {modules[name] for name in names & modules.keys()}


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path
        for path in (ROOT / "connector_builder").rglob("*.py")
    }
    left = {path: imports_of(path, modules) for path in modules.values()}
    assert sum(map(len, left.values())) > 500
    while free := [path for path, imported in left.items() if not imported & left.keys()]:
        for path in free:
            del left[path]
    assert sorted(path.relative_to(ROOT).as_posix() for path in left) == []
