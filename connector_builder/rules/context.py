"""The data that the rules of one run share: the package, its resolved references, and values that were seen before."""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from connector_builder.package.model import Package
from connector_builder.platform.swagger.references import References
from connector_builder.rules.circles import Circles
from connector_builder.rules.node import Node
from connector_builder.source.suggest import Suggestions

P = ParamSpec("P")
T = TypeVar("T")
_NEW: Any = object()
_CONTAINERS = (dict, list)


class Context:
    """The data of one run: one context for each package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.references = References(package.definition)
        self.resolved = self.references.resolved
        self.made: dict[Hashable, Any] = {}
        """What the functions with `@once` returned."""
        self._first: dict[tuple[str, Hashable], Node] = {}
        self._suggestions = Suggestions()
        self._circles = Circles(self.references)

    def first(self, topic: str, value: Hashable, node: Node) -> Node:
        """Returns the first node that was passed with this value of a topic: `node` itself if the value is new."""
        return self._first.setdefault((topic, value), node)

    def closes_circle(self, reference: dict[str, Any]) -> bool:
        """Checks whether a schema's reference leads back to a schema around it, by references and `allOf` alone."""
        return self._circles.closes(reference)

    def suggest(self, word: str, known: Iterable[str]) -> str | None:
        """Returns `did you mean 'summary'?` for a similar name; None if there is none, or the run reached its limit."""
        return self._suggestions.of(word, known)


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Calls a function once per context, which is its last argument, and once per part of the package before that.

    A mapping or a list counts as the same part if it is the same object, anything else if it is equal.
    """

    @wraps(function)
    def remembering(*args: P.args, **_: P.kwargs) -> T:
        made: dict[Hashable, Any] = args[-1].made  # type: ignore[attr-defined]
        key: Hashable = function
        if len(args) == 2:  # the usual number, told apart since this is called for most parts of a document
            key = (function, id(args[0]) if isinstance(args[0], _CONTAINERS) else args[0])
        elif len(args) > 2:
            key = (function, *[id(part) if isinstance(part, _CONTAINERS) else part for part in args[:-1]])
        result: T = made.get(key, _NEW)
        if result is _NEW:
            result = made[key] = function(*args)  # type: ignore[call-arg]
        return result

    return remembering
