"""The three kinds of folders answer alike, and an editor's files lie over those on disk."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connector_builder.findings import Finding, Place, Text
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.source.folder import Folder, InMemory, OnDisk, Over, text_of

FILES = {"connector.yaml": b"a: 1\n", "actions/b.yaml": b"b: 2\n", "actions/a.yaml": b"c: 3\n"}
AT = Place(Text(Path("spec.yaml"), "sample: x"), 8, 9)
SPEC = (
    b"connector: {title: Runs, description: Runs of flows., server: https://api.contoso.example}\nauth: {type: none}\n"
)


def on_disk(folder: Path) -> OnDisk:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return OnDisk(folder)


@pytest.fixture(params=["on disk", "in memory", "memory over disk"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    folders: dict[str, Callable[[], Folder]] = {
        "on disk": lambda: on_disk(tmp_path),
        "in memory": lambda: InMemory(tmp_path, FILES),
        "memory over disk": lambda: Over({"actions/a.yaml": b"c: 3\n"}, on_disk(tmp_path)),
    }
    return folders[request.param]()


def refused(answer: object) -> tuple[str, str, str | None]:
    assert isinstance(answer, Finding)
    return answer.rule.name, answer.message, answer.help


def test_a_file_is_read_and_a_section_listed(folder: Folder) -> None:
    assert folder.read("actions/a.yaml", 10) == b"c: 3\n"
    assert folder.read("actions\\b.yaml", 10, AT) == b"b: 2\n"
    assert folder.names("actions") == ["a.yaml", "b.yaml"]
    assert folder.names("schemas") == []


def test_a_missing_file_is_told_at_what_names_it(folder: Folder) -> None:
    answer = folder.read("samples/x.json", 10, AT)
    help_ = f"put it at '{(folder.path / 'samples/x.json').as_posix()}': files are named relative to the spec"
    assert refused(answer) == ("FileNotReadable", "there is no file 'samples/x.json'", help_)
    assert isinstance(answer, Finding)
    assert answer.place is AT


def test_a_large_file_and_a_way_out_are_refused(folder: Folder) -> None:
    limit = 4
    assert refused(folder.read("connector.yaml", limit)) == (
        "FileTooLarge",
        "'connector.yaml' is larger than 0 MB",
        "make it smaller",
    )
    help_ = "write a name relative to the spec, such as samples/runs.json"
    assert refused(folder.read("../x.json", 10, AT)) == (
        "FileNotReadable",
        "'../x.json' isn't a file inside the folder of the spec",
        help_,
    )


def test_a_text_knows_where_it_is(folder: Folder) -> None:
    text = text_of(folder, "actions/a.yaml")
    assert isinstance(text, Text)
    assert (text.path, text.content) == (folder.path / "actions" / "a.yaml", "c: 3\n")


def test_what_an_editor_holds_lies_over_what_is_on_disk(tmp_path: Path) -> None:
    both = Over({"actions/a.yaml": b"new: 1\n", "actions/c.yaml": b"more: 1\n"}, on_disk(tmp_path))
    assert both.read("actions/a.yaml", 100) == b"new: 1\n"
    assert both.read("actions/b.yaml", 100) == b"b: 2\n"
    assert both.names("actions") == ["a.yaml", "b.yaml", "c.yaml"]


def test_an_unsaved_spec_compiles_with_the_files_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "runs.yaml"
    path.write_bytes(SPEC + b"actions: {GetRun: {request: GET /run, response: {sample: run.json}}}\n")
    (tmp_path / "run.json").write_bytes(b'{"id": "old"}')
    folder, main = folder_of(path)
    assert main == "runs.yaml"
    unsaved = SPEC + b"actions: {GetJob: {request: GET /job, response: {sample: run.json}}}\n"
    reading = compile_folder(Over({main: unsaved, "run.json": b'{"state": 1}'}, folder), main, Variables())
    assert reading.findings == []
    assert reading.package is not None
    assert (reading.package.name, reading.package.source) == ("runs", path)
    [operation] = reading.package.definition["paths"]["/job"].values()
    assert list(operation["responses"]["200"]["schema"]["properties"]) == ["state"]


def test_a_folder_that_holds_a_main_file_is_a_spec(tmp_path: Path) -> None:
    (tmp_path / MAIN).write_bytes(SPEC)
    folder, main = folder_of(tmp_path / MAIN)
    assert (folder.path, main) == (tmp_path, MAIN)
