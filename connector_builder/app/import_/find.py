"""What the paths on a command line stand for: packages and Swagger documents to import."""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from connector_builder.app.misuse import Misuse
from connector_builder.app.targets import absolute, is_spec_folder, near, walk
from connector_builder.language import MAIN
from connector_builder.package import DEFINITION
from connector_builder.package.files import find_files
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.sources.sources import Kind, Source

_SUFFIXES = (".json", ".yaml", ".yml")
# Any version: what can't be imported yet says so, where somebody who names a folder would else miss it.
_SWAGGER = re.compile(rb"""(?<![\w-])["']?(?:swagger|openapi)["']?[ \t]*:[ \t]*["']?[123]\.[0-9]""")
_NOTHING = {
    None: "neither a package nor a Swagger document",
    Kind.PACKAGE: "no package",
    Kind.SWAGGER: "no Swagger document",
}
_PACKAGE = f"a package has an {DEFINITION}, or a settings.json that names another"
_DOCUMENT = "it is a JSON or YAML file with 'swagger' and 'paths' at its top"
_PATHS = re.compile(rb"""(?<![\w-])["']?paths["']?[ \t]*:""")


def find_sources(paths: Sequence[Path], kind: Kind | None = None) -> tuple[list[Source], bool]:
    """The sources that `paths` stand for, in order, none twice; and whether there may be several, and so several specs.

    A folder that is no package stands for all that lie in it, and a file of a package for the whole. With `kind` nothing else is
    looked for, and a definition is taken without what is beside it.

    Raises Misuse for a path that doesn't exist, a folder in which nothing is found, and a file that isn't part of a package
    where only packages are looked for.
    """
    found = [_stand_for(path, kind) for path in paths]
    by_place: dict[tuple[str, Kind], Source] = {}
    for source in chain.from_iterable(sources for sources, _ in found):
        by_place.setdefault((os.path.normcase(absolute(source.path)), source.kind), source)
    return list(by_place.values()), len(paths) > 1 or any(walked for _, walked in found)


def _stand_for(path: Path, kind: Kind | None) -> tuple[list[Source], bool]:
    if not os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
        if not os.path.lexists(path):
            raise Misuse(f"there is no file or folder '{path}'", near(path))
        return [_of_file(path, kind)], False
    whole = _of_folder(path, kind)
    if whole:
        return whole, False
    if is_spec_folder(path):
        raise Misuse(f"'{path}' is a spec already", "'connector-builder build' makes a package of it")
    sources = sorted(walk(path, lambda folder: _of_folder(folder, kind), lambda file: _document(file, kind)))
    if not sources:
        raise Misuse(f"'{path}' holds {_NOTHING[kind]}", _DOCUMENT if kind is Kind.SWAGGER else _PACKAGE)
    return sources, True


def _of_folder(folder: Path, kind: Kind | None) -> list[Source]:
    files = find_files(folder)
    if files is None:
        return []
    if kind is Kind.SWAGGER:
        return [Source(files[DEFINITION], kind)] if DEFINITION in files else []
    return [Source(folder, Kind.PACKAGE)]


def _of_file(path: Path, kind: Kind | None) -> Source:
    if kind is not Kind.SWAGGER:
        folder = path.parent
        files = find_files(absolute(path).parent) or {}
        if any(_is_same(file, path) for file in files.values()):
            return Source(folder, Kind.PACKAGE)
    if kind is Kind.PACKAGE:
        raise Misuse(f"'{path}' isn't part of a package", "leave out --from package to import it by itself")
    if path.name == MAIN and is_spec_folder(path.parent):
        raise Misuse(f"'{path}' is a spec already", "'connector-builder build' makes a package of it")
    return Source(path, Kind.SWAGGER)


def _is_same(one: Path, other: Path) -> bool:
    return os.path.normcase(absolute(one)) == os.path.normcase(absolute(other))


def _document(path: Path, kind: Kind | None) -> Iterator[Source]:
    """A file of a walk, if it looks like Swagger or OpenAPI; it may be too broken to be read."""
    if kind is not Kind.PACKAGE and path.suffix.lower() in _SUFFIXES and _looks_like_swagger(path):
        yield Source(path, Kind.SWAGGER)


def _looks_like_swagger(path: Path) -> bool:
    try:
        if not path.is_file():  # opening a pipe would wait for a writer
            return False
        with path.open("rb") as file:
            content = file.read(MAX_DOCUMENT).replace(b"\0", b"")  # UTF-16, as far as it is ASCII
    except OSError:
        return False
    return _SWAGGER.search(content) is not None and _PATHS.search(content) is not None
