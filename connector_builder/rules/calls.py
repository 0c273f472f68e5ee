"""Finds the inputs and outputs of operations, for the extensions with which one operation calls another."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from connector_builder.platform.swagger import operations as definition
from connector_builder.platform.swagger.operations import Operation, operations_of
from connector_builder.platform.swagger.schemas import Part, combined, walk
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.parameters import parameters_of

UNDESCRIBED: Final = object()
"""The schema of a part that nothing describes."""
MAX_PARTS = 2000
"""The most parts of a schema that are searched for a name."""
DYNAMIC = ("dynamic values", "dynamic list", "dynamic schema", "dynamic properties")
OLDER_OF = {"dynamic list": "x-ms-dynamic-values", "dynamic properties": "x-ms-dynamic-schema"}
"""The kinds of the newer extensions that call operations, with the older extension that each replaces."""
DYNAMIC_SCHEMAS = ("x-ms-dynamic-schema", "x-ms-dynamic-properties")
"""The extensions whose call returns a schema."""
CALLS = (*DYNAMIC, "tree call", "picker call", "test call")
"""The kinds of node that call an operation with parameters."""


@once
def operations(context: Context) -> dict[str, Operation]:
    """The operations of the definition by id; of two with one id the first."""
    found: dict[str, Operation] = {}
    for operation in definition.operations(context.package.definition):
        name = operation.value.get("operationId")
        if isinstance(name, str):
            found.setdefault(name, operation)
    return found


@once
def lacks_id(context: Context) -> bool:
    """Whether an operation has no id, which another rule reports: it may be the one that is named elsewhere."""
    return any("operationId" not in one.value for one in definition.operations(context.package.definition))


def called(node: Node, context: Context) -> Operation | None:
    """Returns the operation that a node's `operationId` names; None if there is none."""
    name = node.value.get("operationId")
    return operations(context).get(name) if isinstance(name, str) else None


def is_told_beside(node: Node, *same: tuple[str, str]) -> bool:
    """Checks whether a newer extension stands beside the older one that calls the same operation.

    With `same`, pairs of a key of the newer and one of the older, only if the values of each pair are equal. What is
    wrong with the operation, or with the part that has both, is then reported at the older one alone.
    """
    around = node.owner.value
    older = around.get(OLDER_OF.get(node.kind)) if isinstance(around, dict) else None
    if not isinstance(older, dict):
        return False
    pairs = (("operationId", "operationId"), *same)
    return all(node.value.get(newer_key) == older.get(older_key) for newer_key, older_key in pairs)


def passed_beside(node: Node) -> dict[str, Any]:
    """Returns the parameters of the older extension beside a newer one that calls the same operation: they are told there."""
    beside = node.owner.value.get(OLDER_OF.get(node.kind)) if is_told_beside(node) else None
    passed = beside.get("parameters") if isinstance(beside, dict) else None
    return passed if isinstance(passed, dict) else {}


def callers(node: Node) -> list[Operation]:
    """Returns the operations that contain a node; none for shared parts."""
    inner: Node | None = node
    while inner is not None:
        if inner.kind == "operation":
            return [Operation(str(inner.owner.key), str(inner.key), inner.value, inner.owner.value)]
        if inner.kind == "path item":
            return list(operations_of(str(inner.key), inner.value))
        inner = inner.parent
    return []


@once
def inputs_of(operation: Operation, context: Context) -> list[Any]:
    """The parameters of an operation, those of its path that it doesn't replace among them; ABSENT for a broken one."""
    own = list(parameters_of(operation.value, context))
    replaced = {(str(one.get("name")), str(one.get("in"))) for one in own if one is not ABSENT}
    shared = parameters_of(operation.item, context)
    return own + [one for one in shared if one is ABSENT or (str(one.get("name")), str(one.get("in"))) not in replaced]


@once
def parameter_names(operation: Operation, context: Context) -> frozenset[Any] | None:
    """The names of an operation's parameters; None where a broken one may have any."""
    inputs = inputs_of(operation, context)
    names = (one.get("name") for one in inputs if one is not ABSENT)
    return None if ABSENT in inputs else frozenset(name for name in names if isinstance(name, str))


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
        if _is_dynamic(schema):
            continue  # its fields are known after the call alone
        fields = field_names(schema, context)
        if fields is None or path in fields or part_of(schema, steps, context) is not ABSENT:
            return True
    return False


def _is_dynamic(schema: Any) -> bool:
    """Checks whether a call returns all that a schema says."""
    says_fields = isinstance(schema, dict) and ("properties" in schema or "allOf" in schema or "$ref" in schema)
    return isinstance(schema, dict) and not says_fields and any(key in schema for key in DYNAMIC_SCHEMAS)


@once
def bodies_of(operation: Operation, context: Context) -> list[Any]:
    """The body of an operation; where it wrongly has several, the first few."""
    inputs = inputs_of(operation, context)
    return [one for one in inputs if one is not ABSENT and one.get("in") == "body"][:3]


def input_names(operation: Operation, context: Context) -> Iterator[str]:
    """Yields the names of an operation's parameters, for suggestions."""
    return (str(one.get("name")) for one in inputs_of(operation, context) if one is not ABSENT)


@once
def required_inputs(operation: Operation, context: Context) -> list[str]:
    """Returns the required inputs of an operation, at most a hundred: names, or `body/name` for a field of the body.

    Inputs with a default aren't required. Nor are internal ones without a default: a policy or a script sets them.
    """
    return list(islice(_required(operation, context), 100))


@once
def output_of(operation: Operation, context: Context) -> Any:
    """The schema of an operation's success, UNDESCRIBED where there is none."""
    responses = operation.value.get("responses")
    for status, response in sorted(responses.items(), key=_status) if isinstance(responses, dict) else ():
        response = context.resolved(response)
        if status.startswith("2") and isinstance(response, dict) and "schema" in response:
            return response["schema"]
    return UNDESCRIBED


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
    """A schema and those that it is all of, references followed; one that leaves everything open for a broken one."""
    for part in combined(schema, context.references):
        yield part if isinstance(part, dict) else {"x-ms-dynamic-schema": None}


@once
def field_names(schema: Any, context: Context) -> frozenset[str] | None:
    """The names of all fields in a schema, however deep; None where it may have others."""
    names: set[str] = set()
    for count, (part, _) in enumerate(walk([Part(schema, ())], context.references)):
        if not isinstance(part, dict) or count > MAX_PARTS:
            return None
        if isinstance(part.get("$ref"), str):
            continue  # what it leads to follows
        if _may_have_others(part):
            return None
        properties = part.get("properties")
        names.update(properties if isinstance(properties, dict) else ())
    return frozenset(names)


def _required(operation: Operation, context: Context) -> Iterator[str]:
    for one in inputs_of(operation, context):
        if one is ABSENT or one.get("required") is not True or _is_set(one):
            continue
        if one.get("in") != "body":
            name = str(one.get("name"))
            if one.get("in") != "path" or f"{{{name}}}" in operation.path:  # another rule reports one that isn't there
                yield name
            continue
        for name in _required_names(one.get("schema"), context):
            field = context.resolved(property_of(one.get("schema"), name, context))
            if not (isinstance(field, dict) and _is_set(field)):
                yield f"{one.get('name')}/{name}"


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
