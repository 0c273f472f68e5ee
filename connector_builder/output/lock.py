"""Allows one build at a time in an output folder.

The lock belongs to the operating system, so it ends with the process that holds it, however that ends.
"""

import errno
import importlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connector_builder.output.errors import OutputError, guarded

WAIT = 10.0
"""Seconds to wait for another build."""
_PAUSE = 0.05
_TRIES = 100


@contextmanager
def locked(path: Path, platform: str = sys.platform) -> Iterator[None]:
    """Holds the lock on a file. Creates the file and its folder, and removes the file at the end.

    Raises:
        OutputError: the file can't be created, or another process holds the lock for longer than WAIT.
    """
    descriptor = _acquire(path, platform)
    try:
        yield
    finally:
        # Removed while it is locked: whoever waits then sees that it is gone and makes a new one. But Windows doesn't
        # remove open files. If another build has opened it by then, that build removes it.
        try:
            if platform != "win32":
                _remove(path)
        finally:
            os.close(descriptor)
        if platform == "win32":
            _remove(path)


def try_lock(descriptor: int, platform: str = sys.platform) -> bool:
    """Locks an open file without waiting.

    Returns False if another process holds it, True on file systems without locks.
    """
    # By name, since each module exists on some systems only.
    try:
        if platform == "win32":
            msvcrt = importlib.import_module("msvcrt")
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl = importlib.import_module("fcntl")
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
    return True


def _acquire(path: Path, platform: str) -> int:
    deadline = time.monotonic() + WAIT
    while True:
        descriptor = _open(path)
        if _holds(path, descriptor, platform):
            return descriptor
        if time.monotonic() >= deadline:
            raise OutputError(
                f"another run is writing to '{path.parent.parent.as_posix()}'",
                "wait until it has ended, or name another folder with -o",
            )
        time.sleep(_PAUSE)


def _open(path: Path) -> int:
    """Opens the lock file. Creates it and its folder if needed."""
    tries = _TRIES
    with guarded(path.parent.parent):
        while True:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            except FileNotFoundError:
                # A build that ends right now may have removed the folder in between, but not again and again.
                tries -= 1
                if not tries:
                    raise


def _holds(path: Path, descriptor: int, platform: str) -> bool:
    """Locks the open file if it is still the file at the path: its last holder may have removed it. Else closes it."""
    holds = False
    try:
        if try_lock(descriptor, platform):
            # Windows doesn't remove open files.
            holds = platform == "win32" or os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        pass
    finally:
        if not holds:
            os.close(descriptor)
    return holds


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
