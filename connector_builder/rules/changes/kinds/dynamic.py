"""Changes of what other operations provide."""

from connector_builder.rules.changes.change import kind

_ACTIONS = """
actions:
  ListShops:
    request: GET /shops
    description: Lists the shops.
    response: {fields: {'value[].id': string, 'value[].code': string, 'value[].name': string}}
  GetFields: {request: "GET /fields", description: Returns the fields of an order., response: {fields: {schema: object, other: object}}}
  CreateOrder:
    request: POST /orders?shop
    description: Creates an order.
    parameters: {shop: {dynamicValues: {operation: ListShops, items: value, value: id, title: name}}}
    body: {name: order, required: true, schema: {type: object, dynamicSchema: {operation: GetFields, value: schema}}}
"""

DYNAMIC_VALUES_CHANGED = kind(
    "DynamicValuesChanged",
    "RRRR",
    "The values of a drop-down come from another operation or another field now.",
    happens="values that flows have stored may not be in the list any more",
    cure="keep the field of the values",
    old=_ACTIONS,
    new=_ACTIONS.replace("value: id, title", "value: code, title"),
    found="new.yaml:10:18: the input 'shop' of 'CreateOrder' gets its list of values in another way now: risky for flows, Logic Apps and apps",
    good=_ACTIONS,
)
DYNAMIC_SCHEMA_CHANGED = kind(
    "DynamicSchemaChanged",
    "RRRB",
    "The fields of an input or an output come from another operation or another part of its answer now.",
    happens="flows store the keys of the fields",
    cure="return the same fields",
    old=_ACTIONS,
    new=_ACTIONS.replace("value: schema}", "value: other}"),
    found="new.yaml:11:41: the input 'order' of 'CreateOrder' gets its fields in another way now: breaking for apps, risky for flows and Logic Apps",
    good=_ACTIONS,
)
KINDS = (DYNAMIC_VALUES_CHANGED, DYNAMIC_SCHEMA_CHANGED)
