"""Compiles the parameters that Swagger shares: those under `components`, and the templates with `shared`."""

from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.operations.parameters import swagger_parameter
from connector_builder.language.compile.schemas.schema import keywords, schema
from connector_builder.language.compile.schemas.schema_keys import plain_part
from connector_builder.language.derived import shared_key
from connector_builder.source.node import Node
from connector_builder.source.rules import KEY_DUPLICATED


def components_parameters(ctx: Context) -> dict[str, Any]:
    """Returns Swagger's shared parameters: those of `components`, and those that templates share."""
    out: dict[str, Any] = {}
    node = ctx.table("components").get("parameters")
    for key, part in (node.entries if node is not None else {}).items():
        ctx.put(out, key, _component(ctx, part), part, at_key=True)
    for key, swagger in ctx.shared_parameters.items():
        out.setdefault(key, swagger)
    return out


def check_shared(ctx: Context) -> None:
    """Reports two templates that share by one key, and a template that shares by a key of `components`."""
    node = ctx.table("components").get("parameters")
    taken: Entries = dict(node.entries) if node is not None else {}
    for name, template in ctx.table("parameters").items():
        shared = template.entries.get("shared")
        key = None if shared is None else shared_key(name, shared.value)
        if shared is None or key is None:
            continue
        if key in taken:
            first = taken[key]
            ctx.report(KEY_DUPLICATED, shared, f"'{key}' already names a shared parameter", first=first)
        else:
            taken[key] = shared


def _component(ctx: Context, part: Node) -> dict[str, Any]:
    entries = part.entries
    if "swagger" in entries:
        return plain_part(ctx, entries, "parameter")
    name, place = value(entries, "name", ""), value(entries, "in", "query")
    if place != "body":
        return swagger_parameter(ctx, name, place, {k: v for k, v in entries.items() if k != "name"}, part, part)
    out: dict[str, Any] = {}
    keywords(ctx, out, {k: v for k, v in entries.items() if k not in ("schema", "required")}, part)
    if value(entries, "required") is not None:
        ctx.put(out, "required", entries["required"].value, entries["required"])
    if "schema" in entries:
        ctx.put(out, "schema", schema(ctx, entries["schema"]), entries["schema"], at_key=True)
    return out
