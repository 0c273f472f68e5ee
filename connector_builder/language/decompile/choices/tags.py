"""Finds the tags that operations have by their paths, where that is shorter than a line at each operation."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.tagging import PathTags
from connector_builder.platform.swagger.operations import Operation

LEAST_SAVED = 3
"""The fewest lines that are saved, since a reader of an operation then finds its tags elsewhere."""
_OWN, _ENTRY = 5, 2
"""The costs of tags at an operation, which take a line, and of an entry: several are on the line of their tag."""
_MOST_TAGS = 60
_MOST_LEVELS = 20
"""More tags aren't grouped, nor paths told apart below so many levels: no reader could follow, and it takes long."""


def tags_by_path(operations: list[Operation]) -> Entries | None:
    """Returns the entries for `defaults.operation.tags` by tag; None if the operations should have their own."""
    root = _Node("")
    tags = dict.fromkeys(tag for one in operations if (tag := _tag(one.value)) is not None)
    if not 1 < len(tags) <= _MOST_TAGS:
        return None
    for one in operations:
        root.below(one.path.split("/")[:_MOST_LEVELS]).tags.append(_tag(one.value) if "tags" in one.value else "")
    root.price()
    entries: dict[str, list[str]] = {tag: [] for tag in tags}
    root.choose("", entries)
    found = {tag: listed[0] if len(listed) == 1 else listed for tag, listed in entries.items() if listed}
    known = PathTags(found)
    left = sum(one.value.get("tags") != known.of(one.path) for one in operations)
    said = sum("tags" in one.value for one in operations)
    return found if said - left - len(found) >= LEAST_SAVED else None


def _tag(operation: Entries) -> str | None:
    """Returns the only tag of an operation; None if it has none or several."""
    match operation.get("tags"):
        case [str(tag)] if tag:
            return tag
    return None


@dataclass(slots=True)
class _Node:
    """A step of paths: the tags of the operations that end here, and what follows. "" is no tag, None another list.

    `costs` are those of the operations below it, by the tag that the paths have here; `foreign` those with a tag that nothing below
    has. `least` is the best of the tags.
    """

    path: str
    tags: list[str | None] = field(default_factory=list)
    children: "dict[str, _Node]" = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)
    foreign: int = 0
    least: str = ""

    def below(self, steps: list[str]) -> "_Node":
        node = self
        for step in steps[1:]:
            node = node.children.setdefault(step, _Node(f"{node.path}/{step}"))
        return node

    def price(self) -> None:
        """Works out the costs, from the ends of the paths. Of equal costs, the entry with the longer path is chosen."""
        for child in self.children.values():
            child.price()
        own = Counter(self.tags)
        known = dict.fromkeys(tag for child in self.children.values() for tag in child.costs)
        for tag in dict.fromkeys(("", *(one for one in own if one), *known)):
            below = sum(child.cost(tag) for child in self.children.values())
            self.costs[tag] = _OWN * (len(self.tags) - own[tag]) + below
        self.foreign = _OWN * len(self.tags) + sum(
            min(child.foreign, _ENTRY + child.costs[child.least]) if child.least else child.foreign
            for child in self.children.values()
        )
        # For a single operation an entry saves nothing, and one for all paths says nothing about them.
        if self.path and (self.children or len(self.tags) > 1):
            self.least = min((tag for tag in self.costs if tag), key=self.costs.__getitem__, default="")

    def cost(self, inherited: str) -> int:
        """Returns the costs below this step if the paths around have a tag."""
        same = self.costs.get(inherited, self.foreign)
        return min(same, _ENTRY + self.costs[self.least]) if self.least else same

    def choose(self, inherited: str, entries: dict[str, list[str]]) -> None:
        """Adds the entries of this step and those below it."""
        same = self.costs.get(inherited, self.foreign)
        if self.least and _ENTRY + self.costs[self.least] < same:
            inherited = self.least
            entries[inherited].append(f"{self.path}*" if self.children else self.path)
        for child in self.children.values():
            child.choose(inherited, entries)


def tags_of(operation: Entries) -> Any:
    """Returns the tags by path in `defaults.operation`; None if there are none."""
    tags = operation.get("tags")
    return PathTags(tags) if isinstance(tags, dict) else None
