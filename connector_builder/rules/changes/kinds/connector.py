"""Changes of a connector as a whole."""

from connector_builder.rules.changes.change import kind

_REST = "\nactions:\n  ListOrders: {request: GET /orders, description: Lists the orders.}"
_CONNECTOR = (
    "connector: {title: Orders, description: Reads orders., version: 1.0.0, server: https://api.contoso.example/v1}"
)
_SHARED = """
actions:
  GetOrder: {request: "GET /orders/{id}", description: Returns an order., response: Order}
schemas:
  Order: {fields: {id: string}}
"""

HOST_CHANGED = kind(
    "HostChanged",
    "RRRR",
    "The host or the base path is another now.",
    happens="connections that exist go to the new address at once",
    cure="make sure that the same service is there",
    old=_CONNECTOR + _REST,
    new=_CONNECTOR.replace("/v1", "/v2") + _REST,
    found="new.yaml:1:80: the address is 'api.contoso.example/v2' instead of 'api.contoso.example/v1' now: risky for flows, triggers, Logic Apps and apps",
    good=_CONNECTOR + _REST,
)
POLICY_CHANGED = kind(
    "PolicyChanged",
    "RRRR",
    "A policy was added, changed, removed or moved. What it does can't be compared.",
    happens="calls behave differently at once, for everyone",
    cure="try it with a flow that exists",
    old="policies:\n  - setHeader: {name: X-Shop, value: north}" + _REST,
    new="policies:\n  - setHeader: {name: X-Shop, value: south}" + _REST,
    found="new.yaml:2:5: the policy 'Set HTTP header' is another now: what it does can't be compared: risky for flows, triggers, Logic Apps and apps",
    good="policies:\n  - setHeader: {name: X-Shop, value: north}" + _REST,
)
SCRIPT_CHANGED = kind(
    "ScriptChanged",
    "RRRR",
    "The custom code is another now, or runs for other operations. What it does can't be compared.",
    happens="calls behave differently at once, for everyone",
    cure="try it with a flow that exists",
    old="properties: {scriptOperations: [ListOrders]}" + _REST,
    new="properties: {scriptOperations: [ListOrders, GetOrder]}" + _REST,
    found="new.yaml:1:14: the custom code runs for other operations now: risky for flows, triggers, Logic Apps and apps",
    good="properties: {scriptOperations: [ListOrders]}" + _REST,
)
LOOK_CHANGED = kind(
    "ConnectorLookChanged",
    "SSSS",
    "The title, the icon, the colour or the publisher is another now.",
    happens="the list of connectors shows it in another way",
    old=_CONNECTOR + _REST,
    new=_CONNECTOR.replace("title: Orders", "title: Orders, brandColor: '#112233'") + _REST,
    found="new.yaml:1:40: the colour is another now: safe",
    good=_CONNECTOR + _REST,
)
TIER_CHANGED = kind(
    "TierChanged",
    "BB-B",
    "The tier is premium now. Microsoft decides it for certified connectors; only a package that names it shows it.",
    happens="people require another licence",
    cure="ask your contact at Microsoft",
    old="properties: {tier: Standard}" + _REST,
    new="properties: {tier: Premium}" + _REST,
    found="new.yaml:1:20: the tier is 'Premium' now: breaking for flows, triggers and apps",
    good="properties: {tier: Standard}" + _REST,
)
DEFINITIONS_REARRANGED = kind(
    "DefinitionsRearranged",
    "SSSS",
    "Shared parts have other names or another order, or examples are others.",
    happens="nothing that people see refers to them",
    old=_SHARED,
    new=_SHARED.replace("Order}", "Purchase}").replace("  Order:", "  Purchase:"),
    found="new.yaml:3:1: the shared 'definitions' have other names or another order now: safe",
    good=_SHARED,
)
KINDS = (HOST_CHANGED, POLICY_CHANGED, SCRIPT_CHANGED, LOOK_CHANGED, TIER_CHANGED, DEFINITIONS_REARRANGED)
