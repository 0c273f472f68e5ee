"""Connection parameters: what people are asked for when they make a connection.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters and multi-auth, and what published
connectors hold.
"""

from typing import Any

from connector_builder.source.node import Node
from connector_builder.spec.compile.context import Context, Entries, value
from connector_builder.spec.compile.forms import is_description
from connector_builder.spec.compile.labels import label

TYPES = ("string", "securestring", "int", "bool")
_NAMES = {"summary": "displayName", "description": "description", "tooltip": "tooltip"}
_STRINGS = ("required", "hidden")
"""Constraints that the platform wants as the texts "true" and "false"."""
_SIGN_IN = {
    "displayName": "Sign in",
    "description": "Sign in with your account.",
    "tooltip": "Sign in with your account.",
}
_GATEWAY_SIGN_INS = {"none": "anonymous", "basic": "basic", "windows": "windows"}
"""By type of authentication: how a gateway signs in to the service. It knows neither keys nor OAuth
(https://learn.microsoft.com/en-us/connectors/custom-connectors/faq)."""


def ui_definition(shown: dict[str, Any], constraints: Any) -> dict[str, Any]:
    """A uiDefinition from texts by friendly key, and constraints."""
    ui: dict[str, Any] = {_NAMES[key]: text for key, text in shown.items() if text is not None}
    if isinstance(constraints, dict) and constraints:
        ui["constraints"] = {
            key: str(item).lower() if key in _STRINGS and isinstance(item, bool) else item
            for key, item in constraints.items()
        }
    return ui


def given_over(
    node: Node | None, name: str, shown: dict[str, Any], constraints: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The name of a customary parameter and its uiDefinition, with what the author says over what is customary."""
    entries: Entries = node.entries if node is not None else {}
    if node is not None and isinstance(node.value, str):
        name = node.value
    texts = {key: value(entries, key, shown.get(key)) for key in _NAMES}
    given = value(entries, "constraints", {})
    return str(value(entries, "name", name)), ui_definition(
        texts, {**constraints, **(given if isinstance(given, dict) else {})}
    )


def compile_connection(ctx: Context, parameters: dict[str, Any], entries: Entries) -> None:
    """Adds a `connection`, the spec's or that of one way to sign in, to the parameters that authentication made."""
    node = entries.get("connection")
    for name, part in (node.entries if node is not None else {}).items():
        ctx.put(parameters, name, _parameter(ctx, name, part), part, at_key=True)


def compile_gateway(ctx: Context, parameters: dict[str, Any], kind: str) -> None:
    """Adds the spec's `gateway`, with how it signs in for this type of authentication, where nothing else says it."""
    node = ctx.root.entries.get("gateway")
    if node is None or not node.value:
        return
    if kind in _GATEWAY_SIGN_INS and "authType" not in parameters:
        ctx.put(parameters, "authType", gateway_sign_in(kind), node)
    ctx.put(parameters, "gateway", gateway_parameter(), node)


def show_in_set(parameters: dict[str, Any]) -> None:
    """What the platform wants of parameters in a set alone: it shows descriptions of texts from `schema`, and a sign-in is required."""
    for parameter in parameters.values():
        ui = parameter.setdefault("uiDefinition", {})
        if parameter["type"] == "oauthSetting":
            for key, text in _SIGN_IN.items():
                ui.setdefault(key, text)
            ui.setdefault("constraints", {}).setdefault("required", "true")
        elif parameter["type"] in TYPES and "description" in ui:
            ui["schema"] = {"type": parameter["type"], "description": ui["description"]}


def gateway_sign_in(kind: str) -> dict[str, Any]:
    """How a gateway signs in: with one value to choose, by the names that published connectors have."""
    choices = [{"text": kind, "value": _GATEWAY_SIGN_INS[kind]}]
    constraints = {"tabIndex": 1, "required": "true", "allowedValues": choices, "capability": ["gateway"]}
    texts = {"summary": "Authentication type", "description": "How the gateway signs in."}
    return {"type": "string", "allowedValues": [{"value": kind}], "uiDefinition": ui_definition(texts, constraints)}


def gateway_parameter() -> dict[str, Any]:
    """What picks an on-premises data gateway."""
    return {
        "type": "gatewaySetting",
        "gatewaySettings": {"dataSourceType": "CustomConnector", "connectionDetails": []},
        "uiDefinition": {"constraints": {"tabIndex": 4, "required": "true", "capability": ["gateway"]}},
    }


def _parameter(ctx: Context, name: str, node: Node) -> dict[str, Any]:
    entries = node.entries
    if isinstance(node.value, str):
        entries = {"description" if is_description(node.value) else "type": node}
    out: dict[str, Any] = {"type": value(entries, "type", "string")}
    ctx.origins.note_all(out, node.key_place)
    if "default" in entries:
        default = entries["default"]
        ctx.put(out, "defaultValue", _text(default.value), default)
    constraints: dict[str, Any] = {"required": value(entries, "required", True)}
    if value(entries, "hidden") is not None:
        constraints["hidden"] = entries["hidden"].value
    if "allowed" in entries:
        constraints["allowedValues"] = _allowed(entries["allowed"])
    given = value(entries, "constraints", {})
    constraints.update(given if isinstance(given, dict) else {})
    shown = {
        "summary": value(entries, "summary", label(name.rpartition(":")[2])),
        **{key: value(entries, key) for key in ("description", "tooltip")},
    }
    ctx.put(out, "uiDefinition", ui_definition(shown, constraints), node, at_key=True)
    for key, part in entries.items():
        if key.startswith("x-"):
            ctx.put(out, key, part.value, part)
    return out


def _text(item: Any) -> Any:
    """A default as the platform wants it: a text, `true` and `false` in small letters."""
    return str(item).lower() if isinstance(item, bool) else str(item) if isinstance(item, int | float) else item


def _allowed(node: Node) -> list[dict[str, Any]]:
    """The values that people choose from, each with the text that they see."""
    if node.is_mapping:
        return [{"text": part.value, "value": key} for key, part in node.entries.items()]
    return [{"text": str(item.value), "value": item.value} for item in node.items]
