"""Finds the operation of a request: by its path and verb, with the values of the path's parameters."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from connector_builder.platform.data.plain import text
from connector_builder.platform.swagger.operations import Operation, operations
from connector_builder.source.suggest import suggest

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_MOST_STEPS = 20_000
"""The most nodes that one look-up visits: paths of parameters alone could make it try each way."""


class Found(NamedTuple):
    """The operations of a path by verb, and the texts of the path's parameters, decoded once."""

    operations: dict[str, Operation]
    values: dict[str, str]


class _Node:
    """A place between two slashes: what follows a literal, and what follows a pattern such as `{id}`."""

    __slots__ = ("literals", "operations", "patterns")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.patterns: dict[str, tuple[re.Pattern[str] | None, tuple[str, ...], _Node]] = {}
        self.operations: dict[str, Operation] = {}


class Routes:
    """The operations of a definition below a base path. A literal wins over a parameter, as in other routers."""

    def __init__(self, definition: Any, prefix: str = "") -> None:
        base = text(definition.get("basePath")) if isinstance(definition, dict) else ""
        self.base = prefix + base.rstrip("/")
        self.operations: dict[str, Operation] = {}
        self.count = 0
        self._root = _Node()
        self._lines: list[str] = []
        for operation in operations(definition):
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        path = operation.path.partition("?")[0]
        for step in segments(self.base + path):
            node = _next(node, step)
        node.operations.setdefault(operation.verb.upper(), operation)
        self.operations.setdefault(text(operation.value.get("operationId")), operation)
        self._lines.append(f"{operation.verb.upper()} {self.base}{path}")
        self.count += 1

    def find(self, path: str) -> Found | None:
        """Returns the operations of a path as it was sent; None if no template fits."""
        steps = list(segments(path))
        waiting: list[tuple[_Node, int, tuple[tuple[str, str], ...]]] = [(self._root, 0, ())]
        for _ in range(_MOST_STEPS):
            if not waiting:
                return None
            node, at, values = waiting.pop()
            if at == len(steps):
                if node.operations:
                    return Found(node.operations, dict(values))
                continue
            step = unquote(steps[at])
            for pattern, names, after in reversed(node.patterns.values()):
                given = (step,) if pattern is None else _given(pattern, step)
                if given and step:
                    waiting.append((after, at + 1, (*values, *zip(names, given, strict=True))))
            literal = node.literals.get(step)
            if literal is not None:
                waiting.append((literal, at + 1, values))
        return None

    def all(self) -> Iterator[dict[str, Operation]]:
        """Yields the operations of each path by verb."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if node.operations:
                yield node.operations
            waiting += [*node.literals.values(), *(after for _, _, after in node.patterns.values())]

    def nearest(self, method: str, path: str) -> str | None:
        """Returns a suggestion of an operation with nearly this path: `did you mean 'GET /v1/orders'?`."""
        if not path.startswith(f"{self.base}/"):
            return f"paths begin with '{self.base}/'"
        return suggest(f"{method} {path}", self._lines)


def segments(path: str) -> Iterable[str]:
    """Returns the parts of a path between its slashes."""
    return path.removeprefix("/").split("/")


def _next(node: _Node, step: str) -> _Node:
    names = tuple(_VARIABLE.findall(step))
    if not names:
        return node.literals.setdefault(unquote(step), _Node())
    if step not in node.patterns:
        pattern = None if step == f"{{{names[0]}}}" else re.compile("".join(_regex(step)))
        node.patterns[step] = (pattern, names, _Node())
        # `{name}` alone takes everything, so what says more about its segment is tried before it.
        node.patterns = dict(sorted(node.patterns.items(), key=lambda one: one[1][0] is None))
    return node.patterns[step][2]


def _regex(step: str) -> Iterator[str]:
    """Yields the parts of a pattern: each parameter but the last takes as little as it can."""
    at = 0
    for match in _VARIABLE.finditer(step):
        yield re.escape(unquote(step[at : match.start()]))
        yield "(.+?)"
        at = match.end()
    yield re.escape(unquote(step[at:]))


def _given(pattern: re.Pattern[str], step: str) -> tuple[str, ...]:
    # Several parameters in one segment take quadratic time, so a long one isn't tried.
    match = pattern.fullmatch(step) if len(step) < 2_000 else None
    return match.groups() if match is not None else ()
