"""Makes the copy of a definition that openapi-spec-validator checks: one in which nothing can do harm.

The copy follows the table of Swagger. It leaves out unknown keys and values of the wrong type, each of which a rule of
ours reports, extensions, examples, which openapi-spec-validator doesn't look at, and the keys beside a schema's `$ref`,
which Swagger ignores. It replaces patterns, so that none is ever run. The original isn't changed.

It changes two things, because openapi-spec-validator refuses what the platform accepts: a response of `type: file` (the
metaschema that it uses lacks the type), and a base path that is an environment variable.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from connector_builder.platform.data.shapes import Shape
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import same
from connector_builder.rules.registry import SHAPES
from connector_builder.rules.topics.definition.document import ENVIRONMENT_VARIABLE

MAX_NODES = 150_000
MAX_PAIRS = 2_000_000
"""The longest list of parts: it compares each part with each, unless they can be sorted."""
MAX_UNFOLDED = 50_000
"""The most schemas: it follows every way through references and `allOf`, and a hundred schemas can have 2^100 ways."""
_UNREAD = frozenset({"example", "examples"})


@dataclass(slots=True)
class View:
    """The copy, the references in it, and what would take too long to check, or None."""

    document: Any = None
    references: list[str] = field(default_factory=list)
    too_much: str | None = None

    @property
    def closed(self) -> bool:
        """Checks whether every reference stays in the document."""
        return all(reference.startswith("#/") for reference in self.references)


def view_of(definition: Any) -> View:
    """Returns the copy of a definition."""
    maker = _Maker()
    document = maker.copy(definition, SHAPES["document"])
    view = View(document, maker.references)
    if not view.closed or maker.nodes > MAX_NODES or maker.pairs > MAX_PAIRS:
        view.too_much = "it is too large" if view.closed else None
        return view
    unfolded = _Unfolded(document)
    sizes = [unfolded.size(schema) for schema in maker.composed]
    fan = max(sizes, default=1)
    if sum(sizes) > MAX_UNFOLDED:
        view.too_much = "its schemas are too entangled"
    for schema in maker.with_default:
        size, depth = _measure(schema["default"])
        if size * fan ** min(depth, 20) > MAX_UNFOLDED:
            del schema["default"]  # a rule of ours checks it in bounded time
    return view


class _Maker:
    """Makes the copy and counts its parts."""

    def __init__(self) -> None:
        self.references: list[str] = []
        self.composed: list[dict[str, Any]] = []
        self.with_default: list[dict[str, Any]] = []
        self.nodes = 0
        self.pairs = 0

    def copy(self, value: Any, shape: Shape) -> Any:
        self.nodes += 1
        shape = shape.of(value)
        if type(value) not in shape.types:
            return None
        if isinstance(value, list) and shape.each is not None:
            self.pairs += 0 if all(isinstance(item, str) for item in value) else len(value) ** 2
            each = shape.each  # items of mappings keep their places; items of texts needn't
            return [self.copy(item, each) for item in value if type(item) in each.types]
        if isinstance(value, dict) and not shape.leaf:
            return self._mapping(value, shape)
        return value

    def _mapping(self, value: dict[str, Any], shape: Shape) -> dict[str, Any]:
        copied = {}
        for key, part in value.items():
            inner = shape.keys.get(key, shape.each)
            unread = (key in _UNREAD and key in shape.keys) or (shape.extensions and key.startswith("x-"))
            if inner is not None and not unread and type(part) in inner.of(part).types:
                copied[key] = self.copy(part, inner)
        if "$ref" in copied and "$ref" in shape.keys:
            self.references.append(copied["$ref"])
            if "$ref" in shape.required:
                return {"$ref": copied["$ref"]}
            del copied["$ref"]  # in a path, where a rule of ours refuses it
        for key, tame in _TAMED.items():
            if key in copied and key in shape.keys:
                tame(self, copied, value)
        return copied

    def _enum(self, copied: dict[str, Any], _: dict[str, Any]) -> None:
        if not copied["enum"]:
            del copied["enum"]

    def _all_of(self, copied: dict[str, Any], _: dict[str, Any]) -> None:
        self.composed.append(copied)

    def _pattern(self, copied: dict[str, Any], _: dict[str, Any]) -> None:
        copied["pattern"] = "^"

    def _base_path(self, copied: dict[str, Any], _: dict[str, Any]) -> None:
        if copied["basePath"].startswith(ENVIRONMENT_VARIABLE):
            copied["basePath"] = "/"

    def _response_schema(self, copied: dict[str, Any], _: dict[str, Any]) -> None:
        if "in" not in copied and copied["schema"].get("type") == "file":
            copied["schema"]["type"] = "string"

    def _default(self, copied: dict[str, Any], value: dict[str, Any]) -> None:
        nullable = copied["default"] is None and value.get("x-nullable") is True
        if (
            nullable
            or value.get("type") == "file"
            or any(isinstance(part, dict) and "$ref" in part for part, _ in _parts(copied["default"]))
        ):
            del copied["default"]
        else:
            copied.pop("multipleOf", None)  # in floats 0.3 isn't a multiple of 0.1
            self.with_default.append(copied)


_TAMED: dict[str, Callable[[_Maker, dict[str, Any], dict[str, Any]], None]] = {
    "allOf": _Maker._all_of,
    "basePath": _Maker._base_path,
    "default": _Maker._default,
    "enum": _Maker._enum,
    "pattern": _Maker._pattern,
    "schema": _Maker._response_schema,
}


class _Unfolded:
    """Counts the schemas that one becomes when every way is followed that doesn't lead deeper into a value."""

    def __init__(self, document: Any) -> None:
        self._references = References(document)
        self._sizes: dict[int, int] = {}

    def size(self, schema: dict[str, Any]) -> int:
        waiting = [schema]
        while waiting:
            part = waiting[-1]
            inner = list(self._inner(part))
            new = [each for each in inner if id(each) not in self._sizes]
            if id(part) not in self._sizes:
                self._sizes[id(part)] = 0  # a schema that leads back to itself counts no more
                waiting += new
                if new:
                    continue
            waiting.pop()
            self._sizes[id(part)] = min(1 + sum(self._sizes[id(each)] for each in inner), MAX_UNFOLDED + 1)
        return self._sizes[id(schema)]

    def _inner(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        # In the view nothing stands beside a reference. It follows items as well, of which a schema is nothing.
        yield from (part for part in (*same(schema, self._references), schema.get("items")) if isinstance(part, dict))


def _parts(value: Any) -> Iterator[tuple[Any, int]]:
    """Yields a value and everything in it, each with its depth."""
    waiting = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        if isinstance(part, dict | list):
            inner = part.values() if isinstance(part, dict) else part
            waiting += [(each, depth + 1) for each in inner]


def _measure(value: Any) -> tuple[int, int]:
    """Returns how many values a value contains, and how deep they are."""
    depths = [depth for _, depth in _parts(value)]
    return len(depths), max(depths)
