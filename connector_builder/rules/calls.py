"""Finds the inputs and outputs of operations, for the extensions with which one operation calls another."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from connector_builder.package import VERBS
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.topics.paths import parameters_of

UNDESCRIBED: Final = object()
"""The schema of a part that nothing describes."""
MAX_PARTS = 2000
"""The most parts of a schema that are searched for a name."""
DYNAMIC = ("dynamic values", "dynamic list", "dynamic schema", "dynamic properties")
CALLS = (*DYNAMIC, "tree call", "picker call", "test call")
"""The kinds of node that call an operation with parameters."""


class Operation(NamedTuple):
    """An operation, and the path item that contains it."""

    value: dict[str, Any]
    item: dict[str, Any]


def operations(context: Context) -> dict[str, Operation]:
    """Returns the operations of the definition by id; of two with the same id, the first."""
    return context.once("operations", None, lambda: _operations(context.package.definition))


def called(node: Node, context: Context) -> Operation | None:
    """Returns the operation that a node's `operationId` names; None if there is none."""
    name = node.value.get("operationId")
    return operations(context).get(name) if isinstance(name, str) else None


def callers(node: Node) -> list[Operation]:
    """Returns the operations that contain a node; none for shared parts."""
    inner: Node | None = node
    while inner is not None:
        if inner.kind == "operation":
            return [Operation(inner.value, inner.owner.value)]
        if inner.kind == "path item":
            return [
                Operation(inner.value[verb], inner.value) for verb in VERBS if isinstance(inner.value.get(verb), dict)
            ]
        inner = inner.parent
    return []


def inputs_of(operation: Operation, context: Context) -> list[Any]:
    """Returns the parameters of an operation, and those of its path that it doesn't replace; ABSENT for broken ones."""

    def made() -> list[Any]:
        own = list(parameters_of(operation.value, context))
        replaced = {(str(one.get("name")), str(one.get("in"))) for one in own if one is not ABSENT}
        shared = parameters_of(operation.item, context)
        return own + [
            one for one in shared if one is ABSENT or (str(one.get("name")), str(one.get("in"))) not in replaced
        ]

    return context.once("inputs", id(operation.value), made)


def parameter_names(operation: Operation, context: Context) -> frozenset[Any] | None:
    """Returns the names of an operation's parameters; None if one is broken, as it may have any name."""

    def made() -> frozenset[Any] | None:
        inputs = inputs_of(operation, context)
        names = (one.get("name") for one in inputs if one is not ABSENT)
        return None if ABSENT in inputs else frozenset(name for name in names if isinstance(name, str))

    return context.once("parameter names", id(operation.value), made)


def takes(operation: Operation, path: str, context: Context) -> bool:
    """Checks whether an operation has, or may have, an input of this name.

    An input is a parameter, `body/name`, or a field of the body.
    """
    names = parameter_names(operation, context)
    if names is None or path in names:
        return True
    steps = steps_of(path)
    for one in bodies_of(operation, context):
        schema = one.get("schema")
        if steps and one.get("name") == steps[0] and part_of(schema, steps[1:], context) is not ABSENT:
            return True
        fields = field_names(schema, context)
        if fields is None or path in fields or part_of(schema, steps, context) is not ABSENT:
            return True
    return False


def bodies_of(operation: Operation, context: Context) -> list[Any]:
    """Returns the body of an operation, in a list. If it wrongly has several, the first three."""

    def made() -> list[Any]:
        inputs = inputs_of(operation, context)
        return [one for one in inputs if one is not ABSENT and one.get("in") == "body"][:3]

    return context.once("bodies of", id(operation.value), made)


def input_names(operation: Operation, context: Context) -> Iterator[str]:
    """Yields the names of an operation's parameters, for suggestions."""
    return (str(one.get("name")) for one in inputs_of(operation, context) if one is not ABSENT)


def required_inputs(operation: Operation, context: Context) -> list[str]:
    """Returns the required inputs of an operation, at most a hundred: names, or `body/name` for a field of the body.

    Inputs with a default aren't required. Nor are internal ones without a default: a policy or a script sets them.
    """
    return context.once("required", id(operation.value), lambda: list(islice(_required(operation, context), 100)))


def output_of(operation: Operation, context: Context) -> Any:
    """Returns the schema of an operation's success; UNDESCRIBED if there is none."""
    return context.once("output", id(operation.value), lambda: _output(operation, context))


def steps_of(path: str) -> list[str]:
    """Returns the steps of a path text: a JSON Pointer that may lack its first slash."""
    return [step.replace("~1", "/").replace("~0", "~") for step in path.removeprefix("/").split("/") if step]


def part_of(schema: Any, steps: Sequence[str], context: Context) -> Any:
    """Returns the schema of the part that the steps lead to: ABSENT if it can't exist, UNDESCRIBED if it may."""
    for step in steps:
        schema = property_of(schema, step, context)
        if schema is ABSENT or schema is UNDESCRIBED:
            return schema
    return UNDESCRIBED if schema is ABSENT else schema


def property_of(schema: Any, name: str, context: Context) -> Any:
    """Returns the schema of a property: ABSENT if it can't exist, UNDESCRIBED if it may."""
    described = loose = False
    other: Any = ABSENT
    for part in parts_of(schema, context):
        properties = part.get("properties")
        if isinstance(properties, dict):
            if name in properties:
                return properties[name]
            described = described or bool(properties)
        described = described or part.get("type") not in (None, "object")
        more = part.get("additionalProperties")
        other = more if isinstance(more, dict) and more else other
        loose = loose or more is True or more == {} or _is_loose(part)
    if other is not ABSENT:
        return other
    return ABSENT if described and not loose else UNDESCRIBED


def property_names(schema: Any, context: Context) -> Iterator[str]:
    """Yields the names of a schema's own properties, for suggestions."""
    described = (part.get("properties") for part in parts_of(schema, context))
    return (name for properties in described if isinstance(properties, dict) for name in properties)


def parts_of(schema: Any, context: Context) -> Iterator[dict[str, Any]]:
    """Yields a schema and the schemas in its `allOf`, references followed, at most a hundred.

    For a broken schema, it yields one that may have any properties.
    """
    waiting = [schema]
    for _ in range(100):
        if not waiting:
            return
        part = context.resolved(waiting.pop())
        yield part if isinstance(part, dict) else {"x-ms-dynamic-schema": None}
        more = part.get("allOf") if isinstance(part, dict) else None
        waiting += islice(more, 100) if isinstance(more, list) else ()


def field_names(schema: Any, context: Context) -> frozenset[str] | None:
    """Returns the names of all fields in a schema, at any depth; None if it may have others."""

    def made() -> frozenset[str] | None:
        names: set[str] = set()
        seen: set[int] = set()
        waiting = [schema]
        while waiting:
            part = context.resolved(waiting.pop())
            if not isinstance(part, dict) or _may_have_others(part) or len(seen) > MAX_PARTS:
                return None
            if id(part) in seen:
                continue
            seen.add(id(part))
            properties = part.get("properties")
            if isinstance(properties, dict):
                names.update(properties)
                waiting += properties.values()
            waiting += [part[key] for key in ("items", "additionalProperties") if isinstance(part.get(key), dict)]
            waiting += part["allOf"] if isinstance(part.get("allOf"), list) else ()
        return frozenset(names)

    return context.once("fields", id(schema), made)


def _required(operation: Operation, context: Context) -> Iterator[str]:
    for one in inputs_of(operation, context):
        if one is ABSENT or one.get("required") is not True or _is_set(one):
            continue
        if one.get("in") != "body":
            yield str(one.get("name"))
            continue
        for name in _required_names(one.get("schema"), context):
            field = context.resolved(property_of(one.get("schema"), name, context))
            if not (isinstance(field, dict) and _is_set(field)):
                yield f"{one.get('name')}/{name}"


def _output(operation: Operation, context: Context) -> Any:
    responses = operation.value.get("responses")
    for status, response in sorted(responses.items(), key=_status) if isinstance(responses, dict) else ():
        response = context.resolved(response)
        if status.startswith("2") and isinstance(response, dict) and "schema" in response:
            return response["schema"]
    return UNDESCRIBED


def _operations(definition: Any) -> dict[str, Operation]:
    found: dict[str, Operation] = {}
    paths = definition.get("paths") if isinstance(definition, dict) else None
    for item in paths.values() if isinstance(paths, dict) else ():
        for verb in VERBS if isinstance(item, dict) else ():
            value = item.get(verb)
            if isinstance(value, dict) and isinstance(value.get("operationId"), str):
                found.setdefault(value["operationId"], Operation(value, item))
    return found


def _status(item: tuple[str, Any]) -> str:
    return item[0]


def _is_set(described: dict[str, Any]) -> bool:
    return "default" in described or described.get("x-ms-visibility") == "internal"


def _is_loose(part: dict[str, Any]) -> bool:
    return any(key in part for key in ("x-ms-dynamic-schema", "x-ms-dynamic-properties", "discriminator"))


def _may_have_others(part: dict[str, Any]) -> bool:
    """Checks whether a schema may have fields that it doesn't describe."""
    if _is_loose(part) or part.get("additionalProperties") in (True, {}):
        return True
    is_object = part.get("type") in (None, "object") and not isinstance(part.get("items"), dict)
    return is_object and not any(part.get(key) for key in ("properties", "allOf", "additionalProperties"))


def _required_names(schema: Any, context: Context) -> Iterator[str]:
    for part in parts_of(schema, context):
        required = part.get("required")
        yield from (name for name in (required if isinstance(required, list) else ()) if isinstance(name, str))
