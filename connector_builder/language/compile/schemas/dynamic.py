"""Compiles `dynamicValues` and `dynamicSchema`, each to the platform's old extension and its newer twin.

Microsoft asks for both: the old one for existing flows, the new one for references that would be ambiguous
(https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions#use-dynamic-values).
"""

import re
from typing import Any

from connector_builder.language.compile.context import OPERATIONS, Context, Entries, value
from connector_builder.language.mending import replaced
from connector_builder.language.rules import (
    KEY_MISSING,
    NAME_NOT_FOUND,
    REFERENCE_NOT_BRACED,
    TEMPLATE_UNUSED,
    VALUE_TYPE_NOT_VALID,
)
from connector_builder.language.written import is_bare
from connector_builder.source.node import Node

TABLES = ("dynamicValues", "dynamicSchema")
"""The tables of the top level that have what the uses of an operation have in common."""
TREES = "dynamicTree"
"""The table of the top level that has trees by name."""
CALLED = {"operation": "operationId", "builtIn": "builtInOperation", "capability": "capability"}
"""The keys of `x-ms-dynamic-values` for what it calls, by the language's key."""
PATHS = {
    "items": ("value-collection", "itemsPath"),
    "value": ("value-path", "itemValuePath"),
    "title": ("value-title", "itemTitlePath"),
}
"""The paths in the answer, by the language's key: their keys in the old extension and in the newer one."""
_REFERENCE = re.compile(r"\{([^{}]+)\}\Z")


def dynamic_values(ctx: Context, out: dict[str, Any], node: Node) -> None:
    """Writes `x-ms-dynamic-values`, and `x-ms-dynamic-list` for an operation of the connector."""
    entries = _called(ctx, node, "dynamicValues")
    called = [key for key in CALLED if value(entries, key) is not None]
    if not called and any(ctx.is_broken("dynamicValues keys", key) for key in CALLED):
        return  # the shape check reported the right name
    if len(called) != 1:
        message = (
            f"'{node.key}' needs an 'operation'"
            if not called
            else f"'{called[0]}' and '{called[1]}' can't be used together"
        )
        ctx.report(KEY_MISSING, node, message, help="operation: the operation that returns the list", key=True)
        return
    # The items of an operation of the connector may be plain texts, which have neither a value nor a title.
    plain = called[0] == "operation" and value(entries, "title") is None
    if not _complete(ctx, node, entries, () if plain else ("value",)):
        return
    given = _parameters(ctx, entries)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    ctx.put(old, CALLED[called[0]], entries[called[0]].value, entries[called[0]])
    ctx.put(new, "operationId", entries[called[0]].value, entries[called[0]])
    _add_parameters(ctx, old, new, given)
    for key, (old_key, new_key) in PATHS.items():
        if value(entries, key) is not None:
            ctx.put(old, old_key, entries[key].value, entries[key])
            ctx.put(new, new_key, entries[key].value, entries[key])
    twin = called[0] == "operation"
    written = ("x-ms-dynamic-list", new, "list") if twin else None
    _write(ctx, out, node, entries, ("x-ms-dynamic-values", old, "values"), written)


def dynamic_schema(ctx: Context, out: dict[str, Any], node: Node) -> None:
    """Writes `x-ms-dynamic-schema` and `x-ms-dynamic-properties`."""
    entries = _called(ctx, node, "dynamicSchema")
    if not _complete(ctx, node, entries, ("operation",)):
        return
    given = _parameters(ctx, entries)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for extension in (old, new):
        ctx.put(extension, "operationId", entries["operation"].value, entries["operation"])
    _add_parameters(ctx, old, new, given)
    path = value(entries, "value")
    if path is not None:
        ctx.put(old, "value-path", path, entries["value"])
        # The old extension may point at a schema's properties, the new one points at the schema.
        schema_path = "" if path == "properties" else path.removesuffix("/properties")
        if schema_path:
            ctx.put(new, "itemValuePath", schema_path, entries["value"])
    written = ("x-ms-dynamic-properties", new, "properties")
    _write(ctx, out, node, entries, ("x-ms-dynamic-schema", old, "schema"), written)


def dynamic_tree(ctx: Context, out: dict[str, Any], node: Node) -> None:
    """Writes `x-ms-dynamic-tree`. A text names a tree of the top level."""
    tree = node
    if isinstance(node.value, str):
        if ctx.is_broken(TREES, node.value):
            return
        named = ctx.table(TREES).get(node.value)
        if named is None:
            help_ = ctx.suggestions.of(node.value, ctx.table(TREES)) or f"describe it under '{TREES}' at the top level"
            ctx.report(NAME_NOT_FOUND, node, f"there is no tree '{node.value}'", help=help_)
            return
        ctx.used_calls.add((TREES, node.value))
        tree = named
    ctx.put(out, "x-ms-dynamic-tree", tree.value, tree)


def _called(ctx: Context, node: Node, table: str) -> Entries:
    """Returns the keys at a node over those that the top level has for the operation; a text is the operation."""
    own = {"operation": node} if isinstance(node.value, str) else node.entries
    name = value(own, "operation")
    common = ctx.table(table).get(name) if isinstance(name, str) else None
    if common is None:
        return own
    ctx.used_calls.add((table, name))
    return {**common.entries, **own}


def unused_calls(ctx: Context) -> None:
    """Reports entries of the top level's `dynamicValues` and `dynamicSchema` for operations that nothing calls so."""
    for table in TABLES:
        for name, node in ctx.table(table).items():
            if (table, name) not in ctx.used_calls and not ctx.is_left_out(name):
                message = f"no '{table}' names the operation '{name}'"
                known = [one for section in OPERATIONS for one in ctx.table(section)]
                meant = None if name in known else ctx.suggestions.of(name, known)
                ctx.report(TEMPLATE_UNUSED, node, message, help=meant or "use it, or remove it", key=True)


def unused_trees(ctx: Context) -> None:
    """Reports entries of the top level's `dynamicTree` that nothing names."""
    for name, node in ctx.table(TREES).items():
        if (TREES, name) not in ctx.used_calls:
            message = f"no '{TREES}' names '{name}'"
            ctx.report(TEMPLATE_UNUSED, node, message, help="use it, or remove it", key=True)


def _complete(ctx: Context, node: Node, entries: Entries, needed: tuple[str, ...]) -> bool:
    missing = [key for key in needed if value(entries, key) is None]
    for key in missing:
        if any(ctx.is_broken(f"{of} keys", key) for of in (node.key, "listOperation", "schemaOperation")):
            continue  # the shape check reported the right name
        help_ = (
            "operation: the operation that returns the list"
            if key == "operation"
            else "value: the path of the value in an item"
        )
        ctx.report(KEY_MISSING, node, f"'{key}' is missing in '{node.key}'", help=help_, key=True)
    called = value(entries, "operation")
    return not missing and not (isinstance(called, str) and ctx.is_left_out(called))


def _parameters(ctx: Context, entries: Entries) -> Entries | None:
    node = entries.get("parameters")
    if node is None or node.value is None:
        return None
    if not node.is_mapping:
        ctx.report(
            VALUE_TYPE_NOT_VALID, node, "'parameters' must be a mapping", help='write {environment: "{environment}"}'
        )
        return {}
    return node.entries


def _add_parameters(ctx: Context, old: dict[str, Any], new: dict[str, Any], given: Entries | None) -> None:
    if given is None:
        return
    old["parameters"], new["parameters"] = {}, {}
    for name, node in given.items():
        path = _referred(ctx, name, node)
        if path is not None:
            # The old extension allows only names: a field of the body has the last step of its path.
            ctx.put(old["parameters"], name, {"parameter": path.rsplit("/", 1)[-1]}, node)
            ctx.put(new["parameters"], name, {"parameterReference": path}, node)
        else:
            literal = (
                node.value["value"] if isinstance(node.value, dict) and set(node.value) == {"value"} else node.value
            )
            ctx.put(old["parameters"], name, literal, node)
            ctx.put(new["parameters"], name, {"value": literal}, node)


def _referred(ctx: Context, name: str, node: Node) -> str | None:
    """Returns the parameter, or `body/name`, that a value refers to; None for a literal one. What lacks its braces is reported."""
    if isinstance(node.value, str):
        if reference := _REFERENCE.match(node.value):
            return reference.group(1)
        if node.value == name or node.value in ctx.table("parameters"):
            help_ = f'write "{{{node.value}}}" for the parameter, or {{value: {node.value}}} for the text'
            message = f"'{node.value}' is this text, not the parameter"
            fix = replaced(node, help_, f'"{{{node.value}}}"')
            ctx.report(REFERENCE_NOT_BRACED, node, message, help=help_, fix=fix)
    elif node.is_mapping and len(node.entries) == 1 and is_bare(next(iter(node.entries.values()))):
        inner = next(iter(node.entries))
        help_ = f'quote it: "{{{inner}}}"'
        ctx.report(VALUE_TYPE_NOT_VALID, node, f"'{name}' must be a value or a reference, not a mapping", help=help_)
        return inner
    return None


def _write(
    ctx: Context,
    out: dict[str, Any],
    node: Node,
    entries: Entries,
    old: tuple[str, dict[str, Any], str],
    new: tuple[str, dict[str, Any], str] | None,
) -> None:
    """Writes the extensions that the author wants, the newer one with the author's changes."""
    name, extension, switch = old
    if value(entries, switch, True) is not False:
        ctx.put(out, name, extension, node, at_key=True)
    if new is None:
        return
    name, extension, switch = new
    wanted = value(entries, switch, ctx.defaults.twins)
    if isinstance(wanted, dict):
        ctx.budget.whole(wanted, node)
        extension.update(wanted)
    if wanted:
        ctx.put(out, name, extension, node, at_key=True)
