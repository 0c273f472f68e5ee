"""The operations of a connector, as its README tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from connector_builder.render.plain import first_text, items, mapping, resolve, text

_VERBS = ("get", "put", "post", "delete", "options", "head", "patch")


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a person fills in: a parameter, a field of a body, or of a connection."""

    label: str
    key: str
    required: bool
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An action or a trigger; `internal` ones serve the designer only."""

    title: str
    key: str
    kind: str
    description: str
    deprecated: bool
    internal: bool
    important: bool
    fields: tuple[Field, ...]


def operations(definition: Any) -> list[Operation]:
    """All operations of a Swagger document, in its order."""
    document = mapping(definition)
    return [
        _operation(document, path, item, verb, operation)
        for path, item in mapping(document.get("paths")).items()
        if isinstance(item, dict)
        for verb, operation in item.items()
        if verb in _VERBS and isinstance(operation, dict)
    ]


def _operation(
    document: dict[str, Any], path: str, item: dict[str, Any], verb: str, operation: dict[str, Any]
) -> Operation:
    key = text(operation.get("operationId"))
    visibility = operation.get("x-ms-visibility")
    kind = "Action"
    if operation.get("x-ms-trigger"):
        kind = "Webhook trigger" if "x-ms-notification-content" in item else "Polling trigger"
    return Operation(
        title=first_text(operation.get("summary"), key, f"{verb.upper()} {path}"),
        key=key,
        kind=kind,
        description=text(operation.get("description")),
        deprecated=operation.get("deprecated") is True,
        internal=visibility == "internal",
        important=visibility == "important",
        fields=tuple(_fields(document, item, operation)),
    )


def _fields(document: dict[str, Any], item: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field]:
    parameters: dict[tuple[str, str], dict[str, Any]] = {}
    for part in [*items(item.get("parameters")), *items(operation.get("parameters"))]:
        parameter = resolve(document, part)
        parameters[text(parameter.get("name")), text(parameter.get("in"))] = parameter
    for (name, place), parameter in parameters.items():
        if parameter.get("x-ms-visibility") == "internal":
            continue
        if place == "body":
            yield from _body(document, name, parameter)
        else:
            yield _field(name, parameter, parameter.get("required") is True, _type(document, parameter))


def _body(document: dict[str, Any], name: str, parameter: dict[str, Any]) -> Iterator[Field]:
    """The fields of a body, as the designer shows them; the body itself where it has none."""
    schema = resolve(document, parameter.get("schema"))
    required = parameter.get("required") is True
    properties = mapping(schema.get("properties"))
    if not properties:
        yield _field(name, schema | parameter, required, _type(document, schema))
    for key, part in properties.items():
        inner = resolve(document, part)
        if inner.get("x-ms-visibility") != "internal":
            yield _field(key, inner, required and key in items(schema.get("required")), _type(document, inner))


def _field(key: str, part: dict[str, Any], required: bool, type_: str) -> Field:
    label = first_text(part.get("x-ms-summary"), part.get("title"), key)
    return Field(label, key, required, type_, text(part.get("description")))


def _type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    name = text(schema.get("type"))
    if name == "array":
        inner = text(resolve(document, schema.get("items")).get("type"))
        return f"array of {inner}" if inner else name
    return first_text(schema.get("format"), name, "any")
