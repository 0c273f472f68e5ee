"""Replaces files that a user named, or that the tool keeps beside a spec: each is whole at any moment, however the process ends."""

import importlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from connector_builder.effects import note
from connector_builder.output.staging import patiently

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
"""The number of a process, as systems count them."""


class WriteError(Exception):
    """A file that can't be written: its path, and the reason in the words of the system."""

    def __init__(self, path: Path, reason: OSError) -> None:
        super().__init__(str(path))
        self.path, self.reason = path, reason.strerror or type(reason).__name__


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Gives files new contents: all, or none where one can't be written.

    What isn't a file, such as a pipe, is written to. A link stays a link: the file that it leads to is replaced.

    Raises:
        WriteError: one can't be written.
    """
    drafts: dict[Path, Path] = {}
    direct: list[Path] = []
    path = Path()
    try:
        for path, content in contents.items():
            draft = draft_of(path, content) if _may_be_replaced(path) else None
            if draft is None:
                direct.append(path)
            else:
                drafts[path] = draft
        for path in direct:
            path.write_bytes(contents[path])
        for path, draft in drafts.items():
            put(draft, path)
        for path in contents:
            note(path)
    except OSError as reason:
        raise WriteError(path, reason) from reason
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def draft_of(path: Path, content: bytes) -> Path | None:
    """Writes what a file is to contain beside it; returns where. None if the folder takes no new files, but the file may be written.

    Nothing that is there under the draft's name is written to: it may be a link that a stranger made. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    _sweep(target)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    with suppress(FileNotFoundError):
        draft.unlink()
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except PermissionError:
        if target.exists():
            return None
        raise
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor isn't a path
            file.write(content)
        if target.exists():
            shutil.copymode(target, draft)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    return draft


def _sweep(target: Path) -> None:
    """Removes the drafts of a file that killed runs left beside it."""
    with suppress(OSError):
        for name in os.listdir(target.parent):  # noqa: PTH208 - names are enough
            process = name.removeprefix(f".{target.name}.").removesuffix(".draft")
            if name == f".{target.name}.{process}.draft" and _NUMBER.fullmatch(process) and not _runs(int(process)):
                (target.parent / name).unlink()


def _runs(process: int, platform: str = sys.platform) -> bool:
    """Checks whether there is a process with this number. On Windows, `os.kill` would end it."""
    if platform == "win32":
        system = importlib.import_module("ctypes").windll.kernel32  # by name, since only Windows has it
        limited = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION, which every process may ask for
        handle = system.OpenProcess(limited, False, process)
        if handle:
            system.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except OSError as reason:
        return isinstance(reason, PermissionError)  # somebody else's
    return True


def put(draft: Path, path: Path) -> None:
    """Moves a draft to the place of its file. Raises OSError."""
    target = os.path.realpath(path)
    patiently(lambda: os.replace(draft, target))  # noqa: PTH105 - mypy: a lambda of `Path.replace` returns a path


def _may_be_replaced(path: Path) -> bool:
    """Checks whether a path is, or may become, a file whose content stays: not a pipe, a device or a folder."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1
