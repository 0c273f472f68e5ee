from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.output import OutputError, Written, read, write
from tests.support.output_folder import FIRST, put, stopped, tree

HOUSE = ".connector-builder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "output"


class TestReading:
    def test_what_is_there_and_what_is_not(self, folder: Path) -> None:
        assert read(folder, "a", "settings.json") is None
        put(folder, "a/settings.json")
        assert read(folder, "a", "settings.json") == b"mine\n"
        assert read(folder, "a", "other.json") is None

    def test_what_is_no_file_or_too_large(self, folder: Path) -> None:
        put(folder, "a/settings.json/x")
        with put(folder, "b/settings.json").open("wb") as file:
            file.truncate(65 * 1024 * 1024)
        with pytest.raises(OutputError, match=r"a/settings\.json' isn't a file"):
            read(folder, "a", "settings.json")
        with pytest.raises(OutputError, match=r"b/settings\.json' is too large to be read"):
            read(folder, "b", "settings.json")

    def test_what_the_packages_read_is_what_a_killed_build_left_undone(self, folder: Path) -> None:
        def packages() -> Iterator[tuple[str, dict[str, bytes]]]:
            yield "a", {"settings.json": read(folder, "a", "settings.json") or b""}

        write(folder, {"a": {"settings.json": b"old"}}.items())
        (folder / HOUSE / "staging" / "old").mkdir(parents=True)
        (folder / "a" / "settings.json").rename(folder / HOUSE / "staging" / "old" / "0")
        moves = b'[{"name": "a/settings.json", "old": true, "new": null}]'
        put(folder, f"{HOUSE}/staging/journal.json", b'{"version": 1, "folders": [], "moves": %s}' % moves)
        assert write(folder, packages()) == Written()
        assert tree(folder)["a/settings.json"] == b"old"


class TestRecords:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xfe",
            b"{",
            b"[]",
            b"{}",
            b'{"version": 2, "files": {}}',
            b'{"version": 1, "files": []}',
            b'{"version": 1, "files": {"../../x": null}}',
            b'{"version": 1, "files": {"/etc/x": null}}',
            b'{"version": 1, "files": {"C:x": null}}',
            b'{"version": 1, "files": {"x\\u0000": null}}',
            b'<<<<<<< ours\n{"version": 1, "files": {}}\n',
            b"[" * 100_000,
        ],
    )
    def test_that_are_none(self, folder: Path, content: bytes) -> None:
        path = put(folder, f"{HOUSE}/flows.json", content)
        for error in (stopped(folder, FIRST, force=True), stopped(folder, {}, whole=True)):
            assert error.message == f"'{path.as_posix()}' isn't a record of what builds wrote"
            assert error.help == "restore it from version control, or delete it and build with --force"

    def test_with_a_hash_that_is_none_counts_by_its_names(self, folder: Path) -> None:
        put(folder, f"{HOUSE}/a.json", b'{"version": 1, "files": {"x": 7}}')
        put(folder, "a/x")
        assert write(folder, {"a": {"x": b"built"}}.items()) == Written(["a/x"])

    def test_of_other_names_are_files_of_others(self, folder: Path) -> None:
        put(folder, f"{HOUSE}/Not A Slug.json", b"[]")
        write(folder, [], whole=True)
        assert tree(folder) == {HOUSE: None, f"{HOUSE}/Not A Slug.json": b"[]"}
