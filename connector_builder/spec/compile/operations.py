"""Operations: from a request line and what stands beside it to a path's verb."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.source.node import Node
from connector_builder.spec.compile.context import Context, Entries, is_given, value
from connector_builder.spec.compile.labels import operation_summary
from connector_builder.spec.compile.parameters import Parameter, ordered, request_parameters
from connector_builder.spec.compile.request import Request, RequestError, SecretError, parse_query, parse_request
from connector_builder.spec.compile.responses import responses, split
from connector_builder.spec.compile.schema import schema, schema_of, sugar
from connector_builder.spec.language.operations import OPERATION_OBJECTS
from connector_builder.spec.language.sugar import AGENTIC, MCP, OPERATION, sugar_at
from connector_builder.spec.rules import (
    NAME_NOT_FOUND,
    OPERATION_DUPLICATED,
    REQUEST_NOT_VALID,
    SCHEMA_CONTRADICTORY,
    TRIGGER_NOT_VALID,
)

_PLAIN = ("description", "deprecated", "tags", "consumes", "produces", "schemes", "security", "externalDocs")
_SUGAR = sugar_at(OPERATION)
_BODY_OWN = frozenset({"name", "description", "summary", "visibility", "schema"})
_BODY_KEYS = frozenset(next(item.keys for item in OPERATION_OBJECTS if item.name == "body"))
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch")


@dataclass(slots=True)
class Operation:
    """A compiled operation: its id, where it is called, and its Swagger."""

    id: str
    node: Node
    path: str
    verb: str
    swagger: dict[str, Any] = field(default_factory=dict)


def compile_operations(ctx: Context, server: str) -> list[Operation]:
    """The operations of a spec as written; what can't be compiled is a finding and left out."""
    made: list[Operation] = []
    for name, node in ctx.table("actions").items():
        made += _compiled(ctx, name, node, server)
    mcp = ctx.root.entries.get("mcp")
    if mcp is not None and mcp.value is not None:
        made += _mcp(ctx, mcp, server)
    for name, node in ctx.table("triggers").items():
        words = [key for key in ("webhook", "polling", "trigger", "x-ms-trigger") if is_given(node.entries, key)]
        if len({"webhook", "polling"} & set(words)) == 2:
            part = node.entries["polling"]
            ctx.report(
                TRIGGER_NOT_VALID,
                part,
                "a trigger is a webhook or polling, not both",
                key=True,
                first=node.entries["webhook"],
            )
            continue
        if not words and not any(ctx.is_broken("operation keys", key) for key in ("webhook", "polling", "trigger")):
            help_ = "add 'webhook' or 'polling', or put it under 'actions'"
            ctx.report(TRIGGER_NOT_VALID, node, f"nothing says what makes '{name}' fire", help=help_, key=True)
        made += _compiled(ctx, name, node, server)
    return made


def _mcp(ctx: Context, node: Node, server: str) -> list[Operation]:
    """An MCP server: the platform speaks its protocol, so that neither parameters nor an answer are described."""
    operation = _operation(ctx, str(value(node.entries, "id", "InvokeMCP")), node, server)
    if operation is None:
        return []
    out = operation.swagger
    ctx.put(out, AGENTIC, MCP, node)
    if "summary" not in node.entries:
        out["summary"] = "Invoke MCP server"
    if not {"response", "responses"} & node.entries.keys():
        ctx.put(out, "responses", {"200": {"description": "Success"}}, node)
    if not out.get("parameters"):
        out.pop("parameters", None)  # even an empty list collides with the body that the platform sends
    return [operation]


def _compiled(ctx: Context, name: str, node: Node, server: str) -> list[Operation]:
    """An operation, and after it the one that a webhook's request line makes to unsubscribe."""
    operation = _operation(ctx, name, node, server)
    if operation is None:
        return []
    out = operation.swagger
    for key, extension, word in (("webhook", "x-ms-trigger", "single"), ("polling", "x-ms-trigger", "batch")):
        if is_given(node.entries, key) and extension not in out:
            ctx.put(out, extension, word, node.entries[key], at_key=True)
    if is_given(node.entries, "polling") and "x-ms-trigger-metadata" not in out:
        ctx.put(
            out, "x-ms-trigger-metadata", {"kind": "query", "mode": "polling"}, node.entries["polling"], at_key=True
        )
    webhook = node.entries.get("webhook")
    line = webhook.entries.get("unsubscribe") if webhook is not None and webhook.is_mapping else None
    if line is None or line.value is None or (isinstance(line.value, str) and " " not in line.value):
        return [operation]
    delete = _operation(ctx, str(value(line.entries, "id", f"Delete{name}")), line, server)
    if delete is None:
        return [operation]
    if "x-ms-visibility" not in delete.swagger:
        ctx.put(delete.swagger, "x-ms-visibility", "internal", line)
    return [operation, delete]


def _operation(ctx: Context, name: str, node: Node, server: str) -> Operation | None:
    line = node if isinstance(node.value, str) else node.entries["request"]
    entries = node.entries
    request = _request(ctx, line, server)
    if request is None:
        return None
    _add_default_query(ctx, request)
    operation = Operation(name, node, request.path, request.verb.lower())
    out = operation.swagger
    ctx.origins.note_all(out, node.key_place)
    given = entries.get("operationId")
    if given is None:
        ctx.put(out, "operationId", name, node, at_key=True)
    elif given.value is not None:
        ctx.put(out, "operationId", given.value, given)
    _texts(ctx, out, name, entries, node)
    _lists(ctx, out, entries)
    for key, part in entries.items():
        if key in _SUGAR and part.value is not None:
            sugar(ctx, out, part, key)
        elif key.startswith("x-"):
            ctx.put(out, key, part.value, part)
    _parameters(ctx, out, request, entries, line)
    if "responses" not in out:
        ctx.put(out, "responses", responses(ctx, entries, node), entries.get("responses", node), at_key=True)
    return operation


def _request(ctx: Context, line: Node, server: str) -> Request | None:
    try:
        request = parse_request(line.value, server)
    except SecretError as error:
        ctx.report_secret(line, str(error), error.cure, error.secret)
        return None
    except RequestError as error:
        ctx.report(REQUEST_NOT_VALID, line, str(error), help=error.cure)
        return None
    return request


def _add_default_query(ctx: Context, request: Request) -> None:
    """What every request has in its query, unless its line has a parameter of that name itself."""
    node = ctx.defaults.operation.get("query")
    if node is None or node.value is None:
        return
    try:
        parts = parse_query(node.value.removeprefix("?"))
    except SecretError as error:
        ctx.report_secret(node, str(error), error.cure, error.secret)
        return
    except RequestError as error:
        ctx.report(REQUEST_NOT_VALID, node, str(error), help=error.cure)
        return
    names = {part.name for part in request.query}
    request.query += [part for part in parts if part.name not in names]


def _texts(ctx: Context, out: dict[str, Any], name: str, entries: Entries, node: Node) -> None:
    summary = entries.get("summary")
    if summary is None:
        ctx.put(out, "summary", operation_summary(name), node, at_key=True)
    elif summary.value is not None:
        ctx.put(out, "summary", summary.value, summary)
    for key in _PLAIN:
        part = entries.get(key)
        if part is not None and part.value is not None:
            ctx.put(out, key, part.value, part)


def _lists(ctx: Context, out: dict[str, Any], entries: Entries) -> None:
    """What every operation has, and the MIME type that form fields need."""
    for key in ("consumes", "produces", "tags"):
        default = ctx.defaults.operation.get(key)
        if key not in entries and default is not None and default.value is not None:
            ctx.put(out, key, default.value, default)
    for key, default in ctx.defaults.operation.items():
        if key.startswith("x-") and key not in entries:
            ctx.put(out, key, default.value, default)


def _parameters(ctx: Context, out: dict[str, Any], request: Request, entries: Entries, line: Node) -> None:
    plain = entries.get("parameters")
    if plain is not None and plain.is_list:
        ctx.put(out, "parameters", plain.value, plain, at_key=True)
        for key in ("headers", "form", "body", "order"):
            if value(entries, key) is not None:
                message = f"'{key}' can't stand beside a list of plain parameters"
                ctx.report(
                    SCHEMA_CONTRADICTORY, entries[key], message, help="put it into the list", key=True, first=plain
                )
        return
    made: list[Parameter] = request_parameters(ctx, request, entries, line)
    if value(entries, "body") is not None:
        made.append(_body(ctx, entries["body"]))
    if value(entries, "form") is not None and "consumes" not in out:
        file = any(swagger.get("type") == "file" for _, _, swagger in made)
        mime = "multipart/form-data" if file else "application/x-www-form-urlencoded"
        ctx.put(out, "consumes", [mime], entries["form"], at_key=True)
    listed = ordered(ctx, made, entries.get("order"))
    if listed or "parameters" in ctx.defaults.operation:
        ctx.put(out, "parameters", listed, line)


def _body(ctx: Context, node: Node) -> Parameter:
    """The body parameter."""
    entries = node.entries if node.is_mapping else {}
    own, of_schema = split(entries, _BODY_OWN, _BODY_KEYS - _BODY_OWN)
    required: Any = ctx.defaults.body_required
    if required is False and ctx.defaults.optional_absent:
        required = None
    flag = entries.get("required")
    if flag is not None and not flag.is_list:
        required = flag.value
        of_schema.pop("required", None)
    out: dict[str, Any] = {}
    ctx.origins.note_all(out, node.key_place)
    name = str(value(own, "name", ctx.defaults.body_name))
    ctx.put(out, "name", name, own.get("name", node), at_key="name" not in own)
    out["in"] = "body"
    if required is not None:
        out["required"] = required
    for key, part in own.items():
        if key in ("name", "schema") or (part.value is None and not key.startswith("x-")):
            continue
        if key in ("summary", "visibility"):
            sugar(ctx, out, part, key)
        else:
            ctx.put(out, key, part.value, part)
    out["schema"] = _body_schema(ctx, node, own, of_schema)
    ctx.origins.note(out, "schema", node.key_place)
    return name, "body", out


def _body_schema(ctx: Context, node: Node, own: Entries, of_schema: Entries) -> dict[str, Any]:
    explicit = own.get("schema")
    if explicit is not None and explicit.value is not None:
        for key, part in of_schema.items():
            help_ = "put it into the schema, or leave 'schema' out"
            ctx.report(
                SCHEMA_CONTRADICTORY, part, f"'{key}' can't stand beside 'schema'", help=help_, key=True, first=explicit
            )
        return schema(ctx, explicit)
    return schema_of(ctx, node, of_schema) if node.is_mapping else schema(ctx, node)


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


def plain(ctx: Context, out: Any, key: str | int, node: Node) -> None:
    """Writes plain Swagger as it stands, with the place of each of its parts."""
    out[key] = node.value
    ctx.origins.note(out, key, node.key_place if node.is_mapping or node.is_list else node.place)
    if node.is_mapping:
        for name, part in node.entries.items():
            plain(ctx, node.value, name, part)
    elif node.is_list:
        for index, part in enumerate(node.items):
            plain(ctx, node.value, index, part)


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
        str(verb["operationId"])
        for path in raw.values()
        for verb in (path.value.values() if isinstance(path.value, dict) else ())
        if isinstance(verb, dict) and "operationId" in verb
    }
    for item in order.items:
        name = item.value
        if (
            name not in named
            and name not in raw
            and name not in raw_ids
            and not ctx.is_broken("actions", name)
            and not ctx.is_broken("triggers", name)
        ):
            help_ = ctx.suggestions.of(name, [one.id for one in operations] + [one.path for one in operations])
            ctx.report(NAME_NOT_FOUND, item, f"there is no operation or path '{name}'", help=help_)
        for one in named.get(name, ()):
            first.setdefault(id(one), one)
    return [*first.values(), *(one for one in operations if id(one) not in first)]


def _path_order(ctx: Context, paths: dict[str, Any]) -> dict[str, Any]:
    """Raw paths come last, but where `order` names them they stand where it says."""
    order = ctx.root.entries.get("order")
    if order is None or not order.is_list:
        return paths
    where = {str(item.value): index for index, item in enumerate(order.items)}
    ids = {
        path: min(
            [where.get(path, len(where))]
            + [
                where.get(str(one.get("operationId")), len(where))
                for verb, one in item.items()
                if verb in _VERBS and isinstance(one, dict)
            ]
        )
        for path, item in paths.items()
        if isinstance(item, dict)
    }
    listed = sorted(paths, key=lambda path: ids.get(path, len(where)))
    if listed == list(paths):
        return paths
    moved = {path: paths.pop(path) for path in listed}
    paths.update(moved)
    return paths
