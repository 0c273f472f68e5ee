"""Leaves out what only follows from a broken part: one mistake is one finding.

A connector whose key `connectionParameters` is misspelt has no connection parameters. The key is reported, and not a second
time that nothing holds the API key.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.patterns import regex
from connector_builder.rules.hit import Hit
from connector_builder.rules.missed import ANY, BREAKING, DEEP, IDLE, MISSED, NAMED, SHAPING, STRUCTURE, Where
from connector_builder.rules.rule import Fault

_MEANT = regex(r"did you mean '(.+)'\?|(?:it is called|write) '(.+)'")
_UNREAD = (Fault.MISSING, Fault.UNKNOWN, Fault.TYPE, Fault.VALUE, Fault.EXTENSION)
"""The faults of a part that isn't read. An extension in the wrong place is no such part."""
_MISSPELT = (Fault.UNKNOWN, Fault.EXTENSION)
_RULES, _DEEP = None, ()
"""The keys of a part in the tree for the rules that find it broken, and for those that do where any steps lead to it.

No step of a pointer is one of them.
"""


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
        broken.add(hit, part)
    meant = {(hit.document, part) for hit, part in lost if hit.fault in _MISSPELT}
    for hit in hits:
        instead = (hit.part, (*hit.part[:-1], "$ref")) if hit.fault is Fault.MISSING else ()
        is_misspelt = any((hit.document, part) in meant for part in instead)
        places = MISSED.get(hit.rule.name, ())
        if not is_misspelt and not any(broken.has(*_absolute(one, hit), but=hit.rule.name) for one in places):
            yield hit


def _lost(hit: Hit) -> Iterator[Pointer]:
    """Yields the parts that a hit says can't be read: a wrong one, and the one that it is meant to be."""
    steps = BREAKING.get(hit.rule.name)
    if hit.fault not in _UNREAD and steps is None:
        return
    part = hit.part if hit.fault in _UNREAD else (*hit.pointer, *(steps or ()))
    if hit.rule.name not in IDLE:
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
        self._asked: dict[tuple[str, Pointer, str], bool] = {}

    def add(self, hit: Hit, part: Pointer) -> None:
        """Adds a part that a hit says is broken."""
        node, name = self._tree, hit.rule.name
        for step in (hit.document, *part):
            node = node.setdefault(step, {})
        node.setdefault(_RULES, set()).add(name)
        shapes = hit.fault in _UNREAD or name in SHAPING
        if shapes and part and (part[-1] in STRUCTURE or NAMED.intersection(part[-2:-1])):
            node.setdefault(_DEEP, set()).add(name)

    def has(self, document: str, steps: Pointer, *, but: str) -> bool:
        """Checks whether a part at these steps, or one around it, is broken, as another rule than `but` finds."""
        asked = (document, steps, but)
        if asked not in self._asked:
            self._asked[asked] = self._look(document, steps, but)
        return self._asked[asked]

    def _look(self, document: str, steps: Pointer, but: str) -> bool:
        waiting: list[tuple[dict[Any, Any], Pointer]] = [(self._tree, (document, *steps))]
        while waiting:
            node, way = waiting.pop()
            is_deep = way[:1] == (DEEP,)
            if node.get(_DEEP if is_deep else _RULES, {but}) != {but}:
                return True
            if is_deep or way[:1] == (ANY,):
                further = way if is_deep else way[1:]
                waiting += [(inner, further) for key, inner in node.items() if isinstance(inner, dict)]
            elif way and way[0] in node:
                waiting.append((node[way[0]], way[1:]))
        return False
