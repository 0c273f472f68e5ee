"""Finds the specs, packages and single definitions that the paths on a command line stand for."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from connector_builder.app.shared.config import OWN as CONFIGURATION
from connector_builder.app.shared.misuse import Misuse
from connector_builder.language.load import MAIN, SECTIONS, SUFFIXES, is_spec
from connector_builder.package.files import find_files
from connector_builder.package.model import DEFINITION, HOUSE, PROPERTIES
from connector_builder.patterns import regex
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.suggest import suggest
from connector_builder.sources.solution_places import is_of, solution_folder, solution_of_file

MAX_NEAR = 1000
MAX_ENTRIES = 500_000
"""The most files and folders of one walk: whoever names `/` gets an error instead of a long wait."""

_SKIPPED = frozenset({"node_modules", "__pycache__"})  # and all that is hidden: .git, .venv, output's own records
_SWAGGER = regex(rb'"(?:swagger|openapi)"\s*:\s*"?[23]')
_SWAGGER_IN_YAML = regex(rb"""^["']?(?:swagger|openapi)["']?[ \t]*:[ \t]*["']?[123]""", re.MULTILINE)
_LOOSE = regex(r"(?:.*\.)?swagger\.(?:json|ya?ml)|.*_openapidefinition\.json", re.IGNORECASE)
"""Names of definitions that a walk finds by themselves: as tools download them, and in an unpacked solution."""
_OF_SOLUTION = regex(
    r"(.*)_(?:connectionparameters|connectionparametersets|policytemplateinstances|customcodeblobcontent|iconblob)"
    r"\.(?:json|csx|png)",
    re.IGNORECASE,
)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which `stat` knows on Windows only


Found = TypeVar("Found")


class Kind(StrEnum):
    """What a target is, which decides how it is read."""

    SPEC = "spec"
    PACKAGE = "package"
    DEFINITION = "definition"
    SOLUTION = "solution"


class Target(NamedTuple):
    """One thing to check, however many of its files were named.

    The path of a spec in a folder is that of the folder. `held` are contents to read instead of those of files on disk. `part` is the
    name of one connector of a solution.
    """

    path: Path
    kind: Kind
    held: tuple[tuple[Path, bytes], ...] = ()
    part: str = ""

    def __str__(self) -> str:
        return self.path.as_posix()


class Job(NamedTuple):
    """A target, and the name of the folder for what is made of it."""

    target: Target
    slug: str

    def __str__(self) -> str:
        return str(self.target)


def find_targets(paths: Sequence[Path]) -> list[Target]:
    """Returns the targets that `paths` stand for, sorted and without repeats.

    What a run that was killed there has moved is moved back first. Raises Misuse for a path that doesn't exist, a folder with neither spec
    nor package, and a file that is neither; OutputError for what can't be moved back.
    """
    for path in paths:
        put_in_order(path)
    return _distinct(target for path in paths for target in _stand_for(path))


def put_in_order(path: Path) -> None:
    """Undoes what a run that was killed left unfinished in the folder of a spec, before anything in it is read. Raises OutputError."""
    here = absolute(path)
    for folder in (here, here.parent):
        if os.path.lexists(folder / HOUSE / "staging"):
            from connector_builder.output.writing import staging_in

            with staging_in(folder):
                pass


def find_specs(paths: Sequence[Path]) -> list[Target]:
    """Returns the specs that `paths` stand for.

    Raises Misuse as `find_targets` does, and if a path stands for no spec.
    """
    specs: list[Target] = []
    for path in paths:
        here = [target for target in find_targets([path]) if target.kind is Kind.SPEC]
        if not here:
            raise _no_spec(path)
        specs += here
    return _distinct(specs)


def _no_spec(path: Path) -> Misuse:
    if path.suffix.lower() in SUFFIXES:
        cure = f"'connector-builder import {path.name} -o {path.stem}.spec.yaml' makes a spec of it"
        return Misuse(f"'{path}' is Swagger or OpenAPI, it isn't a spec", cure)
    return Misuse(f"'{path}' is a built package, not a spec", "'validate' checks packages")


def _distinct(targets: Iterable[Target]) -> list[Target]:
    by_place: dict[tuple[str, Kind, str], Target] = {}
    for target in targets:
        by_place.setdefault((os.path.normcase(absolute(target.path)), target.kind, target.part), target)
    return sorted(by_place.values())


def holds(paths: Iterable[Path], folder: Path) -> bool:
    """Checks whether one of these paths is the folder, or a folder above it, and so stands for everything in it."""
    below = absolute(folder)
    return below.is_dir() and any(below.is_relative_to(absolute(path)) for path in paths)


def _stand_for(path: Path) -> Iterable[Target]:
    if os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
        targets = _of_folder(path) or sorted(walk(path, _of_folder, _found_file))
        if not targets:
            raise Misuse(
                f"'{path}' contains neither a spec nor a package",
                f"a spec is a YAML file that begins with 'connector:', a package has an {DEFINITION}",
            )
        return targets
    if not os.path.lexists(path):
        raise Misuse(f"there is no file or folder '{path}'", near(path))
    return _of_file(path)


def near(path: Path) -> str | None:
    """Returns a suggestion: something with a similar name beside `path`; None if there is nothing."""
    try:
        return suggest(path.name, islice((entry.name for entry in path.parent.iterdir()), MAX_NEAR))
    except (OSError, ValueError):
        return None


def _of_file(path: Path) -> Iterator[Target]:
    """Yields the spec or package that a file is part of. That is the file's folder or the folder above.

    A definition beside them that belongs to neither, by name or by settings.json, stands for itself.

    A single-file spec stands for itself wherever it lies, unless it is a part of a spec's folder.
    """
    whole = solution_of_file(path)
    if whole is not None:
        yield Target(whole, Kind.SOLUTION, part=_row(path, whole))
        return
    folder = absolute(path).parent
    around = ((folder, path.parent), (folder.parent, _short(path.parent / os.pardir)))
    named_yaml = path.suffix.lower() in SUFFIXES
    part = is_spec_folder(folder) or folder.name in SECTIONS
    if named_yaml and not (part and any(is_spec_folder(real) for real, _ in around)) and is_spec(path):
        yield Target(path, Kind.SPEC)
        return
    alone = folder.name != "samples" and _is_definition(path)
    for real, shown in around:
        wholes = [Target(shown, target.kind) for target in _of_folder(real)]
        if wholes and not (alone and not _belongs(absolute(path), real)):
            yield from wholes
            return
    if folder.name == HOUSE or path.name == CONFIGURATION:
        return  # they aren't targets, but a pre-commit hook may name them
    yield _alone(path, alone=alone)


def _row(file: Path, solution: Path) -> str:
    """Returns the name of the connector that a file of a solution belongs to; empty if it belongs to none."""
    if file == solution:
        return ""
    from connector_builder.sources.solution.opening import names_in  # which reads it: other targets need it not

    return next((row for row in names_in(solution) if is_of(file, row)), "")


def _alone(path: Path, *, alone: bool) -> Target:
    """Returns the target for a file that belongs to nothing. Raises Misuse for one that can't be checked."""
    from connector_builder.sources.foreign import SUFFIXES as FOREIGN
    from connector_builder.sources.foreign import cure

    suffix = path.suffix.lower()
    part = _OF_SOLUTION.fullmatch(path.name)
    definition = path.with_name(f"{part[1]}_openapidefinition.json") if part else path
    if definition != path and os.path.lexists(definition):
        return Target(definition, Kind.DEFINITION)
    if suffix == ".json" or alone:
        return Target(path, Kind.DEFINITION)
    if suffix in SUFFIXES:  # the shape check reports what it lacks
        return Target(path, Kind.SPEC)
    if suffix in FOREIGN:
        what, kind = FOREIGN[suffix]
        raise Misuse(f"'{path}' is {what}: it can't be checked", cure(kind, path))
    raise Misuse(
        f"'{path}' is neither a spec nor part of a package", "name a .yaml or .json file, or a folder that holds some"
    )


def _is_definition(path: Path) -> bool:
    """Whether a file is a Swagger document, broken or not: by its name, or by what it says that it is."""
    if path.suffix.lower() not in (".json", *SUFFIXES):
        return False
    if _LOOSE.fullmatch(path.name):
        return True
    try:
        with path.open("rb") as file:
            return says_swagger(path, file.read(MAX_DOCUMENT))
    except OSError:
        return False


def says_swagger(path: Path, content: bytes) -> bool:
    """Checks whether the content of a file says that it is Swagger, or OpenAPI."""
    form = _SWAGGER if path.suffix.lower() == ".json" else _SWAGGER_IN_YAML
    return form.search(content) is not None


def _belongs(path: Path, folder: Path) -> bool:
    """Checks whether a definition belongs to the package in a folder: by its name, or because settings.json names it."""
    return path in (find_files(folder) or {}).values()


def absolute(path: Path) -> Path:
    """Returns an absolute path without resolving links."""
    return _short(path.absolute())


def _short(path: Path) -> Path:
    """Shortens `specs/runs/samples/..` to `specs/runs`."""
    return Path(os.path.normpath(path))


def _of_folder(folder: Path) -> list[Target]:
    if is_spec_folder(folder):
        return [Target(folder, Kind.SPEC)]
    if _is_package(folder):
        return [Target(folder, Kind.PACKAGE)]
    solution = solution_folder(folder)
    return [Target(solution, Kind.SOLUTION)] if solution is not None else []


def is_spec_folder(folder: Path) -> bool:
    """Checks whether a folder is a spec: it contains a connector.yaml."""
    return os.path.lexists(folder / MAIN)


def _is_package(folder: Path) -> bool:
    """Checks whether a folder is a package: by the platform's names, or by those in its settings.json."""
    return any(os.path.lexists(folder / name) for name in (DEFINITION, PROPERTIES)) or find_files(folder) is not None


def walk(
    folder: Path, of_folder: Callable[[Path], Sequence[Found]], of_file: Callable[[Path], Iterable[Found]]
) -> Iterator[Found]:
    """Yields what is found below a folder.

    It doesn't enter a folder for which `of_folder` finds something, and follows no links.

    Raises Misuse for more than MAX_ENTRIES files, and for a folder that can't be read.
    """
    waiting, seen = [folder], 0
    while waiting:
        below = waiting.pop()
        for entry in _entries(below):
            seen += 1
            if seen > MAX_ENTRIES:
                raise Misuse(f"'{folder}' contains more than {MAX_ENTRIES:,} files", "name the folders of connectors")
            path = below / entry.name
            if _is_link(entry) or entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                whole = of_folder(path)
                yield from whole
                waiting += [] if whole else [path]
            else:
                yield from of_file(path)


def _found_file(path: Path) -> Iterator[Target]:
    """Yields what a file in a folder is by itself: a spec, or a definition by its name."""
    if path.suffix.lower() in SUFFIXES and is_spec(path):
        yield Target(path, Kind.SPEC)
    elif _LOOSE.fullmatch(path.name):
        yield Target(path, Kind.DEFINITION)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise Misuse(f"the folder '{folder}' can't be read: {error.strerror}") from error


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Checks for symbolic links and Windows' junctions (`os.path.isjunction` is new in Python 3.12)."""
    if entry.is_symlink():
        return True
    tag: int = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", _JUNCTION)
