"""Moves many files into a folder, all or none, however the process ends.

All new files are complete in `staging/new` before a journal names the moves. Then old files move to `staging/old`, and
new ones to their places. Removing the journal makes the moves final. Until then this run or the next can undo each
move, which needs no space on the disk. What is left in `staging` shows what has moved, so an undo may itself be stopped
and begun again.
"""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from connector_builder.effects import note
from connector_builder.output.bases import IMPORTS, is_base_name
from connector_builder.output.errors import OutputError, guarded
from connector_builder.output.places import content_of, is_file, look
from connector_builder.output.record import DOCS, hash_of, is_record_name, json_value
from connector_builder.package import json_bytes
from connector_builder.package.model import HOUSE
from connector_builder.source.names import is_visible

STAGING = f"{HOUSE}/staging"
PATIENCE = 1.0
"""How many seconds another program on Windows may keep a file open before that is an error."""
_PAUSE = 0.02
_JOURNAL = f"{STAGING}/journal.json"
_VERSION = 1
_ALONE = (".yaml", ".yml", ".csx", ".md", ".html", ".zip")
"""What is written beside folders: specs, the script of a starter, and the index of pages."""


@dataclass(frozen=True, slots=True)
class Move:
    """One file of the folder.

    `old` says whether there is a file that must go; `new` is the hash of the new one, or None.
    """

    name: str
    old: bool
    new: str | None


class Staging:
    """What a run will change in a folder. The folder's lock must be held, and `recover` must have run.

    `done` says that every file is in its place, for good.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._moves: list[Move] = []
        self.done = False

    def add(self, name: str, content: bytes | None, *, exists: bool) -> None:
        """Stages the new content of a file, or with None its removal. `exists` says whether the file exists.

        Raises:
            OutputError: it can't be written, or has a name that `recover` would refuse, so that a run that is stopped couldn't be undone.
        """
        if not _is_ours(name):
            raise OutputError(
                f"'{(self._folder / name).as_posix()}' is hidden", "name a place without a dot at its beginning"
            )
        with guarded(self._folder / name):
            if not self._moves:
                for side in ("new", "old"):
                    (self._folder / STAGING / side).mkdir(parents=True)
            if content is not None:
                (self._folder / _staged("new", len(self._moves))).write_bytes(content)
        self._moves.append(Move(name, exists, None if content is None else hash_of(content)))

    def commit(self) -> None:
        """Moves everything to its place.

        Raises:
            OutputError: something can't be moved. What was moved is moved back. If even that fails, the journal stays
                and `recover` moves it back in the next run.
            KeyboardInterrupt: as above. Once the journal is gone, the moves are final, and an interrupt comes too late.
        """
        if not self._moves:
            return
        moved = False
        try:
            with guarded(self._folder):
                self._write_journal()
            self._move()
            moved = True
            with guarded(self._folder / _JOURNAL, "removed"):
                patiently((self._folder / _JOURNAL).unlink)
            self.done = True
        except BaseException as error:
            self.done = moved and not (self._folder / _JOURNAL).exists()
            if not self.done:
                self._undo(error)
                raise
            if not isinstance(error, KeyboardInterrupt):
                raise
        note(self._folder)

    def discard(self) -> None:
        """Removes what is staged, unless a journal needs it. The next run removes what can't be removed now."""
        with suppress(OSError):
            if not (self._folder / _JOURNAL).exists():
                _clear(self._folder / STAGING)

    def _write_journal(self) -> None:
        """Writes the journal and waits until it is on the disk. It exists whole or not at all.

        It doesn't wait for each staged file: after a power failure the next build finds damaged files by comparing, and
        writes them again.
        """
        parents = {parent for move in self._moves if move.new is not None for parent in _parents(move.name)}
        folders = sorted(parent for parent in parents if not (self._folder / parent).exists())
        staging = self._folder / STAGING
        draft = staging / "journal.draft"
        content = json_bytes({"version": _VERSION, "folders": folders, "moves": [asdict(move) for move in self._moves]})
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sync(staging / "new")
        patiently(lambda: draft.replace(self._folder / _JOURNAL))
        _sync(staging)

    def _move(self) -> None:
        # First all that goes, then all that comes: where case doesn't count, a name that only changes its case is both.
        for number, move in enumerate(self._moves):
            if move.old:
                _shift(self._folder, move.name, _staged("old", number), about=move.name)
        for number, move in enumerate(self._moves):
            if move.new is not None:
                _shift(self._folder, _staged("new", number), move.name, about=move.name)
        _remove_empty(
            self._folder, {parent for move in self._moves if move.new is None for parent in _parents(move.name)}
        )

    def _undo(self, cause: BaseException) -> None:
        try:
            _move_all_back(self._folder)
        except OutputError as error:
            reason = cause.message if isinstance(cause, OutputError) else "the run was stopped"
            message = f"{reason}; and the earlier files can't be restored yet: {error.message}"
            raise OutputError(message, "remove the cause, then try again: the next run restores them first") from cause


def recover(folder: Path) -> None:
    """Undoes the moves of a run that was killed, and removes what it staged. The folder's lock must be held.

    Raises:
        OutputError: something can't be moved back or removed, or the journal is damaged.
    """
    if look(folder, STAGING) is not None:
        _move_all_back(folder)
        with guarded(folder / STAGING, "removed"):
            _clear(folder / STAGING)


def _move_all_back(folder: Path) -> None:
    journal = _read_journal(folder)
    if journal is None:
        return
    folders, moves = journal
    # A file missing from "new" is in its place, if nobody has changed it since; a file in "old" is gone from its place.
    for number, move in enumerate(moves):
        if (
            move.new is not None
            and look(folder, _staged("new", number)) is None
            and _holds(folder, move.name, move.new)
        ):
            _shift(folder, move.name, _staged("new", number), about=move.name)
    for number, move in enumerate(moves):
        look(folder, move.name)
        if is_file(look(folder, _staged("old", number))):
            _shift(folder, _staged("old", number), move.name, about=move.name)
    _remove_empty(folder, folders)
    with guarded(folder / _JOURNAL, "removed"):
        patiently((folder / _JOURNAL).unlink)


def _shift(folder: Path, source: str, target: str, *, about: str) -> None:
    """Moves a file, and creates its folder if needed. An error names `about`."""
    with guarded(folder / about):
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        patiently(lambda: (folder / source).replace(folder / target))


def patiently(act: Callable[[], object], platform: str = sys.platform) -> None:
    """Moves or removes a file with `act`.

    On Windows, where a virus scanner may hold it open, it retries for PATIENCE, as pip does.

    Raises:
        OSError: as `act` does.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            act()
        except PermissionError:
            if platform != "win32" or time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _read_journal(folder: Path) -> tuple[list[str], list[Move]] | None:
    """Returns the folders that the run created, and its moves; None if there is no journal.

    The journal may come from a stranger, so no name may lead out of the folder. Raises OutputError if it isn't a
    journal.
    """
    content = content_of(folder, _JOURNAL)
    if content is None:
        return None
    data = json_value(folder / _JOURNAL, content)
    if isinstance(data, dict) and data.get("version") == _VERSION:
        with suppress(TypeError, KeyError):
            folders, moves = data["folders"], [Move(**move) for move in data["moves"]]
            if all(isinstance(name, str) and (name in (IMPORTS, DOCS) or is_visible(name)) for name in folders) and all(
                _is_ours(move.name) for move in moves
            ):
                return folders, moves
    raise OutputError(
        f"'{(folder / _JOURNAL).as_posix()}' isn't the journal of a run",
        f"restore '{folder.as_posix()}' from version control, delete '{(folder / STAGING).as_posix()}', then try again",
    )


def _is_ours(name: object) -> bool:
    """Checks whether a run may have written this name: a record, a base, a file of a package or spec, a spec of one file, a zip."""
    if not isinstance(name, str):
        return False
    return (
        is_record_name(name)
        or is_base_name(name)
        or (is_visible(name) and ("/" in name or name.lower().endswith(_ALONE)))
    )


def _holds(folder: Path, name: str, hash_: str) -> bool:
    return is_file(look(folder, name)) and hash_of(content_of(folder, name) or b"") == hash_


def _staged(side: str, number: int) -> str:
    return f"{STAGING}/{side}/{number}"


def _parents(name: str) -> list[str]:
    return [str(parent) for parent in PurePosixPath(name).parents][:-1]


def _remove_empty(folder: Path, names: Iterable[str]) -> None:
    """Removes empty folders, the inner ones first; leaves others as they are."""
    for name in sorted(names, key=lambda name: name.count("/"), reverse=True):
        with suppress(OSError):
            (folder / name).rmdir()


def _clear(staging: Path) -> None:
    """Removes the staging folder, which contains files and folders of files."""
    for path in list(staging.iterdir()):
        if stat.S_ISDIR(path.lstat().st_mode):
            for inner in list(path.iterdir()):
                _remove(inner)
            path.rmdir()
        else:
            _remove(path)
    staging.rmdir()


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except PermissionError:
        # Windows doesn't remove read-only files, and the replaced file may have been one.
        if is_file(path.lstat()):
            path.chmod(stat.S_IWRITE)
        path.unlink()


def _sync(folder: Path) -> None:
    """Puts the names in a folder on the disk. Windows can't open folders, and writes the names in order by itself."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
