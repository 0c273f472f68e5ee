"""Leaves out what only follows from a broken part: one mistake is one finding.

A connector whose key `connectionParameters` is misspelt has no connection parameters. The key is reported, and not a second
time that nothing holds the API key.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.patterns import regex
from connector_builder.rules.hit import Hit
from connector_builder.rules.missed import ANY, BREAKING, MISSED, Where
from connector_builder.rules.rule import Fault

_MEANT = regex(r"did you mean '(.+)'\?|(?:it is called|write) '(.+)'")
_UNREAD = (Fault.MISSING, Fault.UNKNOWN, Fault.TYPE, Fault.VALUE, Fault.EXTENSION)
"""The faults of a part that isn't read. An extension in the wrong place is no such part."""
_MISSPELT = (Fault.UNKNOWN, Fault.EXTENSION)
_RULES = None
"""The key of a part in the tree under which the rules stand that find it broken: no step of a pointer is None."""


def without_consequences(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yields the hits of a package without those that miss something where a part can't be read.

    `MISSED` says where the rules look for what they miss. A key is not missing if another one is meant to be it.
    """
    lost = [(hit, part) for hit in hits for part in _lost(hit)]
    if not lost:
        yield from hits
        return
    broken = _Broken()
    for hit, part in lost:
        broken.add(hit.document, part, hit.rule.name)
    meant = {(hit.document, part) for hit, part in lost if hit.fault in _MISSPELT}
    for hit in hits:
        is_misspelt = hit.fault is Fault.MISSING and (hit.document, hit.part) in meant
        places = MISSED.get(hit.rule.name, ())
        if not is_misspelt and not any(broken.has(*_absolute(one, hit), but=hit.rule.name) for one in places):
            yield hit


def _lost(hit: Hit) -> Iterator[Pointer]:
    """Yields the parts that a hit says can't be read: a wrong one, and the one that it is meant to be."""
    steps = BREAKING.get(hit.rule.name)
    if hit.fault not in _UNREAD and steps is None:
        return
    part = hit.part if hit.fault in _UNREAD else (*hit.pointer, *(steps or ()))
    yield part
    if hit.help is not None and part and (meant := _MEANT.fullmatch(hit.help)) is not None:
        yield (*part[:-1], meant[1] or meant[2])


def _absolute(where: Where, hit: Hit) -> tuple[str, Pointer]:
    if where.document:
        return where.document, where.steps
    return hit.document, (*hit.pointer[: len(hit.pointer) - where.up], *where.steps)


class _Broken:
    """The parts that can't be read, as a tree: by document, then by step."""

    def __init__(self) -> None:
        self._tree: dict[Any, Any] = {}

    def add(self, document: str, part: Pointer, name: str) -> None:
        """Adds a part that the rule of this name finds broken."""
        node = self._tree
        for step in (document, *part):
            node = node.setdefault(step, {})
        node.setdefault(_RULES, set()).add(name)

    def has(self, document: str, steps: Pointer, *, but: str) -> bool:
        """Checks whether a part at these steps, or one around it, is broken, as another rule than `but` finds."""
        waiting: list[tuple[dict[Any, Any], Pointer]] = [(self._tree, (document, *steps))]
        while waiting:
            node, way = waiting.pop()
            if node.get(_RULES, {but}) != {but}:
                return True
            if way and way[0] == ANY:
                waiting += [(inner, way[1:]) for key, inner in node.items() if key is not _RULES]
            elif way and way[0] in node:
                waiting.append((node[way[0]], way[1:]))
        return False
