"""Parameters of OpenAPI 3 as those of Swagger: where each is sent, and how lists and objects become values."""

from collections.abc import Iterator, Mapping
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.derived import Conventions, parameter_labels, url_encoding
from connector_builder.platform.data.plain import ABSENT, items, mapping, text
from connector_builder.platform.swagger.extensions import BY_NAME, extensions_of
from connector_builder.sources import losses
from connector_builder.sources.openapi3.bodies import URLENCODED, base_type
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.shapes import One, Shape
from connector_builder.sources.texts import label

Entries = dict[str, Any]
_CONVENTIONS = Conventions()
_IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI itself says are described elsewhere (https://spec.openapis.org/oas/v3.0.3#parameter-object)."""
_SEPARATORS = {
    "form": ("commas", "Separate several values with commas."),
    "spaceDelimited": ("spaces", "Separate several values with spaces."),
    "pipeDelimited": ("bars", "Separate several values with |."),
}
_BY_HAND = ("matrix", "label")
"""Styles of variables of the path that no platform has."""
_OF_PARAMETERS = frozenset(
    name for name in extensions_of("query parameter") if name in BY_NAME and not BY_NAME[name].ignored
)


class Parameters:
    """Writes the parameters of operations."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._original = schemas.original

    def of(self, operation: Entries, at: Pointer, item: Entries, item_at: Pointer) -> Iterator[Entries]:
        """Yields the parameters of an operation, with those of its path that it doesn't describe itself."""
        own = list(self._listed(operation, (*at, "parameters")))
        names = {(text(one.get("in")), text(one.get("name"))) for one, _ in own}
        shared = [
            one
            for one in self._listed(item, (*item_at, "parameters"))
            if (text(one[0].get("in")), text(one[0].get("name"))) not in names
        ]
        for parameter, place in (*shared, *own):
            yield from self._written(parameter, place)

    def missing(self, name: str, at: Pointer) -> Entries:
        """Returns a parameter for a variable of the path that the document doesn't describe."""
        return self._simple({"name": name, "in": "path"}, at, Shape(at, ["string"]))

    def _listed(self, owner: Mapping[str, Any], at: Pointer) -> Iterator[tuple[Entries, Pointer]]:
        for index, value in enumerate(items(owner.get("parameters"))):
            found, place = self._original.place(value, (*at, index))
            if found is ABSENT:
                self._original.tell(
                    losses.REFERENCE_NOT_FOUND,
                    (*at, index),
                    "this reference to a parameter leads nowhere: it is left out",
                )
            elif isinstance(found, dict) and isinstance(found.get("name"), str) and found["name"]:
                yield found, place

    def _written(self, parameter: Entries, at: Pointer) -> Iterator[Entries]:
        name, where = parameter["name"], parameter.get("in")
        if where == "header" and name.lower() in _IGNORED:
            return
        if where == "query" and name.lower() == "connectionid":
            cure = "send it by the policy setQueryParameter"
            self._original.tell(
                losses.PARAMETER_LEFT_OUT, at, f"the platform refuses a parameter called '{name}': it is left out", cure
            )
            return
        content = mapping(parameter.get("content"))
        if where == "querystring":
            yield from self._query_string(parameter, at, content)
            return
        if where not in ("path", "query", "header"):
            self._not_sent(parameter, at)
            return
        if content:
            media, described = next(iter(content.items()))
            part = One(mapping(described).get("schema", {}), (*at, "content", media, "schema"))
            self._original.tell(losses.VALUE_AS_TEXT, at, f"'{name}' has {media} in it: people write it as text")
            yield self._simple(parameter, at, Shape(part.at, ["string"]), f"The value is {media}.")
            return
        shape = self._schemas.shape(One(parameter.get("schema", {}), (*at, "schema") if "schema" in parameter else at))
        if shape.kind == "array":
            yield self._listing(parameter, at, shape)
        elif shape.kind == "object":
            yield from self._object(parameter, at, shape)
        else:
            yield self._simple(parameter, at, shape)

    def _query_string(self, parameter: Entries, at: Pointer, content: Mapping[str, Any]) -> Iterator[Entries]:
        """Writes the whole query, which OpenAPI 3.2 can describe as a form, as a parameter for each field."""
        media, described = next(iter(content.items()), ("", {}))
        part = One(mapping(described).get("schema", {}), (*at, "content", media, "schema"))
        shape = self._schemas.shape(part)
        if base_type(media) != URLENCODED or not shape.properties:
            self._not_sent(parameter, at)
        else:
            yield from self._object({**parameter, "in": "query", "required": True}, at, shape)

    def _not_sent(self, parameter: Entries, at: Pointer) -> None:
        name, where = parameter["name"], parameter.get("in")
        if where == "cookie":
            cure = "to send a cookie, add a connection parameter and the policy setHeader for 'Cookie'"
            self._original.tell(losses.COOKIE_LEFT_OUT, at, f"connectors can't send the cookie '{name}'", cure)
        else:
            self._original.tell(
                losses.PARAMETER_LEFT_OUT, at, f"the parameter '{name}' isn't in path, query or header: it is left out"
            )

    def _listing(self, parameter: Entries, at: Pointer, shape: Shape) -> Entries:
        """Writes a list as one text. Swagger's `multi` is refused, and canvas apps fail with arrays in queries."""
        name, where = parameter["name"], parameter.get("in")
        style = text(parameter.get("style")) or ("form" if where == "query" else "simple")
        explodes = parameter.get("explode", style == "form") is True
        one = self._schemas.shape(shape.item) if shape.item is not None else Shape(shape.at, ["string"])
        if where == "query" and style == "form" and explodes:
            self._original.tell(
                losses.ONE_VALUE, at, f"'{name}' takes several values by repetition: a flow can send one"
            )
            one.description = one.description if shape.description is None else shape.description
            return self._simple(parameter, at, one, "The API takes several values, this connector one.")
        _, how = _SEPARATORS.get(style, _SEPARATORS["form"])
        self._original.tell(losses.LIST_AS_TEXT, at, f"'{name}' is a list: people write its values as one text")
        return self._simple(parameter, at, Shape(shape.at, ["string"], description=shape.description), how)

    def _object(self, parameter: Entries, at: Pointer, shape: Shape) -> Iterator[Entries]:
        """Writes an object as a parameter for each of its fields, where the API takes it so."""
        name, where, style = parameter["name"], parameter.get("in"), text(parameter.get("style")) or None
        explodes = parameter.get("explode", style in (None, "form")) is True
        deep = where == "query" and style == "deepObject"
        if not (deep or (where == "query" and explodes)) or not shape.properties:
            self._original.tell(losses.VALUE_AS_TEXT, at, f"'{name}' is an object: people write it as text")
            yield self._simple(
                parameter,
                at,
                Shape(shape.at, ["string"], description=shape.description),
                "The value is JSON." if deep else "",
            )
            return
        self._original.tell(losses.OBJECT_AS_PARAMETERS, at, f"each field of '{name}' becomes a parameter")
        for field, part in shape.properties.items():
            inner = self._schemas.shape(part)
            if inner.kind in ("object", "array"):
                self._original.tell(
                    losses.VALUE_AS_TEXT, part.at, f"'{field}' of '{name}' is {inner.kind}: people write it as text"
                )
                inner = Shape(inner.at, ["string"], description=inner.description)
            required = parameter.get("required") is True and field in shape.required
            named = {
                **parameter,
                "name": f"{name}[{field}]" if deep else field,
                "required": required,
                "description": inner.description,
            }
            yield self._simple(named, part.at, inner)

    def _simple(self, parameter: Entries, at: Pointer, shape: Shape, more: str = "") -> Entries:
        """Writes a parameter with one value."""
        name, where = parameter["name"], parameter.get("in")
        out = self._original.made(Entries(name=name, **{"in": where}), at)
        style = text(parameter.get("style"))
        if where == "path" and style in _BY_HAND:
            shape, more = Shape(shape.at, ["string"], description=shape.description), self._by_hand(name, style, at)
        schema = self._schemas.simple(shape)
        own = bool(text(parameter.get("description")))
        said = self._original.text(
            parameter.get("description") if own else shape.description, (*(at if own else shape.at), "description")
        )
        if more := f"{said.rstrip('.')}. {more}" if said and more else said or more:
            out["description"] = more
        out["required"] = where == "path" or parameter.get("required") is True
        out |= schema
        out |= parameter_labels(_CONVENTIONS, name, hidden=False)
        if title := label(shape.title):
            out["x-ms-summary"] = (
                title if title.lower() != str(out.get("x-ms-summary")).lower() else out["x-ms-summary"]
            )
        if encoding := url_encoding(_CONVENTIONS, where):
            out["x-ms-url-encoding"] = encoding
        if parameter.get("deprecated") is True or shape.marks.get("deprecated"):
            out["x-ms-visibility"] = "advanced"
            if parameter.get("deprecated") is True:
                self._hidden(at)
        out |= {key: value for key, value in {**shape.marks, **parameter}.items() if key in _OF_PARAMETERS}
        if where == "path" and parameter.get("allowReserved"):
            self._original.tell(losses.SLASHES_ENCODED, at, f"slashes in '{name}' are encoded")
        self._original.extensions(parameter, at, _OF_PARAMETERS)
        return out

    def _by_hand(self, name: str, style: str, at: Pointer) -> str:
        """Tells that people write what the style of a variable puts around its value. Returns how."""
        example = f";{name}=5" if style == "matrix" else ".5"
        self._original.tell(
            losses.STYLE_BY_HAND, (*at, "style"), f"'{name}' has the style {style}: people write {example}"
        )
        return f"Write it as {example}."

    def _hidden(self, at: Pointer) -> None:
        message = "a deprecated parameter: makers see it under advanced options"
        self._original.tell(losses.DEPRECATED_HIDDEN, (*at, "deprecated"), message)
