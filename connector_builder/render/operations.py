"""Collects the operations of a connector, for its README."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from connector_builder.platform import operations as definitions
from connector_builder.platform.plain import first_text, items, mapping, text
from connector_builder.platform.references import References

MAX_FIELDS = 100
"""The most fields of an operation: a longer table helps nobody, and schemas can multiply without end."""

MAX_CHOICES = 20
_MAX_DEPTH = 5  # of objects in objects


class Field(NamedTuple):
    """Something that users fill in: a parameter, or a field of a body or a connection."""

    label: str
    key: str
    required: bool
    type: str
    description: str


class Operation(NamedTuple):
    """An action or a trigger; `internal` ones serve the designer only. `more` says that `fields` isn't complete."""

    title: str
    key: str
    kind: str
    description: str
    deprecated: bool
    internal: bool
    important: bool
    fields: tuple[Field, ...]
    more: bool


def operations(definition: Any) -> list[Operation]:
    """Returns all operations of a Swagger document, in its order."""
    references = References(definition)
    return [_operation(references, one) for one in definitions.operations(definition)]


def shortened(operation: Operation, most: int) -> Operation:
    """Returns an operation with at most so many fields. With none, it has no description either, so that it is short."""
    more = operation.more or len(operation.fields) > most
    description = operation.description if most else ""
    return operation._replace(fields=operation.fields[:most], more=more, description=description)


def _operation(references: References, one: definitions.Operation) -> Operation:
    operation, key = one.value, text(one.value.get("operationId"))
    found = list(islice(_fields(references, one), MAX_FIELDS + 1))
    kind = "Action"
    if operation.get("x-ms-trigger"):
        kind = "Webhook trigger" if "x-ms-notification-content" in one.item else "Polling trigger"
    return Operation(
        title=first_text(operation.get("summary"), key, f"{one.verb.upper()} {one.path}"),
        key=key,
        kind=kind,
        description=text(operation.get("description")),
        deprecated=operation.get("deprecated") is True,
        internal=_is_internal(operation),
        important=operation.get("x-ms-visibility") == "important",
        fields=tuple(field for field in found[:MAX_FIELDS] if field),
        more=len(found) > MAX_FIELDS,
    )


def _fields(references: References, operation: definitions.Operation) -> Iterator[Field | None]:
    """Yields the fields that a person fills in, and None for an internal one: it counts, so that a maze of schemas ends."""
    parameters: dict[tuple[str, str], dict[str, Any]] = {}
    for part in [*items(operation.item.get("parameters")), *items(operation.value.get("parameters"))]:
        parameter = mapping(references.resolved(part))
        parameters[text(parameter.get("name")), text(parameter.get("in"))] = parameter
    for (name, place), parameter in parameters.items():
        required = parameter.get("required") is True
        schema = mapping(references.resolved(parameter.get("schema"))) if place == "body" else parameter
        if _is_internal(parameter):
            yield None
        elif place == "body" and mapping(schema.get("properties")):
            yield from _properties(references, schema, required, ())
        elif place == "body" and _item_fields(references, schema):
            yield from _properties(references, _items(references, schema), required, ("[]",))
        else:
            yield _field(name, {**schema, **parameter}, required, _type(references, schema))


def _properties(
    references: References, schema: dict[str, Any], required: bool, path: tuple[str, ...]
) -> Iterator[Field | None]:
    """Yields the fields of an object and of the objects in it, as the designer shows them."""
    needed = items(schema.get("required")) if required else []
    for name, part in mapping(schema.get("properties")).items():
        inner, key = mapping(references.resolved(part)), (*path, name)
        if _is_internal(inner):
            yield None
        elif mapping(inner.get("properties")) and len(key) < _MAX_DEPTH:
            yield from _properties(references, inner, name in needed, key)
        elif _item_fields(references, inner) and len(key) < _MAX_DEPTH:
            yield from _properties(references, _items(references, inner), name in needed, (*path, f"{name}[]"))
        else:
            yield _field(".".join(key), inner, name in needed, _type(references, inner))


def _items(references: References, schema: dict[str, Any]) -> dict[str, Any]:
    """Returns the schema of an array's items, {} for anything else."""
    return mapping(references.resolved(schema.get("items"))) if schema.get("type") == "array" else {}


def _item_fields(references: References, schema: dict[str, Any]) -> bool:
    """Checks whether a schema is an array of objects with fields."""
    return bool(mapping(_items(references, schema).get("properties")))


def _is_internal(part: dict[str, Any]) -> bool:
    return part.get("x-ms-visibility") == "internal"


def _field(key: str, part: dict[str, Any], required: bool, type_: str) -> Field:
    label = first_text(part.get("x-ms-summary"), part.get("title"), key.rpartition(".")[2])
    shown = [mapping(one) for one in items(part.get("x-ms-enum-values"))]
    choices = [(one.get("displayName"), one.get("value")) for one in shown]
    choices = choices or [(None, value) for value in items(part.get("enum"))]
    description = sentences(text(part.get("description")), *said_of(part.get("default"), choices))
    return Field(label, key, required, type_, description)


def said_of(default: Any, choices: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Yields the sentences about choices and default: `One of: Open (open), Closed (closed).`, `Default: open.`."""
    listed = [_choice(shown, value) for shown, value in choices[:MAX_CHOICES]]
    if listed:
        yield f"One of: {', '.join(listed)}{' …' if len(choices) > MAX_CHOICES else '.'}"
    if isinstance(default, str | int | float) and default != "":
        yield f"Default: {_written(default)}."


def _choice(shown: Any, value: Any) -> str:
    name, written = text(shown), _written(value)
    return f"{name} ({written})" if name and name != written else written


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def sentences(*parts: str) -> str:
    """Joins texts to sentences; a single text stays as it is."""
    said = [part for part in parts if part]
    if len(said) > 1:
        said = [part if part.endswith((".", "!", "?", ":", "…")) else f"{part}." for part in said]
    return " ".join(said)


def _type(references: References, schema: dict[str, Any]) -> str:
    name = text(schema.get("type"))
    if name == "array":
        inner = text(mapping(references.resolved(schema.get("items"))).get("type"))
        return f"array of {inner}" if inner else name
    return first_text(schema.get("format"), name, "any")
