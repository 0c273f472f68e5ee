"""The means to plant one defect at a random legal place of a definition, and to say where its finding is expected."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.swagger.operations import VERBS


class Spot(NamedTuple):
    """A part of a definition with its pointer, and the whole."""

    at: Pointer
    node: Any
    root: dict[str, Any]


Places = Callable[[dict[str, Any]], Iterator[Spot]]
Change = Callable[[Spot], Pointer]
"""Spoils a part in place, and returns the pointer where the finding is expected."""
Where = Callable[[Spot], bool]


class Mutator(NamedTuple):
    """Plants a defect that a rule finds, at any of its places."""

    rule: str
    places: Places
    change: Change


def anywhere(_: Spot) -> bool:
    return True


def root(definition: dict[str, Any]) -> Iterator[Spot]:
    yield Spot((), definition, definition)


def part(*steps: str | int) -> Places:
    """Makes the places of one part."""

    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        yield Spot(steps, at(definition, steps), definition)

    return places


def at(definition: Any, pointer: Pointer) -> Any:
    for step in pointer:
        definition = definition[step]
    return definition


def paths(where: Where = anywhere) -> Places:
    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        spots = (Spot(("paths", path), item, definition) for path, item in definition["paths"].items())
        yield from filter(where, spots)

    return places


def operations(where: Where = anywhere) -> Places:
    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for at_item, item, _ in paths()(definition):
            spots = (Spot((*at_item, verb), item[verb], definition) for verb in VERBS if verb in item)
            yield from filter(where, spots)

    return places


def parameters(*kinds: str, where: Where = anywhere) -> Places:
    """Makes the places of the parameters of some kinds (`query` …), those of operations and the shared ones."""

    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for spot in _parameters(definition):
            if spot.node.get("in") in kinds and where(spot):
                yield spot

    return places


def _parameters(definition: dict[str, Any]) -> Iterator[Spot]:
    for pointer, operation, _ in operations()(definition):
        for number, parameter in enumerate(operation.get("parameters", [])):
            yield Spot((*pointer, "parameters", number), parameter, definition)
    for name, parameter in definition.get("parameters", {}).items():
        yield Spot(("parameters", name), parameter, definition)


def schemas(*types: str, where: Where = anywhere) -> Places:
    """Makes the places of the schemas of some types, or of all that aren't references."""

    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for spot in all_schemas(definition):
            if "$ref" not in spot.node and (not types or spot.node.get("type") in types) and where(spot):
                yield spot

    return places


def fields(*types: str, where: Where = anywhere) -> Places:
    """Makes the places of schemas of some types that are fields of an object."""
    return schemas(*types, where=lambda spot: spot.at[-2:-1] == ("properties",) and where(spot))


def references(among: str) -> Places:
    """Makes the places of references to schemas (`definitions`), parameters or responses."""

    def walk(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, Any]]:
        yield pointer, value
        for key, inner in (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        ):
            yield from walk((*pointer, key), inner)

    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for pointer, value in walk((), definition):
            if isinstance(value, dict) and str(value.get("$ref")).startswith(f"#/{among}/"):
                yield Spot(pointer, value, definition)

    return places


def all_schemas(definition: dict[str, Any]) -> Iterator[Spot]:
    for pointer, parameter, _ in _parameters(definition):
        yield from _below((*pointer, "schema"), parameter.get("schema"), definition)
    for pointer, response, _ in responses()(definition):
        yield from _below((*pointer, "schema"), response.get("schema"), definition)
    for name, schema in definition.get("definitions", {}).items():
        yield from _below(("definitions", name), schema, definition)


def responses(where: Where = anywhere) -> Places:
    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for pointer, operation, _ in operations()(definition):
            answers = operation["responses"].items()
            yield from filter(where, (Spot((*pointer, "responses", key), one, definition) for key, one in answers))

    return places


def calls(*extensions: str) -> Places:
    """Makes the places of the extensions that call operations, such as `x-ms-dynamic-list`."""

    def places(definition: dict[str, Any]) -> Iterator[Spot]:
        for pointer, node, _ in (*_parameters(definition), *all_schemas(definition)):
            for name in extensions:
                if name in node:
                    yield Spot((*pointer, name), node[name], definition)

    return places


def _below(pointer: Pointer, schema: Any, definition: dict[str, Any]) -> Iterator[Spot]:
    if not isinstance(schema, dict):
        return
    yield Spot(pointer, schema, definition)
    for key in ("items", "additionalProperties"):
        yield from _below((*pointer, key), schema.get(key), definition)
    for name, inner in schema.get("properties", {}).items():
        yield from _below((*pointer, "properties", name), inner, definition)


def puts(key: str | int, value: Any, *steps: str | int, **more: Any) -> Change:
    """Makes a change that sets a key, and `more`; the finding is at the key, or at `steps` below the key."""

    def change(spot: Spot) -> Pointer:
        spot.node[key] = value
        for name, other in more.items():
            spot.node[name] = other
        return (*spot.at, key, *steps)

    return change


def drops(key: str) -> Change:
    """Makes a change that removes a key; the finding is at the part itself."""

    def change(spot: Spot) -> Pointer:
        del spot.node[key]
        return spot.at

    return change


def adds(key: str, *steps: str | int, **values: Any) -> Change:
    """Makes a change that adds a part to a list below `key`; the finding is at the part, or at `steps` below it."""

    def change(spot: Spot) -> Pointer:
        items = spot.node.setdefault(key, [])
        items.append({name: value for name, value in values.items() if value is not None})
        return (*spot.at, key, len(items) - 1, *steps)

    return change


def adds_parameter(place: str, name: str, *steps: str | int, **more: Any) -> Change:
    """Makes a change that adds a parameter with its texts to an operation."""
    texts = {"x-ms-summary": "More", "description": "What this is for."}
    spelt = {key.replace("x_ms_", "x-ms-").replace("_", "-"): value for key, value in more.items()}
    return adds("parameters", *steps, **{"name": name, "in": place, **texts, **spelt})


def field(spot: Spot, name: str, schema: dict[str, Any]) -> Pointer:
    """Adds a field to an object, and returns its pointer."""
    spot.node.setdefault("properties", {})[name] = schema
    return (*spot.at, "properties", name)


def adds_field(schema: dict[str, Any], *steps: str | int) -> Change:
    """Makes a change that adds a field to an object; the finding is at the field, or at `steps` below it."""

    def change(spot: Spot) -> Pointer:
        return (*field(spot, "extra", dict(schema)), *steps)

    return change
