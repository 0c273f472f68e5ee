"""Turns a connector of an environment into the files of a package, as paconn downloads them."""

import json
from contextlib import suppress
from typing import Any, NamedTuple

from connector_builder.live.clouds import is_safe
from connector_builder.live.dataverse import Dataverse
from connector_builder.live.errors import LiveError, ServiceRefused
from connector_builder.live.power_apps import PowerApps, title_of
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, json_bytes
from connector_builder.platform.data.plain import mapping, text

_KEYS = (
    "connectionParameters", "connectionParameterSets", "iconBrandColor", "capabilities", "policyTemplateInstances", "scriptOperations",
)  # fmt: skip
"""The keys of apiProperties.json that the service gives back."""
_COLUMNS = {
    "connectionparameters": "connectionParameters",
    "connectionparametersets": "connectionParameterSets",
    "policytemplateinstances": "policyTemplateInstances",
    "scriptoperations": "scriptOperations",
}
_PNG = b"\x89PNG\r\n"


class Download(NamedTuple):
    """A connector: its id, the name that people see, and its files by name."""

    id: str
    title: str
    files: dict[str, bytes]


def from_power_apps(service: PowerApps, identifier: str) -> Download:
    """Returns a connector of Power Apps. Raises LiveError."""
    connector = service.connector(identifier)
    if connector is None:
        raise ServiceRefused(
            f"there is no connector '{identifier}' any more", "connector-builder pull again", status=404
        )
    properties = mapping(connector.get("properties"))
    address = text(mapping(properties.get("apiDefinitions")).get("originalSwaggerUrl"))
    if not address:
        raise ServiceRefused(f"Power Apps gives no definition of '{title_of(connector) or identifier}'")
    own = {key: properties[key] for key in _KEYS if properties.get(key)}
    own.setdefault("connectionParameters", {})
    own.setdefault("iconBrandColor", mapping(properties.get("metadata")).get("brandColor") or "#007ee5")
    own.setdefault("capabilities", [])
    files = {
        DEFINITION: _json(service.download(address), title_of(connector)),
        PROPERTIES: json_bytes({"properties": own}),
    }
    for name, key in ((ICON, "iconUri"), (SCRIPT, "scriptDefinitionUrl")):
        url = text(properties.get(key))
        if url and is_safe(url):
            with suppress(LiveError):  # a connector without an icon of its own has a public one
                content = service.download(url)
                if content and (name != ICON or content.startswith(_PNG)):
                    files[name] = content
    return Download(identifier, title_of(connector), files)


def from_dataverse(service: Dataverse, identifier: str) -> Download:
    """Returns a connector of Dataverse. Raises LiveError."""
    row = service.connector(identifier)
    if row is None:
        raise ServiceRefused(
            f"there is no connector '{identifier}' any more", "connector-builder pull again", status=404
        )
    title = text(row.get("displayname"))
    own: dict[str, Any] = {
        "connectionParameters": {},
        "iconBrandColor": row.get("iconbrandcolor") or "#007ee5",
        "capabilities": [],
    }
    for column, key in _COLUMNS.items():
        value = _data(row.get(column), title)
        if value:
            own[key] = value
    definition = row.get("openapidefinition")
    if not isinstance(definition, str):
        raise ServiceRefused(f"Dataverse gives no definition of '{title}'")
    files = {DEFINITION: _json(definition.encode(), title), PROPERTIES: json_bytes({"properties": own})}
    code = row.get("customcodeblobcontent")
    if isinstance(code, str) and code.strip():
        files[SCRIPT] = code.encode()
    icon = service.icon(identifier)
    if icon.startswith(_PNG):
        files[ICON] = icon
    return Download(identifier, title, files)


def _json(content: bytes, title: str) -> bytes:
    """Returns a definition in the layout of a package. Raises ServiceRefused if it isn't JSON."""
    try:
        return json_bytes(json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise ServiceRefused(f"the definition of '{title}' isn't JSON") from error


def _data(value: Any, title: str) -> Any:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ServiceRefused(f"a column of '{title}' isn't JSON") from error
