"""Makes samples for responses that have none, from examples, defaults, enums and formats. The result never varies."""

from collections.abc import Mapping
from typing import Any

from connector_builder.language.compile.samples.invented import Inventor
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.swagger.references import References

_TEXTS = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "uuid": "11111111-1111-4111-8111-111111111111",
    "uri": "https://example.com",
    "email": "someone@example.com",
    "byte": "AA==",
    "html": "<p>text</p>",
}
MAX_DEPTH = 80
MAX_PARTS = 20_000
MAX_TOTAL = 300_000
MAX_CHARACTERS = 16 * 1024 * 1024
_TOO_LARGE = "the schema is too large"


class NoExample(ValueError):  # noqa: N818 - an answer, not a failure
    """Signals that no sample can be made, with the reason."""


class NoTarget(NoExample):
    """A reference leads nowhere, which a rule about packages reports."""


class Budget:
    """Limits the parts and characters of all samples of a document together."""

    left = MAX_TOTAL
    characters = MAX_CHARACTERS


def example(
    schema: Any,
    references: References,
    budget: Budget | None = None,
    authored: Mapping[int, Any] | None = None,
    inventor: Inventor | None = None,
) -> Any:
    """Makes a value that is valid against a schema. `references` belong to the document that contains it.

    `authored` contains the author's samples by the `id` of their schemas; they are used unchanged. An `inventor` makes all
    values up, instead of the author's examples and defaults. Raises NoExample if no value can be made up.
    """
    budget = budget or Budget()
    maker = _Maker(references, min(MAX_PARTS, budget.left), budget.characters, authored or {}, inventor)
    try:
        return maker.make(schema, ())
    finally:
        budget.left -= maker.parts
        budget.characters -= maker.characters


class _Maker:
    def __init__(
        self,
        references: References,
        most: int,
        characters: int,
        authored: Mapping[int, Any],
        inventor: Inventor | None,
    ) -> None:
        self.references = references
        self.authored = authored
        self.inventor = inventor
        self.most, self.most_characters = most, characters
        self.parts, self.characters = 0, 0
        self.depth = 0

    def make(self, schema: Any, above: tuple[str, ...]) -> Any:
        self.parts += 1
        if self.parts > self.most or self.depth > MAX_DEPTH:
            raise NoExample(_TOO_LARGE)
        self.depth += 1
        try:
            return self._make(schema, above)
        finally:
            self.depth -= 1

    def _make(self, schema: Any, above: tuple[str, ...]) -> Any:
        if not isinstance(schema, dict):
            raise NoExample("a schema isn't a mapping")
        if id(schema) in self.authored:
            return self._given(self.authored[id(schema)])
        if "$ref" in schema:
            return self._reference(schema["$ref"], above)
        for key in ("example", "default") if self.inventor is None else ():
            if key in schema:
                return self._given(schema[key])
        if isinstance(schema.get("enum"), list) and schema["enum"]:
            allowed = schema["enum"]
            return self._given(allowed[0] if self.inventor is None else self.inventor.pick(allowed))
        return self._by_type(schema, above)

    def _given(self, value: Any) -> Any:
        """Returns an author's value, and counts all its contents: every sample may contain the same default."""
        waiting = [value]
        while waiting:
            item = waiting.pop()
            inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            self.parts += len(inner)
            self.characters += len(item) if isinstance(item, str) else 0
            if self.parts > self.most or self.characters > self.most_characters:
                raise NoExample(_TOO_LARGE)
            waiting += inner
        return value

    def _reference(self, reference: Any, above: tuple[str, ...]) -> Any:
        if reference in above:
            raise NoExample("a schema contains itself")
        target = self.references.target(reference).value if isinstance(reference, str) else ABSENT
        if target is ABSENT:
            raise NoTarget("a reference has no target")
        return self.make(target, (*above, reference))

    def _by_type(self, schema: dict[str, Any], above: tuple[str, ...]) -> Any:
        kind = schema.get("type")
        if "allOf" in schema or "properties" in schema or "additionalProperties" in schema or kind == "object":
            return self._object(schema, above)
        if kind == "array":
            return self._array(schema, above)
        if kind in ("string", "integer", "number", "boolean"):
            return self._single(schema, kind)
        if kind is None:
            return {}
        raise NoExample(f"there is no sample of the type '{kind}'")

    def _single(self, schema: dict[str, Any], kind: str) -> Any:
        if kind == "string":
            return _text(schema) if self.inventor is None else self._given(self.inventor.text(schema))
        if kind == "boolean":
            return True if self.inventor is None else self.inventor.boolean()
        whole = kind == "integer"
        return _number(schema, whole=whole) if self.inventor is None else self.inventor.number(schema, whole=whole)

    def _object(self, schema: dict[str, Any], above: tuple[str, ...]) -> Any:
        made = self._all_of(schema, above)
        properties = schema.get("properties")
        required = schema.get("required")
        needed = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
        for name, part in (properties if isinstance(properties, dict) else {}).items():
            try:
                made[name] = self.make(part, above)
            except NoExample:
                if name in needed:
                    raise
        for name in required if isinstance(required, list) else ():
            if not isinstance(name, str) or name not in made:
                raise NoExample(f"the required field '{name}' isn't described")
        further = schema.get("additionalProperties")
        if not made and isinstance(further, dict):
            made["key"] = self.make(further, above)
        if isinstance(schema.get("minProperties"), int) and len(made) < schema["minProperties"]:
            raise NoExample("'minProperties' requires more fields than the schema describes")
        return made

    def _all_of(self, schema: dict[str, Any], above: tuple[str, ...]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        parts = schema.get("allOf")
        for part in parts if isinstance(parts, list) else ():
            value = self.make(part, above)
            if not isinstance(value, dict):
                raise NoExample("'allOf' combines schemas that aren't objects")
            if any(made[name] != item for name, item in value.items() if name in made):
                raise NoExample("'allOf' describes a field twice")
            made.update(value)
        return made

    def _array(self, schema: dict[str, Any], above: tuple[str, ...]) -> Any:
        least = schema.get("minItems", 0)
        if not isinstance(least, int) or least > 10 or (schema.get("uniqueItems") and least > 1):
            raise NoExample("'minItems' requires too many items")
        if isinstance(schema.get("maxItems"), int) and schema["maxItems"] < max(least, 1):
            if least:
                raise NoExample("'minItems' is greater than 'maxItems'")
            return []
        count = max(least, 1) if self.inventor is None else self.inventor.count(least, schema.get("maxItems"))
        try:
            return [self.make(schema.get("items", {}), above) for _ in range(count)]
        except NoExample:
            if least:
                raise
            return []


def _text(schema: dict[str, Any]) -> str:
    if "pattern" in schema:
        raise NoExample("the tool can't invent a text for a 'pattern'")
    text = _TEXTS.get(str(schema.get("format")), "text")
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        raise NoExample("'minLength' is greater than 'maxLength'")
    if isinstance(least, int) and least > len(text):
        if least > 10_000 or text != "text":
            raise NoExample("'minLength' requires a longer text")
        text = (text * (least // len(text) + 1))[:least]
    if isinstance(most, int) and len(text) > most:
        if schema.get("format") in _TEXTS:
            raise NoExample("'maxLength' allows only a shorter text")
        text = text[: max(most, 0)]
    return text


def _number(schema: dict[str, Any], *, whole: bool) -> int | float:
    low, high = schema.get("minimum"), schema.get("maximum")
    if "multipleOf" in schema or any(isinstance(bound, bool) for bound in (low, high)):
        raise NoExample("the tool can't invent a number for 'multipleOf'")
    number: int | float = 1 if whole else 1.5
    if isinstance(low, int | float):
        number = max(number, low)
    if isinstance(high, int | float):
        number = min(number, high)
    strict = (schema.get("exclusiveMinimum") and number == low) or (schema.get("exclusiveMaximum") and number == high)
    if strict or (whole and number != int(number)):
        raise NoExample("no simple number is between the bounds")
    if isinstance(low, int | float) and number < low:
        raise NoExample("'minimum' is greater than 'maximum'")
    return int(number) if whole else number
