"""Compiles connection parameters: the values that people enter when they create a connection.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters and multi-auth, and the
contents of published connectors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.derived import connection_texts, is_description, label
from connector_builder.language.rules import AUTH_NOT_VALID
from connector_builder.language.tables.auth import TEXTS
from connector_builder.platform.api_properties import GATEWAY_SETTING, OAUTH, SECRET, TYPED_IN
from connector_builder.platform.auth.kinds import AUTH_TYPE, GATEWAY, GATEWAY_SIGN_INS
from connector_builder.source.node import Node

PLAIN_KEYS = ("allowedValues", "metadata")
"""The keys that a parameter may have in the platform's own words."""
_SIGN_IN = {
    "displayName": "Sign in",
    "description": "Sign in with your account.",
    "tooltip": "Sign in with your account.",
}


@dataclass(frozen=True, slots=True)
class Customary:
    """The defaults of a connection parameter; its texts are by friendly key."""

    name: str
    type: str = "string"
    texts: Mapping[str, str | None] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)


def ui_definition(shown: dict[str, Any], constraints: dict[str, Any]) -> dict[str, Any]:
    """Returns a uiDefinition from texts by friendly key, and constraints."""
    ui: dict[str, Any] = {TEXTS[key]: text for key, text in shown.items() if text is not None}
    return {**ui, "constraints": constraints} if constraints else ui


def said_over(ctx: Context, node: Node | None, customary: Customary) -> tuple[str, dict[str, Any]]:
    """Returns the name of a parameter, and the parameter: the author's keys over the usual ones; null removes one."""
    entries: Entries = node.entries if node is not None else {}
    if node is not None and isinstance(node.value, str):
        entries = {"name": node}
    out: dict[str, Any] = {"type": value(entries, "type", customary.type)}
    if node is not None:
        ctx.origins.note_all(out, node.key_place)
    if "default" in entries:
        ctx.put(out, "defaultValue", _text(entries["default"].value), entries["default"])
    derived = connection_texts(customary.texts, value(entries, "summary"))
    texts = {key: entries[key].value if key in entries else derived.get(key) for key in TEXTS}
    ui = ui_definition(texts, _constraints(entries, customary.constraints))
    if ui:
        out["uiDefinition"] = ui
        if node is not None:
            ctx.origins.note(out, "uiDefinition", node.key_place)
    for key, part in entries.items():
        if key in PLAIN_KEYS or key.startswith("x-"):
            ctx.put(out, key, part.value, part, at_key=True)
    return str(value(entries, "name", customary.name)), out


def _constraints(entries: Entries, customary: dict[str, Any]) -> dict[str, Any]:
    """Merges constraints by friendly keys, converted for the platform, and in the platform's own words, unchanged."""
    out = dict(customary)
    for key in ("required", "hidden"):
        if key in entries:
            out[key] = None if entries[key].value is None else str(entries[key].value).lower()
    if "allowed" in entries:
        out["allowedValues"] = _allowed(entries["allowed"])
    given = value(entries, "constraints", {})
    out.update(given if isinstance(given, dict) else {})
    return {key: item for key, item in out.items() if item is not None}


def compile_connection(ctx: Context, parameters: dict[str, Any], entries: Entries) -> None:
    """Adds the `connection` of the spec, or of one way to sign in, to the parameters that authentication made."""
    node = entries.get("connection")
    for name, part in (node.entries if node is not None else {}).items():
        if name in parameters:
            help_ = "describe it under 'auth': parameter, or username and password"
            message = f"the connection parameter '{name}' comes from 'auth'"
            ctx.report(AUTH_NOT_VALID, part, message, help=help_, key=True)
            continue
        _check_default(ctx, part)
        ctx.put(parameters, name, _parameter(ctx, name, part), part, at_key=True)


def _check_default(ctx: Context, node: Node) -> None:
    given = node.entries.get("default")
    if given is not None and given.value is not None and value(node.entries, "type") == SECRET:
        ctx.report_secret(
            given, "a secret can't have a default", "remove it: people enter it when they create a connection"
        )


def compile_gateway(ctx: Context, parameters: dict[str, Any], kind: str) -> None:
    """Adds the spec's `gateway`, with its sign-in for this type of authentication unless something else defines it."""
    node = ctx.root.entries.get("gateway")
    if node is None or not node.value:
        return
    if kind in GATEWAY_SIGN_INS and AUTH_TYPE not in parameters:
        ctx.put(parameters, AUTH_TYPE, gateway_sign_in(kind), node)
    ctx.put(parameters, GATEWAY, gateway_parameter(), node)


def show_in_set(parameters: dict[str, Any]) -> None:
    """Adds what the platform requires only of parameters in a set.

    It shows the descriptions of texts from `schema`, and a sign-in must be required.
    """
    for parameter in parameters.values():
        ui = parameter.setdefault("uiDefinition", {})
        if parameter["type"] == OAUTH:
            for key, text in _SIGN_IN.items():
                ui.setdefault(key, text)
            ui.setdefault("constraints", {}).setdefault("required", "true")
        elif parameter["type"] in TYPED_IN and "description" in ui:
            ui["schema"] = {"type": parameter["type"], "description": ui["description"]}


def gateway_sign_in(kind: str) -> dict[str, Any]:
    """Returns how a gateway signs in: the one allowed value, with the names that published connectors use."""
    choices = [{"text": kind, "value": GATEWAY_SIGN_INS[kind]}]
    constraints = {"tabIndex": 1, "required": "true", "allowedValues": choices, "capability": ["gateway"]}
    texts = {"summary": "Authentication type", "description": "How the gateway signs in."}
    return {"type": "string", "allowedValues": [{"value": kind}], "uiDefinition": ui_definition(texts, constraints)}


def gateway_parameter() -> dict[str, Any]:
    """Returns the parameter that selects an on-premises data gateway."""
    return {
        "type": GATEWAY_SETTING,
        "gatewaySettings": {"dataSourceType": "CustomConnector", "connectionDetails": []},
        "uiDefinition": {"constraints": {"tabIndex": 4, "required": "true", "capability": ["gateway"]}},
    }


def _parameter(ctx: Context, name: str, node: Node) -> dict[str, Any]:
    customary = Customary(name, "string", {"summary": label(name.rpartition(":")[2])}, {"required": "true"})
    if not isinstance(node.value, str):
        return said_over(ctx, node, customary)[1]
    said = {"description" if is_description(node.value) else "type": node}
    long = node.with_value({key: part.value for key, part in said.items()})
    long.entries = said
    return said_over(ctx, long, customary)[1]


def _text(item: Any) -> Any:
    """Returns a default in the platform's form: a text, with `true` and `false` in small letters."""
    return str(item).lower() if isinstance(item, bool) else str(item) if isinstance(item, int | float) else item


def _allowed(node: Node) -> list[dict[str, Any]]:
    """Returns the values that people choose from, each with the text that they see."""
    if node.is_mapping:
        return [{"text": part.value, "value": key} for key, part in node.entries.items()]
    return [{"text": str(item.value), "value": item.value} for item in node.items]
