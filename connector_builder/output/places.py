"""Looks at what an output folder contains, without following links."""

import os
import stat
from pathlib import Path

from connector_builder.output.errors import OutputError, guarded

MAX_FILE = 64 * 1024 * 1024
"""The most bytes of a file that are read: far more than a build ever writes."""
_NAME_SURROGATE = 0x20000000


def look(folder: Path, name: str) -> os.stat_result | None:
    """Returns the status of the entry at a name (relative, with `/`) below a folder; None if there is nothing.

    Raises:
        OutputError: a link is at the name or on the way to it, or a file is where a folder should be.
    """
    with guarded(folder / name, "read"):
        if folder.exists() and not folder.is_dir():
            raise OutputError(
                f"'{folder.as_posix()}' is a file, but must be a folder", "move it, or name another with -o"
            )
        path, status = folder, None
        for part in name.split("/"):
            if status is not None and not stat.S_ISDIR(status.st_mode):
                raise OutputError(f"'{path.as_posix()}' is a file, but must be a folder", "move it, then try again")
            path = path / part
            try:
                status = path.lstat()
            except FileNotFoundError:
                return None
            if is_link(status):
                raise OutputError(
                    f"'{path.as_posix()}' is a link, and the tool doesn't write through links",
                    "replace it with a file or folder, or remove it",
                )
        return status


def is_link(status: os.stat_result) -> bool:
    """Checks whether an entry leads to another place: a symbolic link, or a junction or mount point on Windows.

    Other reparse points, such as files of OneDrive, are ordinary files: only the bit that Windows calls "name
    surrogate" counts (https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags).
    """
    tag: int = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or bool(tag & _NAME_SURROGATE)


def is_file(status: os.stat_result | None) -> bool:
    """Checks whether there is an entry, and it is a regular file."""
    return status is not None and stat.S_ISREG(status.st_mode)


def read(folder: Path, slug: str, name: str) -> bytes | None:
    """Returns the content of a package's file in an output folder; None if there is none.

    Raises:
        OutputError: a link is in the way, or it isn't a file, or it can't be read.
    """
    return content_of(folder, f"{slug}/{name}")


def content_of(folder: Path, name: str) -> bytes | None:
    """Returns the content of a file as `read` does, for any name below an output folder."""
    path = folder / name
    status = look(folder, name)
    if status is None:
        return None
    if not is_file(status):
        raise OutputError(f"'{path.as_posix()}' isn't a file", "move it, then try again")
    if status.st_size > MAX_FILE:
        raise OutputError(f"'{path.as_posix()}' is too large to be read", "move it, then try again")
    with guarded(path, "read"):
        return path.read_bytes()
