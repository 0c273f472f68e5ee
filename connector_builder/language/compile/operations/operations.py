"""Compiles operations: a request line and the keys beside it become a verb of a path."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.language.compile.context import Context, Entries, is_given, value
from connector_builder.language.compile.operations.body import body_parameter
from connector_builder.language.compile.operations.parameters import Parameter, kind_of, ordered, request_parameters
from connector_builder.language.compile.operations.query import add_query
from connector_builder.language.compile.operations.request import (
    Request,
    RequestError,
    SecretError,
    parse_request,
    unbraced_parameters,
)
from connector_builder.language.compile.operations.responses import responses
from connector_builder.language.compile.operations.tags import check_tags, write_tags
from connector_builder.language.compile.schemas.schema_keys import sugar
from connector_builder.language.derived import (
    HIDDEN,
    PAGE_LINK,
    TRIGGERS,
    form_media_types,
    operation_description,
    operation_media_types,
    operation_summary,
    polling_metadata,
    unsubscribe_id,
)
from connector_builder.language.mending import becoming
from connector_builder.language.rules import (
    BASE_PATH_REPEATED,
    PATH_PARAMETER_NOT_BRACED,
    REQUEST_NOT_VALID,
    SCHEMA_CONTRADICTORY,
    TRIGGER_NOT_VALID,
    VALUE_TYPE_NOT_VALID,
)
from connector_builder.language.tables.operations import AS_SWAGGER, LISTS, OF_EVERY
from connector_builder.language.tables.sugar import OPERATION, sugar_at
from connector_builder.platform.swagger.extensions import AGENTIC, MCP, PAGEABLE
from connector_builder.source.node import Node

_SUGAR = sugar_at(OPERATION)
VISIBILITY = OF_EVERY["visibility"]


@dataclass(slots=True)
class Operation:
    """A compiled operation: its id, its path and verb, and its Swagger."""

    id: str
    node: Node
    path: str
    verb: str
    swagger: dict[str, Any] = field(default_factory=dict)


def compile_operations(ctx: Context, server: str) -> list[Operation]:
    """Returns the operations of a spec as written. An operation that can't be compiled is a finding and left out."""
    made: list[Operation] = []
    for name, node in ctx.table("actions").items():
        made += _compiled(ctx, name, node, server, webhook=None)  # an action that waits for its callback
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
            ctx.leave_out(node)
            continue
        if not words and not any(ctx.is_broken("operation keys", key) for key in ("webhook", "polling", "trigger")):
            help_ = "add one of them, or move the operation to 'actions'"
            ctx.report(
                TRIGGER_NOT_VALID,
                node,
                f"the trigger '{name}' has neither 'webhook' nor 'polling'",
                help=help_,
                key=True,
            )
        made += _compiled(ctx, name, node, server)
    check_tags(ctx, [one.path for one in made])
    return made


def _mcp(ctx: Context, node: Node, server: str) -> list[Operation]:
    """Compiles an MCP server. The platform speaks its protocol, so neither parameters nor an answer are described."""
    operation = _operation(ctx, str(value(node.entries, "id", "InvokeMCP")), node, server)
    if operation is None:
        return []
    if operation.verb != "post":
        message = f"an MCP server requires POST, not {operation.verb.upper()}"
        line = node.entries.get("request", node)
        ctx.report(
            REQUEST_NOT_VALID,
            line,
            message,
            help=f"write POST {operation.path}",
            fix=becoming(line, "write POST", _with_post(line.value)),
        )
    out = operation.swagger
    if "agenticProtocol" not in node.entries and AGENTIC not in out:
        ctx.put(out, AGENTIC, MCP, node)
    if "summary" not in node.entries:
        out["summary"] = "Invoke MCP server"
        if "description" in out and "description" not in node.entries:
            out["description"] = out["summary"]  # derived from it
    if not {"response", "responses"} & node.entries.keys():
        ctx.put(out, "responses", {"200": {"description": "Success"}}, node)
    if not out.get("parameters"):
        out.pop("parameters", None)  # even an empty list collides with the body that the platform sends
    return [operation]


def _compiled(
    ctx: Context, name: str, node: Node, server: str, webhook: str | None = TRIGGERS["webhook"]
) -> list[Operation]:
    """Compiles an operation, and after it the unsubscribe operation that a webhook's request line makes.

    `webhook` is the platform's word for the trigger that a webhook makes; None if it makes none.
    """
    raise_if_cancelled()
    operation = _operation(ctx, name, node, server)
    if operation is None:
        ctx.leave_out(node)
        return []
    out = operation.swagger
    for key, word in (("webhook", webhook), ("polling", TRIGGERS["polling"])):
        derived = word is not None and "trigger" not in node.entries and "x-ms-trigger" not in out
        if derived and is_given(node.entries, key):
            ctx.put(out, "x-ms-trigger", word, node.entries[key], at_key=True)
    said = "triggerMetadata" in node.entries or "x-ms-trigger-metadata" in out
    if is_given(node.entries, "polling") and not said:
        ctx.put(out, "x-ms-trigger-metadata", polling_metadata(), node.entries["polling"], at_key=True)
    hook = node.entries.get("webhook")
    line = hook.entries.get("unsubscribe") if hook is not None and hook.is_mapping else None
    if line is None or line.value is None or (isinstance(line.value, str) and " " not in line.value):
        return [operation]
    delete = _operation(ctx, str(value(line.entries, "id", unsubscribe_id(name))), line, server)
    if delete is None:
        return [operation]
    if not {"visibility", VISIBILITY} & line.entries.keys():
        ctx.put(delete.swagger, "x-ms-visibility", HIDDEN, line)
    return [operation, delete]


def _operation(ctx: Context, name: str, node: Node, server: str) -> Operation | None:
    line = node if isinstance(node.value, str) else node.entries["request"]
    entries = _with_defaults(ctx, node.entries)
    request = _request(ctx, line, server)
    if request is None:
        return None
    add_query(ctx, request, entries.get("query"))
    _check_plain_list(ctx, request, entries.get("parameters"), line)
    if "query" not in entries or entries["query"].value is not None:  # null: not those of every operation either
        add_query(ctx, request, ctx.defaults.operation.get("query"), default=True)
    operation = Operation(name, node, request.path, request.verb.lower())
    out = operation.swagger
    ctx.origins.note_all(out, node.key_place)
    given = entries.get("operationId")
    if given is None:
        ctx.put(out, "operationId", name, node, at_key=True)
    elif given.value is not None:
        ctx.put(out, "operationId", given.value, given)
    _texts(ctx, out, name, entries, node)
    _lists(ctx, out, entries, request.path)
    for key, part in entries.items():
        if key in _SUGAR and part.value is not None:
            sugar(ctx, out, part, key)
        elif key.startswith("x-"):
            ctx.put(out, key, part.value, part)
    _paged(ctx, out, entries)
    _parameters(ctx, out, request, entries, line)
    if "responses" not in out:
        ctx.put(out, "responses", responses(ctx, entries, node), entries.get("responses", node), at_key=True)
    _media_types(ctx, out, entries, node)
    return operation


def _with_defaults(ctx: Context, entries: Entries) -> Entries:
    """Returns an operation's keys, with those that every operation has."""
    said = ctx.defaults.operation
    common = {
        key: said[key] for key, extension in OF_EVERY.items() if key in said and not {key, extension} & entries.keys()
    }
    return {**entries, **common} if common else entries


def _media_types(ctx: Context, out: dict[str, Any], entries: Entries, node: Node) -> None:
    """Writes the MIME types that an operation has by itself; `null` at it leaves one out."""
    for key, types in operation_media_types(ctx.defaults, out).items():
        if key not in entries and key not in out:
            ctx.put(out, key, types, node, at_key=True)


def _paged(ctx: Context, out: dict[str, Any], entries: Entries) -> None:
    """Makes an operation with a page of OData pageable, unless the author says how it is."""
    page = value(entries["response"].entries, "page") if is_given(entries, "response") else None
    if page is not None and not {"pageable", PAGEABLE} & entries.keys():
        node = entries["response"].entries["page"]
        ctx.put(out, PAGEABLE, {"nextLinkName": PAGE_LINK}, node, at_key=True)


_WRITE = re.compile(r"write '([A-Z]+ [^']+)'")


def _request(ctx: Context, line: Node, server: str) -> Request | None:
    try:
        request = parse_request(line.value, server)
    except SecretError as error:
        ctx.report_secret(line, str(error), error.cure, error.secret)
        return None
    except RequestError as error:
        written = _WRITE.fullmatch(error.cure)
        fix = becoming(line, error.cure, written[1]) if written else None
        ctx.report(REQUEST_NOT_VALID, line, str(error), help=error.cure, fix=fix)
        return None
    _check_base_path(ctx, request, line, server)
    for text, name in unbraced_parameters(request.path):
        ctx.used_templates.add(name)  # it is meant: one mistake, one finding
        ctx.unbraced.add(name)
        ctx.report(
            PATH_PARAMETER_NOT_BRACED,
            line,
            f"'{text}' is text here, not a path parameter",
            help=f"write {{{name}}}",
            fix=becoming(line, f"write {{{name}}}", line.value.replace(f"/{text}", f"/{{{name}}}", 1)),
        )
    return request


def _check_base_path(ctx: Context, request: Request, line: Node, server: str) -> None:
    """Reports a path that begins as the server's own does: both are sent, one after the other."""
    base = urlsplit(server).path.rstrip("/")
    if base and (request.path == base or request.path.startswith(f"{base}/")):
        message = f"the request goes to '{base}{request.path}', because the server contains '{base}' already"
        verb = line.value.partition(" ")[0]
        help_ = f"write {verb} {request.path.removeprefix(base) or '/'}, below the server"
        ctx.report(
            BASE_PATH_REPEATED, line, message, help=help_, fix=becoming(line, help_, line.value.replace(base, "", 1))
        )


def _with_post(line: str) -> str:
    return f"POST {line.partition(' ')[2]}"


def _check_plain_list(ctx: Context, request: Request, plain: Node | None, line: Node) -> None:
    """Reports names in a request line that are missing from a list of plain parameters, which alone is built.

    A list with a reference isn't checked, because the name is in the shared parameter.
    """
    if plain is None or not plain.is_list:
        return
    listed = plain.value
    if any(not isinstance(one, dict) or "$ref" in one for one in listed):  # what is no mapping is a finding of its own
        return
    known = [(one.get("in"), one.get("name")) for one in listed]  # of any types: a mapping is no part of a set
    wanted = [*(("path", name) for name in request.path_parameters), *(("query", part.name) for part in request.query)]
    for place, name in wanted:
        if (place, name) not in known:
            message = f"the request line contains '{name}', but the list of plain parameters has no '{name}' in {place}"
            help_ = "add it to the list, or write 'parameters' as a mapping, which may leave it out"
            ctx.report(SCHEMA_CONTRADICTORY, line, message, help=help_, first=plain)


def _texts(ctx: Context, out: dict[str, Any], name: str, entries: Entries, node: Node) -> None:
    summary = entries.get("summary")
    if summary is None:
        ctx.put(out, "summary", operation_summary(ctx.defaults, name), node, at_key=True)
    elif summary.value is not None:
        ctx.put(out, "summary", summary.value, summary)
    for key in AS_SWAGGER:
        part = entries.get(key)
        if part is not None and part.value is not None:
            ctx.put(out, key, part.value, part)
    description = operation_description(ctx.defaults, out.get("summary"))
    if description is not None and "description" not in entries:
        ctx.put(out, "description", description, summary or node, at_key=summary is None)


def _lists(ctx: Context, out: dict[str, Any], entries: Entries, path: str) -> None:
    """Writes the lists that every operation has, and the MIME type that form fields require."""
    for key in LISTS:
        default = ctx.defaults.operation.get(key)
        if key in entries or default is None or default.value is None:
            continue
        if default.is_mapping:
            write_tags(ctx, out, default, path)
        else:
            ctx.put(out, key, default.value, default)
    for key, default in ctx.defaults.operation.items():
        if key.startswith("x-") and key not in entries:
            ctx.put(out, key, default.value, default)


def _parameters(ctx: Context, out: dict[str, Any], request: Request, entries: Entries, line: Node) -> None:
    plain = entries.get("parameters")
    named = next((one for one in plain.items if isinstance(one.value, str)), None) if plain is not None else None
    if named is not None:
        help_ = f"write parameters: {{{named.value[:60]}: …}}"
        ctx.report(VALUE_TYPE_NOT_VALID, named, "a list of parameters is plain Swagger, and has no names", help=help_)
        entries = {key: part for key, part in entries.items() if key != "parameters"}
    elif plain is not None and plain.is_list:
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
        made.append(body_parameter(ctx, entries["body"]))
    said = "consumes" in entries or "consumes" in out
    if value(entries, "form") is not None and not said:
        kinds = [kind_of(ctx, swagger) for _, _, swagger in made]
        ctx.put(out, "consumes", form_media_types(kinds), entries["form"], at_key=True)
    consumes = ctx.defaults.body_consumes
    if value(entries, "body") is not None and not said and consumes is not None and consumes.value is not None:
        ctx.put(out, "consumes", consumes.value, consumes)
    listed = ordered(ctx, made, entries.get("order"))
    if listed or ("parameters" in ctx.defaults.operation and plain is None):
        ctx.put(out, "parameters", listed, line)
