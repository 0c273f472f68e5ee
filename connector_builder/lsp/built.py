"""Finds what a part of a spec builds, and the value that a key has there. What isn't written was derived."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language.compile.schemas.field_paths import FieldPathError, parse_field_path
from connector_builder.language.derived import CONTAINERS, type_word
from connector_builder.language.tables.forms import Key
from connector_builder.language.tables.operations import OF_BODY, OF_RESPONSE
from connector_builder.language.tables.schemas import SCHEMA_KEYS
from connector_builder.language.tables.sugar import SUGAR
from connector_builder.package import DEFINITION
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import resolve
from connector_builder.secrets import mask

MAX_SHOWN = 200
_PARAMETERS = frozenset({"parameters", "query", "headers", "form"})
_LABELS = ("x-ms-summary", "summary", "title")
_EXTENSIONS = {row.name: row.extension for row in SUGAR}
_NOTHING: dict[str, Any] = {}


class Part(NamedTuple):
    """What a part of a spec builds: a mapping of the platform's JSON. `required` is what its owner says, if it is a field."""

    value: Mapping[str, Any]
    required: bool | None = None


def part_of(documents: Mapping[str, Any], path: Pointer) -> Part | None:
    """Returns what the part at a path of a spec builds; None for a part that builds nothing, or none by itself."""
    definition = mapping(documents.get(DEFINITION))
    if path == ("connector",):
        return Part(mapping(definition.get("info")))
    if len(path) < 2:
        return None
    section, name, rest = path[0], str(path[1]), path[2:]
    if section == "schemas":
        return _of_schema(definition, Part(mapping(mapping(definition.get("definitions")).get(name))), rest)
    if section in ("actions", "triggers"):
        every = (one.value for one in operations(definition) if one.value.get("operationId") == name)
        operation = next(every, None)
        return None if operation is None else _of_operation(definition, operation, rest)
    if section == "parameters":
        named = (_parameter(definition, one.value, name.partition(" in ")[0]) for one in operations(definition))
        first = next((one for one in named if one is not None), None)
        return None if first is None else _of_schema(definition, Part(first), rest)
    return None


def value_at(part: Part, key: Key) -> str | None:
    """Returns the value that a key of a spec has in what was built, as a spec would say it; None if there is none."""
    value: Any
    if key.name == "type":
        value = type_word(part.value.get("type"), part.value.get("format")) or part.value.get("type")
        value = None if value in CONTAINERS else value  # what is in it says so
    elif key.name == "required":
        value = part.required if part.required is not None else part.value.get("required")
    elif key.name == "summary":
        value = next((part.value[name] for name in _LABELS if name in part.value), None)
    else:
        value = part.value.get(_EXTENSIONS.get(key.name, key.name))
    if value is None or isinstance(value, dict) or value == []:
        return None
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return None
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = mask(" ".join(said.split()))
    return shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"


def _of_operation(definition: Any, operation: Mapping[str, Any], rest: Pointer) -> Part | None:
    if not rest:
        return Part(operation)
    key, further = rest[0], rest[1:]
    if key in _PARAMETERS and further:
        name = str(further[0]).removesuffix("!").partition(" in ")[0]
        found = _parameter(definition, operation, name)
        return None if found is None else _of_schema(definition, Part(found), further[1:])
    if key == "body":
        body = next((one for one in _parameters(definition, operation) if one.get("in") == "body"), None)
        return None if body is None else _of_holder(definition, body, OF_BODY, further)
    answers = mapping(operation.get("responses"))
    if key == "response":
        status = next((each for each in sorted(answers) if each.startswith("2")), "default")
    elif key == "responses" and further:
        status, further = str(further[0]), further[1:]
    else:
        return None
    answer = mapping(resolve(definition, answers.get(status)))
    return _of_holder(definition, answer, OF_RESPONSE, further) if answer else None


def _of_holder(definition: Any, holder: Mapping[str, Any], own: frozenset[str], rest: Pointer) -> Part | None:
    """Returns a part of a body or a response: a spec has the keys of its schema beside its own."""
    schema = mapping(holder.get("schema"))
    if not rest or rest == ("schema",):
        kept = {name: value for name, value in schema.items() if name not in (*own, *_LABELS)}
        return Part(
            {**kept, **{name: value for name, value in holder.items() if name != "schema"}} if not rest else schema
        )
    return _of_schema(definition, Part(schema), rest[1:] if rest[0] == "schema" else rest)


def _of_schema(definition: Any, part: Part, rest: Pointer) -> Part | None:
    """Returns a part inside a schema. A list is an array of its only item."""
    while rest and part.value:
        if rest[0] == "fields" and len(rest) > 1:
            rest = rest[1:]
            part = _field(definition, part, str(rest[0]))
        elif rest[0] in ("items", 0):
            part = Part(mapping(_resolved(definition, part).get("items")))
        elif rest[0] == "properties" and len(rest) > 1:
            rest = rest[1:]
            part = Part(mapping(mapping(_resolved(definition, part).get("properties")).get(str(rest[0]))))
        elif isinstance(rest[0], str) and rest[0] not in SCHEMA_KEYS:
            part = _field(definition, part, rest[0])
        else:
            return None
        rest = rest[1:]
    return part if part.value else None


def _field(definition: Any, part: Part, key: str) -> Part:
    """Returns a field by its path; nothing for a key that names several."""
    try:
        steps = parse_field_path(key)
    except FieldPathError:
        return Part(_NOTHING)
    if steps[-1].arrays:
        return Part(_NOTHING)  # an array and its items are both described here
    for step in steps:
        schema = _resolved(definition, part)
        found = mapping(schema.get("properties")).get(step.name) if step.name else schema
        listed = schema.get("required")
        part = Part(mapping(found), step.name in listed if isinstance(listed, list) else False)
        for _ in range(step.arrays):
            part = Part(mapping(_resolved(definition, part).get("items")))
    return part


def _resolved(definition: Any, part: Part) -> Mapping[str, Any]:
    return mapping(resolve(definition, part.value))


def _parameters(definition: Any, operation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = operation.get("parameters")
    return [mapping(resolve(definition, one)) for one in listed] if isinstance(listed, list) else []


def _parameter(definition: Any, operation: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    return next((one for one in _parameters(definition, operation) if one.get("name") == name), None)
