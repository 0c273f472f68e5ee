"""Which part of a spec each part of a built document came from."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connector_builder.findings import Place, Pointer, Text


class Written(NamedTuple):
    """A part of a document as its author wrote it: the way from the mapping or list at `start`, or from the root."""

    text: Text
    start: int | None
    rest: Pointer


class Origins:
    """Noted while a document is made, looked up when there is a finding.

    A note belongs to a container (a dict or list of the document, known by its identity) and a key in it, so that who
    makes a part need not know where it will stand. The containers must live as long as this object and must not be
    copied; they are kept alive here.
    """

    def __init__(self) -> None:
        self._notes: dict[int, dict[str | int, Place]] = {}
        self._own: dict[int, Place] = {}
        self._written: dict[int, tuple[Text, int]] = {}
        self._kept: list[Any] = []

    def note(self, container: dict[str, Any] | list[Any], key: str | int, place: Place) -> None:
        """The entry `key` of `container` came from `place`."""
        notes = self._notes.get(id(container))
        if notes is None:
            self._kept.append(container)
            notes = self._notes[id(container)] = {}
        notes[key] = place

    def note_all(self, container: dict[str, Any] | list[Any], place: Place) -> None:
        """What nothing nearer is noted for in `container` came from `place`."""
        if id(container) not in self._own:
            self._kept.append(container)
        self._own[id(container)] = place

    def note_written(self, container: dict[str, Any] | list[Any], text: Text, start: int) -> None:
        """`container`, with all in it, stands in `text` from `start` on just as in the document."""
        if id(container) not in self._written:
            self._kept.append(container)
            self._written[id(container)] = (text, start)

    def written(self, root: Any, pointer: Pointer) -> Written | None:
        """Where the author wrote the nearest part around `pointer` that stands in a text as in the document."""
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
        """The nearest noted place of each pointer into `root`; `whole` where nothing is noted on the way."""
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
