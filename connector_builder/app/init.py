"""Copies starter specs from the templates."""

import os
from contextlib import suppress
from pathlib import Path

from connector_builder.app.misuse import Misuse
from connector_builder.render.templates import template_folder


def write_starter(directory: Path, template: str) -> list[Path]:
    """Copies a starter spec into a directory, which it creates if needed. Returns the paths of the files.

    Raises Misuse if one of the files exists already or can't be written; then it leaves none behind.
    """
    source = template_folder() / "init" / template
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    paths = [directory / name for name in names]
    for path in paths:
        if os.path.lexists(path):
            raise Misuse(f"'{path}' is there already, and nothing is overwritten", "name another directory")
    written: list[Path] = []
    try:
        for name, path in zip(names, paths, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                written.append(path)
                file.write((source / name).read_bytes().replace(b"\r\n", b"\n"))
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise Misuse(f"'{directory}' can't be written: {error.strerror}") from error
    return paths
