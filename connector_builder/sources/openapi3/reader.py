"""Reads schemas as shapes: follows their references, merges their `allOf`, and folds their alternatives."""

from collections.abc import Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, items
from connector_builder.sources import losses
from connector_builder.sources.openapi3.folding import fold
from connector_builder.sources.openapi3.shapes import (
    KNOWN,
    LEFT_OUT,
    OF_SCHEMAS,
    AllOf,
    AnyOf,
    One,
    Part,
    Shape,
    merge,
    own_shape,
)
from connector_builder.sources.origin import Original

MAX_AROUND = 100
"""The most schemas within each other by `allOf` and alternatives alone."""

MAX_STEPS = 5_000
"""The most schemas that one is made of by `allOf` and alternatives alone."""
_INSTEAD = {
    "patternProperties": "fields may have any name",
    "prefixItems": "the items are one list",
}
"""What becomes of keywords that aren't only left out."""
COMBINING = frozenset(("allOf", "oneOf", "anyOf"))


class ShapeReader:
    """Reads the schemas of one document."""

    def __init__(self, original: Original) -> None:
        self.original = original
        self._known: dict[int, Shape] = {}
        self._cuts = 0
        self._steps = 0

    def shape(self, part: Part, around: tuple[int, ...] = ()) -> Shape:
        """Returns what a schema says, with all that it is `allOf` merged, and its alternatives folded."""
        if isinstance(part, AnyOf):
            return self._folded([self.shape(one, around) for one in part.of], part.at)
        if isinstance(part, AllOf):
            first, *rest = (self.shape(one, around) for one in part.of)
            for other in rest:
                self._merge(first, other)
            return first
        schema, at = self.original.place(part.schema, part.at)
        if schema is ABSENT:
            self.original.tell(
                losses.REFERENCE_NOT_FOUND,
                part.at,
                f"'{_reference_of(part.schema)}' leads nowhere: any object is allowed",
            )
            return Shape(part.at, ["object"])
        self._steps = self._steps + 1 if around else 0
        if id(schema) in around or len(around) > MAX_AROUND or self._steps > MAX_STEPS:
            self._cuts += 1
            return Shape(at, ["object"])
        shape = self._of(schema, at, around)
        self.original.read(1 + len(shape.properties))
        self._beside(shape, part)
        return shape

    def _of(self, schema: Any, at: Pointer, around: tuple[int, ...]) -> Shape:
        """Returns a shape of its own, which may be changed. One whose circles weren't cut is read once."""
        known = self._known.get(id(schema))
        if known is not None and known.at == at:
            return known.copied()
        shape, cuts = own_shape(schema, at), self._cuts
        if isinstance(schema, dict):
            self._combined(shape, schema, (*around, id(schema)))
            if cuts == self._cuts and COMBINING & schema.keys():
                self._known[id(schema)] = shape.copied()
        return shape

    def _combined(self, shape: Shape, schema: dict[str, Any], around: tuple[int, ...]) -> None:
        at = shape.at
        if schema.keys() <= KNOWN:
            return
        for index, member in enumerate(items(schema.get("allOf"))):
            self._merge(shape, self.shape(One(member, (*at, "allOf", index)), around))
        for key in ("oneOf", "anyOf"):
            members = [One(member, (*at, key, index)) for index, member in enumerate(items(schema.get(key)))]
            if members:
                self._merge(shape, self._folded([self.shape(one, around) for one in members], at))
        self._discriminator(shape, schema)
        for key in LEFT_OUT:
            if key in schema:
                said = _INSTEAD.get(key, "the connector doesn't check it")
                self.original.tell(losses.KEYWORD_LEFT_OUT, (*at, key), f"'{key}' has no counterpart: {said}")
        self.original.extensions(schema, at, OF_SCHEMAS)

    def _beside(self, shape: Shape, part: One) -> None:
        """Adds what is beside a reference, which counts in OpenAPI 3.1: texts, the default, and marks such as `readOnly`."""
        if isinstance(part.schema, dict) and "$ref" in part.schema and len(part.schema) > 1:
            own = own_shape(part.schema, part.at)
            shape.title = own.title or shape.title
            shape.description = own.description or shape.description
            shape.nullable |= own.nullable
            shape.keywords |= own.keywords
            shape.marks |= own.marks

    def _discriminator(self, shape: Shape, schema: dict[str, Any]) -> None:
        said = schema.get("discriminator")
        if not isinstance(said, dict) or not isinstance(name := said.get("propertyName"), str):
            return
        at, values = (*shape.at, "discriminator"), said.get("mapping")
        self.original.tell(losses.DISCRIMINATOR_LEFT_OUT, at, f"which fields belong to which '{name}' isn't kept")
        known = shape.properties.get(name)
        if isinstance(values, dict) and values and (known is None or self.shape(known).enum is None):
            tag = One({"type": "string", "enum": list(values)}, (*at, "mapping"))
            shape.properties[name] = tag if known is None else AllOf((known, tag))

    def _merge(self, shape: Shape, other: Shape) -> None:
        for key in merge(shape, other):
            self.original.tell(
                losses.ALL_OF_CONTRADICTS, other.at, f"'{key}' contradicts another part of 'allOf': the first counts"
            )

    def _folded(self, shapes: Sequence[Shape], at: Pointer) -> Shape:
        folded, said = fold(shapes, at)
        if said:
            self.original.tell(losses.ALTERNATIVES_FOLDED, at, f"{len(shapes)} alternatives become {said}")
        return folded


def _reference_of(schema: Any) -> str:
    return str(schema.get("$ref")) if isinstance(schema, dict) else ""
