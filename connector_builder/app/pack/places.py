"""Writes what was packed: a zip, or the files of a folder. All of it or none."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import absolute
from connector_builder.output.places import is_file, look
from connector_builder.output.specs import update_files


class FolderFiles(NamedTuple):
    """What a folder may contain: `ours` is written, and removed where it belongs to nothing any more, `theirs` stays as it is."""

    ours: re.Pattern[str]
    theirs: re.Pattern[str]
    described: str


UNPACKED_FILES = FolderFiles(
    re.compile(
        r"Connectors/[^/]+|Other/(?:Solution|Customizations)\.xml"
        r"|environmentvariabledefinitions/[^/]+/environmentvariabledefinition\.xml"
    ),
    re.compile(r"environmentvariabledefinitions/[^/]+/environmentvariablevalues\.json"),  # of an environment
    "an unpacked solution of connectors",
)
MAX_FILES = 20_000
_NAMED = 3


def write_archive(output: Path, content: bytes) -> None:
    """Writes a zip, and replaces an earlier one. Raises OutputError."""
    place = absolute(output)
    update_files(place.parent, {place.name: content}, ())


def write_folder(output: Path, contents: Mapping[str, bytes], files: FolderFiles, *, force: bool) -> None:
    """Makes a folder contain these files and no others of theirs. Raises Misuse for a folder with other files, unless `force`, and OutputError."""
    place = absolute(output)
    there = list(_files(place))
    others = [name for name in there if not files.ours.fullmatch(name) and not files.theirs.fullmatch(name)]
    if others and not force:
        named = ", ".join(f"'{one}'" for one in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = f"'{output}' contains {named}{more}, and {files.described} doesn't"
        raise Misuse(message, "name another folder, or keep those files with --force")
    gone = {name for name in there if files.ours.fullmatch(name)} - contents.keys()
    name = place.name
    update_files(place.parent, {f"{name}/{one}": content for one, content in contents.items()}, _below(name, gone))


def _below(name: str, files: Collection[str]) -> list[str]:
    return [f"{name}/{one}" for one in sorted(files)]


def _files(folder: Path) -> Iterator[str]:
    """Yields the files below a folder by name, with `/`. Raises OutputError for a link or a file at its place."""
    if look(folder.parent, folder.name) is None:
        return
    waiting = [""]
    seen = 0
    while waiting:
        below = waiting.pop()
        for entry in sorted(os.listdir(folder / below)):  # noqa: PTH208
            seen += 1
            if seen > MAX_FILES:
                raise Misuse(f"'{folder}' contains more than {MAX_FILES:,} files", "name another folder")
            name = f"{below}{entry}"
            status = look(folder, name)
            if status is not None and is_file(status):
                yield name
            elif status is not None:
                waiting.append(f"{name}/")
