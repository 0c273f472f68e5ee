"""What this process has written for good, so that a run that is stopped afterwards can say so.

There is one list for the process, because a run may be stopped anywhere.
"""

from pathlib import Path

_places: list[Path] = []


def note(place: Path) -> None:
    """Notes that everything that a run had to write to a file or a folder is there."""
    if place not in _places:
        _places.append(place)


def written() -> list[Path]:
    """Returns the files and folders that were written, in order."""
    return list(_places)


def forget() -> None:
    """Forgets them, for the next run."""
    _places.clear()
