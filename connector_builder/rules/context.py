"""What the rules of one run share: the package, its references resolved, what was seen before."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar
from urllib.parse import unquote

from connector_builder.package.model import Package
from connector_builder.rules.circles import Circles
from connector_builder.rules.node import ABSENT, Node
from connector_builder.source.pointers import parse_reference
from connector_builder.source.suggest import Suggestions

MAX_CHAIN = 50
"""How many references in a row are followed."""

T = TypeVar("T")


class Context:
    """One for each package that is checked."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._found: dict[str, Any] = {}
        self._first: dict[tuple[str, Hashable], Node] = {}
        self._made: dict[tuple[str, Hashable], Any] = {}
        self._suggestions = Suggestions()
        self._circles = Circles(self.target)

    def first(self, topic: str, value: Hashable, node: Node) -> Node:
        """The node that was given first for this value of a topic: the node itself, where it is new."""
        return self._first.setdefault((topic, value), node)

    def once(self, topic: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns for this key of a topic; it is called once. A part of the package has its id as key."""
        if (topic, key) not in self._made:
            self._made[topic, key] = make()
        made: T = self._made[topic, key]
        return made

    def target(self, reference: str) -> Any:
        """What a `$ref` leads to in the definition, ABSENT where it leads nowhere."""
        if reference not in self._found:
            self._found[reference] = self._look_up(reference)
        return self._found[reference]

    def resolved(self, value: Any) -> Any:
        """A value, or, if it is a reference, what that leads to in the end: ABSENT where it leads nowhere."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self.target(value["$ref"])
        return ABSENT

    def closes_circle(self, reference: dict[str, Any]) -> bool:
        """Whether a schema's reference leads back to a schema that it is a part of by references and `allOf` alone."""
        return self._circles.closes(reference)

    def suggest(self, word: str, known: Iterable[str]) -> str | None:
        """`did you mean 'summary'?`, if there is something similar, and the run hasn't asked too often."""
        return self._suggestions.of(word, known)

    def _look_up(self, reference: str) -> Any:
        # A reference is the fragment of an address, in which some characters are written as %20.
        steps = parse_reference(reference)
        found = follow(self.package.definition, steps)
        if found is ABSENT and "%" in reference:
            found = follow(self.package.definition, parse_reference(unquote(reference)))
        return found


def follow(value: Any, steps: Iterable[str] | None) -> Any:
    """The part of a document that the steps lead to, ABSENT if there is none."""
    for step in (ABSENT,) if steps is None else steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, str) and step.isascii() and step.isdigit():
            value = value[int(step)] if len(step) < 10 and int(step) < len(value) else ABSENT
        else:
            return ABSENT
    return value
