"""Writes new contents of existing files: all of them, or none."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from connector_builder.effects import note
from connector_builder.output.errors import OutputError, guarded
from connector_builder.output.places import content_of
from connector_builder.output.replacing import draft_of, put


class Rewrite(NamedTuple):
    """A file below `folder` by its name, with `/`: the content that it must have, and the new content."""

    folder: Path
    name: str
    before: bytes
    after: bytes

    @property
    def path(self) -> Path:
        return self.folder / self.name


def rewrite(files: Iterable[Rewrite]) -> None:
    """Replaces the contents of files. All new contents are on the disk before the first file is replaced.

    Raises:
        OutputError: a link is at a file or on the way to it, somebody has changed a file since it was read, or one can't
            be written. Then all files have their earlier contents.
    """
    drafts: list[tuple[Rewrite, Path | None]] = []
    done: list[Rewrite] = []
    try:
        for file in files:
            _check(file)
            with guarded(file.path):
                drafts.append((file, draft_of(file.path, file.after)))
        for file, draft in drafts:
            _check(file)
            done.append(file)
            with guarded(file.path):
                if draft is None:
                    file.path.write_bytes(file.after)
                else:
                    put(draft, file.path)
        for file in done:
            note(file.path)
    except BaseException:
        for file in done:
            with suppress(OSError):
                if file.path.read_bytes() != file.before:
                    file.path.write_bytes(file.before)
        raise
    finally:
        for _, draft in drafts:
            if draft is not None:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)


def _check(file: Rewrite) -> None:
    if content_of(file.folder, file.name) != file.before:
        message = f"'{file.path.as_posix()}' was changed while it was checked"
        raise OutputError(message, "nothing is written: run the command again")
