"""Whatever stops a build, the next one finds the old packages or the new ones, whole."""

import errno
import os
import random
import shutil
import signal
import stat
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from connector_builder.output import OutputError, compare, staging, write
from tests.support.faults import END, FAULTS, raising
from tests.support.output_folder import FIRST, SECOND, put, tree
from tests.support.properties import every

State = dict[str, bytes | None]
States = tuple[State, State]
FULL, IN_USE = OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "in use")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork a process to kill")


def kill_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def forked(act: Callable[[], object]) -> int:
    """The id of a process that does this and ends with status 0, or 2 where it raises an OutputError."""
    with warnings.catch_warnings():
        # Python 3.12 warns where a test runner has threads; the child does nothing with them.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        status = 1
        try:
            act()
            status = 0
        except OutputError:
            status = 2
        finally:
            os._exit(status)
    return process


def ended(process: int) -> int:
    """The status a process ended with, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.fixture(autouse=True, scope="module")
def no_patience() -> Iterator[None]:
    """Thousands of builds need not wait for files in use: they stay in use here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "PATIENCE", 0)
        yield


@pytest.fixture
def states(tmp_path: Path) -> States:
    """The folder that holds the first state, and the one that holds the second."""
    write(tmp_path / "first", FIRST.items())
    write(tmp_path / "second", SECOND.items())
    return tree(tmp_path / "first"), tree(tmp_path / "second")


def files(state: State) -> State:
    """The files of a folder, but for those that a build leaves for the next one to clear away."""
    left = (".connector-builder/staging", ".connector-builder/lock")
    return {name: content for name, content in state.items() if content is not None and not name.startswith(left)}


def build(folder: Path, error: BaseException, steps: range) -> str:
    """How a build of the second state over the first ends with faults: "done", "refused" or "interrupted"."""
    write(folder, FIRST.items(), whole=True)
    with FAULTS.at(folder, raising(error), steps):
        try:
            write(folder, SECOND.items(), whole=True)
        except OutputError:
            return "refused"
        except KeyboardInterrupt:
            return "interrupted"
    return "done"


@pytest.mark.parametrize("error", [FULL, IN_USE, KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("lasts", [False, True], ids=["one fails", "all from one on fail"])
def test_operations_fail(tmp_path: Path, states: States, error: BaseException, lasts: bool) -> None:
    old, new = map(files, states)
    folder = tmp_path / "output"
    ends = []
    for step in range(0, END, every() * (3 if lasts else 1)):
        end = build(folder, error, range(step, END if lasts else step + 1))
        if FAULTS.count <= step:
            break
        ends.append(end)
        possible = {"done": [new], "refused": [old], "interrupted": [old]}[end]
        if not lasts:
            assert files(tree(folder)) in possible
        write(folder, [])
        assert files(tree(folder)) in possible
    assert len(ends) * every() > (20 if lasts else 60)
    # Ctrl-C that comes when everything is written comes too late.
    assert set(ends) == {"done", "interrupted" if isinstance(error, KeyboardInterrupt) else "refused"}


def test_what_fails_is_named_with_the_cure(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    messages = set()
    for operation in ("open", "os.rename", "os.mkdir"):
        for step in range(END):
            write(folder, {"a": {"x": b"old"}}.items())
            with FAULTS.at(folder, raising(FULL), range(step, step + 1), frozenset({operation})):
                try:
                    write(folder, {"a": {"x": b"new", "samples/y": b"new"}}.items())
                except OutputError as error:
                    messages.add((error.message.replace(folder.as_posix(), "output"), error.help))
            if FAULTS.count <= step:
                break
    assert {help_ for _, help_ in messages} == {"free some space, then try again"}
    assert {message for message, _ in messages} == {
        "'output' can't be written: full",
        "'output/.connector-builder/a.json' can't be read: full",
        "'output/.connector-builder/a.json' can't be written: full",
        "'output/a/samples/y' can't be written: full",
        "'output/a/x' can't be written: full",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folders")
def test_the_journal_is_on_the_disk_before_anything_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staging = tmp_path / ".connector-builder" / "staging"
    order = []

    def note(descriptor: int) -> None:
        [what] = [path for path in (staging, *staging.iterdir()) if os.path.samestat(path.stat(), os.fstat(descriptor))]
        order.append(what.relative_to(staging.parent).as_posix())
        assert not (tmp_path / "a").exists()
        assert (staging / "journal.json").exists() == (what == staging)

    monkeypatch.setattr(os, "fsync", note)
    write(tmp_path, {"a": {"x": b"x"}}.items())
    assert order == ["staging/journal.draft", "staging/new", "staging"]


def test_what_can_not_be_put_back_yet_is_told(tmp_path: Path, states: States) -> None:
    folder = tmp_path / "output"
    write(folder, FIRST.items())
    # The journal comes to its place, two files go, and then nothing moves any more.
    with FAULTS.at(folder, raising(IN_USE), range(3, END), frozenset({"os.rename"})):
        with pytest.raises(OutputError) as caught:
            write(folder, SECOND.items(), whole=True)
        with pytest.raises(OutputError) as again:
            write(folder, SECOND.items(), whole=True)
    there = folder.as_posix()
    put_back = f"'{there}/flows/apiDefinition.swagger.json' can't be written: in use"
    assert caught.value.message == (
        f"'{there}/flows/samples/GetFlow.200.json' can't be written: in use; "
        f"and the earlier files can't be restored yet: {put_back}"
    )
    assert caught.value.help == "remove the cause, then try again: the next run restores them first"
    assert again.value.message == put_back
    write(folder, [])
    assert tree(folder) == states[0]


@needs_fork
def test_a_limit_on_the_size_of_files(tmp_path: Path, states: States) -> None:
    resource = pytest.importorskip("resource", reason="this system has no limits of that kind")
    folder = tmp_path / "output"

    def limited(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        write(folder, SECOND.items(), whole=True)

    statuses = []
    for size in range(0, 4000, 250):
        write(folder, FIRST.items(), whole=True)
        statuses.append(ended(forked(partial(limited, size))))
        assert tree(folder) == states[statuses[-1] == 0]
    assert statuses == sorted(statuses, reverse=True)
    assert set(statuses) == {2, 0}


def hang_up_this_process() -> None:
    os.kill(os.getpid(), signal.SIGHUP)


@needs_fork
@pytest.mark.parametrize("start", [None, FIRST], ids=["into no folder", "over the first state"])
def test_a_terminal_that_goes_away_at_every_operation(
    tmp_path: Path, states: States, start: dict[str, dict[str, bytes]] | None
) -> None:
    def build_hung_up_at(folder: Path, step: int) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests that run in the background may ignore it
        with FAULTS.at(folder, hang_up_this_process, range(step, END)):
            write(folder, SECOND.items(), whole=True)

    statuses = []
    for step in range(0, END, every()):
        folder = tmp_path / str(step)
        if start is not None:
            write(folder, start.items())
        statuses.append(ended(forked(partial(build_hung_up_at, folder, step))))
        write(folder, SECOND.items(), whole=True)
        assert tree(folder) == states[1]
        if statuses[-1] == 0:
            break
    assert set(statuses[:-1]) == {-signal.SIGHUP}
    assert len(statuses) * every() > 30


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What builds of the second state over the first left that were killed before an operation; in CI each, by default every third."""
    left: list[Path] = []

    def build_killed_at(folder: Path, step: int) -> None:
        with FAULTS.at(folder, kill_this_process, range(step, END)):
            write(folder, SECOND.items(), whole=True)

    while True:
        folder = tmp_path_factory.mktemp("killed")
        write(folder, FIRST.items())
        status = ended(forked(partial(build_killed_at, folder, len(left) * every())))
        if status == 0:
            return left
        assert status == -signal.SIGKILL
        left.append(folder)


@needs_fork
def test_killed_at_every_operation(tmp_path: Path, states: States, killed: list[Path]) -> None:
    old, new = states
    outcomes = []
    for left in killed:
        folder = tmp_path / left.name
        shutil.copytree(left, folder)
        write(folder, [])
        assert tree(folder) in (old, new)
        outcomes.append("old" if tree(folder) == old else "new")
    # Once it is the new one it stays that.
    assert outcomes == sorted(outcomes, reverse=True)
    assert outcomes.count("old") * every() > 40
    assert outcomes.count("new") * every() > 5


@needs_fork
def test_the_build_after_a_killed_one_does_its_work(tmp_path: Path, states: States, killed: list[Path]) -> None:
    for left in killed[::3]:
        folder = tmp_path / left.name
        shutil.copytree(left, folder)
        write(folder, SECOND.items(), whole=True)
        assert tree(folder) == states[1]


@needs_fork
def test_undoing_is_stopped_and_begun_again(tmp_path: Path, states: States, killed: list[Path]) -> None:
    journals = [left for left in killed if (left / ".connector-builder/staging/journal.json").exists()]
    assert len(journals) * every() > 20
    for left in journals[5 // every() :: 10 // every()]:
        for step in range(0, END, 2 * every()):
            folder = tmp_path / f"{left.name}-{step}"
            shutil.copytree(left, folder)
            with FAULTS.at(folder, raising(KeyboardInterrupt()), range(step, END)), suppress(KeyboardInterrupt):
                write(folder, [])
            write(folder, [])
            assert tree(folder) == states[0]
            if FAULTS.count <= step:
                break
        assert step > 10


@needs_fork
def test_killed_at_random_moments(tmp_path: Path, states: States) -> None:
    moments = random.Random(3)
    folder = tmp_path / "output"
    write(folder, FIRST.items())

    def build_forever() -> None:
        os.write(begun, b".")
        while True:
            write(folder, SECOND.items(), whole=True)
            write(folder, FIRST.items(), whole=True)

    waiting, begun = os.pipe()
    found = []
    for _ in range(100 // every()):
        process = forked(build_forever)
        os.read(waiting, 1)
        time.sleep(moments.uniform(0, 0.02))
        os.kill(process, signal.SIGKILL)
        assert ended(process) == -signal.SIGKILL
        write(folder, [])
        found.append(tree(folder))
    os.close(waiting)
    os.close(begun)
    assert all(state in states for state in found)


@needs_fork
def test_a_build_that_was_stopped_shows_in_a_comparison(tmp_path: Path, killed: list[Path]) -> None:
    folder = tmp_path / "output"
    shutil.copytree(killed[30 // every()], folder)
    before = tree(folder)
    [staging] = [one for one in compare(folder, FIRST.items()) if one.name == ".connector-builder/staging"]
    assert staging.kind == "stale"
    assert staging.diff == "a build was stopped here: the next one puts this in order\n"
    assert tree(folder) == before


@needs_fork
def test_what_somebody_wrote_after_a_build_was_killed_is_not_taken_for_its_own(
    tmp_path: Path, states: States, killed: list[Path]
) -> None:
    name = "flows/settings.json"
    folder = tmp_path / "output"
    shutil.copytree(next(left for left in killed if (left / name).exists()), folder)
    put(folder, name)
    with pytest.raises(OutputError, match=r"flows/settings\.json' is in the way"):
        write(folder, SECOND.items(), whole=True)
    assert tree(folder)[name] == b"mine\n"
    (folder / name).unlink()
    assert files(tree(folder)) == files(states[0])


def test_a_read_only_file_that_was_replaced_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def unlink_as_windows_does(path: Path, missing_ok: bool = False) -> None:
        if not path.stat().st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, "Access is denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_as_windows_does)
    write(tmp_path, {"a": {"x": b"first"}}.items())
    (tmp_path / "a" / "x").chmod(stat.S_IREAD)
    write(tmp_path, {"a": {"x": b"second"}}.items())
    assert sorted(tree(tmp_path)) == [".connector-builder", ".connector-builder/a.json", "a", "a/x"]


class TestFilesInUse:
    """A virus scanner opens a new file for a moment, and Windows moves no open file."""

    def uses(self, times: int) -> tuple[Callable[[], None], list[str]]:
        """What fails so many times and then is done, and what it did."""
        did = ["in use"] * times

        def act() -> None:
            if "in use" in did:
                did.remove("in use")
                raise IN_USE
            did.append("done")

        return act, did

    def test_for_a_moment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(staging, "PATIENCE", 10)
        act, did = self.uses(3)
        staging.patiently(act, "win32")
        assert did == ["done"]

    def test_for_long(self) -> None:
        act, did = self.uses(3)
        with pytest.raises(PermissionError):
            staging.patiently(act, "win32")
        assert did == ["in use", "in use"]

    @pytest.mark.parametrize("platform", ["linux", "darwin"])
    def test_where_that_is_no_reason(self, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(staging, "PATIENCE", 10)
        act, did = self.uses(3)
        with pytest.raises(PermissionError):
            staging.patiently(act, platform)
        assert did == ["in use", "in use"]
