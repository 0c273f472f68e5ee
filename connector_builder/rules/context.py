"""The data that the rules of one run share: the package, its resolved references, and values that were seen before."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar
from urllib.parse import unquote

from connector_builder.package.model import Package
from connector_builder.rules.circles import Circles
from connector_builder.rules.node import ABSENT, Node
from connector_builder.source.pointers import parse_reference
from connector_builder.source.suggest import Suggestions

MAX_CHAIN = 50
"""The longest chain of references that is followed."""

T = TypeVar("T")


class Context:
    """The data of one run: one context for each package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._found: dict[str, Any] = {}
        self._first: dict[tuple[str, Hashable], Node] = {}
        self._made: dict[tuple[str, Hashable], Any] = {}
        self._suggestions = Suggestions()
        self._circles = Circles(self.target)

    def first(self, topic: str, value: Hashable, node: Node) -> Node:
        """Returns the first node that was passed with this value of a topic: `node` itself if the value is new."""
        return self._first.setdefault((topic, value), node)

    def once(self, topic: str, key: Hashable, make: Callable[[], T]) -> T:
        """Returns the result of `make` for this key of a topic. It calls `make` once.

        For a part of the package, the key is its id.
        """
        if (topic, key) not in self._made:
            self._made[topic, key] = make()
        made: T = self._made[topic, key]
        return made

    def target(self, reference: str) -> Any:
        """Returns the part of the definition that a `$ref` leads to; ABSENT if it leads nowhere."""
        if reference not in self._found:
            self._found[reference] = self._look_up(reference)
        return self._found[reference]

    def resolved(self, value: Any) -> Any:
        """Returns a value, or, for a reference, the part that it finally leads to; ABSENT if it leads nowhere."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self.target(value["$ref"])
        return ABSENT

    def closes_circle(self, reference: dict[str, Any]) -> bool:
        """Checks whether a schema's reference leads back to a schema around it, by references and `allOf` alone."""
        return self._circles.closes(reference)

    def suggest(self, word: str, known: Iterable[str]) -> str | None:
        """Returns `did you mean 'summary'?` for a similar name; None if there is none, or the run reached its limit."""
        return self._suggestions.of(word, known)

    def _look_up(self, reference: str) -> Any:
        # A reference is the fragment of an address: some of its characters may be written as %20.
        steps = parse_reference(reference)
        found = follow(self.package.definition, steps)
        if found is ABSENT and "%" in reference:
            found = follow(self.package.definition, parse_reference(unquote(reference)))
        return found


def follow(value: Any, steps: Iterable[str] | None) -> Any:
    """Returns the part of a document that the steps lead to; ABSENT if there is none."""
    for step in (ABSENT,) if steps is None else steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, str) and step.isascii() and step.isdigit():
            value = value[int(step)] if len(step) < 10 and int(step) < len(value) else ABSENT
        else:
            return ABSENT
    return value
