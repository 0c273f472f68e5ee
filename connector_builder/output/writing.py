"""Writes packages into a folder: all of a run, or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from connector_builder.output.changes import Change, Packages, all_changes
from connector_builder.output.errors import OutputError
from connector_builder.output.lock import locked
from connector_builder.output.places import look
from connector_builder.output.record import is_record_name
from connector_builder.output.staging import Staging, recover
from connector_builder.package.model import HOUSE

_LOCK = f"{HOUSE}/lock"
_NAMED = 5


@dataclass(slots=True)
class Written:
    """What a build did: names relative to the folder, with `/`, sorted, without records.

    `edited` are the written and removed files that somebody had changed since a build wrote them.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)


def write(folder: Path, packages: Packages, *, whole: bool = False, force: bool = False) -> Written:
    """Makes a folder contain the packages: all of them, or none if anything goes wrong.

    It takes the packages one by one and stages them on the disk, so an iterator keeps memory small. If the iterator
    raises, the run ends with nothing changed. The iterator starts only after the remains of a killed run are undone and
    while no other build writes, so it may read the folder. With `whole`, it removes packages of earlier builds that
    aren't among these. With `force`, it replaces files in the way that no build wrote.

    Raises:
        OutputError: the folder can't be written, or something that isn't ours is in the way.
        ValueError: the name of a package or file can't be written on every system, or occurs twice.
    """
    return write_changes(folder, lambda: all_changes(folder, packages, whole=whole), force=force)


def write_changes(
    folder: Path, changes: Callable[[], Iterator[Change]], *, force: bool, writer: str = "build"
) -> Written:
    """Makes changes of a folder, which begin once the folder is locked: all, or none. `writer` is what writes there.

    Raises OutputError as `write` does.
    """
    done = Written()
    strange = []
    with staging_in(folder) as staging:
        for change in changes():
            if change.exists and not change.known and not force:
                strange.append(folder / change.name)
                continue
            staging.add(change.name, change.content, exists=change.exists)
            if not is_record_name(change.name):
                (done.removed if change.content is None else done.written).append(change.name)
                if change.edited:
                    done.edited.append(change.name)
        if strange:
            raise _in_the_way(strange, writer)
        staging.commit()
    return Written(sorted(done.written), sorted(done.removed), sorted(done.edited))


def _in_the_way(paths: list[Path], writer: str) -> OutputError:
    named = ", ".join(f"'{path.as_posix()}'" for path in paths[:_NAMED])
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    one = len(paths) == 1
    rest = f"{'is' if one else 'are'} in the way, and no {writer} wrote {'it' if one else 'them'}"
    return OutputError(f"{named}{more} {rest}", "move what you want to keep, or replace it with --force")


@contextmanager
def staging_in(folder: Path) -> Iterator[Staging]:
    """Yields a staging place in a folder. Creates and locks the folder, and undoes what a killed run left.

    Ctrl-C ends the block with nothing changed. Once everything is written, it comes too late and changes nothing.
    """
    look(folder, _LOCK)
    house = folder / HOUSE
    missing = [path for path in (house, folder, *folder.parents) if not path.exists()]
    staging = Staging(folder)
    try:
        try:
            with locked(folder / _LOCK):
                recover(folder)
                try:
                    yield staging
                finally:
                    try:
                        staging.discard()
                    except KeyboardInterrupt:  # nothing half-removed stays
                        staging.discard()
                        raise
        finally:
            # A run that wrote nothing leaves no folders.
            for path in missing or [house]:
                with suppress(OSError):
                    path.rmdir()
    except KeyboardInterrupt:
        if not staging.done:
            raise
