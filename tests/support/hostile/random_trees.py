"""Grows random specs and packages that look like real ones: mostly known keys, mostly with values of allowed kinds."""

from random import Random
from typing import Any

from connector_builder.language import json_schema
from connector_builder.platform.data.shapes import Shape
from connector_builder.rules.registry import SHAPES

SPEC = json_schema()
MAX_DEPTH = 8
NAMES = (
    "A",
    "B",
    "C",
    "a",
    "id",
    "value",
    "$top",
    "a[]",
    "a.b",
    "a!",
    "200",
    "404",
    "default",
    "x-a",
    "x-ms-a",
    "/a",
    "/a/{id}",
    "get",
    "path",
    "",
)
TEXTS = (
    "A", "B", "C", "#/definitions/A", "#/parameters/A", "#/responses/B", "#", "string", "int", "array", "object", "file", "any", "two words", "${A}",
    "${A:-b}", "$${", "GET /a", "POST /a/{id}?x=1&y!", "GET /", "a", "a in query", "{id}", "s.json", "internal", "query", "body", "path", "id", "2.0", "",
    "https://api.example.com/v1", "http://[", "api.example.com", "/v1", "^(a+)+$", "[", "\x1b", "\ufffd", "é", "🚀", "application/json", "1.0.0", "#007ee5",
)  # fmt: skip
SCALARS = (None, True, False, 0, 1, -1, 200, 2**31, 10**30, 0.5, -0.0, 1e308, 1e-5)


class Grower:
    """Grows trees from one random source."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def anything(self, depth: int = 0) -> Any:
        """Returns any JSON value."""
        if depth > 3 or self.often(0.6):
            return self.random.choice(TEXTS) if self.often(0.6) else self.random.choice(SCALARS)
        if self.often(0.5):
            return [self.anything(depth + 1) for _ in range(self.random.randint(0, 3))]
        return {self.name(): self.anything(depth + 1) for _ in range(self.random.randint(0, 3))}

    def name(self) -> str:
        return self.random.choice(NAMES)

    def spec(self) -> dict[str, Any]:
        """Returns a spec by the language's JSON Schema."""
        tree = self._known(SPEC, 0, keys=12)
        if self.often(0.9):
            tree["connector"] = {"title": "T", "description": "D.", "server": "https://api.example.com/v1"}
        if self.often(0.9):
            tree["actions"] = self._described(SPEC["properties"]["actions"], 0)
        return tree

    def _described(self, schema: dict[str, Any], depth: int) -> Any:
        """Returns a value that a part of the JSON Schema describes."""
        if "$ref" in schema:
            schema = SPEC["$defs"][schema["$ref"].rpartition("/")[2]]
        if depth > MAX_DEPTH or self.often(0.06):
            return self.anything(depth)
        if "examples" in schema and self.often(0.15):
            return schema["examples"][0]
        part = self.random.choice(schema.get("anyOf", [schema]))
        if "enum" in part and self.often(0.9):
            return self.random.choice(part["enum"])
        kinds = part.get("type", ["string", "object", "array", "null", "number"])
        if isinstance(kinds, str):
            kinds = [kinds]
        solid = [kind for kind in kinds if kind != "null"]  # null is allowed nearly everywhere, and tests little
        kind = self.random.choice(solid if solid and self.often(0.9) else kinds)
        if kind == "object":
            return self._mapping(schema, depth)
        if kind == "array":
            return [self._described(schema.get("items", {}), depth + 1) for _ in range(self.random.randint(0, 3))]
        scalars = {"string": TEXTS, "null": (None,), "boolean": (True, False)}
        return self.random.choice(scalars.get(kind, SCALARS[3:]))

    def _mapping(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        if "then" in schema:
            return self._known(SPEC["$defs"][schema["then"]["$ref"].rpartition("/")[2]], depth, keys=6)
        values = schema.get("additionalProperties")
        described = values if isinstance(values, dict) else {}
        return {self.name(): self._described(described, depth + 1) for _ in range(self.random.randint(1, 4))}

    def _known(self, schema: dict[str, Any], depth: int, keys: int) -> dict[str, Any]:
        properties = schema["properties"]
        chosen = {key for key in schema.get("required", ()) if self.often(0.95)}
        chosen |= set(self.random.choices(list(properties), k=self.random.randint(0, keys)))
        tree = {key: self._described(properties[key], depth + 1) for key in sorted(chosen)}
        if self.often(0.05):
            tree[self.name()] = self.anything(depth)
        return tree

    def document(self, kind: str) -> Any:
        """Returns a document of a package by its table of shapes."""
        return self._shaped(SHAPES[kind], 0)

    def _shaped(self, shape: Shape, depth: int) -> Any:
        if shape.choose is not None:
            shape = self.random.choice(
                [shape.of({"in": place}) for place in ("body", "query", "path")] + [shape.of({})]
            )
        if shape.name == "anything" or depth > 14 or self.often(0.04):
            return self.anything(depth)
        if shape.values and self.often(0.9):
            return self.random.choice(shape.values)
        kind = self.random.choice(sorted(shape.types, key=str))
        if kind is dict:
            return self._object(shape, depth)
        if kind is list:
            each = shape.each or SHAPES["anything"]
            return [self._shaped(each, depth + 1) for _ in range(self.random.randint(0, 3))]
        return self.random.choice([one for one in (*TEXTS, *SCALARS) if type(one) is kind])

    def _object(self, shape: Shape, depth: int) -> dict[str, Any]:
        chosen = {key for key in shape.required if self.often(0.95)}
        if shape.keys:
            chosen |= set(self.random.choices(list(shape.keys), k=self.random.randint(0, 8)))
        tree = {key: self._shaped(shape.keys[key], depth + 1) for key in sorted(chosen)}
        if shape.each is not None:
            tree |= {self.name(): self._shaped(shape.each, depth + 1) for _ in range(self.random.randint(0, 3))}
        return tree
