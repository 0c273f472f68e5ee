"""Schemas of OpenAPI 3.0, 3.1 and 3.2 as one kind of thing: a shape, with its `allOf` merged and its alternatives folded.

What Swagger 2.0 and the designer can't express ends here. The designer doesn't read `allOf`, and Swagger has no `oneOf`.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.tables.types import type_of_values
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.extensions import BY_NAME, extensions_of
from connector_builder.platform.swagger.media_types import is_binary

TYPES = ("string", "number", "integer", "boolean", "array", "object")
_WORDS = {"int": "integer", "float": "number", "double": "number", "bool": "boolean", "str": "string", "file": "string"}
"""Types that documents name, but that no version of OpenAPI knows."""
FORMATS = {"url": "uri", "datetime": "date-time", "datetime-local": "date-time", "guid": "uuid", "base64": "byte"}
"""Formats that the platform knows under another name."""
LEFT_OUT = (
    "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "contains", "minContains", "maxContains",
    "propertyNames", "unevaluatedProperties", "unevaluatedItems", "dependencies", "additionalItems", "prefixItems", "patternProperties",
)  # fmt: skip
"""Keywords of JSON Schema that Swagger 2.0 has no counterpart for."""
SIMPLE = (
    "format", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
    "maxItems", "minItems", "multipleOf",
)  # fmt: skip
"""Keywords that mean the same in Swagger 2.0."""
_PLAIN = frozenset(
    ("type", "title", "description", "properties", "required", "example", "examples", "nullable", "xml", "externalDocs")
)
KNOWN = _PLAIN | frozenset(
    (*SIMPLE, "enum", "const", "items", "additionalProperties", "readOnly", "writeOnly", "deprecated", "contentEncoding",
     "contentMediaType", "uniqueItems", "minProperties", "maxProperties", "$ref")
)  # fmt: skip
"""Keywords that combine nothing, and about which nothing is said."""
OF_SCHEMAS = frozenset(name for name in extensions_of("schema") if not BY_NAME[name].ignored)
"""The extensions of schemas that the platform reads."""
_NAMES = ("x-enumNames", "x-enum-varnames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions")
"""Extensions with a name for each value of an enum."""


@dataclass(frozen=True, slots=True)
class One:
    """A schema as it is written, and its pointer."""

    schema: Any
    at: Pointer


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A value of one of several schemas."""

    of: tuple["One | AnyOf | AllOf", ...]

    @property
    def at(self) -> Pointer:
        return self.of[0].at


@dataclass(frozen=True, slots=True)
class AllOf:
    """A value of all of several schemas."""

    of: tuple["One | AnyOf | AllOf", ...]

    @property
    def at(self) -> Pointer:
        return self.of[0].at


Part = One | AnyOf | AllOf


def any_of(parts: Iterable[Part]) -> Part:
    """Returns the alternatives, each once; the only one by itself."""
    each = _distinct(parts)
    return each[0] if len(each) == 1 else AnyOf(each)


def all_of(parts: Iterable[Part]) -> Part:
    """Returns the combination of parts, each once; the only one by itself."""
    each = _distinct(parts)
    return each[0] if len(each) == 1 else AllOf(each)


def _distinct(parts: Iterable[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in parts:
        if not any(_same(part, other) for other in found):
            found.append(part)
    return tuple(found)


def _same(one: Part, other: Part) -> bool:
    if isinstance(one, One) and isinstance(other, One):
        return one.schema is other.schema or bool(one.schema == other.schema)
    return one == other


@dataclass(slots=True)
class Shape:
    """What a schema says, without `null`, `allOf` and alternatives.

    `types` are its types, none if it doesn't say; `example` is a value that it shows. `never` says that no value fits it.
    """

    at: Pointer
    types: list[str] = field(default_factory=list)
    nullable: bool = False
    never: bool = False
    title: Any = None
    description: Any = None
    keywords: dict[str, Any] = field(default_factory=dict)
    enum: list[Any] | None = None
    names: dict[Any, str] = field(default_factory=dict)
    properties: dict[str, Part] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    item: Part | None = None
    additional: Part | bool | None = None
    marks: dict[str, Any] = field(default_factory=dict)
    example: Any = None

    def copied(self) -> "Shape":
        """Returns a copy that can be changed by itself."""
        copies = {
            name: copy(getattr(self, name))
            for name in ("types", "keywords", "enum", "names", "properties", "required", "marks")
        }
        return replace(self, **copies)

    @property
    def kind(self) -> str:
        """Returns the type: `object`, `array`, another, or an empty text if it isn't known."""
        if self.types:
            return self.types[0] if len(self.types) == 1 else one_type(self.types)
        if self.properties or self.additional not in (None, False):
            return "object"
        if self.item is not None:
            return "array"
        return ""

    @property
    def is_empty(self) -> bool:
        """Whether it allows every value."""
        return not (self.kind or self.enum or self.keywords or self.never)


def one_type(types: Sequence[str]) -> str:
    """Returns the one type for values of several: a list of them, else the first if an object is among them, else a text or a number."""
    if "object" in types:
        return types[0]
    for word in ("array", "string"):
        if word in types:
            return word
    return "number" if "number" in types or "integer" in types else types[0]


def own_shape(schema: Any, at: Pointer) -> Shape:
    """Returns what a schema says itself, without what it is `allOf`, `oneOf` or `anyOf`, and with no reference followed."""
    shape = Shape(at)
    if schema is False:
        shape.never = True
    if not isinstance(schema, dict):
        return shape
    _types(shape, schema)
    shape.title, shape.description = schema.get("title"), schema.get("description")
    shape.example = schema.get("example", next(iter(items(schema.get("examples"))), None))
    shape.required = dict.fromkeys(name for name in items(schema.get("required")) if isinstance(name, str))
    if "properties" in schema:
        inside = (*at, "properties")
        shape.properties = {
            str(name): One(part, (*inside, name)) for name, part in mapping(schema.get("properties")).items()
        }
    if schema.keys() <= _PLAIN:
        return shape  # as most schemas are
    _values(shape, schema)
    shape.keywords |= {key: schema[key] for key in SIMPLE if key in schema and schema[key] is not None}
    _bounds(shape.keywords)
    _content(shape, schema)
    _items(shape, schema)
    _additional(shape, schema)
    shape.marks = {key: True for key in ("readOnly", "writeOnly", "deprecated") if schema.get(key) is True}
    shape.marks |= {key: value for key, value in schema.items() if isinstance(key, str) and key.startswith("x-ms-")}
    return shape


def _types(shape: Shape, schema: dict[str, Any]) -> None:
    said = schema.get("type")
    words = [word for word in (said if isinstance(said, list) else [said]) if isinstance(word, str)]
    shape.nullable = schema.get("nullable") is True or schema.get("x-nullable") is True or "null" in words
    known = [_WORDS.get(word.lower(), word.lower()) for word in words]
    shape.types = [word for word in dict.fromkeys(known) if word in TYPES]
    shape.never = words == ["null"]
    if "file" in words:
        shape.keywords["format"] = "binary"


def _values(shape: Shape, schema: dict[str, Any]) -> None:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list):
        return
    shape.nullable |= None in values
    shape.enum = [value for value in values if value is not None and not isinstance(value, dict | list)]
    if shape.enum and not shape.types:
        shape.types = [type_of_values(shape.enum)]
    titles = next((titles for key in _NAMES if isinstance(titles := schema.get(key), list | dict) and titles), [])
    named = list(zip(values, titles, strict=False) if isinstance(titles, list) else titles.items())
    of_microsoft = map(mapping, items(mapping(schema.get("x-ms-enum")).get("values")))
    named += [(one.get("value"), one.get("name")) for one in of_microsoft]
    shape.names = {value: name for value, name in named if isinstance(name, str) and value in shape.enum}


def _bounds(keywords: dict[str, Any]) -> None:
    """Turns the bounds of 3.1 (`exclusiveMinimum: 5`) into those of Swagger."""
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        value = keywords.get(exclusive)
        if isinstance(value, int | float) and not isinstance(value, bool):
            keywords[bound], keywords[exclusive] = value, True
        elif value is not True or bound not in keywords:
            keywords.pop(exclusive, None)


def _content(shape: Shape, schema: dict[str, Any]) -> None:
    if schema.get("contentEncoding") in ("base64", "base64url"):
        shape.keywords["format"] = "byte"
    elif (
        isinstance(media := schema.get("contentMediaType"), str)
        and "contentEncoding" not in schema
        and is_binary(media)
    ):
        shape.keywords.setdefault("format", "binary")
    known = shape.keywords.get("format")
    if isinstance(known, str):
        shape.keywords["format"] = FORMATS.get(known.lower(), known)


def _items(shape: Shape, schema: dict[str, Any]) -> None:
    at, one = shape.at, schema.get("items")
    first = [(part, (*at, "prefixItems", index)) for index, part in enumerate(items(schema.get("prefixItems")))]
    rest = [(part, (*at, "items", index)) for index, part in enumerate(one)] if isinstance(one, list) else []
    if isinstance(one, dict):
        rest = [(one, (*at, "items"))]
    if first or rest:
        shape.item = any_of(One(part, place) for part, place in (*first, *rest))


def _additional(shape: Shape, schema: dict[str, Any]) -> None:
    given, patterns = schema.get("additionalProperties"), mapping(schema.get("patternProperties"))
    if isinstance(given, dict) and given:
        shape.additional = One(given, (*shape.at, "additionalProperties"))
    elif isinstance(given, bool | dict):
        shape.additional = given is not False
    if patterns and not isinstance(shape.additional, One):
        shape.additional = any_of(One(part, (*shape.at, "patternProperties", key)) for key, part in patterns.items())


def merge(shape: Shape, other: Shape) -> Iterator[str]:
    """Adds what another schema says, which a value fits as well. Yields the keys that contradict: the first counts."""
    both = _both(shape.types, other.types)
    if shape.types and other.types and not both:
        yield "type"
    shape.types = both or shape.types or other.types
    shape.never |= other.never
    shape.nullable |= other.nullable  # authors write it beside a reference, and mean it
    shape.title = shape.title or other.title
    shape.description = shape.description or other.description
    for key, value in other.keywords.items():
        if shape.keywords.setdefault(key, value) != value:
            yield key
    if shape.enum is None:
        shape.enum = other.enum
    elif other.enum is not None:
        shape.enum = [value for value in shape.enum if value in other.enum] or shape.enum
    shape.names = {**other.names, **shape.names}
    for name, part in other.properties.items():
        shape.properties[name] = all_of((shape.properties[name], part)) if name in shape.properties else part
    shape.required |= other.required
    if other.item is not None:
        shape.item = other.item if shape.item is None else all_of((shape.item, other.item))
    if not isinstance(shape.additional, One | AnyOf | AllOf):
        shape.additional = other.additional if isinstance(other.additional, One | AnyOf | AllOf) else None
    shape.marks = {**other.marks, **shape.marks}
    shape.example = other.example if shape.example is None else shape.example


def _both(types: list[str], others: list[str]) -> list[str]:
    """Returns the types that are in both lists; `integer` is a `number` too."""
    both = [word for word in types if word in others]
    numbers = not both and bool(types and others) and {*types, *others} <= {"integer", "number"}
    return ["integer"] if numbers else both
