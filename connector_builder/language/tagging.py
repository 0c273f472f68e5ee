"""Tags of operations by their paths: `{Orders: /orders*, Admin: [/users*, /roles*]}`, for both directions."""

from collections.abc import Mapping
from typing import Any


class PathTags:
    """The tags of paths. An entry is a path, or with `*` at its end the beginning of paths; the longest that fits counts."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        """Takes the entries of each tag: one as a text, or several as a list."""
        self._exact: dict[str, list[str]] = {}
        self._begins: dict[str, list[str]] = {}
        for tag, given in entries.items():
            for entry in given if isinstance(given, list) else [given]:
                text = str(entry)
                table, key = (self._begins, text[:-1]) if text.endswith("*") else (self._exact, text)
                table.setdefault(key, []).append(tag)
        self._lengths = sorted({len(key) for key in self._begins}, reverse=True)
        self.used: set[str] = set()
        """The entries that fit a path so far."""

    @property
    def steps(self) -> int:
        """The most comparisons for one path."""
        return len(self._lengths) + 1

    def of(self, path: str) -> list[str] | None:
        """Returns the tags of an operation with a path; None if no entry fits. Two tags with one entry both apply."""
        if path in self._exact:
            self.used.add(path)
            return self._exact[path]
        for length in self._lengths:
            head = path[:length]
            if len(head) == length and head in self._begins:
                self.used.add(f"{head}*")
                return self._begins[head]
        return None
