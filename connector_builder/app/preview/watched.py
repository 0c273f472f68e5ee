"""Reads a target, and notes which files and folders that took, so that a change of one of them can be noticed."""

import os
from collections.abc import Iterable
from pathlib import Path

from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, Target, absolute
from connector_builder.language import Variables, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.package.model import Reading
from connector_builder.source.folder import Noting

Stamp = tuple[int, int] | tuple[str, ...] | None
"""The time and size of a file, the names in a folder, or None for what doesn't exist."""


def read_watched(target: Target, variables: Variables) -> tuple[Reading, frozenset[Path]]:
    """Reads a target. Returns its reading, and the files and folders that were looked at."""
    if target.kind is Kind.SPEC:
        folder, main = folder_of(target.path)
        noted: set[Path] = set()
        return compile_folder(Noting(folder, noted), main, variables), frozenset(noted)
    seen = {absolute(target.path)}
    if target.kind is Kind.PACKAGE:
        seen |= {absolute(target.path / name) for name in _names(target.path)}
    return read(target, variables), frozenset(seen)


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Returns what tells two states of each path apart."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
        # A file's time and size; a folder's names, since its time differs from system to system.
        return _names(path) if path.is_dir() else (found.st_mtime_ns, found.st_size)
    except (OSError, ValueError):
        return None


def _names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(os.listdir(folder)))  # noqa: PTH208
    except OSError:
        return ()
