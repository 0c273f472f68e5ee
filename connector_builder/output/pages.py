"""Writes pages into a folder, all or none, or compares them with the files in it."""

from collections.abc import Iterable
from pathlib import Path

from connector_builder.output.changes import page_changes
from connector_builder.output.comparing import Difference, compare_changes
from connector_builder.output.writing import Written, write_changes

Pages = Iterable[tuple[str, bytes]]
"""Names relative to the folder, with `/`, and contents."""
_WRITER = "run of 'docs'"


def write_pages(folder: Path, pages: Pages, *, whole: bool = False, force: bool = False) -> Written:
    """Makes a folder contain the pages: all of them, or none if anything goes wrong. It takes them one by one, as `write` does.

    With `whole`, it removes pages of earlier runs that aren't among these. Raises OutputError and ValueError as `write` does.
    """
    return write_changes(folder, lambda: page_changes(folder, pages, whole=whole), force=force, writer=_WRITER)


def compare_pages(folder: Path, pages: Pages, *, whole: bool = False) -> list[Difference]:
    """Returns what `write_pages` would change with the same arguments. Writes nothing. Raises as `compare` does."""
    return compare_changes(folder, page_changes(folder, pages, whole=whole))
