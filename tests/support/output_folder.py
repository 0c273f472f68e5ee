"""Helpers for the tests of the output: a look at a folder, and two states of one to go between."""

from pathlib import Path

import pytest

from connector_builder.output import OutputError, write

FIRST = {
    "flows": {
        "apiDefinition.swagger.json": b'{"swagger": "2.0"}\n',
        "README.md": b"# Flows\n",
        "samples/ListFlows.200.json": b"[]\n",
        "samples/GetFlow.200.json": b"{}\n",
        "icon.png": b"\x89PNG\r\n\x1a\n\x00first",
    },
    "orders": {"apiDefinition.swagger.json": b"{}\n", "samples/ListOrders.200.json": b"[]\n"},
}
SECOND = {
    "flows": {
        "apiDefinition.swagger.json": b'{"swagger": "2.0", "host": "api.contoso.example"}\n',
        "README.md": b"# Flows\n",
        "settings.json": b"{}\n",
        "icon.png": b"\x89PNG\r\n\x1a\n\x00second",
    },
    "runs": {"apiDefinition.swagger.json": b"{}\n", "samples/ListRuns.200.json": b"[1]\n"},
}
"""The second state is a build of all after the first.

One file changed, one is new, one is the same, a folder is gone, a package is gone, one is new.
"""


def tree(folder: Path) -> dict[str, bytes | None]:
    """Returns everything below a folder: the content of files, None for folders."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = None if path.is_dir() else path.read_bytes()
    return found


def put(folder: Path, name: str, content: bytes = b"mine\n") -> Path:
    """Writes a file that no build wrote."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def stopped(folder: Path, packages: dict[str, dict[str, bytes]], **options: bool) -> OutputError:
    """Returns the error of a build that must leave everything unchanged."""
    before = tree(folder)
    with pytest.raises(OutputError) as caught:
        write(folder, packages.items(), **options)
    assert tree(folder) == before
    return caught.value
