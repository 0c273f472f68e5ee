"""Makes Swagger's paths: compiled operations and plain Swagger, merged and sorted."""

from typing import Any

from connector_builder.language.compile.connector.overlay import plain
from connector_builder.language.compile.context import Context
from connector_builder.language.compile.operations.operations import Operation
from connector_builder.language.compile.operations.order import read_order
from connector_builder.language.rules import OPERATION_DUPLICATED
from connector_builder.source.node import Node


def compile_paths(ctx: Context, operations: list[Operation]) -> dict[str, Any]:
    """Returns Swagger's paths: the operations in the author's order, with plain Swagger merged in."""
    paths: dict[str, Any] = {}
    nodes: dict[tuple[str, str], Node] = {}
    raw = ctx.table("paths")
    order = read_order(ctx, [(one.id, one.path) for one in operations], raw)
    for operation in order.operations(operations):
        item = paths.setdefault(operation.path, {})
        place = (operation.path, operation.verb)
        if place in nodes:
            message = f"{operation.verb.upper()} {operation.path} is already the operation '{nodes[place].key}'"
            ctx.report(OPERATION_DUPLICATED, operation.node, message, key=True, first=nodes[place])
            ctx.leave_out(operation.node)
            continue
        nodes[place] = operation.node
        _drop_shared(operation, raw.get(operation.path))
        ctx.put(item, operation.verb, operation.swagger, operation.node, at_key=True)
        ctx.origins.note(paths, operation.path, operation.node.key_place)
    for path, node in raw.items():
        _merge_raw(ctx, paths, path, node, nodes)
    return order.paths(paths, operations)


def _drop_shared(operation: Operation, raw: Node | None) -> None:
    """Removes derived parameters from an operation if its path item has them."""
    if raw is None or not isinstance(raw.value, dict):
        return
    shared = raw.value.get("parameters")
    listed = operation.swagger.get("parameters")
    if not isinstance(shared, list) or not isinstance(listed, list):
        return
    taken = {_known_by(one) for one in shared} - {None}
    listed[:] = [one for one in listed if _known_by(one) not in taken]


def _known_by(parameter: Any) -> tuple[str, str] | None:
    """Returns name and place of a parameter; None for a reference, and for values that aren't parameters."""
    match parameter:
        case {"name": str(name), "in": str(place)}:
            return name, place
        case _:
            return None


def _merge_raw(ctx: Context, paths: dict[str, Any], path: str, node: Node, nodes: dict[tuple[str, str], Node]) -> None:
    if not node.is_mapping:
        if path in paths:
            ctx.report(
                OPERATION_DUPLICATED,
                node,
                f"'{path}' under 'paths' must be a mapping, because it has operations",
                key=True,
            )
        else:
            ctx.put(paths, path, node.value, node, at_key=True)
        return
    item = paths.setdefault(path, {})
    ctx.origins.note_all(item, node.key_place)
    for key, part in node.entries.items():
        if (path, key) in nodes:
            message = f"{key.upper()} {path} is already the operation '{nodes[path, key].key}'"
            ctx.report(OPERATION_DUPLICATED, part, message, key=True, first=nodes[path, key])
        else:
            plain(ctx, item, key, part)
