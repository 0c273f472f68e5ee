"""Errors that stop a build from writing, in words for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_USE = "make it writable, close the programs that have it open, then try again"
_FULL = "free some space, then try again"
_CURES = {
    errno.EACCES: _IN_USE,
    errno.EPERM: _IN_USE,
    errno.EROFS: "name a folder on another disk with -o",
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,  # Windows before Python 3.14 doesn't know quotas
}


class OutputError(Exception):
    """Output that can't be written or read: a message for people, and the cure if it is known."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@contextmanager
def guarded(path: Path, verb: str = "written") -> Iterator[None]:
    """Turns errors of the operating system in the block, and paths that it can't use, into an OutputError."""
    try:
        yield
    except OSError as error:
        reason, cure = error.strerror or type(error).__name__, _CURES.get(error.errno or 0)
    except ValueError:
        reason, cure = "its name can't be used", None
    else:
        return
    raise OutputError(f"'{path.as_posix()}' can't be {verb}: {reason}", cure)
