"""Swagger's paths: compiled operations and plain Swagger, merged and sorted."""

from typing import Any

from connector_builder.language.compile.context import Context, Entries
from connector_builder.language.compile.operations import Operation
from connector_builder.language.compile.overlay import plain
from connector_builder.language.rules import NAME_NOT_FOUND, OPERATION_DUPLICATED
from connector_builder.platform.operations import operations_of
from connector_builder.source.node import Node


def compile_paths(ctx: Context, operations: list[Operation]) -> dict[str, Any]:
    """Swagger's paths: the operations in the author's order, then plain Swagger merged in."""
    paths: dict[str, Any] = {}
    nodes: dict[tuple[str, str], Node] = {}
    raw = ctx.table("paths")
    for operation in _in_order(ctx, operations):
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
    return _path_order(ctx, paths)


def _drop_shared(operation: Operation, raw: Node | None) -> None:
    """A parameter of the path item isn't derived again in its operations."""
    if raw is None or not isinstance(raw.value, dict):
        return
    shared = raw.value.get("parameters")
    listed = operation.swagger.get("parameters")
    if not isinstance(shared, list) or not isinstance(listed, list):
        return
    taken = {_known_by(one) for one in shared} - {None}
    listed[:] = [one for one in listed if _known_by(one) not in taken]


def _known_by(parameter: Any) -> tuple[str, str] | None:
    """Name and place of a parameter; None for a reference, and for what plain Swagger may hold in its place."""
    match parameter:
        case {"name": str(name), "in": str(place)}:
            return name, place
        case _:
            return None


def _merge_raw(ctx: Context, paths: dict[str, Any], path: str, node: Node, nodes: dict[tuple[str, str], Node]) -> None:
    if not node.is_mapping:
        if path in paths:
            ctx.report(
                OPERATION_DUPLICATED, node, f"'{path}' has operations, but isn't a mapping under 'paths'", key=True
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


def _in_order(ctx: Context, operations: list[Operation]) -> list[Operation]:
    """The operations by the top level's `order`, which may be partial; ids and paths that aren't there are findings."""
    order = ctx.root.entries.get("order")
    if order is None or not order.is_list:
        return operations
    named: dict[str, list[Operation]] = {}
    for one in operations:
        for name in dict.fromkeys((one.id, one.path)):
            named.setdefault(name, []).append(one)
    first: dict[int, Operation] = {}
    raw = ctx.table("paths")
    raw_ids = {
        str(one.value["operationId"])
        for path, node in raw.items()
        for one in operations_of(path, node.value)
        if "operationId" in one.value
    }
    for item in order.items:
        name = item.value
        if name.endswith("*") and name not in named and name not in raw:
            _named_by_beginning(ctx, item, operations, named, raw)
        elif name not in named and name not in raw and name not in raw_ids and not ctx.is_left_out(name):
            help_ = ctx.suggestions.of(name, [one.id for one in operations] + [one.path for one in operations])
            ctx.report(NAME_NOT_FOUND, item, f"there is no operation or path '{name}'", help=help_)
        for one in named.get(name, ()):
            first.setdefault(id(one), one)
    return [*first.values(), *(one for one in operations if id(one) not in first)]


def _named_by_beginning(
    ctx: Context, item: Node, operations: list[Operation], named: dict[str, list[Operation]], raw: Entries
) -> None:
    """`/pets*`: the operations of all paths that begin so, in the order in which they are written."""
    head = item.value.removesuffix("*")
    named[item.value] = [one for one in operations if one.path.startswith(head)]
    if not named[item.value] and not any(path.startswith(head) for path in raw):
        help_ = ctx.suggestions.of(head, [one.path for one in operations])
        ctx.report(NAME_NOT_FOUND, item, f"no path begins with '{head}'", help=help_)


def _path_order(ctx: Context, paths: dict[str, Any]) -> dict[str, Any]:
    """Raw paths come last, but where `order` names them they stand where it says."""
    order = ctx.root.entries.get("order")
    if order is None or not order.is_list:
        return paths
    where = {str(item.value): index for index, item in enumerate(order.items)}
    heads = [(name.removesuffix("*"), index) for name, index in where.items() if name.endswith("*")]
    ids = {
        path: min(
            [where.get(path, len(where))]
            + [index for head, index in heads if path.startswith(head)]
            + [where.get(str(one.value.get("operationId")), len(where)) for one in operations_of(path, item)]
        )
        for path, item in paths.items()
    }
    listed = sorted(paths, key=lambda path: ids.get(path, len(where)))
    if listed == list(paths):
        return paths
    moved = {path: paths.pop(path) for path in listed}
    paths.update(moved)
    return paths
