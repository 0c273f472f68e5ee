"""Finds the inputs of operations by the names that calls use, and the values that calls give to them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.schemas import Property, properties_of
from connector_builder.rules.calls import bodies_of, called, callers, inputs_of, steps_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT, Node

OLDER = {"dynamic values": "x-ms-dynamic-list", "dynamic schema": "x-ms-dynamic-properties"}
"""The kinds of the older extensions that call operations, with the newer extension that avoids their ambiguity."""
NEWER = ("dynamic list", "dynamic properties", "tree call")
"""The kinds of node that write `body/name` for a field of the body, and mark values as such."""


class Input(NamedTuple):
    """A parameter of an operation, or a field of its body, with its description.

    A field is required only if all parts around it are, and internal if it or one of them is.
    """

    described: dict[str, Any]
    is_field: bool
    required: bool
    internal: bool

    @property
    def has_default(self) -> bool:
        return "default" in self.described


def inputs_named(operation: Operation, name: str, context: Context, kind: str) -> list[Input]:
    """Returns the inputs of an operation that a name may mean in this kind of call; none if no description fits.

    A field of the body is `body/name`; the older extensions also accept its own name.
    """
    found = list(_parameters(operation, context).get(name, ()))
    steps = steps_of(name)
    for body in bodies_of(operation, context):
        ways = [steps[1:]] if steps[:1] == [body.get("name")] else []
        ways += [] if kind in NEWER else [steps]
        found += [field for way in ways if way and (field := _field(body, way, context)) is not None]
    return found


def given(node: Node, context: Context) -> Iterator[tuple[str, Any, list[Input]]]:
    """Yields the arguments of a call: the name, the value, and the called operation's inputs that the name may mean."""
    operation, parameters = called(node, context), node.value.get("parameters")
    if operation is not None and isinstance(parameters, dict):
        for name, value in parameters.items():
            yield name, value, inputs_named(operation, name, context, node.kind)


def taken(node: Node, context: Context) -> Iterator[tuple[str, str, list[list[Input]]]]:
    """Yields the inputs of its callers that a call passes on.

    Each has the name in the called operation, the reference, and the inputs of each caller that the reference may mean.
    """
    parameters, around = node.value.get("parameters"), callers(node)
    for name, value in parameters.items() if isinstance(parameters, dict) and around else ():
        reference = referred(node.kind, value)
        if reference is not None:
            yield name, reference, [inputs_named(one, reference, context, node.kind) for one in around]


def referred(kind: str, value: Any) -> str | None:
    """Returns the name of the calling operation's input that an argument refers to; None for a value."""
    keys = (
        ("parameter",)
        if kind in OLDER
        else ("parameterReference",)
        if kind in NEWER
        else ("parameter", "parameterReference")
    )
    for key in keys:
        if isinstance(value, dict) and set(value) == {key} and isinstance(value[key], str):
            name: str = value[key]
            return name
    return None


def literal(kind: str, value: Any) -> Any:
    """Returns the value that an argument contains in this kind of call; ABSENT if it is a reference or null."""
    if referred(kind, value) is None and kind not in OLDER:
        if isinstance(value, dict):
            value = value["value"] if set(value) == {"value"} else ABSENT
        elif kind in NEWER:
            value = ABSENT
    return ABSENT if value is None or referred(kind, value) is not None else value


@once
def _parameters(operation: Operation, context: Context) -> dict[str, list[Input]]:
    found: dict[str, list[Input]] = {}
    for one in inputs_of(operation, context):
        if one is not ABSENT and isinstance(one.get("name"), str):
            schema = context.resolved(one.get("schema")) if one.get("in") == "body" else one
            described = schema if isinstance(schema, dict) else {}
            required = (
                one.get("required") is True or one.get("in") == "path"
            )  # another rule reports a path's that isn't
            given = Input(described, False, required, _is_internal(one))
            found.setdefault(one["name"], []).append(given)
    return found


def _field(body: dict[str, Any], steps: list[str], context: Context) -> Input | None:
    """Returns the field of a body that the steps lead to; None if nothing describes it."""
    found = Input(body, True, body.get("required") is True, _is_internal(body))
    schema = body.get("schema")
    for step in steps:
        field = _fields(schema, context).get(step, Property(None, False))
        schema = field.schema
        described = context.resolved(schema)
        if not isinstance(described, dict):
            return None
        found = Input(described, True, found.required and field.required, found.internal or _is_internal(described))
    return found


@once
def _fields(schema: Any, context: Context) -> dict[str, Property]:
    return properties_of(schema, context.references)


def _is_internal(described: dict[str, Any]) -> bool:
    return described.get("x-ms-visibility") == "internal"
