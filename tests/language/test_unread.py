"""Whether a folder is read is decided by the file system: some find `Actions` by the name `actions`."""

from pathlib import Path

import pytest

from connector_builder.findings import Finding
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.source.folder import InMemory

CONNECTOR = b"connector: {title: Orders, server: https://api.contoso.example}\n"
CONTENTS = {"connector.yaml": CONNECTOR, "Actions/list.yaml": b"ListOrders: GET /orders\n", "Actions/note.json": b"{}"}


class AnyCase(InMemory):
    """A folder whose names are found in any case, as on Windows and macOS."""

    def names(self, section: str) -> list[str] | Finding:
        return super().names(self._stored(section))

    def read(self, name: str, limit: int, at: object = None) -> bytes | Finding:
        return super().read(self._stored(name), limit)

    def _stored(self, name: str) -> str:
        return name.replace("actions", "Actions", 1)


@pytest.mark.parametrize(
    ("kind", "unread", "operations"),
    [
        (InMemory, [("nothing reads the folder 'Actions/'", "did you mean 'actions'?")], []),
        (
            AnyCase,
            [("nothing reads the file 'Actions/note.json'", "rename it to '.yaml': JSON is YAML too")],
            ["/orders"],
        ),
    ],
)
def test_a_folder_in_other_capitals(kind: type[InMemory], unread: list[tuple[str, str]], operations: list[str]) -> None:
    reading = compile_folder(kind(Path("orders"), CONTENTS), MAIN, Variables())
    found = [(one.message, one.help) for one in reading.findings if one.rule.name == "FileNotRead"]
    assert found == unread
    assert reading.package is not None
    assert list(reading.package.definition["paths"]) == operations


@pytest.mark.parametrize(
    ("key", "unread"),
    [
        (b"", [("nothing reads the file 'script.csx'", "write 'script: script.csx' into 'connector.yaml'")]),
        (b"script: null\n", []),
        (b"script: script.csx\n", []),
    ],
)
def test_custom_code_that_nothing_names(key: bytes, unread: list[tuple[str, str]]) -> None:
    code = b"public class Script : ScriptBase {}"
    reading = compile_folder(InMemory(Path("orders"), {MAIN: CONNECTOR + key, "script.csx": code}), MAIN, Variables())
    assert [(one.message, one.help) for one in reading.findings if one.rule.name == "FileNotRead"] == unread
