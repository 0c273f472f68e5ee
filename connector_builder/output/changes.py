"""Finds what must change in an output folder so that it contains the packages. Writing and comparing share this."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from connector_builder.output.errors import OutputError
from connector_builder.output.places import MAX_FILE, is_file, look
from connector_builder.output.record import (
    PAGES,
    files_bytes,
    hash_of,
    read_files,
    read_record,
    record_bytes,
    record_name,
    recorded_slugs,
)
from connector_builder.source.names import is_portable, is_slug

Packages = Iterable[tuple[str, Mapping[str, bytes] | None]]
"""Slugs, each with the files of its package: names relative to the package's folder, with `/`, and contents.

None instead of files leaves the folder's package as it is: it has a spec, but the spec can't be built.
"""


class Change(NamedTuple):
    """A file that isn't as it should be.

    `name` is relative to the output folder. `content` is what the file should contain, None if it should be removed.
    `exists` says whether there is a file; `current` is its content, None if it can't be read. `known` says whether
    builds wrote it, `edited` whether it changed since then.
    """

    name: str
    content: bytes | None
    exists: bool = False
    current: bytes | None = None
    known: bool = True
    edited: bool = False


def all_changes(folder: Path, packages: Packages, *, whole: bool) -> Iterator[Change]:
    """Yields the differences between a folder and the packages, which it takes one by one.

    With `whole`, the folder should contain no other packages.

    Raises:
        OutputError: something that is neither a file nor a folder of ours is in the way.
        ValueError: a name can't be written on every system or occurs twice; the caller makes the names.
    """
    slugs = set()
    for slug, files in packages:
        if slug in slugs or not is_slug(slug):
            raise ValueError(f"'{slug}' can't name a package, or names two")
        slugs.add(slug)
        if files is None:
            continue
        if not all(map(is_portable, files)) or len({name.lower() for name in files}) < len(files):
            raise ValueError(f"the files of '{slug}' can't be written under their names on every system")
        yield from _changes(folder, slug, files)
        yield from _change(folder, record_name(slug), record_bytes(files))
    if whole:
        for slug in recorded_slugs(folder):
            if slug not in slugs:
                yield from _changes(folder, slug, {})
                yield from _change(folder, record_name(slug), None)


def page_changes(folder: Path, pages: Iterable[tuple[str, bytes]], *, whole: bool) -> Iterator[Change]:
    """Yields the differences between a folder and pages: names relative to it, with `/`, and contents, which it takes one by one.

    All pages have one record. Those of other connectors stay, unless the folder should contain no others (`whole`). Raises as
    `all_changes` does.
    """
    record = read_files(folder, PAGES)
    made: dict[str, str | None] = {}
    seen, below = set[str](), set[str]()
    for name, content in pages:
        if name.lower() in seen or not is_portable(name):
            raise ValueError(f"'{name}' can't name a page, or names two")
        seen.add(name.lower())
        below.add(name.rpartition("/")[0])
        made[name] = hash_of(content)
        yield from _change(folder, name, content, known=name in record, hash_=record.get(name))
    kept = {name: hash_ for name, hash_ in record.items() if name not in made}
    for name, hash_ in sorted(kept.items()):
        if whole or name.rpartition("/")[0] in below:
            del kept[name]
            if name.lower() not in seen and is_file(look(folder, name)):
                yield from _change(folder, name, None, hash_=hash_)
    yield from _change(folder, PAGES, files_bytes({**kept, **made}))


def _changes(folder: Path, slug: str, files: Mapping[str, bytes]) -> Iterator[Change]:
    """Yields the changes of a package's files, without those of its record."""
    record = read_record(folder, slug)
    stale = {name.lower(): name for name in record if name not in files}
    for name in sorted(files):
        former = stale.get(name.lower())
        if former and name not in record and _is_same(folder, f"{slug}/{former}", f"{slug}/{name}"):
            # Only the case of the name changed, and case doesn't count here: the file in the folder counts as the
            # former name.
            yield Change(f"{slug}/{name}", files[name])
        else:
            yield from _change(folder, f"{slug}/{name}", files[name], known=name in record, hash_=record.get(name))
    for name in sorted(stale.values()):
        if is_file(look(folder, f"{slug}/{name}")):
            yield from _change(folder, f"{slug}/{name}", None, hash_=record[name])


def _change(
    folder: Path, name: str, content: bytes | None, *, known: bool = True, hash_: str | None = None
) -> Iterator[Change]:
    """Yields the change of one file, if any. `hash_` is the hash of what a build wrote, if it is known."""
    status = look(folder, name)
    if status is None:
        if content is not None:
            yield Change(name, content)
        return
    current = _current(folder / name, status)
    if content is None or current != content:
        edited = hash_ is not None and current is not None and hash_of(current) != hash_
        yield Change(name, content, True, current, known, edited)


def _current(path: Path, status: os.stat_result) -> bytes | None:
    """Returns the content of a file; None if it can't be read, which doesn't stop a build from replacing it.

    Raises OutputError if it isn't a file.
    """
    if not is_file(status):
        raise OutputError(f"'{path.as_posix()}' must be a file", "move it, then try again")
    if status.st_size > MAX_FILE:
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


def _is_same(folder: Path, name: str, other: str) -> bool:
    """Checks whether two names lead to one file."""
    first, second = look(folder, name), look(folder, other)
    return first is not None and second is not None and os.path.samestat(first, second)
