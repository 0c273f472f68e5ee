"""Puts the parts of a package together: the two documents, samples, settings, icon."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Related
from connector_builder.language.compile.connector.auth import compile_auth
from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.connector.connector import (
    connector_entries,
    host,
    info,
    metadata,
    properties,
    server,
)
from connector_builder.language.compile.connector.overlay import leave_out_secrets, overlay, plain, replace
from connector_builder.language.compile.connector.policies import compile_policies
from connector_builder.language.compile.connector.script import compile_script
from connector_builder.language.compile.connector.set_overlay import overlay_properties
from connector_builder.language.compile.connector.solution import compile_solution
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.operations.operations import compile_operations
from connector_builder.language.compile.operations.paths import compile_paths
from connector_builder.language.compile.operations.responses import components_responses
from connector_builder.language.compile.operations.shared_parameters import check_shared, components_parameters
from connector_builder.language.compile.operations.triggers import finish_triggers
from connector_builder.language.compile.samples.examples import Budget, NoExample, NoTarget, example
from connector_builder.language.compile.samples.samples import check_samples, place_in_samples
from connector_builder.language.compile.schemas.dynamic import unused_calls, unused_trees
from connector_builder.language.compile.schemas.schema import compile_schemas
from connector_builder.language.compile.schemas.schema_keys import unused_enums
from connector_builder.language.derived import media_types
from connector_builder.language.rules import SAMPLE_NOT_MADE, TEMPLATE_UNUSED
from connector_builder.language.variables import whole_variable
from connector_builder.package import DEFINITION, PROPERTIES, SETTINGS, Package, Sample
from connector_builder.package.origins import Written
from connector_builder.package.read import MAX_ICON
from connector_builder.platform.swagger.media_types import all_binary
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import References
from connector_builder.source.node import Node

TOP = ("host", "basePath", "schemes", "consumes", "produces", "security", "tags", "externalDocs")
"""The sections of Swagger that a spec contains unchanged; each replaces the derived one."""
EMPTY_IS_NONE = (
    "definitions", "parameters", "responses", "securityDefinitions", "security", "tags", "consumes", "produces",
)  # fmt: skip
"""The sections that mean the same whether they are empty or missing."""


def build_package(ctx: Context, path: Path) -> Package:
    """Returns the package of a checked spec. Adds findings to the context."""
    entries = connector_entries(ctx)
    auth = compile_auth(ctx)
    definition = _definition(ctx, entries, auth)
    auth.policies += [*compile_policies(ctx, definition, _connection_names(ctx, auth)), *auth.polling]
    api_properties: dict[str, Any] = {"properties": properties(ctx, entries, auth)}
    if "connector" in ctx.root.entries:  # where what is derived, or missing, is to be written
        ctx.origins.note(api_properties, "properties", ctx.root.entries["connector"].key_place)
    overlay_properties(ctx, api_properties["properties"])
    leave_out_secrets(ctx, api_properties)
    settings = _settings(ctx)
    whole = ctx.root.place

    def locate(document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        root = {DEFINITION: definition, PROPERTIES: api_properties, SETTINGS: settings}.get(document, {})
        return ctx.origins.locate(root, pointers, Place.whole(whole.text))

    def written(document: str, pointer: Pointer) -> Written | None:
        return ctx.origins.written(
            {DEFINITION: definition, PROPERTIES: api_properties, SETTINGS: settings}.get(document), pointer
        )

    name = path.stem if path.is_file() else path.resolve().name
    package = Package(name, path, definition, api_properties, locate, written=written)
    package.samples = _samples(ctx, definition)
    package.settings = settings
    package.complete = True
    package.client_variable = _client_variable(ctx.root.entries.get("auth"))
    issues = entries.get("knownIssues")
    package.known_issues = (
        tuple(str(one.value) for one in issues.items) if issues is not None and issues.is_list else ()
    )
    _icon(ctx, entries, package)
    compile_solution(ctx, entries, package)
    compile_script(ctx, package, dict.fromkeys(str(one.value.get("operationId")) for one in operations(definition)))
    return package


def _client_variable(auth: Node | None) -> str:
    """The variable that is the whole `clientId` of `auth` or of the first of its sets that has one; empty where there is none."""
    if auth is None:
        return ""
    sets = auth.entries["sets"].items if "sets" in auth.entries else ()
    clients = [one.entries["clientId"] for one in (auth, *sets) if "clientId" in one.entries]
    return whole_variable(clients[0].raw() or "") if clients else ""


def _settings(ctx: Context) -> dict[str, Any]:
    """Returns the spec's part of settings.json."""
    out: dict[str, Any] = {}
    node = ctx.root.entries.get("settings")
    for key, part in node.entries.items() if node is not None else ():
        ctx.put(out, key, part.value, part)
    return out


def _connection_names(ctx: Context, auth: Auth) -> set[str]:
    """Returns the names of all connection parameters, those of the author's own `properties` included."""
    names = set(auth.parameters)
    for one in (auth.sets or {}).get("values", ()):
        names |= one["parameters"].keys()
    given = ctx.root.entries.get("properties")
    todo = [given.value] if given is not None else []
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            for key in ("connectionParameters", "parameters"):
                names |= part[key].keys() if isinstance(part.get(key), dict) else set()
            todo += part.values()
        elif isinstance(part, list):
            todo += part
    return names


def _definition(ctx: Context, entries: Entries, auth: Auth) -> dict[str, Any]:
    definition: dict[str, Any] = {"swagger": "2.0"}
    connector = ctx.root.entries.get("connector")
    ctx.put(definition, "info", info(ctx, entries), connector or ctx.root, at_key=True)
    hosted = host(ctx, entries)
    for key, item in hosted.items():
        ctx.put(definition, key, item, entries["server"])
    definition["consumes"] = media_types(ctx.defaults, "consumes")
    definition["produces"] = media_types(ctx.defaults, "produces")
    check_shared(ctx)
    operations = compile_operations(ctx, server(entries))
    definitions = compile_schemas(ctx)
    _section(ctx, definition, "paths", compile_paths(ctx, operations), "actions")
    _section(ctx, definition, "definitions", definitions, "schemas")
    _section(ctx, definition, "parameters", components_parameters(ctx), "parameters")
    _section(ctx, definition, "responses", components_responses(ctx), "components")
    _section(ctx, definition, "securityDefinitions", auth.definitions, "auth")
    _section(ctx, definition, "security", auth.security, "auth")
    definition.update(metadata(ctx, entries))
    node = ctx.root.entries.get("securityDefinitions")
    if node is not None and node.value is None:
        definition["securityDefinitions"] = {}
    overlay(ctx, definition["securityDefinitions"], node)
    replace(ctx, definition, TOP)
    _capabilities(ctx, definition)
    for key, part in ctx.root.entries.items():
        if key.startswith("x-"):
            plain(ctx, definition, key, part)
    for key in EMPTY_IS_NONE:
        if not definition.get(key, True):
            del definition[key]
    auth.polling = finish_triggers(ctx, operations, definition)
    check_samples(ctx, definitions)
    place_in_samples(ctx)
    _unused(ctx)
    return definition


def _capabilities(ctx: Context, definition: dict[str, Any]) -> None:
    node = ctx.root.entries.get("capabilities")
    if node is None or node.value is None:
        return
    out: dict[str, Any] = {}
    for key, part in node.entries.items():
        if part.value is None and not key.startswith("x-"):
            continue
        test = key == "testConnection" and isinstance(part.value, str)
        ctx.put(out, key, {"operationId": part.value} if test else part.value, part)
    ctx.put(definition, "x-ms-capabilities", out, node, at_key=True)


def _section(ctx: Context, definition: dict[str, Any], key: str, item: Any, table: str) -> None:
    node = ctx.root.entries.get(table) or ctx.root.entries.get(key)
    definition[key] = item
    if node is not None:
        ctx.origins.note(definition, key, node.key_place)


def _unused(ctx: Context) -> None:
    """Reports unused entries of `parameters`, `fields` and their kin, unless a part that may use them was left out."""
    if any(ctx.broken.values()) or any(finding.rule.fixed for finding in ctx.findings):
        return
    for name, node in ctx.table("parameters").items():
        if name not in ctx.used_templates:
            _unused_parameter(ctx, name, node)
    for name, node in ctx.table("fields").items():
        if name not in ctx.used_fields:
            path = any(sign in name for sign in (".", "[]", "!"))
            help_ = "write the name of a field alone, not a path" if path else "fix the name, or remove it"
            ctx.report(TEMPLATE_UNUSED, node, f"no schema has a field '{name}'", help=help_, key=True)
    unused_enums(ctx)
    unused_calls(ctx)
    unused_trees(ctx)


def _unused_parameter(ctx: Context, name: str, node: Node) -> None:
    """One that nothing uses; where a request has nearly its name, one of the two is mistyped."""
    message, help_ = f"no operation has a parameter '{name}'", "use it in a request line, or remove it"
    near = ctx.suggestions.nearest(name, ctx.untemplated)
    related: tuple[Related[Place], ...] = ()
    if near is not None:
        help_ = f"did you mean '{near}', or '{name}' in the request?"
        related = (Related(ctx.untemplated[near].place, f"'{near}' is here"),)
    ctx.findings.append(TEMPLATE_UNUSED.at(node.key_place, message, help=help_, related=related))


def _samples(ctx: Context, definition: dict[str, Any]) -> list[Sample]:
    """Returns a sample for every success response with a schema: the author's, or one made from the schema."""
    samples = []
    budget, references = Budget(), References(definition)
    inner = {key: sample for key, (sample, _) in ctx.authored.items()}
    for operation in operations(definition):
        status, schema = _success(operation.value, references)
        name = operation.value.get("operationId")
        if schema is None or not isinstance(name, str):
            continue
        authored = _authored(ctx, schema, references)
        if authored is not None:
            sample, node = authored
            ctx.budget.whole(sample, node)
            samples.append(Sample(name, status, sample))
            continue
        if _is_file(operation.value, schema, definition):
            continue
        try:
            samples.append(Sample(name, status, _made(schema, references, budget, inner)))
        except NoTarget:
            continue
        except NoExample as reason:
            pointer: Pointer = (*operation.pointer, "responses", status)
            place = ctx.origins.locate(definition, [pointer], ctx.root.place)[pointer]
            help_ = "give a sample: response: {sample: …}"
            ctx.findings.append(SAMPLE_NOT_MADE.at(place, f"no sample of '{name}' is written: {reason}", help=help_))
    return samples


def _made(schema: Any, references: References, budget: Budget, authored: dict[int, Any]) -> Any:
    """Makes a sample with the author's samples of the schemas inside it; without them if they don't fit together. Raises NoExample."""
    try:
        return example(schema, references, budget, authored)
    except NoExample:
        if not authored:
            raise
        return example(schema, references, budget)


def _is_file(operation: dict[str, Any], schema: Any, definition: dict[str, Any]) -> bool:
    """Checks whether a response is a file, which has no JSON: by its schema, or by what the operation produces."""
    if isinstance(schema, dict) and (schema.get("type") == "file" or schema.get("format") == "binary"):
        return True
    return all_binary(operation.get("produces", definition.get("produces")))


def _success(operation: dict[str, Any], references: References) -> tuple[str, Any]:
    responses = operation.get("responses")
    if not isinstance(responses, dict):
        return "", None
    for status in sorted(str(key) for key in responses):
        response = references.resolved(responses.get(status))
        if status.startswith("2") and isinstance(response, dict) and "schema" in response:
            return status, response["schema"]
    return "", None


def _authored(ctx: Context, schema: Any, references: References) -> tuple[Any, Node] | None:
    """Returns the author's sample of a schema, or of a schema that it refers to: each may have its own."""
    for one in references.chain(schema):
        if id(one) in ctx.authored:
            return ctx.authored[id(one)]
    return None


def _icon(ctx: Context, entries: Entries, package: Package) -> None:
    node: Node | None = entries.get("icon")
    package.draws_icon = node is None
    if value(entries, "icon") is None or node is None:
        return
    package.icon_place = node.place
    content = ctx.read_bytes(node, MAX_ICON)
    if isinstance(content, Finding):
        ctx.findings.append(content)
    else:
        package.icon = content
