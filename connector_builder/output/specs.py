"""Writes specs for `import`: all of a run, or none."""

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from connector_builder.language.load import MAIN, SECTIONS, SUFFIXES
from connector_builder.output.errors import OutputError, guarded
from connector_builder.output.places import is_file, look
from connector_builder.output.staging import Staging
from connector_builder.output.writing import staging_in
from connector_builder.package.model import ICON, SCRIPT

Specs = Iterable[tuple[str, Mapping[str, bytes]]]
"""Names of specs, each with its files: names relative to the folder that all specs go to, with `/`, and contents."""

_NAMED = 5


def in_the_way(folder: Path, names: Iterable[str], beside: Container[str] = ()) -> list[Path]:
    """Returns what is in the way of specs with these names: their files and, except for the names in `beside`, their folders.

    Raises:
        OutputError: a link is there, or an entry can't be read.
    """
    places = (f"{name}{suffix}" for name in names for suffix in ("", *SUFFIXES) if suffix or name not in beside)
    return [folder / place for place in places if look(folder, place) is not None]


def refused(paths: Sequence[Path]) -> OutputError:
    """Returns the error for what exists already. It proposes --force only where --force replaces it."""
    for path in paths:
        try:
            list(_of_spec(path.parent, path.name))
        except OutputError as error:
            if path.is_dir():
                return OutputError(f"'{path.as_posix()}' is there already, and isn't a spec", error.help)
    named = ", ".join(f"'{path.as_posix()}'" for path in paths[:_NAMED])
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    one = len(paths) == 1
    message = f"{named}{more} {'is' if one else 'are'} there already"
    return OutputError(message, f"name another place with -o, or replace {'it' if one else 'them'} with --force")


def write_specs(
    folder: Path, specs: Specs, *, force: bool = False, beside: Container[str] = ()
) -> dict[str, list[str]]:
    """Writes specs into a folder: all of them, or none if anything goes wrong. It takes them one by one, as `write` does.

    With `force` it replaces the files of a spec with the same name: its single file, its connector.yaml, the files of its
    operations and schemas, its icon and its script. Other files in its folder stay; it returns them by the spec's name.
    A folder whose name is in `beside` isn't a spec's, and stays as it is: those specs are single files.

    Raises:
        OutputError: something is in the way, or can't be written.
    """
    kept: dict[str, list[str]] = {}
    with staging_in(folder) as staging:
        for name, files in specs:
            there = in_the_way(folder, [name], beside)
            if there and not force:
                raise refused(there)
            gone = set(_files_of_spec(folder, name) if name in beside else _of_spec(folder, name))
            _stage(staging, folder, files, gone)
            kept[name] = [] if name in beside else _kept(folder, name, {*files, *gone})
        staging.commit()
    return kept


def update_files(folder: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Replaces files of a spec and its base, and removes others: all of that, or, where anything goes wrong, nothing.

    Raises:
        OutputError: something can't be written or removed.
    """
    with staging_in(folder) as staging:
        _stage(staging, folder, files, gone)
        staging.commit()


def _stage(staging: Staging, folder: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> None:
    there = {name: look(folder, name) for name in files}
    for name, status in there.items():
        if status is not None and not is_file(status):
            raise OutputError(
                f"'{(folder / name).as_posix()}' is a folder, but must be a file", "move it, then try again"
            )
        staging.add(name, files[name], exists=status is not None)
    # Where case doesn't count, an old file may be the same as a new one: then it is replaced already.
    same = [status for status in there.values() if status is not None]
    for name in sorted(set(gone) - files.keys()):
        status = look(folder, name)
        if status is not None and not any(os.path.samestat(status, one) for one in same):
            staging.add(name, None, exists=True)


def _of_spec(folder: Path, name: str) -> Iterator[str]:
    """Yields the existing files of the specs with this name.

    Raises OutputError if something else has the name: nobody means to replace that.
    """
    yield from _files_of_spec(folder, name)
    yield from _folder_of_spec(folder, name)


def _files_of_spec(folder: Path, name: str) -> Iterator[str]:
    for file in (f"{name}{suffix}" for suffix in SUFFIXES):
        status = look(folder, file)
        if status is not None and not is_file(status):
            raise OutputError(
                f"'{(folder / file).as_posix()}' is a folder, but must be a file", "move it, then try again"
            )
        yield from [file] if status is not None else []


def _folder_of_spec(folder: Path, name: str) -> Iterator[str]:
    status = look(folder, name)
    if status is None:
        return
    place = (folder / name).as_posix()
    if not stat.S_ISDIR(status.st_mode):
        raise OutputError(f"'{place}' is a file, but must be a folder", "move it, or name another place with -o")
    if look(folder, f"{name}/{MAIN}") is not None:
        yield f"{name}/{MAIN}"
        yield from (f"{name}/{file}" for file in (ICON, SCRIPT) if look(folder, f"{name}/{file}") is not None)
        for section in SECTIONS:
            parts = _entries(folder, f"{name}/{section}")
            yield from (f"{name}/{section}/{part}" for part in parts if Path(part).suffix.lower() in SUFFIXES)
    elif _entries(folder, name):
        help_ = f"name another place with -o, such as {place}/connector, or move it"
        raise OutputError(f"'{place}' isn't a spec, so that --force doesn't replace it", help_)


def _entries(folder: Path, name: str) -> list[str]:
    """Returns the names in a folder; none if there is no such folder."""
    status = look(folder, name)
    if status is None or not stat.S_ISDIR(status.st_mode):
        return []
    with guarded(folder / name, "read"):
        return sorted(os.listdir(folder / name))  # noqa: PTH208


def _kept(folder: Path, name: str, known: Iterable[str]) -> list[str]:
    """Returns what else the folder of a spec contains."""
    parts = [f"{name}/{entry}" for entry in _entries(folder, name) if entry not in SECTIONS]
    for section in SECTIONS:
        parts += (f"{name}/{section}/{entry}" for entry in _entries(folder, f"{name}/{section}"))
    known = {place for file in known for place in (file, *map(str, PurePosixPath(file).parents))}
    return sorted(part for part in parts if part not in known)
