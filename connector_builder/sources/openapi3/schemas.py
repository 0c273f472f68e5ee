"""Writes schemas as Swagger's, and the definitions that they refer to."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.derived import Conventions, field_labels
from connector_builder.language.derived import label as derived_label
from connector_builder.language.tables.types import TYPE_WORDS, type_of, type_of_values
from connector_builder.platform.extensions import BY_NAME, extensions_of
from connector_builder.platform.plain import ABSENT, items, text
from connector_builder.platform.references import format_reference
from connector_builder.sources import losses
from connector_builder.sources.openapi3.finishing import Nullable
from connector_builder.sources.openapi3.names import definition_name, free_name, pascal
from connector_builder.sources.openapi3.origin import Original
from connector_builder.sources.openapi3.shapes import LEFT_OUT, AllOf, AnyOf, One, Part, Shape, fold, merge, own_shape
from connector_builder.sources.openapi3.texts import label, plain_text

MAX_DEFINITIONS = 5_000
"""The most definitions of a result. Combinations of schemas can be many more than the schemas of the document."""
MAX_AROUND = 100
"""The most schemas within each other by `allOf` and alternatives alone."""
KNOWN_FORMATS = {
    "string": frozenset(
        {
            *(said["format"] for said in TYPE_WORDS.values() if said.get("type") == "string" and "format" in said),
            "html",
            "date-no-tz",
        }
    ),
    "integer": frozenset({"int32", "int64"}),
    "number": frozenset({"float", "double"}),
}
"""The formats that the platform knows, by type."""
_CONVENTIONS = Conventions()
_OF_SCHEMAS = frozenset(name for name in extensions_of("schema") if name in BY_NAME and not BY_NAME[name].ignored)
_BOUNDS = {
    "string": ("maxLength", "minLength", "pattern"),
    "array": ("maxItems", "minItems"),
    "number": ("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "multipleOf"),
}


class Schemas:
    """The schemas of one document, as Swagger's."""

    def __init__(self, original: Original) -> None:
        self.original = original
        self.definitions: dict[str, dict[str, Any]] = {}
        self._names: dict[Any, str] = {}
        self._taken: set[str] = set()
        self._waiting: deque[tuple[str, Part]] = deque()
        self.nullable: Nullable = {}

    def written(self, part: Part, hint: str) -> dict[str, Any] | None:
        """Returns a schema for Swagger, which may be a reference to a definition; None if no value fits it.

        `hint` is what a definition is called if one is needed that the document has no name for.
        """
        target = self._reference(part)
        if target is not None:
            return self.original.made({"$ref": format_reference("definitions", self._named(target, hint))}, part.at)
        shape = self.shape(part)
        return None if shape.never else self._write(shape, hint)

    def finish(self) -> dict[str, dict[str, Any]]:
        """Writes all definitions that were referred to. Returns them."""
        while self._waiting:
            name, part = self._waiting.popleft()
            self.definitions[name] = self._write(self.shape(part), name)
        return self.definitions

    def shape(self, part: Part, around: tuple[int, ...] = ()) -> Shape:
        """Returns what a schema says, with all that it is `allOf` merged, and its alternatives folded."""
        if isinstance(part, AnyOf):
            return self._fold([self.shape(one, around) for one in part.of], part.at)
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
                f"'{_reference_of(part.schema)}' leads nowhere: any value is allowed",
            )
            return Shape(part.at)
        if id(schema) in around or len(around) > MAX_AROUND:
            return Shape(at, ["object"])
        shape = own_shape(schema, at)
        if isinstance(schema, dict):
            self._combined(shape, schema, (*around, id(schema)))
            self._beside(shape, part)
        return shape

    def _combined(self, shape: Shape, schema: dict[str, Any], around: tuple[int, ...]) -> None:
        at = shape.at
        for index, member in enumerate(items(schema.get("allOf"))):
            self._merge(shape, self.shape(One(member, (*at, "allOf", index)), around))
        for key in ("oneOf", "anyOf"):
            members = [One(member, (*at, key, index)) for index, member in enumerate(items(schema.get(key)))]
            if members:
                self._merge(shape, self._fold([self.shape(one, around) for one in members], at))
        self._discriminator(shape, schema)
        for key in LEFT_OUT:
            if key in schema:
                self.original.tell(
                    losses.KEYWORD_LEFT_OUT, (*at, key), f"'{key}' has no counterpart: the connector doesn't check it"
                )

    def _beside(self, shape: Shape, part: One) -> None:
        """Adds the texts beside a reference, which count in OpenAPI 3.1."""
        if isinstance(part.schema, dict) and "$ref" in part.schema:
            shape.title = part.schema.get("title") or shape.title
            shape.description = part.schema.get("description") or shape.description

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

    def _fold(self, shapes: list[Shape], at: Pointer) -> Shape:
        folded, said = fold(shapes, at)
        if said:
            self.original.tell(losses.ALTERNATIVES_FOLDED, at, f"{len(shapes)} alternatives become {said}")
        return folded

    def simple(self, shape: Shape) -> dict[str, Any]:
        """Returns type, format, bounds, enum and default of a shape that is no object and no list, for a parameter."""
        out: dict[str, Any] = {}
        kind = shape.kind or type_of_values(shape.enum or [])
        out["type"] = kind
        self._simple(out, shape, kind)
        return out

    # --- References and definitions

    def _reference(self, part: Part) -> Part | None:
        """Returns the schema that a part is a reference to, if it should stay one; None for a schema of its own."""
        if not isinstance(part, One):
            return part if any(map(self._refers, part.of)) and self.shape(part).kind in ("object", "array") else None
        target = self._target(part)
        if target is None:
            combines = isinstance(part.schema, dict) and self._refers(part) and len(part.at) > 5
            return part if combines and self.shape(part).kind == "object" else None
        texts = part.schema if isinstance(part.schema, dict) else {}
        if text(texts.get("description")) or text(texts.get("title")) or texts.get("default") is not None:
            if self.shape(target).kind not in ("object", "array"):
                return None
            if text(texts.get("description")):
                self.original.tell(
                    losses.TEXT_BESIDE_REFERENCE,
                    (*part.at, "description"),
                    "a description beside a reference isn't kept",
                )
        return target

    def _target(self, part: One) -> One | None:
        """Returns the schema at the end of a chain of references, and of schemas that are nothing but another one."""
        found: One | None = None
        for _ in range(MAX_AROUND):
            schema = part.schema
            only = _only(schema, part.at)
            if only is not None:
                part = only
                continue
            if not (isinstance(schema, dict) and isinstance(schema.get("$ref"), str)):
                return found
            value, at = self.original.references.target(schema["$ref"])
            if not isinstance(value, dict):
                return None
            found = part = One(value, at)
        return None

    def _refers(self, part: Part) -> bool:
        """Whether a part takes over the content of another schema by reference."""
        if not isinstance(part, One):
            return any(map(self._refers, part.of))
        schema = part.schema
        if not isinstance(schema, dict):
            return False
        members = [member for key in ("allOf", "oneOf", "anyOf") for member in items(schema.get(key))]
        return "$ref" in schema or any(isinstance(member, dict) and "$ref" in member for member in members)

    def _named(self, part: Part, hint: str) -> str:
        key = _key(part)
        name = self._names.get(key)
        if name is None:
            name = free_name(self._name(part, hint), self._taken)
            self._names[key] = name
            if len(self._names) > MAX_DEFINITIONS:
                self.original.tell(
                    losses.TOO_MANY_SCHEMAS,
                    (),
                    f"the schemas combine to more than {MAX_DEFINITIONS:,}: the rest become objects",
                )
                self.definitions[name] = {"type": "object"}
            else:
                self._waiting.append((name, part))
        return name

    def _name(self, part: Part, hint: str) -> str:
        at = part.at
        if not isinstance(part, One):
            ends = [one.at[-1] for one in part.of if isinstance(one, One)]
            named = isinstance(part, AnyOf) and len(ends) == 2 and all(isinstance(end, str) for end in ends)
            return (
                definition_name([hint or "Or".join(pascal(str(end)) for end in ends)])
                if not named or hint
                else "Or".join(map(str, ends))
            )
        if (len(at) == 3 and at[0] == "components") or (len(at) == 2 and at[0] in ("$defs", "definitions")):
            return definition_name([at[-1]])
        return definition_name(
            [hint] if hint else [step for step in at[-3:] if step not in ("schema", "properties", "items")]
        )

    # --- Writing

    def _write(self, shape: Shape, hint: str, name: str = "") -> dict[str, Any]:
        """Returns Swagger for a shape. `name` is that of the field that it describes."""
        out = self.original.made(dict[str, Any](), shape.at)
        kind = (
            shape.kind
            or (type_of_values(shape.enum) if shape.enum else "")
            or type_of(shape.keywords.get("default"))
            or ""
        )
        if not kind:
            self.original.tell(losses.TYPE_CHOSEN, shape.at, "no type: it becomes an object")
            kind = "object"
        out["type"] = kind
        self._texts(out, shape, kind, name)
        self._simple(out, shape, kind)
        if kind == "array":
            out["items"] = self._items(shape, hint)
        elif kind == "object":
            self._fields(out, shape, hint)
        self._marks(out, shape)
        return out

    def _texts(self, out: dict[str, Any], shape: Shape, kind: str, name: str) -> None:
        """Writes the description, and the title as a label. The designer puts an object's title before all its fields."""
        if said := plain_text(shape.description):
            out["description"] = said
        if name:
            out |= field_labels(_CONVENTIONS, name, kind, hidden=False)
        title = label(shape.title) if kind not in ("object", "array") else ""
        if title and name and title.lower() != str(derived_label(name)).lower():
            out["x-ms-summary"] = title

    def _simple(self, out: dict[str, Any], shape: Shape, kind: str) -> None:
        keywords = shape.keywords
        said = keywords.get("format")
        if isinstance(said, str) and said in KNOWN_FORMATS.get(kind, ()):
            out["format"] = said
        elif isinstance(said, str) and said:
            self.original.tell(
                losses.FORMAT_LEFT_OUT,
                (*shape.at, "format"),
                f"the platform doesn't know the format '{said}' of a {kind}",
            )
        for key in _BOUNDS.get("number" if kind == "integer" else kind, ()):
            value = keywords.get(key)
            if isinstance(value, str if key == "pattern" else bool if key.startswith("exclusive") else int | float):
                out[key] = value
        self._enum(out, shape, kind)
        default = keywords.get("default")
        if default is None:
            return
        if fits(default, kind) and default in out.get("enum", [default]) and kind not in ("object", "array"):
            out["default"] = default
        else:
            self.original.tell(
                losses.DEFAULT_LEFT_OUT,
                (*shape.at, "default"),
                f"the default isn't {_kind(kind)} that fits: it is left out",
            )

    def _enum(self, out: dict[str, Any], shape: Shape, kind: str) -> None:
        if not shape.enum or kind in ("object", "array", "boolean"):
            return
        values = [_as(value, kind) for value in shape.enum]
        each = list(dict.fromkeys(value for value in values if value is not None))
        if not each:
            return
        out["enum"] = each
        names = {_as(value, kind): name for value, name in shape.names.items()}
        if names and any(str(value) != name for value, name in names.items()):
            out["x-ms-enum-values"] = [{"value": value, "displayName": names.get(value, str(value))} for value in each]

    def _items(self, shape: Shape, hint: str) -> dict[str, Any]:
        if shape.item is None:
            self.original.tell(losses.ITEMS_CHOSEN, shape.at, "a list of unknown items: they become texts")
            return {"type": "string"}
        return self.written(shape.item, f"{hint}Item") or {"type": "string"}

    def _fields(self, out: dict[str, Any], shape: Shape, hint: str) -> None:
        fields: dict[str, Any] = {}
        may_be_null = set()
        for name, part in shape.properties.items():
            field = self._field(part, hint, name)
            if name in shape.required and self._may_be_null(part):
                may_be_null.add(name)
            if field is None:
                self.original.tell(losses.FIELD_LEFT_OUT, part.at, f"no value fits the field '{name}'")
            else:
                fields[name] = field
        if may_be_null:
            self.nullable[id(out)] = frozenset(may_be_null)
        if fields:
            out["properties"] = self.original.made(fields, (*shape.at, "properties"))
        unknown = [name for name in shape.required if name not in fields]
        if unknown:
            self.original.tell(
                losses.REQUIRED_LEFT_OUT, (*shape.at, "required"), f"'{unknown[0]}' is required, but not described"
            )
        required = [name for name in shape.required if name in fields and not fields[name].get("readOnly")]
        if required:
            out["required"] = required
        if isinstance(shape.additional, One | AnyOf | AllOf):
            out["additionalProperties"] = self.written(shape.additional, f"{hint}Value") or {"type": "object"}

    def _field(self, part: Part, hint: str, name: str) -> dict[str, Any] | None:
        inner = hint + pascal(name)
        target = self._reference(part)
        if target is not None:
            return self.original.made({"$ref": format_reference("definitions", self._named(target, inner))}, part.at)
        shape = self.shape(part)
        return None if shape.never else self._write(shape, inner, name)

    def _may_be_null(self, part: Part) -> bool:
        if isinstance(part, One) and isinstance(part.schema, dict) and part.schema.get("nullable") is True:
            return True
        return self.shape(part).nullable

    def _marks(self, out: dict[str, Any], shape: Shape) -> None:
        if shape.marks.get("readOnly"):
            out["readOnly"] = True
        if shape.marks.get("deprecated"):
            self.original.tell(
                losses.DEPRECATED_HIDDEN,
                (*shape.at, "deprecated"),
                "a deprecated field: makers see it under advanced options",
            )
            out["x-ms-visibility"] = "advanced"
        out |= {key: value for key, value in shape.marks.items() if key in _OF_SCHEMAS}


def fits(value: Any, kind: str) -> bool:
    """Checks whether a value is of a type."""
    found = type_of(value)
    return found == kind or (kind == "number" and found == "integer")


def _as(value: Any, kind: str) -> Any:
    """Returns an enum's value as one of the type; None if it can't be."""
    if kind == "string" and not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value if fits(value, kind) else None


def _kind(kind: str) -> str:
    return {"integer": "an integer", "object": "an object", "array": "a list"}.get(kind, f"a {kind}")


def _only(schema: Any, at: Pointer) -> One | None:
    """Returns the one schema that a schema is nothing but: `{"allOf": [X]}`, or `{"anyOf": [X, {"type": "null"}]}`."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return None
    keys = [
        key
        for key in schema
        if key not in ("description", "title", "nullable", "default", "readOnly", "example", "examples", "deprecated")
        and not key.startswith("x-")
    ]
    if len(keys) != 1 or keys[0] not in ("allOf", "oneOf", "anyOf"):
        return None
    members = [(index, member) for index, member in enumerate(items(schema[keys[0]])) if member != {"type": "null"}]
    if len(members) != 1 or (keys[0] == "allOf" and len(schema["allOf"]) != 1):
        return None
    index, member = members[0]
    return One(member, (*at, keys[0], index))


def _key(part: Part) -> Any:
    return part.at if isinstance(part, One) else (type(part).__name__, *(_key(one) for one in part.of))


def _reference_of(schema: Any) -> str:
    return str(schema.get("$ref")) if isinstance(schema, dict) else ""


def references_in(schema: Any) -> Iterator[str]:
    """Yields the names of the definitions that a schema of the result refers to."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(reference := part.get("$ref"), str):
                yield reference.removeprefix("#/definitions/")
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
