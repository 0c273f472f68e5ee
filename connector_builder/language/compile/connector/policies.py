"""Compiles policies: from short keys to apiProperties' `policyTemplateInstances`, in the author's order."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.connector.expressions import check_expression
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.rules import KEY_MISSING, NAME_NOT_FOUND, POLICY_NOT_VALID
from connector_builder.language.tables.policies import BY_KEY, Template
from connector_builder.platform.policies.templates import NEXT_LINK, OPERATIONS, PARAMETER, SECTION
from connector_builder.platform.swagger.operations import operations
from connector_builder.secrets import Use, is_secret
from connector_builder.source.node import Node


@dataclass(slots=True)
class Known:
    """The names that policies may use: ids of operations, ids by next link of their pages, connection parameters."""

    connection: Collection[str]
    operations: dict[str, None] = field(default_factory=dict)
    pageable: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, definition: dict[str, Any], connection: Collection[str]) -> "Known":
        """Reads the operations of a definition, once for all policies."""
        known = cls(connection)
        for one in (each.value for each in operations(definition)):
            known.operations[str(one.get("operationId"))] = None
            name = _next_link(one)
            if isinstance(name, str) and "operationId" in one:
                known.pageable.setdefault(name, []).append(one["operationId"])
        return known


PLAIN_KEYS = {"template": "templateId", "title": "title", "type": "type", "parameters": "parameters"}
"""The keys of a policy in the platform's own words, and the platform's names for them."""


def compile_policies(ctx: Context, definition: dict[str, Any], connection: Collection[str]) -> list[Any]:
    """Returns the instances of a spec's `policies`. A broken policy is a finding and left out.

    `definition` contains the operations, `connection` the connection parameters that expressions may name.
    """
    node = ctx.root.entries.get("policies")
    made = []
    known = Known.of(definition, connection)
    for item in node.items if node is not None else ():
        instance = _policy(ctx, item, known)
        if instance is not None:
            made.append(instance)
    return made


def _policy(ctx: Context, node: Node, known: Known) -> dict[str, Any] | None:
    if isinstance(node.value, str):
        template = BY_KEY.get(node.value)
        if template is None or any(setting.required for setting in template.settings):
            help_ = ctx.suggestions.of(node.value, BY_KEY) if template is None else f"write - {node.value}: {{…}}"
            ctx.report(POLICY_NOT_VALID, node, f"'{node.value}' isn't a policy that needs no settings", help=help_)
            return None
        return _short(ctx, template, {}, node, known)
    if not node.entries:
        return None  # its contents were broken, and left out
    short = [key for key in node.entries if key in BY_KEY]
    plain = value(node.entries, "template") is not None
    if len(short) + plain != 1 or (short and len(node.entries) > 1):
        help_ = "begin each policy with '- ', such as '- setHeader: {name: x-client, value: flow}'"
        ctx.report(POLICY_NOT_VALID, node, "a policy is one short key, or 'template' with its parameters", help=help_)
        return None
    if plain:
        return _plain(ctx, node, known)
    inner = node.entries[short[0]]
    if inner.value is None:
        if ctx.broken.get("policy keys"):
            return None  # the settings are beside it, which is reported
        ctx.report(KEY_MISSING, inner, f"'{short[0]}' has no settings", help=f"write {short[0]}: {{…}}", key=True)
        return None
    return _short(ctx, BY_KEY[short[0]], inner.entries, inner, known)


def _plain(ctx: Context, node: Node, known: Known) -> dict[str, Any]:
    out: dict[str, Any] = {}
    parameters = node.entries.get("parameters")
    named = parameters.entries.get(OPERATIONS) if parameters is not None else None
    if named is not None and named.is_list:
        _check_operations(ctx, named, known)
    for part in parameters.entries.values() if parameters is not None else ():
        check_expression(ctx, part, known.connection)
    for key, name in PLAIN_KEYS.items():
        if value(node.entries, key) is not None:
            ctx.put(out, name, node.entries[key].value, node.entries[key], at_key=key == "parameters")
    ctx.origins.note_all(out, node.place)
    return out


def _short(ctx: Context, template: Template, entries: Entries, node: Node, known: Known) -> dict[str, Any] | None:
    named = {"templateId": value(entries, "template", template.id)}
    out: dict[str, Any] = {**named, "title": value(entries, "title", template.title)}
    parameters: dict[str, Any] = {}
    ctx.origins.note_all(out, node.key_place)
    ctx.origins.note_all(parameters, node.key_place)
    for setting in template.settings:
        given = entries.get(setting.key)
        if given is not None and given.value is not None:
            check_expression(ctx, given, known.connection)
            ctx.put(parameters, PARAMETER + setting.name, given.value, given)
        elif given is None and setting.default is not None:
            parameters[PARAMETER + setting.name] = setting.default
    _check_secret(ctx, template, entries)
    if template.section is not None:
        section = entries.get("on")
        if section is None:
            parameters[SECTION] = template.section
        elif section.value is not None:
            ctx.put(parameters, SECTION, section.value.capitalize(), section)
    operations = _operations(ctx, template, entries, node, known)
    if operations is not None:
        ctx.put(parameters, OPERATIONS, operations, entries.get("operations", node), at_key=True)
    out["parameters"] = parameters
    ctx.origins.note(out, "parameters", node.key_place)
    return out


def _check_secret(ctx: Context, template: Template, entries: Entries) -> None:
    """Reports a secret in a header or query parameter that is the same for everybody."""
    use = {"setHeader": Use.HEADER, "setQueryParameter": Use.QUERY}.get(template.key)
    name, given = value(entries, "name"), value(entries, "value")
    if use is not None and isinstance(name, str) and isinstance(given, str) and is_secret(name, given, use):
        help_ = "remove it: people enter it when they create a connection, and @connectionParameters('…') names it"
        ctx.report_secret(entries["value"], f"the policy's '{name}' contains a secret", help_)


def _operations(ctx: Context, template: Template, entries: Entries, policy: Node, known: Known) -> list[str] | None:
    """Returns the operations that a policy applies to; None for all."""
    node = entries.get("operations")
    if node is None and template.id == NEXT_LINK:
        name = value(entries, "property", "nextLink")
        pageable = list(known.pageable.get(name, ()))
        ctx.budget.whole(pageable, policy)
        if not pageable and not ctx.is_broken("operation keys", "pageable"):
            help_ = f"add 'pageable: {name}' to the operations that return pages"
            ctx.report(POLICY_NOT_VALID, policy, f"no operation is 'pageable: {name}'", help=help_)
        return pageable
    if node is None or node.value is None:
        return None
    _check_operations(ctx, node, known)
    items = node.items if node.is_list else [node]
    named = [item.value for item in items]
    for index, item in enumerate(items):
        ctx.origins.note(named, index, item.place)
    return named


def _check_operations(ctx: Context, node: Node, known: Known) -> None:
    """Reports operations in a policy that don't exist."""
    for item in node.items if node.is_list else [node]:
        if not isinstance(item.value, str):
            ctx.report(POLICY_NOT_VALID, item, f"write the ID of an operation, not '{str(item.value)[:40]}'")
        elif item.value not in known.operations and not ctx.is_left_out(item.value):
            help_ = ctx.suggestions.of(item.value, known.operations) or "name an operation of this connector"
            ctx.report(NAME_NOT_FOUND, item, f"there is no operation '{item.value}'", help=help_)


def _next_link(operation: dict[str, Any]) -> Any:
    pageable = operation.get("x-ms-pageable")
    return pageable.get("nextLinkName") if isinstance(pageable, dict) else None
