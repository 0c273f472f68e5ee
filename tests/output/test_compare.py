import re
from pathlib import Path

import pytest

from connector_builder.output import Difference, OutputError, compare, comparing, write
from tests.support.output_folder import FIRST, SECOND, put, tree

HOUSE = ".connector-builder"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("output")


def test_nothing_where_a_build_would_change_nothing(folder: Path) -> None:
    write(folder, FIRST.items())
    assert compare(folder, FIRST.items(), whole=True) == []


def test_everything_where_there_is_nothing(folder: Path) -> None:
    found = compare(folder, {"a": {"README.md": b"# A\n", "icon.png": b"\x89PNG", "empty": b""}}.items())
    record = found.pop()
    assert (record.name, record.kind) == (f"{HOUSE}/a.json", "missing")
    assert found == [
        Difference("a/README.md", "missing", "--- /dev/null\n+++ output/a/README.md (built)\n@@ -0,0 +1 @@\n+# A\n"),
        Difference("a/empty", "missing", "output/a/empty is empty\n"),
        Difference("a/icon.png", "missing", "binary file output/a/icon.png differs\n"),
    ]
    assert not folder.exists()


def test_what_is_changed_missing_and_stale(folder: Path) -> None:
    write(folder, FIRST.items())
    before = tree(folder)
    found = compare(folder, SECOND.items(), whole=True)
    assert [(one.name, one.kind) for one in found] == [
        ("flows/apiDefinition.swagger.json", "changed"),
        ("flows/icon.png", "changed"),
        ("flows/samples/GetFlow.200.json", "stale"),
        ("flows/samples/ListFlows.200.json", "stale"),
        ("flows/settings.json", "missing"),
        ("orders/apiDefinition.swagger.json", "stale"),
        ("orders/samples/ListOrders.200.json", "stale"),
        ("runs/apiDefinition.swagger.json", "missing"),
        ("runs/samples/ListRuns.200.json", "missing"),
        (f"{HOUSE}/flows.json", "changed"),
        (f"{HOUSE}/orders.json", "stale"),
        (f"{HOUSE}/runs.json", "missing"),
    ]
    diffs = {one.name: one.diff for one in found}
    assert diffs["flows/apiDefinition.swagger.json"] == (
        "--- output/flows/apiDefinition.swagger.json\n"
        "+++ output/flows/apiDefinition.swagger.json (built)\n"
        "@@ -1 +1 @@\n"
        '-{"swagger": "2.0"}\n'
        '+{"swagger": "2.0", "host": "api.contoso.example"}\n'
    )
    assert diffs["flows/samples/GetFlow.200.json"] == (
        "--- output/flows/samples/GetFlow.200.json\n+++ /dev/null\n@@ -1 +0,0 @@\n-{}\n"
    )
    assert diffs["flows/icon.png"] == "binary file output/flows/icon.png differs\n"
    assert tree(folder) == before


def test_packages_that_are_not_asked_about(folder: Path) -> None:
    write(folder, FIRST.items())
    assert compare(folder, {"orders": FIRST["orders"]}.items()) == []
    put(folder, "flows/notes.txt")
    assert compare(folder, FIRST.items(), whole=True) == []


def test_what_a_build_would_adopt_shows_in_the_record_alone(folder: Path) -> None:
    put(folder, "a/README.md", b"built")
    assert [(one.name, one.kind) for one in compare(folder, {"a": {"README.md": b"built"}}.items())] == [
        (f"{HOUSE}/a.json", "missing")
    ]


def test_a_record_that_somebody_changed(folder: Path) -> None:
    write(folder, {"a": {"README.md": b"built"}}.items())
    path = folder / HOUSE / "a.json"
    path.write_bytes(path.read_bytes().replace(b"\n}", b"\n }"))
    [record] = compare(folder, {"a": {"README.md": b"built"}}.items())
    assert record.diff.splitlines()[-2:] == ["- }", "+}"]


def test_settings_that_others_wrote_and_the_build_keeps(folder: Path) -> None:
    write(folder, {"a": {"settings.json": b"{}\n"}}.items())
    put(folder, "a/settings.json", b'{"connectorId": "x"}\n')
    assert compare(folder, {"a": {"settings.json": b'{"connectorId": "x"}\n'}}.items()) == []


def test_line_ends(folder: Path) -> None:
    write(folder, {"a": {"README.md": b"# A\n\ntext\n"}}.items())
    put(folder, "a/README.md", b"# A\r\n\r\ntext\r\n")
    [found] = compare(folder, {"a": {"README.md": b"# A\n\ntext\n"}}.items())
    assert found.diff == (
        "output/a/README.md has line ends of CRLF where a build writes LF: "
        "git needs '* text=auto eol=lf' in .gitattributes\n"
    )


def test_lines_that_end_in_odd_ways(folder: Path) -> None:
    write(folder, {"a": {"README.md": "one\x0b\u2028two\rthree\nfour".encode()}}.items())
    [found] = [
        one
        for one in compare(folder, {"a": {"README.md": "one\x0b\u2028two\rthree\nfour\n".encode()}}.items())
        if one.name == "a/README.md"
    ]
    assert found.diff == (
        "--- output/a/README.md\n+++ output/a/README.md (built)\n@@ -1,2 +1,2 @@\n"
        " one\x0b\u2028two\rthree\n-four\n\\ No newline at end of file\n+four\n"
    )


def test_no_diff_takes_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    too_large = "output/a/x differs, and is too large to show how\n"
    write(folder, {"a": {"x": b"x\n" * 100_000}}.items())
    assert [one.diff for one in compare(folder, {"a": {"x": b"y\n"}}.items()) if one.name == "a/x"] == [too_large]
    monkeypatch.setattr(comparing, "_MAX_TEXT", 10)
    write(folder, {"a": {"x": b"x" * 10}}.items())
    assert [one.diff for one in compare(folder, {"a": {"x": b"y"}}.items()) if one.name == "a/x"] == [too_large]


def test_a_file_too_large_to_read(folder: Path) -> None:
    path = put(folder, "a/x")
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    [found] = [one for one in compare(folder, {"a": {"x": b"y"}}.items()) if one.name == "a/x"]
    assert found == Difference("a/x", "changed", "output/a/x can't be read\n", foreign=True)


@pytest.mark.parametrize("content", [b"\x00", b"\xff\xfea\x00"])
def test_what_is_no_text(folder: Path, content: bytes) -> None:
    put(folder, "a/x", content)
    [found] = [one for one in compare(folder, {"a": {"x": b"text"}}.items()) if one.name == "a/x"]
    assert found.diff == "binary file output/a/x differs\n"


def test_what_stops_a_build_even_with_force_stops_a_comparison(folder: Path) -> None:
    put(folder, "a/README.md/x")
    with pytest.raises(OutputError, match=re.escape("'output/a/README.md' must be a file")):
        compare(folder, {"a": {"README.md": b""}}.items())
    with pytest.raises(ValueError, match="can't name a package"):
        compare(folder, {"A": {}}.items())
