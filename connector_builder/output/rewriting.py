"""Writes new contents of existing files: all of them, or none."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from connector_builder.output.errors import OutputError, guarded
from connector_builder.output.places import content_of
from connector_builder.output.staging import patiently


class Rewrite(NamedTuple):
    """A file below `folder` by its name, with `/`: the content that it must have, and the new content."""

    folder: Path
    name: str
    before: bytes
    after: bytes

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def draft(self) -> Path:
        """Returns where the new content is written before it takes the place of the file."""
        return self.path.with_name(f".{self.path.name}.fixed")


def rewrite(files: Iterable[Rewrite]) -> None:
    """Replaces the contents of files. All new contents are on the disk before the first file is replaced.

    Raises:
        OutputError: a link is at a file or on the way to it, somebody has changed a file since it was read, or one can't
            be written. Then all files have their earlier contents.
    """
    every = list(files)
    done: list[Rewrite] = []
    try:
        for file in every:
            _check(file)
            with guarded(file.path):
                file.draft.write_bytes(file.after)
                shutil.copymode(file.path, file.draft)
        for file in every:
            _check(file)
            done.append(file)
            with guarded(file.path):
                _replace(file)
    except BaseException:
        for file in done:
            with suppress(OSError):
                if file.path.read_bytes() != file.before:
                    file.path.write_bytes(file.before)
        raise
    finally:
        for file in every:
            with suppress(OSError):
                file.draft.unlink(missing_ok=True)


def _replace(file: Rewrite) -> None:
    patiently(lambda: os.replace(file.draft, file.path))  # noqa: PTH105 - mypy: a lambda of `Path.replace` returns a path


def _check(file: Rewrite) -> None:
    if content_of(file.folder, file.name) != file.before:
        message = f"'{file.path.as_posix()}' was changed while it was checked"
        raise OutputError(message, "nothing is written: run the command again")
