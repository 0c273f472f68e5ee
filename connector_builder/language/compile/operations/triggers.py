"""Compiles triggers: the parts that a webhook or polling adds to an ordinary operation.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger and create-polling-trigger
"""

import re
from typing import Any

from connector_builder.findings.wording import listed
from connector_builder.language.compile.connector.overlay import plain
from connector_builder.language.compile.context import Context, is_given, value
from connector_builder.language.compile.operations.operations import Operation
from connector_builder.language.compile.operations.responses import notification
from connector_builder.language.compile.schemas.field_paths import FieldPathError, meant_path, parse_field_path
from connector_builder.language.derived import HIDDEN, POLLING_TITLE, polling_policy, unsubscribe_id
from connector_builder.language.rules import NAME_NOT_FOUND, TRIGGER_NOT_VALID
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.operations import operations as all_operations
from connector_builder.platform.swagger.references import References, resolve
from connector_builder.platform.swagger.schemas import Part, combined, walk
from connector_builder.source.node import Node

CALLBACK, CONTENT = "x-ms-notification-url", "x-ms-notification-content"
_TAKEN = re.compile(r"triggerBody\(\)((?:\??\.\w+|\[\d+\])+)")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_STEP_OF_WALK = 4
"""A step of a walk over a schema takes as long as so many of the comparisons that the budget counts."""


def finish_triggers(ctx: Context, operations: list[Operation], definition: dict[str, Any]) -> list[Any]:
    """Marks callbacks, adds notifications to paths, and reports triggers that can't fire. Returns the polling policies."""
    policies = []
    hooks = _Hooks(definition)
    for operation in operations:
        entries = operation.node.entries
        if value(entries, "webhook") is not None:
            _webhook(ctx, operation, entries["webhook"], hooks)
        if is_given(entries, "polling"):
            policy = _polling(ctx, operation, entries["polling"], definition)
            policies += [policy] if policy is not None else []
    hooks.sort()
    return policies


class _Hooks:
    """Tables for the webhooks of a spec: the verbs of each operation, the `required` lists that callbacks add to."""

    def __init__(self, definition: dict[str, Any]) -> None:
        self.definition = definition
        self.references = References(definition)
        self.verbs: dict[str, list[str]] = {}
        self._required: dict[int, tuple[list[Any], set[str]]] = {}
        self._longer: dict[int, tuple[dict[str, Any], list[Any]]] = {}
        for one in all_operations(definition):
            self.verbs.setdefault(str(one.value.get("operationId")), []).append(one.verb)

    def require(self, schema: dict[str, Any], name: str) -> None:
        """Adds a field to the `required` list of its object, unless the list contains it."""
        required = schema.setdefault("required", [])
        if not isinstance(required, list):
            return
        if id(required) not in self._required:
            self._required[id(required)] = required, {one for one in required if isinstance(one, str)}
        known = self._required[id(required)][1]
        if name not in known:
            known.add(name)
            required.append(name)
            self._longer[id(required)] = schema, required

    def sort(self) -> None:
        """Sorts the lists with new fields in the order of the properties."""
        for schema, required in self._longer.values():
            position = {one: index for index, one in enumerate(schema["properties"])}
            required.sort(key=lambda one: position.get(one, len(position)) if isinstance(one, str) else len(position))


def _webhook(ctx: Context, operation: Operation, node: Node, hooks: _Hooks) -> None:
    definition = hooks.definition
    body = next((one for one in parameters_of(operation, definition) if one.get("in") == "body"), None)
    callback = node.entries.get("callback")
    broken = (body is None and ctx.is_broken("operation keys", "body")) or ctx.is_broken("webhook keys", "callback")
    if callback is None or callback.value is None:
        if not broken and (body is None or not _is_marked(ctx, node, body.get("schema"), hooks)):
            help_ = "write callback: the field of the body that receives the address, such as callbackUrl"
            message = "no field of the body receives the callback address"
            ctx.report(TRIGGER_NOT_VALID, node, message, help=help_, key=True)
    elif operation.verb in ("get", "head"):
        message = f"a {operation.verb.upper()} has no body to carry '{callback.value}'"
        ctx.report(TRIGGER_NOT_VALID, callback, message, help="write the request that subscribes, such as POST /hooks")
    elif broken:
        pass  # the body has a finding of its own
    elif body is None:
        help_ = "add a body: {fields: {callbackUrl!: string}}"
        ctx.report(TRIGGER_NOT_VALID, callback, f"the request has no body for '{callback.value}'", help=help_)
    else:
        _mark_callback(ctx, callback, body.get("schema"), hooks)
    if value(node.entries, "notification") is not None:
        _notification(ctx, operation, node.entries["notification"], definition)
    if value(node.entries, "unsubscribe") is not None:
        _check_unsubscribe(ctx, operation, node.entries["unsubscribe"], hooks)


def _notification(ctx: Context, operation: Operation, node: Node, definition: dict[str, Any]) -> None:
    """Adds the notification to its path, with the further keys that `paths` has for it."""
    item = definition["paths"].get(operation.path)
    if not isinstance(item, dict):
        return
    further = item.get(CONTENT, {})
    if not isinstance(further, dict) or "schema" in further:
        message = f"'{operation.path}' has a notification already"
        ctx.report(TRIGGER_NOT_VALID, node, message, help="keep one of them", key=True)
        return
    made = notification(ctx, node)
    if "$ref" in made:
        named = node.entries.get("$ref", node)
        message = f"a notification can't refer to the shared response '{named.value}'"
        ctx.report(TRIGGER_NOT_VALID, named, message, help="name a schema, or write it out")
    for key, part in ctx.table("paths")[operation.path].entries[CONTENT].entries.items() if further else ():
        plain(ctx, made, key, part)
    ctx.put(item, CONTENT, made, node, at_key=True)


def _check_unsubscribe(ctx: Context, operation: Operation, node: Node, hooks: _Hooks) -> None:
    """Reports an unsubscribe operation that is missing, or isn't a DELETE: the platform has no other way."""
    given = value(node.entries, "id", " ") if node.is_mapping else node.value
    name = unsubscribe_id(operation.id) if " " in given else given
    verbs = hooks.verbs.get(name, ())
    if verbs and "delete" not in verbs:
        message = f"the platform unsubscribes by DELETE, not by {verbs[0].upper()}"
        ctx.report(TRIGGER_NOT_VALID, node, message, help="write its request line: DELETE /hooks/{id}")
    elif not verbs and name == given and not node.is_mapping and not ctx.is_left_out(name):
        help_ = ctx.suggestions.of(name, hooks.verbs) or "write its request line: DELETE /hooks/{id}"
        ctx.report(NAME_NOT_FOUND, node, f"there is no operation '{name}'", help=help_)


def _mark_callback(ctx: Context, node: Node, schema: Any, hooks: _Hooks) -> None:
    """Marks the field that receives the address, hides it, and makes it required at every level up to the body."""
    try:
        steps = parse_field_path(node.value)
    except FieldPathError as error:
        ctx.report(TRIGGER_NOT_VALID, node, f"the path '{node.value}' can't be read: {error}")
        return
    for step in steps:
        schema = _with_property(ctx, node, schema, step.name, hooks)
        properties = schema.get("properties") if isinstance(schema, dict) else None
        if not isinstance(properties, dict) or not isinstance(properties.get(step.name), dict):
            meant = meant_path(node.value)
            help_ = (
                (f"write '{meant}'" if meant else None)
                or ctx.suggestions.of(step.name, properties or ())
                or _deeper(node.value, properties or {})
                or f"add '{step.name}!: string' to the fields of the body"
            )
            ctx.report(TRIGGER_NOT_VALID, node, f"the body has no field '{step.name}'", help=help_)
            return
        hooks.require(schema, step.name)
        schema = properties[step.name]
    if schema.get("type", "string") != "string":
        message = f"the field '{node.value}' must be a string, because it receives an address"
        ctx.report(TRIGGER_NOT_VALID, node, message, help="make it a string")
        return
    _mark(ctx, schema, CALLBACK, True, node)
    _hide(ctx, schema, node)


def _deeper(name: str, properties: dict[str, Any]) -> str | None:
    """Says where a field of this name is, if it is in one object of the body."""
    inside = [
        outer for outer, one in properties.items() if isinstance(one, dict) and name in mapping(one.get("properties"))
    ]
    return f"write '{inside[0]}.{name}'" if len(inside) == 1 else None


def _is_marked(ctx: Context, node: Node, schema: Any, hooks: _Hooks) -> bool:
    """Checks whether the author has marked a field of the body that receives the address."""
    for one, _ in walk([Part(schema, ())], hooks.references):
        ctx.budget.work(node, _STEP_OF_WALK)
        if isinstance(one, dict) and one.get(CALLBACK) is True:
            return True
    return False


def _with_property(ctx: Context, node: Node, schema: Any, name: str, hooks: _Hooks) -> Any:
    """Returns the part of a schema that has a property: the schema itself, or one of those that it combines."""
    parts = combined(schema, hooks.references)
    for one in parts:
        listed = one.get("allOf") if isinstance(one, dict) else None
        ctx.budget.work(node, 1 + (len(listed) if isinstance(listed, list) else 0))
    having = (one for one in parts if isinstance(one, dict) and isinstance(one.get("properties"), dict))
    return next((one for one in having if name in one["properties"]), parts[0])


def parameters_of(operation: Operation, definition: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns an operation's parameters, shared ones included. Skips values in plain Swagger that aren't parameters."""
    listed = operation.swagger.get("parameters")
    found = [resolve(definition, one) for one in (listed if isinstance(listed, list) else ())]
    return [one for one in found if isinstance(one, dict)]


def _mark(ctx: Context, out: dict[str, Any], key: str, item: Any, node: Node) -> None:
    if key not in out:
        ctx.put(out, key, item, node)


def _hide(ctx: Context, out: dict[str, Any], node: Node) -> None:
    """Hides a part unless the author sets its visibility, and removes its derived label."""
    if "x-ms-visibility" in out or id(out) in ctx.shown:
        return
    ctx.put(out, "x-ms-visibility", HIDDEN, node)
    if id(out) in ctx.labelled:
        out.pop("x-ms-summary", None)
        out.pop("title", None)


def _polling(ctx: Context, operation: Operation, node: Node, definition: dict[str, Any]) -> dict[str, Any] | None:
    """Returns the policy that polls; None if `polling` is only the word."""
    entries = node.entries
    whole = _check_items(ctx, operation, entries.get("items") or node, str(value(entries, "items", "")), definition)
    if not node.is_mapping:
        return None
    state = entries.get("state")
    query: dict[str, dict[str, Any]] = {}
    for one in parameters_of(operation, definition):
        if one.get("in") == "query":
            query.setdefault(str(one.get("name")), one)
    answer = _answer(operation, definition)
    for name, part in (state.entries if state is not None else {}).items():
        parameter = query.get(name)
        if parameter is None:
            help_ = ctx.suggestions.of(name, query) if name else "name a query parameter of the request"
            help_ = help_ or f"add ?{name} to the request line"
            ctx.report(TRIGGER_NOT_VALID, part, f"the request has no query parameter '{name}'", help=help_, key=True)
        else:
            _hide(ctx, parameter, part)
        if whole:  # else expressions name what isn't there either
            _check_state(ctx, answer, part, definition)
    policy = polling_policy(
        operation.swagger.get("operationId", operation.id),
        value(entries, "title", POLLING_TITLE),
        dict(state.value) if state is not None and state.value is not None else {},
        str(value(entries, "items", "")),
    )
    ctx.origins.note_all(policy, node.key_place)
    return policy


def _check_state(ctx: Context, answer: Any, node: Node, definition: dict[str, Any]) -> None:
    """Reports fields in an expression that the answer's schema doesn't have, as far as it is described."""
    text = node.value if isinstance(node.value, str) else ""
    if "triggerBody()" in text and "@" not in text:
        bare = text.removeprefix("{").removesuffix("}") if text.startswith("{") else text
        help_ = f'write {node.key}: "@{{{bare}}}"'
        ctx.report(TRIGGER_NOT_VALID, node, f"'{text}' isn't an expression without '@'", help=help_)
    for steps in _TAKEN.findall(text):
        schema = answer
        for name, index in _STEP.findall(steps):
            schema = resolve(definition, schema)
            if not isinstance(schema, dict):
                break
            properties = schema.get("properties")
            if index:
                schema = schema.get("items")
            elif not isinstance(properties, dict) or not properties:
                break
            elif name not in properties:
                help_ = ctx.suggestions.of(name, properties) or "name a field of the response"
                ctx.report(TRIGGER_NOT_VALID, node, f"the response has no field '{name}' there", help=help_)
                break
            else:
                schema = properties[name]


def _answer(operation: Operation, definition: dict[str, Any]) -> Any:
    """Returns the schema of a success; None if it isn't described."""
    responses = operation.swagger.get("responses", {})
    success = next((resolve(definition, one) for key, one in responses.items() if key.startswith("2")), None)
    return success.get("schema") if isinstance(success, dict) else None


def _check_items(ctx: Context, operation: Operation, node: Node, path: str, definition: dict[str, Any]) -> bool:
    """Checks whether the answer has an array at the path of the items, and reports if not. An undescribed answer passes."""
    schema = _answer(operation, definition)
    for step in [step for step in path.replace(".", "/").split("/") if step]:
        schema = resolve(definition, schema)
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            return True
        if step not in schema["properties"]:
            help_ = ctx.suggestions.of(step, schema["properties"]) or _arrays(schema["properties"], definition)
            ctx.report(TRIGGER_NOT_VALID, node, f"the response has no field '{step}'", help=help_)
            return False
        schema = schema["properties"][step]
    schema = resolve(definition, schema)
    if isinstance(schema, dict) and schema.get("type", "array") != "array":
        if not path and ctx.is_broken("polling keys", "items"):
            return False
        help_ = "items: the path of the array in the response"
        where = f"'{path}'" if path else "the response"
        ctx.report(
            TRIGGER_NOT_VALID,
            node,
            f"a polling trigger requires an array, but {where} isn't one",
            help=help_,
        )
        return False
    return True


def _arrays(properties: dict[str, Any], definition: dict[str, Any]) -> str:
    """Returns the help for an `items` that names nothing: the arrays that the answer has, or that it requires one."""
    parts = {name: resolve(definition, part) for name, part in properties.items()}
    names = [name for name, part in parts.items() if isinstance(part, dict) and part.get("type") == "array"]
    if names:
        return f"its arrays are {listed(names, 'and')}"
    return 'a polling trigger requires a response with an array, such as response: {fields: {"value[].id": string}}'
