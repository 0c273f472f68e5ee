"""Adjusts schemas to where they are used: what requests never ask for, and what answers can't promise."""

from collections.abc import Iterable, Iterator
from typing import Any

from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import name_in
from connector_builder.sources import losses
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
Marked = dict[int, frozenset[str]]
"""Fields with something in common, such as those that may be null, by the identity of the schema that has them."""


def finish(
    paths: Entries, definitions: dict[str, Entries], nullable: Marked, only_sent: Marked, original: Original
) -> None:
    """Changes `required` in place: no field that may be null in an answer, none of a circle of required fields.

    A required input with one possible value gets it as its default, and makers don't see it. What is only sent isn't in
    answers, unless its schema is used for both.
    """
    inputs, outputs = list(_inputs(paths)), list(_outputs(paths))
    answered = list(_reached(outputs, definitions))
    for schema in answered:
        _leave_out(schema, nullable.get(id(schema), frozenset()))
    seen = {id(schema) for schema in answered}
    for schema in _reached(inputs, definitions):
        if id(schema) not in seen:
            _fill_constants(schema)
        seen.discard(id(schema))
    for schema in answered:
        _hide_sent(schema, only_sent.get(id(schema), frozenset()), original, shared=id(schema) not in seen)
    _open_circles(definitions, original)


def _inputs(paths: Entries) -> Iterator[Entries]:
    for one in operations({"paths": paths}):
        yield from (mapping(parameter.get("schema")) for parameter in items(one.value.get("parameters")))


def _outputs(paths: Entries) -> Iterator[Entries]:
    yield from (mapping(mapping(item.get("x-ms-notification-content")).get("schema")) for item in paths.values())
    for one in operations({"paths": paths}):
        yield from (mapping(response.get("schema")) for response in mapping(one.value.get("responses")).values())


def _reached(starts: Iterable[Entries], definitions: dict[str, Entries]) -> Iterator[Entries]:
    """Yields the schemas in some schemas, definitions included, each once."""
    waiting, seen = list(starts), set[int]()
    while waiting:
        schema = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        yield schema
        waiting += mapping(schema.get("properties")).values()
        waiting += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
        target = definitions.get(name_in("definitions", schema.get("$ref")) or "")
        if target is not None:
            waiting.append(target)


def _hide_sent(schema: Entries, names: frozenset[str], original: Original, *, shared: bool) -> None:
    """Takes the fields that are only sent out of an answer; tells those that its schema shares with requests."""
    fields = mapping(schema.get("properties"))
    for name in sorted(names & fields.keys()):
        if shared:
            at = (*original.where(fields[name]), "writeOnly")
            original.tell(losses.WRITE_ONLY, at, f"'{name}' is only sent, but shown as an output too")
        else:
            del fields[name]
    if not shared:
        _leave_out(schema, names)
    if names and not fields:
        schema.pop("properties", None)


def _leave_out(schema: Entries, names: frozenset[str]) -> None:
    required = [name for name in schema.get("required", ()) if name not in names]
    if required:
        schema["required"] = required
    else:
        schema.pop("required", None)


def _fill_constants(schema: Entries) -> None:
    for name in schema.get("required", ()):
        field = schema["properties"][name]
        if len(field.get("enum", ())) == 1 and "default" not in field:
            field["default"] = field["enum"][0]
            field["x-ms-visibility"] = "internal"
            field.pop("x-ms-summary", None)


def _open_circles(definitions: dict[str, Entries], original: Original) -> None:
    """Makes a field optional where required fields lead back to their own definition: no value could end."""
    state: dict[str, int] = {}
    for start in definitions:
        if start in state:
            continue
        state[start] = 1
        way = [(start, iter(list(_required_references(definitions[start]))))]
        while way:
            name, rest = way[-1]
            found = next(rest, None)
            if found is None:
                state[name] = 2
                way.pop()
                continue
            owner, field, target = found
            if state.get(target) == 1:
                _leave_out(owner, frozenset({field}))
                original.tell(
                    losses.CIRCLE_OPENED,
                    original.where(owner),
                    f"'{field}' is required and contains itself: it becomes optional",
                )
            elif target in definitions and target not in state:
                state[target] = 1
                way.append((target, iter(list(_required_references(definitions[target])))))


def _required_references(schema: Entries) -> Iterator[tuple[Entries, str, str]]:
    """Yields the references of required fields: the schema that has the field, its name, the definition."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        for name in part.get("required", ()):
            field = mapping(mapping(part.get("properties")).get(name))
            target = name_in("definitions", field.get("$ref"))
            if target is not None:
                yield part, name, target
            else:
                waiting.append(field)
