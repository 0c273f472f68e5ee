"""Compiles responses: the success response, the others, and the defaults for a status in `defaults.responses`."""

from typing import Any

from connector_builder.findings import Related
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.operations.parameters import swagger_header
from connector_builder.language.compile.schemas.forms import SAYS_WHAT
from connector_builder.language.compile.schemas.schema import reference, schema, schema_of
from connector_builder.language.compile.schemas.schema_keys import plain_part, sugar
from connector_builder.language.derived import (
    PAGE_ITEMS,
    PAGE_LINK,
    PAGE_LINK_TYPE,
    response_description,
    shared_status,
)
from connector_builder.language.mending import replaced
from connector_builder.language.rules import (
    DESCRIPTION_IS_SCHEMA,
    RESPONSE_DUPLICATED,
    SCHEMA_CONTRADICTORY,
    VALUE_MISSING,
    VALUE_NOT_VALID,
)
from connector_builder.language.tables.operations import OF_RESPONSE, OPERATION_OBJECTS
from connector_builder.language.tables.statuses import is_status, status_of
from connector_builder.language.tables.sugar import BY_EXTENSION, RESPONSE, SCHEMA, TWINS, sugar_at
from connector_builder.language.written import blank_cure
from connector_builder.source.node import Node

_RESPONSE_KEYS = next(item.keys for item in OPERATION_OBJECTS if item.name == "response")
_SCHEMA_KEYS = frozenset(_RESPONSE_KEYS) - OF_RESPONSE
_SUGAR = sugar_at(RESPONSE)
_TO_SCHEMAS = ("#/definitions/", "#/schemas/", "#/components/schemas/")
"""What references to schemas begin with: Swagger's, and what people write who know the language or OpenAPI 3."""


def responses(ctx: Context, entries: Entries, operation: Node) -> dict[str, Any]:
    """Returns the `responses` of an operation: the success response first, then the others as written."""
    out: dict[str, Any] = {}
    others = _others(ctx, entries, operation)
    success = entries.get("response")
    if success is not None and success.value is not None:
        status = "200"
        if success.is_mapping and value(success.entries, "status") is not None:
            status = str(value(success.entries, "status"))
            status = status if _is_status(ctx, status, success.entries["status"]) else "200"
        ctx.put(out, status, _success(ctx, success, status), success, at_key=True)
    elif success is None and not any(status.startswith("2") for status in others):
        derived = _by_default(ctx, "200", operation)
        derived.pop("schema", None)
        ctx.put(out, "200", derived, operation)
    for status, node in others.items():
        if status in out:
            assert success is not None
            related = (Related(success.key_place, "first given here"),)
            message = f"'response' and 'responses' both describe the status {status}"
            help_ = "keep one of them, or give 'response' another 'status'"
            ctx.findings.append(RESPONSE_DUPLICATED.at(node.key_place, message, help=help_, related=related))
            continue
        if status.startswith("x-"):
            ctx.put(out, status, node.value, node)
            continue
        if not _is_status(ctx, status, node):
            continue
        ctx.put(out, status, _response(ctx, node, status), node, at_key=True)
    return out


def _is_status(ctx: Context, status: str, node: Node) -> bool:
    """Whether a status can be one; a finding where it can't, and the response is left out."""
    if is_status(status):
        return True
    meant = status_of(status)
    help_ = f"write {meant}" if meant else "a status has three digits, or is 'default'"
    ctx.report(VALUE_NOT_VALID, node, f"'{status}' isn't a status", help=help_, key=node.key == status)
    return False


def _others(ctx: Context, entries: Entries, operation: Node) -> Entries:
    """Returns the other responses by status: the operation's, then those that every operation has; none for null."""
    said = entries.get("responses")
    if said is not None and said.value is None:
        return {}
    others = _listed(said)
    common = _listed(ctx.defaults.operation.get("responses"))
    ctx.budget.work(operation, len(common))
    for status, node in list(others.items()):
        if node.value is None and node.key == status:
            del others[status]
            if status not in common:
                help_ = blank_cure(node) or "write a description"
                ctx.report(VALUE_MISSING, node, f"'{status}' has no value", help=help_, key=not node.raw())
    own = _listed(said)
    return {**others, **{status: node for status, node in common.items() if status not in own}}


def _listed(node: Node | None) -> Entries:
    """Returns responses by status; a list takes each from the defaults: `[401, {404: There is no such run.}]`."""
    if node is None:
        return {}
    if node.is_mapping:
        return dict(node.entries)
    others: Entries = {}
    for item in node.items:
        if item.is_mapping:
            others.update(item.entries)
        else:
            others[str(item.value)] = item.with_value(None)
    return others


def notification(ctx: Context, node: Node) -> dict[str, Any]:
    """Compiles the notification of a webhook: like a response, but without a derived description."""
    if not node.is_mapping:
        return {"schema": schema(ctx, node)}
    out = _mapping(ctx, node, "200", inherit=False)
    if value(node.entries, "description") is None:
        out.pop("description", None)
    return out


def _success(ctx: Context, node: Node, status: str) -> dict[str, Any]:
    if node.is_mapping:
        return _mapping(ctx, node, status)
    default = ctx.defaults.responses.get(status)
    if default is not None and default.is_mapping and default.entries.keys() - {"description", "$ref"}:
        return _mapping(ctx, node, status, {"schema": node})
    out: dict[str, Any] = {}
    _description(ctx, out, status, {}, node)
    ctx.put(out, "schema", schema(ctx, node), node)
    return out


def _response(ctx: Context, node: Node, status: str) -> dict[str, Any]:
    """Compiles one of the other responses: a text is its description."""
    if node.value is None:
        return _by_default(ctx, status, node)
    if node.is_mapping:
        return _mapping(ctx, node, status)
    if node.value in ctx.table("schemas"):
        help_ = f"to give a schema, write {{schema: {node.value}}}"
        ctx.report(
            DESCRIPTION_IS_SCHEMA,
            node,
            f"'{node.value}' is a schema's name, but a text here is the description",
            help=help_,
            fix=replaced(node, help_, f"{{schema: {node.value}}}"),
        )
    return _mapping(ctx, node, status, {"description": node})


def _by_default(ctx: Context, status: str, node: Node) -> dict[str, Any]:
    """Compiles a response for which the operation has only the status."""
    return _mapping(ctx, node, status, {})


def _mapping(
    ctx: Context, node: Node, status: str, said: Entries | None = None, *, inherit: bool = True
) -> dict[str, Any]:
    entries = node.entries if said is None else said
    default = ctx.defaults.responses.get(status) if inherit else None
    if default is not None:
        further = default.entries if default.is_mapping else {"description": default}
        if "$ref" in further and not entries:
            return reference(ctx, node, further["$ref"].value, "responses")
        entries = {**{key: part for key, part in further.items() if key != "$ref"}, **entries}
    if value(entries, "$ref") is not None and not _is_schema_name(ctx, entries["$ref"].value):
        return reference(ctx, entries["$ref"], entries["$ref"].value, "responses")
    out: dict[str, Any] = {}
    ctx.origins.note_all(out, node.key_place)
    own, of_schema = split(entries, OF_RESPONSE, _SCHEMA_KEYS)
    _description(ctx, out, status, own, node)
    for key, part in own.items():
        if key == "examples" or key.startswith("x-"):
            ctx.put(out, key, part.value, part)
        elif key in _SUGAR and part.value is not None:
            sugar(ctx, out, part, key)
    if value(own, "headers") is not None:
        ctx.put(
            out,
            "headers",
            {name: swagger_header(ctx, part) for name, part in own["headers"].entries.items()},
            own["headers"],
        )
    _schema(ctx, out, own, of_schema, node)
    return out


def _is_schema_name(ctx: Context, name: str) -> bool:
    """Checks whether `$ref` in a response means its schema: `response: {$ref: Run}` if only a schema is called Run."""
    components = ctx.table("components").get("responses")
    shared = components is not None and name in components.entries
    return not shared and (name in ctx.table("schemas") or name.startswith(_TO_SCHEMAS))


def _schema(ctx: Context, out: dict[str, Any], own: Entries, of_schema: Entries, node: Node) -> None:
    explicit = explicit_schema(ctx, own, of_schema)
    if explicit is not None:
        ctx.put(out, "schema", schema(ctx, explicit), explicit, at_key=True)
    elif of_schema:
        ctx.put(out, "schema", schema_of(ctx, node, _paged(ctx, of_schema)), node, at_key=True)


def _paged(ctx: Context, of_schema: Entries) -> Entries:
    """Returns the keys of a schema with the fields that `page` means."""
    page = of_schema.get("page")
    if page is None:
        return of_schema
    rest = {key: part for key, part in of_schema.items() if key != "page"}
    if page.value is None:
        return rest
    for key in SAYS_WHAT & rest.keys():
        message = f"'{key}' can't stand beside 'page'"
        ctx.report(SCHEMA_CONTRADICTORY, rest.pop(key), message, help="keep one of them", key=True, first=page)
    items, link = page.with_value([page.value]), page.with_value(PAGE_LINK_TYPE)
    items.items = [page]
    fields = page.with_value({PAGE_ITEMS: items.value, PAGE_LINK: link.value})
    fields.entries = {PAGE_ITEMS: items, PAGE_LINK: link}
    return {**rest, "fields": fields}


def explicit_schema(ctx: Context, own: Entries, of_schema: Entries) -> Node | None:
    """Returns the node under `schema`, or None. With it, a schema's key beside it is a finding."""
    explicit = own.get("schema")
    if explicit is None or explicit.value is None:
        return None
    for key, part in of_schema.items():
        help_ = "put it into the schema, or leave 'schema' out"
        message = f"'{key}' can't stand beside 'schema'"
        ctx.report(SCHEMA_CONTRADICTORY, part, message, help=help_, key=True, first=explicit)
    return explicit


def split(entries: Entries, own: frozenset[str], of_schema: frozenset[str]) -> tuple[Entries, Entries]:
    """Splits a mapping into the keys of the response or parameter around a schema, and those of the schema.

    The keys in `own` belong to the part around the schema. So do the `x-` keys that the table of sugar doesn't have for
    schemas.
    """
    around: Entries = {}
    inside: Entries = {}
    for key, part in entries.items():
        row = BY_EXTENSION.get(key)
        name = row.name if row is not None else key
        of_holder = row is None or SCHEMA not in row.places
        if name in own or (key.startswith("x-") and of_holder and key not in TWINS):
            around[key] = part
        else:
            inside[key] = part
    return around, inside


def _description(ctx: Context, out: dict[str, Any], status: str, own: Entries, node: Node) -> None:
    default = ctx.defaults.responses.get(status)
    if "description" in own:
        if own["description"].value is not None:
            ctx.put(out, "description", own["description"].value, own["description"])
        return
    text = None
    if default is not None:
        text = default.value if isinstance(default.value, str) else value(default.entries, "description")
    ctx.put(out, "description", response_description(status, text), node)


def components_responses(ctx: Context) -> dict[str, Any]:
    """Returns Swagger's shared responses."""
    out: dict[str, Any] = {}
    node = ctx.table("components").get("responses")
    for key, part in (node.entries if node is not None else {}).items():
        ctx.put(out, key, _shared(ctx, key, part), part, at_key=True)
    return out


def _shared(ctx: Context, key: str, part: Node) -> Any:
    if key.startswith("x-"):
        return part.value
    if part.is_mapping and "swagger" in part.entries:
        return plain_part(ctx, part.entries, "response")
    return _response(ctx, part, shared_status(key))
