"""Specs to where they are wanted: all or nothing, and nothing replaced that isn't a spec."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.output import OutputError
from connector_builder.output.specs import in_the_way, refused, update_files, write_specs
from tests.support.output_folder import put, tree

FILE = {"orders.yaml": b"connector: {title: Orders}\n"}
FOLDER = {
    "orders/connector.yaml": b"connector: {title: Orders}\n",
    "orders/actions/List.yaml": b"ListOrders: GET /orders\n",
    "orders/icon.png": b"\x89PNG",
}


def orders(files: dict[str, bytes]) -> list[tuple[str, dict[str, bytes]]]:
    return [("orders", files)]


@pytest.mark.parametrize("files", [FILE, FOLDER], ids=["file", "folder"])
def test_written(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = tmp_path / "new/specs"
    assert write_specs(folder, orders(files)) == {"orders": []}
    assert {name: content for name, content in tree(folder).items() if content is not None} == files
    assert not (folder / ".connector-builder").exists()


def test_several_or_none(tmp_path: Path) -> None:
    def specs() -> Iterator[tuple[str, dict[str, bytes]]]:
        yield "orders", FOLDER
        yield "runs", {"runs.yaml": b"runs"}
        raise RuntimeError("stopped")

    put(tmp_path, "mine.txt")
    before = tree(tmp_path)
    with pytest.raises(RuntimeError, match="stopped"):
        write_specs(tmp_path, specs())
    assert tree(tmp_path) == before
    with pytest.raises(RuntimeError, match="stopped"):
        write_specs(tmp_path / "new", specs())
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["orders.yaml", "orders.yml", "orders/connector.yaml"])
@pytest.mark.parametrize("files", [FILE, FOLDER], ids=["file", "folder"])
def test_nothing_is_replaced_unasked(tmp_path: Path, name: str, files: dict[str, bytes]) -> None:
    put(tmp_path, name)
    before = tree(tmp_path)
    with pytest.raises(OutputError) as caught:
        write_specs(tmp_path, orders(files))
    path = (tmp_path / name.split("/")[0]).as_posix()
    assert caught.value.message == f"'{path}' is there already"
    assert caught.value.help == "name another place with -o, or replace it with --force"
    assert tree(tmp_path) == before


def test_what_is_in_the_way(tmp_path: Path) -> None:
    put(tmp_path, "orders.yml")
    put(tmp_path, "orders/x")
    put(tmp_path, "runs.yaml")
    put(tmp_path, "other.yaml")
    assert in_the_way(tmp_path, ["orders", "runs", "new"]) == [
        tmp_path / "orders",
        tmp_path / "orders.yml",
        tmp_path / "runs.yaml",
    ]


def test_with_force_a_folder_becomes_a_file(tmp_path: Path) -> None:
    write_specs(tmp_path, orders(FOLDER))
    put(tmp_path, "orders/schemas/Mine.yml")
    put(tmp_path, "orders/schemas/notes.txt")
    assert write_specs(tmp_path, orders(FILE), force=True) == {"orders": ["orders/schemas/notes.txt"]}
    assert tree(tmp_path) == {
        "orders": None,
        "orders/schemas": None,
        "orders/schemas/notes.txt": b"mine\n",
        **FILE,
    }


def test_with_force_nothing_of_a_folder_is_left_that_would_stop_the_next(tmp_path: Path) -> None:
    write_specs(tmp_path, orders({**FOLDER, "orders/script.csx": b"class Script {}"}))
    assert write_specs(tmp_path, orders(FILE), force=True) == {"orders": []}
    assert write_specs(tmp_path, orders(FOLDER), force=True) == {"orders": []}


def test_with_force_a_file_becomes_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "orders.yaml")
    put(tmp_path, "orders.yml")
    assert write_specs(tmp_path, orders(FOLDER), force=True) == {"orders": []}
    assert {name: content for name, content in tree(tmp_path).items() if content is not None} == FOLDER


def test_with_force_stale_files_go(tmp_path: Path) -> None:
    write_specs(tmp_path, orders(FOLDER))
    put(tmp_path, "orders/actions/Old orders.yaml")
    put(tmp_path, "orders/triggers/Old.yaml")
    put(tmp_path, "orders/samples/ListOrders.200.json")
    new = {**FOLDER, "orders/connector.yaml": b"new"}
    assert write_specs(tmp_path, orders(new), force=True) == {"orders": ["orders/samples"]}
    assert {name: content for name, content in tree(tmp_path).items() if content is not None} == {
        **new,
        "orders/samples/ListOrders.200.json": b"mine\n",
    }
    assert not (tmp_path / "orders/triggers").exists()


@pytest.mark.parametrize("files", [FILE, FOLDER], ids=["file", "folder"])
def test_force_does_not_replace_what_is_no_spec(tmp_path: Path, files: dict[str, bytes]) -> None:
    put(tmp_path, "orders/apiDefinition.swagger.json")
    before = tree(tmp_path)
    with pytest.raises(OutputError) as caught:
        write_specs(tmp_path, orders(files), force=True)
    path = (tmp_path / "orders").as_posix()
    assert caught.value.message == f"'{path}' isn't a spec, so that --force doesn't replace it"
    assert caught.value.help == f"name another place with -o, such as {path}/connector, or move it"
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("there", "files", "message"),
    [
        ("orders", FILE, "'{}/orders' is a file, but must be a folder"),
        ("orders.yaml/x", FILE, "'{}/orders.yaml' is a folder, but must be a file"),
        ("orders.yml/x", FOLDER, "'{}/orders.yml' is a folder, but must be a file"),
    ],
)
def test_things_of_another_kind(tmp_path: Path, there: str, files: dict[str, bytes], message: str) -> None:
    put(tmp_path, there)
    before = tree(tmp_path)
    with pytest.raises(OutputError) as caught:
        write_specs(tmp_path, orders(files), force=True)
    assert caught.value.message == message.format(tmp_path.as_posix())
    assert tree(tmp_path) == before


def test_a_folder_in_place_of_a_file_of_the_spec(tmp_path: Path) -> None:
    write_specs(tmp_path, orders(FOLDER))
    (tmp_path / "orders/icon.png").unlink()
    put(tmp_path, "orders/icon.png/x")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=r"icon.png' is a folder, but must be a file"):
        write_specs(tmp_path, orders(FOLDER), force=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "link", ["orders.yaml", "orders", "orders/actions", "orders/connector.yaml", "orders/icon.png"]
)
def test_nothing_goes_through_a_link(tmp_path: Path, link: str) -> None:
    folder, outside = tmp_path / "specs", tmp_path / "outside"
    put(outside, "x.yaml")
    if link.startswith("orders/"):
        write_specs(folder, orders(FOLDER if link != "orders/actions" else {"orders/connector.yaml": b""}))
        if link != "orders/actions":
            (folder / link).unlink()
    folder.mkdir(exist_ok=True)
    try:
        (folder / link).symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this account can't make symbolic links")
    with pytest.raises(OutputError, match=f"{link}' is a link, and the tool doesn't write through links"):
        write_specs(folder, orders(FOLDER), force=True)
    assert tree(outside) == {"x.yaml": b"mine\n"}


def test_a_full_disk_leaves_the_old_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_specs(tmp_path, orders(FOLDER))
    before = tree(tmp_path)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and target.name == "orders.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError) as caught:
        write_specs(tmp_path, orders(FILE), force=True)
    assert caught.value.help == "free some space, then try again"
    assert tree(tmp_path) == before


def test_a_killed_run_is_undone_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_specs(tmp_path, orders(FOLDER))
    put(tmp_path, "orders/actions/My old orders.yaml")
    before = tree(tmp_path)

    class Killed(BaseException):
        pass

    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if self.parent.name == "new":
            raise Killed
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        patched.setattr("connector_builder.output.staging._move_all_back", lambda _folder: None)
        with pytest.raises(Killed):
            write_specs(tmp_path, orders(FILE), force=True)
    assert not (tmp_path / "orders/connector.yaml").exists()
    put(tmp_path, "runs.yaml")
    with pytest.raises(OutputError, match=r"runs.yaml' is there already"):
        write_specs(tmp_path, [("runs", {"runs.yaml": b""})])
    (tmp_path / "runs.yaml").unlink()
    assert tree(tmp_path) == before


def test_a_name_that_changes_in_case_alone(tmp_path: Path) -> None:
    write_specs(tmp_path, orders({"orders/connector.yaml": b"", "orders/actions/list.yaml": b"old"}))
    new = {"orders/connector.yaml": b"", "orders/actions/List.yaml": b"new"}
    write_specs(tmp_path, orders(new), force=True)
    assert [path.read_bytes() for path in (tmp_path / "orders/actions").iterdir()] == [b"new"]


def test_a_killed_update_is_undone_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = ".connector-builder/imports/orders.json"
    write_specs(tmp_path, orders(FILE))
    before = tree(tmp_path)

    class Killed(BaseException):
        pass

    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "1":
            raise Killed
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        patched.setattr("connector_builder.output.staging._move_all_back", lambda _folder: None)
        with pytest.raises(Killed):
            update_files(tmp_path, {record: b"{}", "orders.yaml": b"new"}, [])
    assert (tmp_path / record).exists()
    with pytest.raises(OutputError, match=r"orders.yaml' is there already"):
        write_specs(tmp_path, orders(FILE))
    assert tree(tmp_path) == before


def test_an_update_writes_and_removes(tmp_path: Path) -> None:
    write_specs(tmp_path, orders(FOLDER))
    record = ".connector-builder/imports/orders.json"
    update_files(tmp_path, {record: b"{}", "orders/connector.yaml": b"new"}, ["orders/actions/List.yaml"])
    wanted = {record: b"{}", "orders/connector.yaml": b"new", "orders/icon.png": FOLDER["orders/icon.png"]}
    assert {name: content for name, content in tree(tmp_path).items() if content is not None} == wanted


def test_no_force_is_proposed_for_a_folder_that_is_no_spec(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders/apiDefinition.swagger.json").write_bytes(b"{}")
    error = refused(in_the_way(tmp_path, ["orders"]))
    place = (tmp_path / "orders").as_posix()
    assert error.message == f"'{place}' is there already, and isn't a spec"
    assert error.help == f"name another place with -o, such as {place}/connector, or move it"
