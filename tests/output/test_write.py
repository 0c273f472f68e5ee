import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from connector_builder.output import OutputError, Written, places, read, write
from tests.support.output_folder import FIRST, SECOND, put, stopped, tree

HOUSE = ".connector-builder"


def record(**files: str) -> bytes:
    lines = ",\n".join(f'    "{name}": {value}' for name, value in files.items())
    return f'{{\n  "version": 1,\n  "files": {{\n{lines}\n  }}\n}}\n'.encode()


def quoted_hash(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()}"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "output"


class TestPlainBuilds:
    def test_packages_and_their_records_and_nothing_else(self, folder: Path) -> None:
        files = {"settings.json": b"{}\n", "samples/Get.200.json": b"[]\n", "README.md": b"# A\n"}
        assert write(folder, {"a": files}.items()) == Written(
            ["a/README.md", "a/samples/Get.200.json", "a/settings.json"], [], []
        )
        assert tree(folder) == {
            HOUSE: None,
            f"{HOUSE}/a.json": record(
                **{
                    "README.md": quoted_hash(b"# A\n"),
                    "samples/Get.200.json": quoted_hash(b"[]\n"),
                    "settings.json": "null",
                }
            ),
            "a": None,
            "a/README.md": b"# A\n",
            "a/samples": None,
            "a/samples/Get.200.json": b"[]\n",
            "a/settings.json": b"{}\n",
        }

    def test_the_same_again_touches_nothing(self, folder: Path) -> None:
        write(folder, FIRST.items())
        before = {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()}
        assert write(folder, FIRST.items()) == Written()
        assert {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()} == before

    def test_a_build_of_all_leaves_what_a_build_from_nothing_gives(self, folder: Path, tmp_path: Path) -> None:
        write(folder, FIRST.items())
        done = write(folder, SECOND.items(), whole=True)
        assert done == Written(
            [
                "flows/apiDefinition.swagger.json",
                "flows/icon.png",
                "flows/settings.json",
                "runs/apiDefinition.swagger.json",
                "runs/samples/ListRuns.200.json",
            ],
            [
                "flows/samples/GetFlow.200.json",
                "flows/samples/ListFlows.200.json",
                "orders/apiDefinition.swagger.json",
                "orders/samples/ListOrders.200.json",
            ],
        )
        write(tmp_path / "fresh", SECOND.items(), whole=True)
        assert tree(folder) == tree(tmp_path / "fresh")

    def test_a_build_of_some_removes_their_stale_files_and_no_other_package(self, folder: Path) -> None:
        write(folder, FIRST.items())
        before = tree(folder)
        write(folder, {"flows": SECOND["flows"]}.items())
        after = tree(folder)
        assert {name for name in before if name not in after} == {
            "flows/samples",
            "flows/samples/GetFlow.200.json",
            "flows/samples/ListFlows.200.json",
        }
        assert {name: after[name] for name in after if "orders" in name} == {
            name: before[name] for name in before if "orders" in name
        }

    def test_packages_are_taken_one_by_one(self, folder: Path) -> None:
        def packages() -> Iterator[tuple[str, dict[str, bytes]]]:
            yield "a", {"README.md": b"a"}
            assert (folder / HOUSE / "staging" / "new" / "0").read_bytes() == b"a"
            assert not (folder / "a").exists()
            yield "b", {"README.md": b"b"}

        assert write(folder, packages()).written == ["a/README.md", "b/README.md"]

    def test_what_the_packages_raise_ends_the_run_with_nothing_changed(self, folder: Path) -> None:
        def packages() -> Iterator[tuple[str, dict[str, bytes]]]:
            yield from SECOND.items()
            raise LookupError("a finding")

        write(folder, FIRST.items())
        before = tree(folder)
        with pytest.raises(LookupError, match="a finding"):
            write(folder, packages())
        assert tree(folder) == before

    def test_a_run_that_writes_nothing_leaves_nothing(self, tmp_path: Path) -> None:
        write(tmp_path / "deep" / "output", [])
        assert tree(tmp_path) == {}

    def test_the_last_package_gone_leaves_an_empty_folder(self, folder: Path) -> None:
        write(folder, FIRST.items())
        write(folder, [], whole=True)
        assert tree(folder) == {}

    def test_the_folder_itself_may_be_a_link(self, folder: Path, tmp_path: Path) -> None:
        real = tmp_path / "real"
        real.mkdir()
        link(folder, real)
        write(folder, {"a": {"x": b"x"}}.items())
        assert (real / "a" / "x").read_bytes() == b"x"

    @pytest.mark.parametrize(
        "packages",
        [
            [("A", {})],
            [("..", {})],
            [("con", {})],
            [("a", {}), ("a", {})],
            [("a", {"../x": b""})],
            [("a", {"/x": b""})],
            [("a", {"C:x": b""})],
            [("a", {"nul.txt": b""})],
            [("a", {"Get.json": b"", "get.json": b""})],
        ],
        ids=str,
    )
    def test_names_that_no_caller_may_give(self, folder: Path, packages: list[tuple[str, dict[str, bytes]]]) -> None:
        with pytest.raises(ValueError, match="can't"):
            write(folder, packages)
        assert not folder.exists()


class TestFilesOfOthers:
    def test_one_in_the_way_stops_the_build(self, folder: Path) -> None:
        put(folder, "flows/README.md")
        error = stopped(folder, FIRST)
        assert error.message == f"'{folder.as_posix()}/flows/README.md' is in the way, and no build wrote it"
        assert error.help == "move what you want to keep, or replace it with --force"

    def test_many_in_the_way_are_told_at_once(self, folder: Path) -> None:
        for number in range(7):
            put(folder, f"a/{number}")
        error = stopped(folder, {"a": {str(number): b"built" for number in range(7)}})
        named = ", ".join(f"'{folder.as_posix()}/a/{number}'" for number in range(5))
        assert error.message == f"{named} and 2 more are in the way, and no build wrote them"

    def test_force_replaces_it(self, folder: Path) -> None:
        put(folder, "a/README.md")
        assert write(folder, {"a": {"README.md": b"built"}}.items(), force=True) == Written(["a/README.md"])
        assert tree(folder)["a/README.md"] == b"built"
        write(folder, {"a": {"README.md": b"again"}}.items())

    def test_one_that_holds_the_same_is_adopted(self, folder: Path) -> None:
        put(folder, "a/README.md", b"built")
        assert write(folder, {"a": {"README.md": b"built"}}.items()) == Written()
        assert write(folder, {"a": {}}.items()) == Written([], ["a/README.md"])

    def test_all_others_stay(self, folder: Path) -> None:
        write(folder, FIRST.items())
        others = {"notes.txt", "flows/notes.txt", "flows/samples/mine.json", f"{HOUSE}/notes.txt", "orders/notes.txt"}
        for name in others:
            put(folder, name)
        write(folder, [], whole=True, force=True)
        folders = {HOUSE, "flows", "flows/samples", "orders"}
        assert tree(folder) == dict.fromkeys(others, b"mine\n") | dict.fromkeys(folders)

    def test_an_empty_folder_of_others_stays(self, folder: Path) -> None:
        (folder / "flows" / "samples" / "deep").mkdir(parents=True)
        write(folder, FIRST.items())
        write(folder, [], whole=True)
        assert tree(folder) == {"flows": None, "flows/samples": None, "flows/samples/deep": None}

    def test_what_was_changed_by_hand_is_replaced_or_removed_and_told(self, folder: Path) -> None:
        write(folder, FIRST.items())
        for name in ("flows/README.md", "flows/icon.png", "orders/samples/ListOrders.200.json"):
            put(folder, name)
        done = write(folder, {"flows": FIRST["flows"]}.items(), whole=True)
        assert done.edited == ["flows/README.md", "flows/icon.png", "orders/samples/ListOrders.200.json"]
        assert done.written == ["flows/README.md", "flows/icon.png"]
        assert tree(folder)["flows/README.md"] == FIRST["flows"]["README.md"]

    def test_what_others_wrote_into_the_settings_is_no_change_by_hand(self, folder: Path) -> None:
        write(folder, {"a": {"settings.json": b"{}\n"}}.items())
        records = tree(folder)[f"{HOUSE}/a.json"]
        put(folder, "a/settings.json", b'{"connectorId": "x"}\n')
        assert read(folder, "a", "settings.json") == b'{"connectorId": "x"}\n'
        merged = b'{"connectorId": "x", "environment": "y"}\n'
        assert write(folder, {"a": {"settings.json": merged}}.items()) == Written(["a/settings.json"])
        assert tree(folder)[f"{HOUSE}/a.json"] == records

    def test_a_removed_file_comes_back(self, folder: Path) -> None:
        write(folder, FIRST.items())
        before = tree(folder)
        (folder / "flows" / "README.md").unlink()
        (folder / HOUSE / "orders.json").unlink()
        write(folder, FIRST.items())
        assert tree(folder) == before


class TestWhatIsNoFile:
    def test_a_folder_where_a_file_should_be(self, folder: Path) -> None:
        put(folder, "flows/README.md/x")
        error = stopped(folder, FIRST, force=True)
        assert error.message == f"'{folder.as_posix()}/flows/README.md' must be a file"

    @pytest.mark.parametrize("name", ["flows", "flows/samples", HOUSE])
    def test_a_file_where_a_folder_should_be(self, folder: Path, name: str) -> None:
        put(folder, name)
        error = stopped(folder, FIRST, force=True)
        assert error.message == f"'{folder.as_posix()}/{name}' is a file, but must be a folder"

    def test_a_file_where_the_output_should_be(self, tmp_path: Path) -> None:
        put(tmp_path, "output")
        with pytest.raises(OutputError, match="output' is a file, but must be a folder"):
            write(tmp_path / "output", FIRST.items())
        with pytest.raises(OutputError, match=r"output/x/.* can't be"):
            write(tmp_path / "output" / "x", FIRST.items())

    def test_a_name_that_can_not_be_one(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="its name can't be used"):
            write(tmp_path / "a\0b", FIRST.items())
        with pytest.raises(OutputError, match="can't be"):
            write(tmp_path / ("x" * 300), FIRST.items())

    def test_a_stale_name_that_has_become_a_folder_is_left_alone(self, folder: Path) -> None:
        write(folder, {"a": {"x": b""}}.items())
        (folder / "a" / "x").unlink()
        put(folder, "a/x/mine")
        assert write(folder, {"a": {}}.items()) == Written()
        assert tree(folder)["a/x/mine"] == b"mine\n"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_in_the_way_is_not_waited_for(self, folder: Path) -> None:
        (folder / "flows").mkdir(parents=True)
        os.mkfifo(folder / "flows" / "README.md")
        with pytest.raises(OutputError, match=r"flows/README\.md' must be a file"):
            write(folder, FIRST.items(), force=True)
        with pytest.raises(OutputError, match=r"flows/README\.md' isn't a file"):
            read(folder, "flows", "README.md")


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this account can't make symbolic links")


class TestLinks:
    @pytest.mark.parametrize("name", ["flows", "flows/samples", HOUSE, f"{HOUSE}/staging"])
    def test_to_a_folder_outside(self, folder: Path, tmp_path: Path, name: str) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        put(outside, "README.md", FIRST["flows"]["README.md"])
        link(folder / name, outside)
        with pytest.raises(OutputError) as caught:
            write(folder, FIRST.items(), force=True)
        assert (
            caught.value.message
            == f"'{(folder / name).as_posix()}' is a link, and the tool doesn't write through links"
        )
        assert tree(outside) == {"README.md": FIRST["flows"]["README.md"]}
        assert set(folder.rglob("*")) <= {folder / name, (folder / name).parent}

    @pytest.mark.parametrize(
        "name", ["flows/README.md", f"{HOUSE}/flows.json", f"{HOUSE}/lock", f"{HOUSE}/staging/journal.json"]
    )
    @pytest.mark.parametrize("exists", [True, False], ids=["to a file", "to nothing"])
    def test_at_a_file(self, folder: Path, tmp_path: Path, name: str, exists: bool) -> None:
        target = tmp_path / "target"
        if exists:
            target.write_bytes(FIRST["flows"]["README.md"])
        link(folder / name, target)
        with pytest.raises(OutputError, match="is a link"):
            write(folder, FIRST.items(), force=True)
        assert target.exists() == exists
        assert (folder / name).is_symlink()
        assert not (folder / "orders").exists()

    def test_in_the_way_of_a_removal(self, folder: Path, tmp_path: Path) -> None:
        write(folder, FIRST.items())
        (folder / "orders").rename(tmp_path / "orders")
        link(folder / "orders", tmp_path / "orders")
        with pytest.raises(OutputError, match="orders' is a link"):
            write(folder, [], whole=True)
        assert "samples/ListOrders.200.json" in tree(tmp_path / "orders")

    def test_in_the_way_of_reading(self, folder: Path, tmp_path: Path) -> None:
        link(folder / "a" / "settings.json", put(tmp_path, "secret"))
        with pytest.raises(OutputError, match=r"settings\.json' is a link"):
            read(folder, "a", "settings.json")

    @pytest.mark.parametrize(
        ("mode", "tag", "expected"),
        [
            (stat.S_IFLNK, None, True),
            (stat.S_IFREG, None, False),
            (stat.S_IFREG, 0, False),
            (stat.S_IFDIR, 0xA0000003, True),  # a junction, or a volume mounted on a folder
            (stat.S_IFREG, 0xA000000C, True),  # a symbolic link
            (stat.S_IFREG, 0x9000601A, False),  # a file that OneDrive holds
            (stat.S_IFREG, 0x80000017, False),  # a compressed file
        ],
    )
    def test_as_windows_tells_them(self, mode: int, tag: int | None, expected: bool) -> None:
        known = {"st_mode": mode} if tag is None else {"st_mode": mode, "st_reparse_tag": tag}
        assert places.is_link(cast(os.stat_result, SimpleNamespace(**known))) is expected


class TestCase:
    def test_a_name_changed_in_case_alone(self, folder: Path) -> None:
        write(folder, {"a": {"samples/getRun.json": b"[]\n", "x": b"x"}}.items())
        write(folder, {"a": {"samples/GetRun.json": b"[]\n", "x": b"x"}}.items())
        assert [path.name for path in (folder / "a" / "samples").iterdir()] == ["GetRun.json"]

    def test_a_name_changed_in_case_alone_where_case_does_not_count(self, folder: Path) -> None:
        # Two names of one file, as such a system shows it.
        write(folder, {"a": {"getRun.json": b"[]\n"}}.items())
        with suppress(FileExistsError):
            os.link(folder / "a" / "getRun.json", folder / "a" / "GetRun.json")
        assert write(folder, {"a": {"GetRun.json": b"[]\n"}}.items()) == Written(["a/GetRun.json"], ["a/getRun.json"])
        assert tree(folder / "a") == {"GetRun.json": b"[]\n"}
