"""Compiles the body parameter: its own keys, and its schema."""

from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.operations.parameters import Parameter
from connector_builder.language.compile.operations.responses import explicit_schema, split
from connector_builder.language.compile.schemas.schema import schema, schema_of
from connector_builder.language.compile.schemas.schema_keys import sugar
from connector_builder.language.derived import body_required
from connector_builder.language.tables.operations import OF_BODY, OPERATION_OBJECTS
from connector_builder.source.node import Node

_KEYS = frozenset(next(item.keys for item in OPERATION_OBJECTS if item.name == "body"))


def body_parameter(ctx: Context, node: Node) -> Parameter:
    """Returns the body parameter of an operation. Contradictions are findings."""
    entries = node.entries if node.is_mapping else {}
    own, of_schema = split(entries, OF_BODY, _KEYS - OF_BODY)
    required: Any = body_required(ctx.defaults)
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
    explicit = explicit_schema(ctx, own, of_schema)
    if explicit is not None:
        return schema(ctx, explicit)
    return schema_of(ctx, node, of_schema) if node.is_mapping else schema(ctx, node)
