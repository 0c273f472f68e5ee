"""Request bodies: one media type is chosen, and forms become fields."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.derived import Conventions, form_media_types, parameter_labels
from connector_builder.platform.data.plain import ABSENT, mapping
from connector_builder.platform.swagger.media_types import is_binary, is_media_type
from connector_builder.sources import losses
from connector_builder.sources.openapi3.examples import Examples
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.shapes import AllOf, AnyOf, One, Shape
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
_CONVENTIONS = Conventions()
_WORDS = {"contentType": "media type", "headers": "headers"}
JSON, URLENCODED, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
STREAMS = ("text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq", "multipart/mixed")
"""Media types of answers without an end."""


def base_type(media: str) -> str:
    """Returns a media type without its parameters, in small letters."""
    return media.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    """Checks whether a media type is JSON."""
    base = base_type(media)
    return base in (JSON, "text/json", "application/*") or base.endswith(("+json", "/json"))


def _rank(media: str) -> int:
    base = base_type(media)
    if base == JSON:
        return 0
    if is_json(media):
        return 1
    order = (URLENCODED, MULTIPART, "text/plain")
    if base in order:
        return 2 + order.index(base)
    return 6 if is_binary(base) else 8 if base == "*/*" else 7 if is_media_type(media) else 9


def chosen_media(content: Mapping[str, Any]) -> str | None:
    """Returns the media type that a connector uses of several: JSON, then forms, text, files, others."""
    return min(content, key=_rank, default=None)


def read_media(original: Original, key: str, at: Pointer, name: str) -> str:
    """Returns the media type that a key names: JSON, which is told, if it names none."""
    if is_media_type(key):
        return key
    original.tell(losses.MEDIA_TYPE_CHOSEN, at, f"'{key[:100]}' isn't a media type: it is read as JSON for '{name}'")
    return JSON


class Bodies:
    """Writes the bodies of requests."""

    def __init__(self, schemas: Schemas, examples: Examples) -> None:
        self._schemas = schemas
        self._original = schemas.original
        self._examples = examples

    def of(self, operation: Entries, at: Pointer, name: str) -> tuple[list[Entries], list[str] | None]:
        """Returns the parameters for the body of an operation, and what it consumes if that isn't JSON."""
        body, place = self._original.place(operation.get("requestBody"), (*at, "requestBody"))
        if not isinstance(body, dict):
            if body is ABSENT and "requestBody" in operation:
                self._original.tell(
                    losses.REFERENCE_NOT_FOUND,
                    (*at, "requestBody"),
                    "this reference to a body leads nowhere: it is left out",
                )
            return [], None
        content = mapping(body.get("content"))
        chosen = chosen_media(content)
        if chosen is None:
            return [], None
        media = read_media(self._original, chosen, (*place, "content", chosen), name)
        if len(content) > 1:
            rest = ", ".join(other for other in content if other != chosen)
            self._original.tell(losses.MEDIA_TYPE_CHOSEN, (*place, "content"), f"'{name}' sends {media}, not {rest}")
        described, described_at = self._original.place(content[chosen], (*place, "content", chosen))
        known = mapping(described)
        part = One(known.get("schema", {}), (*described_at, "schema") if "schema" in known else described_at)
        sample = self._examples.schema(known, described_at, f"what '{name}' sends", json=is_json(media))
        if base_type(media) in (URLENCODED, MULTIPART):
            encoding = mapping(known.get("encoding"))
            self._tell_encoding(encoding, (*described_at, "encoding"))
            deep = {key for key, one in encoding.items() if mapping(one).get("style") == "deepObject"}
            fields = list(self._form(part, base_type(media), deep))
            return (fields, self._consumes(media, fields)) if fields else ([], None)
        written = self._body(body, place)
        written["schema"] = sample or self._schema(part, media, f"{name}Request")
        return [written], None if base_type(media) in (JSON, "*/*") else [base_type(media)]

    def _body(self, body: Entries, at: Pointer) -> Entries:
        given = body.get("x-bodyName") or body.get("x-ms-requestBody-name")
        called = given if isinstance(given, str) and given else "body"
        out = self._original.made(Entries(name=called, **{"in": "body"}), at)
        if said := self._original.text(body.get("description"), (*at, "description")):
            out["description"] = said
        out["required"] = body.get("required") is True
        return out

    def _schema(self, part: One, media: str, hint: str) -> Entries:
        if is_json(media) or base_type(media) == "*/*":
            return self._schemas.written(part, hint) or {"type": "object"}
        schema: Entries = {"type": "string", "format": "binary"} if is_binary(base_type(media)) else {"type": "string"}
        if not is_binary(base_type(media)) and self._schemas.shape(part).kind in ("object", "array"):
            self._original.tell(losses.BODY_AS_TEXT, part.at, f"people write the body as {base_type(media)}")
        return self._original.made(schema, part.at)

    @staticmethod
    def _consumes(media: str, fields: list[Entries]) -> list[str]:
        return [MULTIPART] if base_type(media) == MULTIPART else form_media_types(one.get("type") for one in fields)

    def _tell_encoding(self, encoding: Mapping[str, Any], at: Pointer) -> None:
        for name, one in encoding.items():
            lost = [key for key in ("contentType", "headers") if key in mapping(one)]
            if lost and mapping(one).get("contentType") != JSON:
                message = f"the platform sends '{name}' without its {' and '.join(_WORDS[key] for key in lost)}"
                self._original.tell(losses.ENCODING_LEFT_OUT, (*at, name), message)

    def _form(self, part: One, media: str, deep: Collection[str]) -> Iterator[Entries]:
        """Yields a field for each property of a form. `deep` are those that are sent as `name[field]`, whatever the field."""
        shape = self._schemas.shape(part)
        if isinstance(shape.additional, One | AnyOf | AllOf):
            self._original.tell(
                losses.FIELDS_OF_ANY_NAME,
                shape.at,
                "the form takes fields of any name: the connector has the named ones",
            )
        for name, inner in shape.properties.items():
            one = self._schemas.shape(inner)
            if name in deep and one.kind == "object" and not one.properties:
                message = f"'{name}' takes fields of any name: a form of a connector can't"
                self._original.tell(losses.FIELDS_OF_ANY_NAME, one.at, message)
            elif not one.never and not one.marks.get("readOnly"):
                yield from self._field(name, one, required=name in shape.required, media=media)

    def _field(self, name: str, shape: Shape, *, required: bool, media: str) -> Iterator[Entries]:
        kind, said = shape.kind, self._said(shape)
        if kind == "object" and media == URLENCODED and shape.properties:
            self._original.tell(
                losses.OBJECT_AS_PARAMETERS, shape.at, f"each field of '{name}' becomes a field of the form"
            )
            for inner, part in shape.properties.items():
                below = self._schemas.shape(part)
                if below.kind in ("object", "array"):
                    self._original.tell(losses.FIELD_LEFT_OUT, part.at, f"'{name}[{inner}]' is too deep for a form")
                else:
                    yield self._written(f"{name}[{inner}]", below, self._said(below), required=False, file=False)
            return
        if kind == "array":
            item = self._schemas.shape(shape.item) if shape.item is not None else Shape(shape.at, ["string"])
            self._original.tell(losses.ONE_VALUE, shape.at, f"'{name}' takes several values: a flow can send one")
            item.description = shape.description or item.description
            yield from (
                self._field(f"{name}[]" if media == URLENCODED else name, item, required=required, media=media)
                if item.kind != "array"
                else ()
            )
            return
        if kind == "object":
            self._original.tell(losses.VALUE_AS_TEXT, shape.at, f"'{name}' is an object: people write it as JSON")
            shape, said = Shape(shape.at, ["string"]), f"{said} The value is JSON.".strip()
        file = media == MULTIPART and shape.keywords.get("format") in ("binary", "byte")
        yield self._written(name, shape, said, required=required, file=file)

    def _said(self, shape: Shape) -> str:
        return self._original.text(shape.description, (*shape.at, "description"))

    def _written(self, name: str, shape: Shape, said: str, *, required: bool, file: bool) -> Entries:
        out = self._original.made(Entries(name=name, **{"in": "formData"}), shape.at)
        if said:
            out["description"] = said
        out["required"] = required
        out |= {"type": "file"} if file else self._schemas.simple(shape)
        return out | parameter_labels(_CONVENTIONS, name, hidden=False)
