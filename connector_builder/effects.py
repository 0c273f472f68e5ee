"""What this process has written for good, and what a service may have got, so that a run that is stopped can say so.

There is one list of each for the process, because a run may be stopped anywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_places: list[Path] = []
_doing: list[str] = []


def note(place: Path) -> None:
    """Notes that everything that a run had to write to a file or a folder is there."""
    if place not in _places:
        _places.append(place)


def written() -> list[Path]:
    """Returns the files and folders that were written, in order."""
    return list(_places)


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Notes while the block runs what a service may have done or not, such as `'Orders' was being deployed`, and what to do then."""
    _doing.append(what)
    yield
    _doing.remove(what)  # not after an error: that of a stopped run is told afterwards


def unfinished() -> list[str]:
    """Returns what was being done when the run was stopped."""
    return list(_doing)


def forget() -> None:
    """Forgets them, for the next run."""
    _places.clear()
    _doing.clear()
