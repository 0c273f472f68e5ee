"""Looks up what references name, and says what to write for a name that isn't there."""

import re
from itertools import chain
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.derived import shared_key
from connector_builder.language.mending import becoming
from connector_builder.language.rules import NAME_NOT_FOUND, REFERENCE_NOT_VALID
from connector_builder.language.tables.statuses import is_status
from connector_builder.language.tables.types import SYNONYMS, TYPE_WORDS
from connector_builder.language.type_words import meant_list, meant_type
from connector_builder.platform.swagger.references import format_reference
from connector_builder.source.node import Node

NOT_SWAGGER = re.compile(r"#/(?:components/\w+|schemas)/([^/]+)")
"""References that OpenAPI 3 has, and those to the tables of a spec, by the name in them."""


def parts_of(ctx: Context, table: str) -> Entries:
    """Returns the parts of a table that a reference can name: schemas, or what Swagger shares."""
    if table == "schemas":
        return ctx.table("schemas")
    if table not in ctx.parts:
        components = ctx.table("components").get(table)
        templates = ctx.table("parameters") if table == "parameters" else {}
        keys = {name: shared_key(name, value(one.entries, "shared")) for name, one in templates.items()}
        shared = {key: templates[name] for name, key in keys.items() if key is not None}
        ctx.parts[table] = {**shared, **(components.entries if components is not None else {})}
    return ctx.parts[table]


def report_unknown(ctx: Context, node: Node, name: str, table: str) -> None:
    """Reports a name that a table doesn't contain."""
    if "://" in name or name.startswith(("/", ".", "#")) or "#" in name:
        help_ = "name a schema of this spec, or write '#/definitions/Name'"
        ctx.report(REFERENCE_NOT_VALID, node, f"'{name}' leads out of the connector", help=help_)
        return
    if table == "schemas" and (cure := _no_name(ctx, name)):
        ctx.report(NAME_NOT_FOUND, node, f"there is no schema '{name}'", help=cure)
        return
    known = chain(parts_of(ctx, table), TYPE_WORDS if table == "schemas" else ())
    what = {"schemas": "schema or type word"}.get(table, table.removesuffix("s"))
    synonym = SYNONYMS.get(name.lower()) if table == "schemas" else None
    help_ = (
        (f"write '{synonym}'" if synonym else None)
        or ctx.suggestions.of(name, known)
        or f"add it under '{table}'" + (", or use a type word such as 'string'" if table == "schemas" else "")
    )
    ctx.report(NAME_NOT_FOUND, node, f"there is no {what} '{name}'", help=help_)


def by_path(ctx: Context, node: Node, name: str) -> dict[str, Any]:
    """A reference to `#/schemas/Order` or `#/components/…`: the part is there, and only the path is wrong."""
    message = f"Swagger 2.0 has no '{node.value}'"
    for table, section in (("schemas", "definitions"), ("responses", "responses"), ("parameters", "parameters")):
        if f"/{table}/" in node.value and (name in parts_of(ctx, table) or ctx.is_broken(table, name)):
            help_ = f"write {name} alone, or $ref: {name}"
            ctx.report(REFERENCE_NOT_VALID, node, message, help=help_, fix=becoming(node, help_, name))
            return {"$ref": format_reference(section, name)}
    help_ = ctx.suggestions.of(name, ctx.table("schemas")) or "write the name of a schema of this spec"
    ctx.report(REFERENCE_NOT_VALID, node, message, help=help_)
    return {}


def _no_name(ctx: Context, name: str) -> str | None:
    """What to write instead of a text that is no name: a file, a status, a list of something, a description."""
    if name.endswith("!") and (name[:-1] in TYPE_WORDS or name[:-1] in ctx.table("schemas")):
        return "write the '!' after the name of the field, not of the type"
    if is_status(name) and name.isdecimal():
        return f"write {{status: {name}}} for a response without a body"
    if name.endswith((".json", ".yaml", ".yml")):
        return f"to use a file as a sample, write {{sample: {name}}}"
    if meant := meant_type(name, ctx.table("schemas")) or meant_list(name):
        return f"write {meant}"
    if " " in name:
        return f"to add a description, write {{description: {name[:60]}{'…' if len(name) > 60 else ''}}}"
    return None
