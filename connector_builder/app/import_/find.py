"""Finds the packages and documents that the paths on a command line stand for, by the table of kinds."""

import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import absolute, is_spec_folder, near, walk
from connector_builder.language import MAIN
from connector_builder.sources.kinds import Kind
from connector_builder.sources.limits import LARGEST
from connector_builder.sources.solution_places import has_manifest, is_of
from connector_builder.sources.source import Source, parts

_ALL = tuple(Kind)


def find_sources(paths: Sequence[Path], kind: Kind | None = None) -> tuple[list[Source], bool]:
    """Returns the sources that `paths` stand for, in order and without repeats, and whether several specs may result.

    A folder that isn't a source itself stands for all sources in it; a file of a package stands for the package. With
    `kind` it looks for that kind alone, so that a definition is taken without the files beside it.

    Raises Misuse for a path that doesn't exist, a folder without sources, and a file that can't be of `kind`.
    """
    kinds = _ALL if kind is None else (kind,)
    found = [_stand_for(path, kinds) for path in paths]
    by_place: dict[tuple[str, Kind, str], Source] = {}
    for source in chain.from_iterable(sources for sources, _ in found):
        by_place.setdefault((os.path.normcase(absolute(source.path)), source.kind, source.part), source)
    several = len(paths) > 1 or any(walked or len(sources) > 1 for sources, walked in found)
    return list(by_place.values()), several


def held_source(name: Path, content: bytes, kind: Kind | None = None, origin: str | None = None) -> Source:
    """Returns a source that isn't a file: `content`, which a person knows by `name`, and which came from `origin`.

    The kind is the first that recognises it, else the last. Raises Misuse for a `kind` of folders.
    """
    if kind is not None:
        if not kind.reader.suffixes:
            raise Misuse(f"'{name}' isn't {kind.reader.described}, which is a folder", "name the folder")
        return Source(name, kind, content, origin)
    plain = content[:LARGEST].replace(b"\0", b"")
    *others, last = (one for one in _ALL if one.reader.suffixes)
    return Source(name, next((one for one in others if one.reader.recognises(plain)), last), content, origin)


def _stand_for(path: Path, kinds: Sequence[Kind]) -> tuple[list[Source], bool]:
    if not os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
        if not os.path.lexists(path):
            raise Misuse(f"there is no file or folder '{path}'", near(path))
        return _of_named(path, _of_file(path, kinds)), False
    whole = _of_folder(path, kinds)
    if whole:
        return whole, False
    if has_manifest(path) and Kind.SOLUTION in kinds:
        raise Misuse(f"'{path}' is a solution without a connector", Kind.SOLUTION.reader.mark)
    if is_spec_folder(path):
        raise Misuse(f"'{path}' is a spec already", "'connector-builder build' makes a package of it")
    sources = sorted(walk(path, lambda folder: _of_folder(folder, kinds), lambda file: _document(file, kinds)))
    if not sources:
        raise Misuse(f"'{path}' contains {_nothing(kinds)}", kinds[0].reader.mark)
    return sources, True


def _nothing(kinds: Sequence[Kind]) -> str:
    """Returns `no package`, or `nothing that can be imported` if any kind would do."""
    return f"no {kinds[0].reader.described.partition(' ')[2]}" if len(kinds) == 1 else "nothing that can be imported"


def _of_folder(folder: Path, kinds: Sequence[Kind]) -> list[Source]:
    found = ((kind.reader.in_folder(folder), kind) for kind in kinds)
    return next((parts(Source(path, kind)) for path, kind in found if path is not None), [])


def _of_named(file: Path, source: Source) -> list[Source]:
    """Returns the sources of a file's source: the connector that the file is a part of, else all."""
    every = parts(source)
    return [one for one in every if one.part and is_of(file, one.part)] or every


def _of_file(path: Path, kinds: Sequence[Kind]) -> Source:
    """Returns the source that a file belongs to, or the file itself as a source.

    The kind is the first that recognises the file, else the last of `kinds`.
    """
    *others, last = kinds
    content = _content(path, others)
    for kind in others:
        whole = kind.reader.of_file(path)
        sure = not kind.reader.suffixes or whole != path or (kind is Kind.SOLUTION and path.suffix.lower() == ".zip")
        if whole is not None and (sure or (content and kind.reader.recognises(content))):
            return Source(whole, kind)
    if path.name == MAIN and is_spec_folder(path.parent) and last.reader.suffixes:
        raise Misuse(f"'{path}' is a spec already", "'connector-builder build' makes a package of it")
    whole = last.reader.of_file(path)
    if whole is None:
        described = last.reader.described
        raise Misuse(f"'{path}' isn't part of {described}", f"leave out --from {last} to import it by itself")
    return Source(whole, last)


def _document(path: Path, kinds: Sequence[Kind]) -> Iterator[Source]:
    """Yields a file found in a folder as a source, if a kind recognises it.

    The file needn't be readable as that kind.
    """
    asked = [kind for kind in kinds if path.suffix.lower() in kind.reader.suffixes]
    content = _content(path, asked)
    if content:
        found = (Source(path, kind) for kind in asked if kind.reader.recognises(content))
        for source in islice(found, 1):
            yield from parts(source)


def _content(path: Path, kinds: Sequence[Kind]) -> bytes | None:
    """Returns the content of a file that some of these kinds may recognise; None if it can't be read.

    It leaves out zero bytes, so that the ASCII part of UTF-16 reads like ASCII.
    """
    if not any(kind.reader.suffixes for kind in kinds):
        return None
    try:
        if not path.is_file():  # opening a pipe would wait for a writer
            return None
        with path.open("rb") as file:
            return file.read(LARGEST).replace(b"\0", b"")
    except OSError:
        return None
