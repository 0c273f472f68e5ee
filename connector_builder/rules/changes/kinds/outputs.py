"""Changes of what later steps get."""

from connector_builder.rules.changes.change import KEEP, kind

_GET = """
actions:
  GetOrder:
    request: GET /orders/{id}
    description: Returns an order.
    response: {fields: {number!: int, state: string}}
"""


def _fields(text: str) -> str:
    return _GET.replace("{fields: {number!: int, state: string}}", text)


OUTPUT_REMOVED = kind(
    "OutputRemoved",
    "RRRR",
    "An output was removed, or is internal now.",
    happens="expressions that use it give null or fail",
    cure="keep it, with an empty value if need be",
    sentence="The output field has been deleted. Existing flows may be broken if they are using this field and actual payload has been changed.",
    old=_GET,
    new=_fields("{fields: {number!: int}}"),
    found="5:39: the output 'state' of 'GetOrder' was removed: risky for flows, Logic Apps and apps",
    good=_GET,
)
OUTPUT_ADDED = kind(
    "OutputAdded",
    "SSSS",
    "An output is new.",
    happens="flows can use it at once, and apps after they refresh the connector",
    old=_GET,
    new=_fields("{fields: {number!: int, state: string, total: double}}"),
    found="new.yaml:5:54: the output 'total' of 'GetOrder' is new: safe",
    good=_GET,
)
OUTPUT_TYPE_CHANGED = kind(
    "OutputTypeChanged",
    "RRRB",
    "An output has another type now.",
    happens="expressions that calculate with it fail, and typed formulas of apps break",
    cure=KEEP,
    sentence="The type has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed.",
    old=_GET,
    new=_fields("{fields: {number!: string, state: string}}"),
    found="new.yaml:5:25: the output 'number' of 'GetOrder' is a string instead of an integer now: breaking for apps, risky for flows and Logic Apps",
    good=_GET,
)
OUTPUT_FORMAT_CHANGED = kind(
    "OutputFormatChanged",
    "RRRB",
    "An output has another format now.",
    happens="apps have a text where they had a date, or the other way round",
    cure=KEEP,
    sentence="The type format has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed.",
    old=_GET,
    new=_fields("{fields: {number!: int, state: datetime}}"),
    found="new.yaml:5:39: the output 'state' of 'GetOrder' has the format 'date-time' instead of no format now: breaking for apps, risky for flows and Logic Apps",
    good=_GET,
)
OUTPUT_MOVED = kind(
    "OutputMoved",
    "BBBB",
    "Outputs are at another path now: in a new object, in an array with another name, or in an array instead of an object.",
    happens="loops, expressions and triggers for each item point to the old path",
    cure=KEEP,
    sentence="The type has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed.",
    old=_fields("{fields: {'items[].id': string, 'items[].name': string}}"),
    new=_fields("{fields: {'value[].id': string, 'value[].name': string}}"),
    found="new.yaml:5:25: the output 'items' of 'GetOrder' is at 'value' now: breaking for flows, Logic Apps and apps",
    good=_fields("{fields: {'items[].id': string, 'items[].name': string, count: int}}"),
)
OUTPUT_NULLABLE = kind(
    "OutputNullable",
    "RRRS",
    "An output may be null now.",
    happens="a flow that parses it as a value of its type fails at run time",
    cure="send an empty value instead",
    old=_GET,
    new=_fields("{fields: {number!: int, state: {type: string, x-nullable: true}}}"),
    found="new.yaml:5:39: the output 'state' of 'GetOrder' may be null now: risky for flows and Logic Apps",
    good=_GET,
)
OUTPUT_NOT_REQUIRED = kind(
    "OutputNotRequired",
    "SSSS",
    "An output that was always there may be missing now.",
    happens="new expressions have a '?', old ones stay as they are",
    old=_GET,
    new=_fields("{fields: {number: int, state: string}}"),
    found="new.yaml:5:25: the output 'number' of 'GetOrder' may be missing now: safe",
    good=_GET,
)
SUCCESS_STATUS_CHANGED = kind(
    "SuccessStatusChanged",
    "RRRS",
    "A success has another status now.",
    happens="the designer reads the fields of 200, 201 and default only, and flows wait and ask again after a 202 with a Location",
    cure="keep the status",
    old=_GET,
    new=_fields("{status: 202, fields: {number!: int, state: string}}"),
    found="new.yaml:5:5: the answer of 'GetOrder' has the status 202 instead of 200 now: risky for flows and Logic Apps",
    good=_GET,
)
SCHEMA_REMOVED = kind(
    "OutputSchemaRemoved",
    "RRRB",
    "The answer has no schema any more, or gets it from another operation.",
    happens="the designer offers no fields any more, saved expressions go on, and apps get untyped data",
    cure="keep the schema",
    old=_GET,
    new=_GET.replace("    response: {fields: {number!: int, state: string}}\n", ""),
    found="new.yaml:2:3: the answer of 'GetOrder' has no schema any more: breaking for apps, risky for flows and Logic Apps",
    good=_GET,
)
SCHEMA_ADDED = kind(
    "OutputSchemaAdded",
    "SSSR",
    "The answer has a schema now.",
    happens="what was untyped in apps has a type after a refresh",
    old=_GET.replace("    response: {fields: {number!: int, state: string}}\n", ""),
    new=_GET,
    found="new.yaml:5:5: the answer of 'GetOrder' has a schema now: risky for apps",
    good_old=_GET,
    good=_GET,
)
KINDS = (
    OUTPUT_REMOVED,
    OUTPUT_ADDED,
    OUTPUT_TYPE_CHANGED,
    OUTPUT_FORMAT_CHANGED,
    OUTPUT_MOVED,
    OUTPUT_NULLABLE,
    OUTPUT_NOT_REQUIRED,
    SUCCESS_STATUS_CHANGED,
    SCHEMA_REMOVED,
    SCHEMA_ADDED,
)
