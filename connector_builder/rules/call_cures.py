"""What to write instead where one operation calls another: names of inputs, lists and fields that are there."""

from collections.abc import Iterable, Iterator
from typing import Any

from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.rules.calls import (
    UNDESCRIBED,
    bodies_of,
    input_names,
    output_of,
    part_of,
    property_names,
    property_of,
    steps_of,
)
from connector_builder.rules.context import Context
from connector_builder.rules.inputs import OLDER
from connector_builder.rules.node import ABSENT, Node


def inputs_with_fields(operation: Operation, context: Context) -> Iterator[str]:
    """Yields the names of an operation's parameters, and `body/name` for each field of its body."""
    yield from input_names(operation, context)
    for body in bodies_of(operation, context):
        yield from (f"{body.get('name')}/{field}" for field in property_names(body.get("schema"), context))


def meant_source(call: Node, source: str, caller: Operation, context: Context) -> str:
    """Returns what to write for a reference that means no parameter of the calling operation."""
    for body in bodies_of(caller, context):
        steps = source.replace(".", "/").split("/")
        steps = steps[1:] if steps[0] == body.get("name") else steps
        if steps and ("." in source or "/" in source) and part_of(body.get("schema"), steps, context) is not ABSENT:
            path = f"{body.get('name')}/{'/'.join(steps)}"
            newer = OLDER.get(call.kind)
            return f"add '{newer}' with the parameterReference {quoted(path)}" if newer else f"write {quoted(path)}"
    names = list(input_names(caller, context))
    meant = context.suggest(source, names)
    return meant or (f"its inputs are {listed(names, 'and')}" if names else "write a value, as it has no inputs")


def list_there(operation: Operation, key: str, path: str | None, paths: Iterable[str], context: Context) -> str:
    """Returns where the response of a called operation has its list, or how to describe one.

    `key` is the extension's key for the path of the list, `path` is what it says, `paths` are those in an item.
    """
    output = context.resolved(output_of(operation, context))
    if isinstance(output, dict) and output.get("type") == "array":
        return f"its response is the list itself: leave '{key}' out, in a spec 'items'"
    lists = lists_of(output, context)
    if lists:
        has = f"the list {quoted(lists[0])}" if len(lists) == 1 else f"the lists {listed(lists, 'and')}"
        rest = (path or "").removeprefix("body/")  # as expressions in flows name it
        meant = f"write {quoted(rest)}" if rest in lists else context.suggest(rest, lists) if rest else None
        return meant or f"its response has {has}: write the path as '{key}', or as 'items' in a spec"
    fields = listed(dict.fromkeys(paths), "and")
    return f"describe its response as an array{f' with {fields}' if fields else ''}"


def lists_of(output: Any, context: Context) -> list[str]:
    """Returns the names of the lists in a response."""
    names = property_names(output, context)
    return [name for name in names if _is_list(property_of(output, name, context), context)]


def field_there(path: str, start: Any, context: Context) -> str:
    """Returns the field that a path probably means, or those that there are."""
    around, before = start, ""
    for step in steps_of(path):
        inner = property_of(around, step, context)
        if inner is ABSENT or inner is UNDESCRIBED:
            break
        around, before = inner, f"{before}{step}/"
    names = [before + name for name in property_names(around, context)]
    meant = context.suggest(path, names)
    return meant or (f"it has {listed(names, 'and')}" if names else f"describe {quoted(path)} in the response")


def _is_list(schema: Any, context: Context) -> bool:
    resolved = context.resolved(schema)
    return isinstance(resolved, dict) and resolved.get("type") == "array"
