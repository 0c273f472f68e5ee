import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from connector_builder.output import OutputError, lock, write
from connector_builder.output.lock import locked, try_lock
from tests.support.output_folder import tree

FILES = {"README.md": b"built"}


def test_a_build_waits_no_longer_than_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 0)

    def packages() -> Iterator[tuple[str, dict[str, bytes]]]:
        with pytest.raises(OutputError) as caught:
            write(tmp_path, {"b": FILES}.items())
        assert caught.value.message == f"another run is writing to '{tmp_path.as_posix()}'"
        assert caught.value.help == "wait until it has ended, or name another folder with -o"
        yield "a", FILES

    write(tmp_path, packages())
    assert sorted(tree(tmp_path)) == [".connector-builder", ".connector-builder/a.json", "a", "a/README.md"]


def test_a_build_goes_on_when_the_other_has_ended(tmp_path: Path) -> None:
    second = threading.Thread(target=lambda: write(tmp_path / "output", {"b": FILES}.items()))

    def packages() -> Iterator[tuple[str, dict[str, bytes]]]:
        second.start()
        yield "a", FILES

    write(tmp_path / "output", packages())
    second.join(20)
    assert sorted(name for name in tree(tmp_path) if name.endswith("README.md")) == [
        "output/a/README.md",
        "output/b/README.md",
    ]


def test_many_builds_at_once_all_do_their_work(tmp_path: Path) -> None:
    # Each begins where there is nothing yet and each ends by removing what it can.
    numbers = [number for number in range(12) if number % 3]
    runs = [[(f"a{number}", FILES)] for number in numbers] + [[], [], []]
    builds = [threading.Thread(target=write, args=(tmp_path / "output", run)) for run in runs]
    for build in builds:
        build.start()
    for build in builds:
        build.join(30)
    found = sorted(path.name for path in (tmp_path / "output").iterdir())
    assert found == [".connector-builder", *sorted(f"a{number}" for number in numbers)]


def test_a_lock_file_that_was_left_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / ".connector-builder").mkdir()
    (tmp_path / ".connector-builder" / "lock").write_bytes(b"")
    write(tmp_path, {"a": FILES}.items())
    assert not (tmp_path / ".connector-builder" / "lock").exists()


class Locks:
    """What both systems' modules for locks offer, as far as we use it."""

    LK_NBLCK, LOCK_EX, LOCK_NB = 2, 2, 4

    def __init__(self, error: int | None) -> None:
        self.error = error
        self.calls: list[tuple[int, ...]] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        self._call(descriptor, mode, count)

    def flock(self, descriptor: int, mode: int) -> None:
        self._call(descriptor, mode)

    def _call(self, *arguments: int) -> None:
        self.calls.append(arguments)
        if self.error is not None:
            raise OSError(self.error, "no")


@pytest.mark.parametrize(
    ("platform", "module", "arguments"),
    [("win32", "msvcrt", (7, 2, 1)), ("linux", "fcntl", (7, 6)), ("darwin", "fcntl", (7, 6))],
)
@pytest.mark.parametrize(
    ("error", "holds"),
    [(None, True), (errno.EACCES, False), (errno.EAGAIN, False), (errno.ENOLCK, True), (errno.ENOTSUP, True)],
)
def test_each_system_locks_in_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    module: str,
    arguments: tuple[int, ...],
    error: int | None,
    holds: bool,
) -> None:
    locks = Locks(error)
    monkeypatch.setitem(sys.modules, module, locks)
    assert try_lock(7, platform) is holds
    assert locks.calls == [arguments]


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_the_file_is_removed_as_each_system_lets_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setitem(sys.modules, "msvcrt", Locks(None))
    monkeypatch.setitem(sys.modules, "fcntl", Locks(None))
    order: list[str] = []
    close = os.close

    def close_in_order(descriptor: int) -> None:
        order.append("close")
        close(descriptor)

    monkeypatch.setattr(os, "close", close_in_order)
    monkeypatch.setattr(lock, "_remove", lambda path: order.append("remove"))
    with locked(tmp_path / "house" / "lock", platform):
        assert order == []
    assert order == (["close", "remove"] if platform == "win32" else ["remove", "close"])


def test_a_lock_whose_file_its_last_holder_removed_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "house" / "lock"
    descriptors: list[int] = []

    def lock_removed_file(descriptor: int, platform: str) -> bool:
        descriptors.append(descriptor)
        if len(descriptors) == 1:
            path.unlink()
            path.parent.rmdir()
        return True

    closed: list[int] = []
    close = os.close

    def close_and_note(descriptor: int) -> None:
        closed.append(descriptor)
        close(descriptor)

    monkeypatch.setattr(lock, "try_lock", lock_removed_file)
    monkeypatch.setattr(os, "close", close_and_note)
    with locked(path, "linux"):
        assert len(descriptors) == 2
        assert closed == descriptors[:1]
        assert path.exists()
    assert closed == descriptors


def test_a_folder_that_can_not_be_made_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such drive")

    monkeypatch.setattr(Path, "mkdir", refuse)
    monkeypatch.setattr(time, "sleep", refuse)
    with pytest.raises(OutputError, match="output' can't be written: No such drive"):
        write(tmp_path / "output", {"a": FILES}.items())


def test_a_folder_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(lock, "os", SimpleNamespace(**{**vars(os), "open": refuse}))
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "output", {"a": FILES}.items())
    assert caught.value.message == f"'{(tmp_path / 'output').as_posix()}' can't be written: Read-only file system"
    assert caught.value.help == "name a folder on another disk with -o"
    assert tree(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir(mode=0o555)
    with pytest.raises(OutputError, match="output' can't be written: Permission denied"):
        write(tmp_path / "output", {"a": FILES}.items())
