"""Connectors for the tests of the preview, and the data that the page gets of them."""

import json
from pathlib import Path
from typing import Any

from connector_builder.app.preview.site import Looks, Site
from connector_builder.app.preview.sources import Options
from connector_builder.app.shared.targets import find_targets
from connector_builder.app.shared.variables import read_variables
from connector_builder.checks.engine import Checks
from connector_builder.serving import Request

KINDS = json.loads((Path(__file__).parents[2] / "preview/kinds.json").read_text(encoding="utf-8"))
"""A definition with a field of every kind."""
PROPERTIES = {
    "properties": {
        "iconBrandColor": "#7a3b9d",
        "capabilities": [],
        "publisher": "Contoso",
        "connectionParameters": {
            "api_key": {
                "type": "securestring",
                "uiDefinition": {
                    "displayName": "API key",
                    "description": "The key of your account",
                    "tooltip": "Find it under Settings.",
                    "constraints": {"required": "true"},
                },
            },
            "region": {
                "type": "string",
                "uiDefinition": {
                    "displayName": "Region",
                    "constraints": {
                        "allowedValues": [{"text": "Europe", "value": "eu"}, {"text": "America", "value": "us"}]
                    },
                },
            },
        },
    }
}
SPEC = """\
connector:
  title: Contoso Orders
  description: Reads and writes the orders of a shop.
  server: https://api.contoso.example
auth:
  type: oauth2
  clientId: a-client
  authorizationUrl: https://login.contoso.example/authorize
  tokenUrl: https://login.contoso.example/token
  scopes: [read]
  redirect: global
actions:
  ListOrders:
    request: GET /orders?state&size
    summary: List all orders
    description: Lists the orders of the shop.
    parameters:
      state: {enum: {open: Still open, done: Done}, description: Which orders to list.}
    response: {sample: {value: [{id: "17", placed: "2026-01-31T12:00:00Z"}]}}
  GetOrder:
    request: GET /orders/{orderId}
    summary: Get one order
    description: Returns one order.
    parameters: {orderId: The number of the order.}
    response: {fields: {id: The number of the order.}}
"""
MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script></script>&amp;"


def package(folder: Path, definition: Any = KINDS, properties: Any = PROPERTIES) -> Path:
    """Writes a package, and returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "apiDefinition.swagger.json").write_text(json.dumps(definition, indent=1), encoding="utf-8")
    (folder / "apiProperties.json").write_text(json.dumps(properties, indent=1), encoding="utf-8")
    return folder


def spec(folder: Path, text: str = SPEC) -> Path:
    """Writes a spec, and returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "orders.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def site(*paths: Path, link: str = "") -> Site:
    """Returns the site of what the paths stand for."""
    options = Options(lambda: read_variables((), None, {}), None, Checks())
    return Site(find_targets(paths), options, Looks(link))


def asked(of: Site, path: str, **query: str) -> Any:
    """Returns the JSON that a site answers with."""
    answer = of.answer(Request(path, query))
    assert answer.status == 200
    assert isinstance(answer.content, bytes)
    return json.loads(answer.content)


def hostile(value: Any) -> Any:
    """Returns a definition in which every text that people see is markup."""
    if isinstance(value, dict):
        return {
            key: (f"{one} {MARKUP}" if key in _TEXTS and isinstance(one, str) else hostile(one))
            for key, one in value.items()
        }
    return [hostile(one) for one in value] if isinstance(value, list) else value


_TEXTS = {"title", "summary", "description", "x-ms-summary", "displayName", "tooltip", "text", "version"}
_TEXTS |= {"x-ms-trigger-hint", "publisher"}
