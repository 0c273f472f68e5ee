"""The dialog in which people create a connection.

Source: the dialog of https://github.com/Azure/LogicAppsUX. It compares constraints with texts, so that JSON's `true` has no effect.
"""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.api_properties import GATEWAY_SETTING, OAUTH, SECRET
from connector_builder.platform.auth.kinds import OF_TOKEN
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.platform.view.card import Option
from connector_builder.platform.view.model import Connection, ConnectionField, SignIn

_TITLE = "Create a new connection"
_SELECTOR = "Authentication type"
_TENANT = f"{OF_TOKEN}TenantId"


def connection_of(properties: Any, title: str) -> Connection:
    """Returns the connection dialog of a connector from its apiProperties.json, which may be any JSON."""
    inner = mapping(mapping(properties).get("properties"))
    sets = [one for one in items(mapping(inner.get("connectionParameterSets")).get("values")) if isinstance(one, dict)]
    alone = mapping(inner.get("connectionParameters"))
    if sets:
        ways = tuple(
            _way(text(one.get("name")), _set_name(one), mapping(one.get("parameters")), title, _described(one))
            for one in sets
        )
    else:
        ways = (_way("", "", alone, title),)
    only_oauth = len(ways) == 1 and ways[0].oauth and not ways[0].fields
    selector = mapping(mapping(inner.get("connectionParameterSets")).get("uiDefinition"))
    asks_name = not only_oauth and any(one.fields for one in ways)
    chooses = first_text(selector.get("displayName"), _SELECTOR) if len(ways) > 1 else ""
    return Connection(_TITLE, asks_name, chooses, ways)


def _set_name(one: dict[str, Any]) -> str:
    return first_text(mapping(one.get("uiDefinition")).get("displayName"), one.get("name"))


def _described(one: dict[str, Any]) -> str:
    return text(mapping(one.get("uiDefinition")).get("description"))


def _way(name: str, display_name: str, parameters: dict[str, Any], title: str, description: str = "") -> SignIn:
    oauth = any(mapping(one).get("type") == OAUTH for one in parameters.values())
    said = f"Sign in to create a connection to {title}." if oauth else f"Create a connection for {title}."
    button = "Sign in" if oauth else "Create new"
    return SignIn(
        name, display_name, tuple(_fields(parameters)), oauth, _TENANT in parameters, said, button, description
    )


def _fields(parameters: dict[str, Any]) -> Iterator[ConnectionField]:
    for key, value in parameters.items():
        parameter = mapping(value)
        shown, kind = mapping(parameter.get("uiDefinition")), text(parameter.get("type"))
        constraints = mapping(shown.get("constraints"))
        hidden = any(_is_true(constraints.get(name)) for name in ("hidden", "hideInUI"))
        if kind == OAUTH or hidden or key == _TENANT:
            continue
        options = tuple(_options(constraints, parameter))
        yield ConnectionField(
            key,
            first_text(shown.get("displayName"), key),
            text(shown.get("tooltip")),
            text(shown.get("description")),
            _is_true(constraints.get("required")),
            _editor(kind, constraints, choices=bool(options)),
            options,
            kind,
        )


def _editor(kind: str, constraints: dict[str, Any], *, choices: bool) -> str:
    if kind == GATEWAY_SETTING:
        return "gateway"
    if choices:
        return "dropdown"
    if kind == SECRET and not _is_true(constraints.get("clearText")):
        return "password"
    return "checkbox" if kind == "bool" else "text"


def _options(constraints: dict[str, Any], parameter: dict[str, Any]) -> Iterator[Option]:
    for one in items(constraints.get("allowedValues")) or items(parameter.get("allowedValues")):
        if isinstance(one, dict):
            yield Option(first_text(one.get("text"), one.get("value")), one.get("value"))


def _is_true(value: Any) -> bool:
    return isinstance(value, str) and value.lower() == "true"
