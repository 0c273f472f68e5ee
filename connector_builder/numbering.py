"""Tells equal names apart by numbers."""

from collections.abc import Container


class Numbers:
    """Gives names that aren't taken, and remembers the last number of each: a thousand equal names take a thousand steps.

    A number is written after `between`; the second name of a kind has the number `first`. With `fold`, names that
    differ only in case are equal, and those that are taken are in lower case.
    """

    def __init__(self, between: str = "", first: int = 2, *, fold: bool = False) -> None:
        self._between, self._first, self._fold = between, first, fold
        self._last: dict[str, int] = {}

    def free(self, name: str, taken: Container[str]) -> str:
        """Returns the name itself if it isn't taken, or else with the next free number. The caller adds it to those that are taken."""
        key = self._folded(name)
        if key not in taken:
            return name
        number = self._last.get(key, self._first)
        while self._folded(f"{name}{self._between}{number}") in taken:
            number += 1
        self._last[key] = number
        return f"{name}{self._between}{number}"

    def _folded(self, name: str) -> str:
        return name.lower() if self._fold else name
