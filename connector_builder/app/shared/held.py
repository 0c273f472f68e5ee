"""Finds what standard input is to be checked as: the file that its name says, with this content."""

import re
from pathlib import Path

from connector_builder.app.shared.targets import Kind, Target, absolute, find_targets, is_spec_folder, says_swagger
from connector_builder.language.load import MAIN, SECTIONS, SUFFIXES
from connector_builder.package.files import find_files
from connector_builder.package.model import DEFINITION, PROPERTIES
from connector_builder.patterns import regex
from connector_builder.source.files import ZIP

STDIN = Path("-")
"""The word for standard input."""
_JSON = regex(rb"(?:\xef\xbb\xbf)?\s*[\[{<]")
_SPEC = regex(rb"""^["']?connector["']?[ \t]*:""", re.MULTILINE)


def find_held(path: Path | None, content: bytes) -> Target:
    """Returns the target that standard input is part of.

    `path` is the name that the content has; the file need not exist. If it is a file of a spec or a package, the target
    is the whole, with this content instead of the file's. Without a name, the content shows the kind. A zip is a solution.
    """
    if content.startswith(ZIP):
        path = path or Path("stdin.zip")
        return Target(path, Kind.SOLUTION, ((absolute(path), content),))
    if path is None:
        path = Path("stdin.json" if _JSON.match(content) and not _SPEC.search(content) else "stdin.yaml")
    held = ((absolute(path), content),)
    whole = _whole(path)
    if whole is not None:
        return whole._replace(held=held)
    is_definition = path.suffix.lower() not in SUFFIXES or (not _SPEC.search(content) and says_swagger(path, content))
    return Target(path, Kind.DEFINITION if is_definition else Kind.SPEC, held)


def _whole(path: Path) -> Target | None:
    """Returns the spec or package in a folder that a file is part of; None if it stands for itself."""
    folder = absolute(path).parent
    if path.suffix.lower() in SUFFIXES:
        if path.name == MAIN:
            return Target(path.parent, Kind.SPEC)
        if folder.name in SECTIONS and is_spec_folder(folder.parent):
            return find_targets([path.parent / ".."])[0]
        return None
    files = find_files(folder) or {}
    if path.name in (DEFINITION, PROPERTIES) or absolute(path) in map(absolute, files.values()):
        return Target(path.parent, Kind.PACKAGE) if folder.is_dir() else None
    return None
