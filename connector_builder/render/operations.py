"""The operations of a connector, as its README tells of them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from connector_builder.package import VERBS
from connector_builder.platform.plain import first_text, items, mapping, resolve, text

MAX_FIELDS = 100
"""Of an operation: a table longer than this helps nobody, and schemas can multiply without end."""

MAX_CHOICES = 20
_MAX_DEPTH = 5  # of objects in objects


class Field(NamedTuple):
    """Something that a person fills in: a parameter, a field of a body, or of a connection."""

    label: str
    key: str
    required: bool
    type: str
    description: str


class Operation(NamedTuple):
    """An action or a trigger; `internal` ones serve the designer only. `more`: it has fields beyond those here."""

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
    """All operations of a Swagger document, in its order."""
    document = mapping(definition)
    return [
        _operation(document, path, item, verb, operation)
        for path, item in mapping(document.get("paths")).items()
        if isinstance(item, dict)
        for verb, operation in item.items()
        if verb in VERBS and isinstance(operation, dict)
    ]


def _operation(
    document: dict[str, Any], path: str, item: dict[str, Any], verb: str, operation: dict[str, Any]
) -> Operation:
    key = text(operation.get("operationId"))
    found = list(islice(_fields(document, item, operation), MAX_FIELDS + 1))
    kind = "Action"
    if operation.get("x-ms-trigger"):
        kind = "Webhook trigger" if "x-ms-notification-content" in item else "Polling trigger"
    return Operation(
        title=first_text(operation.get("summary"), key, f"{verb.upper()} {path}"),
        key=key,
        kind=kind,
        description=text(operation.get("description")),
        deprecated=operation.get("deprecated") is True,
        internal=_is_internal(operation),
        important=operation.get("x-ms-visibility") == "important",
        fields=tuple(field for field in found[:MAX_FIELDS] if field),
        more=len(found) > MAX_FIELDS,
    )


def _fields(document: dict[str, Any], item: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field | None]:
    """What a person fills in, with None for what is internal: it counts, so that a maze of schemas has an end."""
    parameters: dict[tuple[str, str], dict[str, Any]] = {}
    for part in [*items(item.get("parameters")), *items(operation.get("parameters"))]:
        parameter = resolve(document, part)
        parameters[text(parameter.get("name")), text(parameter.get("in"))] = parameter
    for (name, place), parameter in parameters.items():
        required = parameter.get("required") is True
        schema = resolve(document, parameter.get("schema")) if place == "body" else parameter
        if _is_internal(parameter):
            yield None
        elif place == "body" and mapping(schema.get("properties")):
            yield from _properties(document, schema, required, ())
        elif place == "body" and _item_fields(document, schema):
            yield from _properties(document, _items(document, schema), required, ("[]",))
        else:
            yield _field(name, {**schema, **parameter}, required, _type(document, schema))


def _properties(
    document: dict[str, Any], schema: dict[str, Any], required: bool, path: tuple[str, ...]
) -> Iterator[Field | None]:
    """The fields of an object, and those of the objects in it, as the designer shows them."""
    needed = items(schema.get("required")) if required else []
    for name, part in mapping(schema.get("properties")).items():
        inner, key = resolve(document, part), (*path, name)
        if _is_internal(inner):
            yield None
        elif mapping(inner.get("properties")) and len(key) < _MAX_DEPTH:
            yield from _properties(document, inner, name in needed, key)
        elif _item_fields(document, inner) and len(key) < _MAX_DEPTH:
            yield from _properties(document, _items(document, inner), name in needed, (*path, f"{name}[]"))
        else:
            yield _field(".".join(key), inner, name in needed, _type(document, inner))


def _items(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of the items of an array, {} for anything else."""
    return resolve(document, schema.get("items")) if schema.get("type") == "array" else {}


def _item_fields(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a schema is an array of objects with fields."""
    return bool(mapping(_items(document, schema).get("properties")))


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
    """Yields what is said of choices and of the default: `One of: Open (open), Closed (closed).`, `Default: open.`."""
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
    """Texts in a row, as sentences; one alone stays as it is written."""
    said = [part for part in parts if part]
    if len(said) > 1:
        said = [part if part.endswith((".", "!", "?", ":", "…")) else f"{part}." for part in said]
    return " ".join(said)


def _type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    name = text(schema.get("type"))
    if name == "array":
        inner = text(resolve(document, schema.get("items")).get("type"))
        return f"array of {inner}" if inner else name
    return first_text(schema.get("format"), name, "any")
