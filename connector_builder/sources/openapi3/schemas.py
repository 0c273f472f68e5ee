"""Writes schemas as Swagger's, and the definitions that they refer to."""

from collections.abc import Collection
from typing import Any

from connector_builder.language.derived import Conventions, field_labels
from connector_builder.language.derived import label as derived_label
from connector_builder.language.tables.types import type_of, type_of_values
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.formats import FORMATS
from connector_builder.sources import losses
from connector_builder.sources.names import pascal
from connector_builder.sources.openapi3.definitions import Definitions
from connector_builder.sources.openapi3.finishing import Marked
from connector_builder.sources.openapi3.reader import COMBINING, ShapeReader
from connector_builder.sources.openapi3.shapes import OF_SCHEMAS, AllOf, AnyOf, One, Part, Shape
from connector_builder.sources.origin import Original
from connector_builder.sources.texts import label

_CONVENTIONS = Conventions()
_BOUNDS = {
    "string": ("maxLength", "minLength", "pattern"),
    "array": ("maxItems", "minItems"),
    "number": ("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "multipleOf"),
}


class Schemas:
    """The schemas of one document, as Swagger's."""

    def __init__(self, original: Original) -> None:
        self.original = original
        self.nullable: Marked = {}
        self.only_sent: Marked = {}
        self._reader = ShapeReader(original)
        self._definitions = Definitions(original, self._reader)

    def written(self, part: Part, hint: str) -> dict[str, Any] | None:
        """Returns a schema for Swagger, which may be a reference to a definition; None if no value fits it.

        `hint` is what a definition is called if one is needed that the document has no name for.
        """
        reference = self._definitions.reference(part, hint)
        if reference is not None:
            return reference
        shape = self.shape(part)
        return None if shape.never else self._write(shape, hint)

    def inline(self, part: Part, hint: str) -> dict[str, Any]:
        """Returns a schema for Swagger that no other part of the document shares, at its own level."""
        return self._write(self.shape(part), hint)

    def shape(self, part: Part) -> Shape:
        """Returns what a schema says."""
        return self._reader.shape(part)

    def finish(self) -> dict[str, dict[str, Any]]:
        """Writes all definitions that were referred to. Returns them."""
        for name, part in self._definitions.waiting():
            self._definitions.written[name] = self._write(self.shape(part), name)
        return self._definitions.written

    def simple(self, shape: Shape) -> dict[str, Any]:
        """Returns type, format, bounds, enum and default of a shape that is no object and no list, for a parameter."""
        out: dict[str, Any] = {}
        if not (kind := self._kind_of(shape)):
            self.original.tell(losses.TYPE_CHOSEN, shape.at, "no type: it becomes a text")
            kind = "string"
        out["type"] = kind
        self._simple(out, shape, kind)
        return out

    def _write(self, shape: Shape, hint: str, name: str = "") -> dict[str, Any]:
        """Returns Swagger for a shape. `name` is that of the field that it describes."""
        out = self.original.made(dict[str, Any](), shape.at)
        kind = self._kind_of(shape)
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

    def _kind_of(self, shape: Shape) -> str:
        """Returns the one type of a shape: what it says, or what its values and bounds show; empty if nothing does."""
        if shape.types or shape.kind:
            types = [one for one in shape.types if one != "integer" or "number" not in shape.types]
            if len(types) > 1:
                message = f"values of {len(types)} types become {a_kind(shape.kind)}"
                self.original.tell(losses.ALTERNATIVES_FOLDED, shape.at, message)
            return shape.kind
        if shape.enum:
            return type_of_values(shape.enum)
        found = inferred(shape)
        if found:
            self.original.tell(losses.TYPE_CHOSEN, shape.at, f"no type: what it says shows {a_kind(found)}")
        return found

    def _texts(self, out: dict[str, Any], shape: Shape, kind: str, name: str) -> None:
        """Writes the description, and the title as a label. The designer puts an object's title before all its fields."""
        if said := self.original.text(shape.description, (*shape.at, "description")):
            out["description"] = said
        if name:
            out |= field_labels(_CONVENTIONS, name, kind, hidden=False)
        title = label(shape.title) if kind not in ("object", "array") else ""
        if title and name and title.lower() != str(derived_label(name)).lower():
            out["x-ms-summary"] = title

    def _simple(self, out: dict[str, Any], shape: Shape, kind: str) -> None:
        keywords = shape.keywords
        said = keywords.get("format")
        if isinstance(said, str) and kind in FORMATS.get(said, ())[:1]:  # the first type is the one that it is for
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
                f"the default isn't {a_kind(kind)} that fits: it is left out",
            )

    def _enum(self, out: dict[str, Any], shape: Shape, kind: str) -> None:
        if not shape.enum or kind in ("object", "array", "boolean"):
            return
        values = [_as(value, kind) for value in shape.enum]
        each = list(dict.fromkeys(value for value in values if value is not None))
        self._tell_enum(shape, kind, lost=len(values) > len(each) and None in values)
        if not each:
            return
        out["enum"] = each
        names = {_as(value, kind): name for value, name in shape.names.items()}
        if names and any(str(value) != name for value, name in names.items()):
            out["x-ms-enum-values"] = [{"value": value, "displayName": names.get(value, str(value))} for value in each]

    def _tell_enum(self, shape: Shape, kind: str, *, lost: bool) -> None:
        """Tells values that aren't of the type that most of them have."""
        mixed = kind == "string" and len({isinstance(value, str) for value in shape.enum or ()}) > 1
        if mixed or lost:
            said = f"values that aren't {a_kind(kind)} {'are left out' if lost else 'become texts'}"
            self.original.tell(losses.ENUM_CHANGED, (*shape.at, "enum"), said)

    def _items(self, shape: Shape, hint: str) -> dict[str, Any]:
        if shape.item is None and isinstance(shape.example, list) and shape.example:
            kind = type_of(shape.example[0]) or "string"
            self.original.tell(
                losses.ITEMS_CHOSEN, shape.at, f"a list of unknown items: the example shows {a_kind(kind)}"
            )
            return {"type": kind} if kind != "array" else {"type": "array", "items": {"type": "string"}}
        if shape.item is None:
            self.original.tell(losses.ITEMS_CHOSEN, shape.at, "a list of unknown items: they become texts")
            return {"type": "string"}
        return self.written(shape.item, f"{hint}Item") or {"type": "string"}

    def _fields(self, out: dict[str, Any], shape: Shape, hint: str) -> None:
        fields: dict[str, Any] = {}
        may_be_null, only_sent, read_only = set(), set(), set()
        for name, part in shape.properties.items():
            field = self._field(part, hint, name)
            if name in shape.required and self._may_be_null(part):
                may_be_null.add(name)
            if field is None:
                self.original.tell(losses.FIELD_LEFT_OUT, part.at, f"no value fits the field '{name}'")
            else:
                fields[name] = field
                marks = self._marked(part)
                read_only |= {name} if "readOnly" in marks else set()
                only_sent |= {name} if "writeOnly" in marks else set()
        if may_be_null:
            self.nullable[id(out)] = frozenset(may_be_null)
        if only_sent:
            self.only_sent[id(out)] = frozenset(only_sent)
        if fields:
            out["properties"] = self.original.made(fields, (*shape.at, "properties"))
        unknown = [name for name in shape.required if name not in fields]
        if unknown:
            self.original.tell(
                losses.REQUIRED_LEFT_OUT, (*shape.at, "required"), f"'{unknown[0]}' is required, but not described"
            )
        required = [name for name in shape.required if name in fields and name not in read_only]
        if required:
            out["required"] = required
        if isinstance(shape.additional, One | AnyOf | AllOf):
            out["additionalProperties"] = self.written(shape.additional, f"{hint}Value") or {"type": "object"}
            message = "fields of any name: a flow shows them as one value"
            self.original.tell(losses.ANY_NAMES, shape.additional.at, message)

    def _field(self, part: Part, hint: str, name: str) -> dict[str, Any] | None:
        inner = hint + pascal(name)
        reference = self._definitions.reference(part, inner)
        if reference is not None:
            return reference
        shape = self.shape(part)
        return None if shape.never else self._write(shape, inner, name)

    def _marked(self, part: Part) -> Collection[str]:
        """Returns the marks of a field, also those beside a reference."""
        own = part.schema if isinstance(part, One) else None
        if not isinstance(own, dict):
            return self.shape(part).marks
        found = {key for key in ("readOnly", "writeOnly") if own.get(key) is True}
        if COMBINING & own.keys():
            return {*self.shape(part).marks, *found}
        target = mapping(self.original.references.resolved(own)) if "$ref" in own else {}
        return found | {key for key in ("readOnly", "writeOnly") if target.get(key) is True}

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
        out |= {key: value for key, value in shape.marks.items() if key in OF_SCHEMAS}


def fits(value: Any, kind: str) -> bool:
    """Checks whether a value is of a type."""
    found = type_of(value)
    return found == kind or (kind == "number" and found == "integer")


def _as(value: Any, kind: str) -> Any:
    """Returns an enum's value as one of the type; None if it can't be."""
    if kind == "string" and not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value if fits(value, kind) else None


def inferred(shape: Shape) -> str:
    """Returns the type that the default, the example, the format or the bounds of a shape show; empty if nothing does."""
    keywords = shape.keywords
    for value in (keywords.get("default"), shape.example):
        if found := type_of(value) if value is not None else "":
            return found
    kinds = FORMATS.get(str(keywords.get("format")), ())
    return next((kind for kind, keys in _BOUNDS.items() if any(key in keywords for key in keys)), next(iter(kinds), ""))


def a_kind(kind: str) -> str:
    """Returns a type in words: `an object`, `a list`, `a string`."""
    return {"integer": "an integer", "object": "an object", "array": "a list"}.get(kind, f"a {kind}")
