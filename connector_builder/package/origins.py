"""Records which part of a spec each part of a built document came from."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings import Place, Pointer, Text


class Written(NamedTuple):
    """A part of a document as its author wrote it: `rest` is the way to it from the part at `start`, or the root."""

    text: Text
    start: int | None
    rest: Pointer


class Origins:
    """Notes places while a document is made, and finds them for its findings.

    A note belongs to a container (a dict or list of the document, identified by its identity) and a key in it. So the
    code that makes a part needn't know where the part will be. Containers must not be copied; this object keeps them
    alive.
    """

    def __init__(self) -> None:
        self._notes: dict[int, dict[str | int, Place]] = {}
        self._own: dict[int, Place] = {}
        self._written: dict[int, tuple[Text, int]] = {}
        self._kept: list[Any] = []

    def note(self, container: dict[str, Any] | list[Any], key: str | int, place: Place) -> None:
        """Notes that the entry `key` of `container` came from `place`."""
        notes = self._notes.get(id(container))
        if notes is None:
            self._kept.append(container)
            notes = self._notes[id(container)] = {}
        notes[key] = place

    def note_all(self, container: dict[str, Any] | list[Any], place: Place) -> None:
        """Notes that all parts of `container` without a note of their own came from `place`."""
        if id(container) not in self._own:
            self._kept.append(container)
        self._own[id(container)] = place

    def note_written(self, container: dict[str, Any] | list[Any], text: Text, start: int) -> None:
        """Notes that `text` contains `container` and everything in it, from `start` on, as the document does."""
        if id(container) not in self._written:
            self._kept.append(container)
            self._written[id(container)] = (text, start)

    def written(self, root: Any, pointer: Pointer) -> Written | None:
        """Returns the nearest part around `pointer` that the author's text contains in the same form as the document.

        Returns None if there is no such part.
        """
        part, found = root, None
        for done, step in enumerate((*pointer, "")):
            if id(part) in self._written:
                found = Written(*self._written[id(part)], pointer[done:])
            try:
                part = part[step]
            except (KeyError, IndexError, TypeError):
                break
        return found

    def locate(self, root: Any, pointers: Iterable[Pointer], whole: Place) -> dict[Pointer, Place]:
        """Returns the nearest noted place for each pointer into `root`; `whole` if nothing is noted on the way."""
        return {pointer: self._find(root, pointer, whole) for pointer in pointers}

    def _find(self, root: Any, pointer: Pointer, best: Place) -> Place:
        part = root
        best = self._own.get(id(part), best)
        for step in pointer:
            best = self._notes.get(id(part), {}).get(step, best)
            try:
                part = part[step]
            except (KeyError, IndexError, TypeError):
                break
            best = self._own.get(id(part), best) if isinstance(part, dict | list) else best
        return best
