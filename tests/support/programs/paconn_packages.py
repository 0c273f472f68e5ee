"""Package folders written by hand, one for each trap of paconn."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

ENVIRONMENT = "Default-00000000-0000-0000-0000-00000000000a"

DEFINITION: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Orders", "description": "Lists the orders of a café — one page at a time.", "version": "1.0.0"},
    "host": "api.contoso.example",
    "basePath": "/v1",
    "schemes": ["https"],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "ListOrders",
                "summary": "List orders",
                "description": "Lists the orders.",
                "responses": {"200": {"description": "OK"}},
            }
        }
    },
}

OAUTH: dict[str, Any] = {
    "type": "oauthSetting",
    "oAuthSettings": {
        "identityProvider": "aad",
        "clientId": "00000000-0000-0000-0000-000000000000",
        "scopes": [],
        "redirectMode": "Global",
        "redirectUrl": "https://global.consent.azure-apim.net/redirect",
        "properties": {"IsFirstParty": "False"},
        "customParameters": {"resourceUri": {"value": "https://contoso.example/"}},
    },
}

API_KEY: dict[str, Any] = {"type": "securestring", "uiDefinition": {"displayName": "API key"}}


def png(side: int = 100) -> bytes:
    """Returns a square PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x0b\x55\x6a" * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write_package(
    folder: Path,
    *,
    definition: Any = DEFINITION,
    parameters: Any = None,
    properties: dict[str, Any] | None = None,
    **settings: Any,
) -> Path:
    """Writes a package with an icon, whose connection has `parameters`, by default none.

    `settings` override the usual ones.
    """
    folder.mkdir(exist_ok=True)
    if properties is None:
        properties = {"connectionParameters": parameters or {}, "iconBrandColor": "#0b556a", "capabilities": []}
    usual = {
        "connectorId": "",
        "environment": ENVIRONMENT,
        "apiProperties": "apiProperties.json",
        "apiDefinition": "apiDefinition.swagger.json",
        "icon": "icon.png",
    }
    write_json(folder / "apiDefinition.swagger.json", definition)
    write_json(folder / "apiProperties.json", {"properties": properties})
    write_json(folder / "settings.json", usual | settings)
    (folder / "icon.png").write_bytes(png())
    return folder


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="ascii", newline="\n")


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="ascii"))
