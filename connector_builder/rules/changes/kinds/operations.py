"""Changes of an operation as a whole."""

from connector_builder.rules.changes.change import KEEP, kind

_GET = """
actions:
  GetOrder: {request: "GET /orders/{id}", summary: Get order, description: Returns an order.}
"""
_TWO = """
actions:
  GetOrder: {request: "GET /orders/{id}", summary: Get order, description: Returns an order.}
  ListOrders: {request: GET /orders, summary: List orders, description: Lists the orders.}
"""

OPERATION_REMOVED = kind(
    "OperationRemoved",
    "BBSB",
    "An operation was removed, or its `operationId` is another.",
    happens="flows and apps call an operation by its id, and Logic Apps by verb and path",
    cure="keep it, and deprecate it",
    sentence="The operation has been deleted. This change breaks existing flows.",
    old=_TWO,
    new=_GET,
    found="3:3: the action of 'ListOrders' was removed: breaking for flows, Logic Apps and apps",
    good=_TWO.replace("description: Lists the orders.", "description: Lists the orders., deprecated: true"),
)
OPERATION_HIDDEN = kind(
    "OperationHidden",
    "RRRB",
    "An operation is internal now.",
    happens="flows go on, but people can't find it any more, and apps lose the function",
    cure="deprecate it instead",
    sentence="The operation has been hidden. This change breaks the designer for existing flows.",
    old=_GET,
    new=_GET.replace("an order.", "an order., visibility: internal"),
    found="new.yaml:2:107: the action of 'GetOrder' is internal now: breaking for apps, risky for flows and Logic Apps",
    good=_GET.replace("an order.", "an order., deprecated: true"),
)
OPERATION_DEPRECATED = kind(
    "OperationDeprecated",
    "SSSS",
    "An operation is deprecated now.",
    happens="it still works, and the designer lists it as deprecated",
    cure="name its replacement in 'x-ms-api-annotation'",
    old=_GET,
    new=_GET.replace("an order.", "an order., deprecated: true"),
    found="new.yaml:2:107: the action of 'GetOrder' is deprecated now: safe",
    good=_GET,
)
PATH_CHANGED = kind(
    "OperationPathChanged",
    "SRBS",
    "The path of an operation is another now. The names of variables in it don't count.",
    happens="Logic Apps and old flows store the path, and webhooks that exist are deleted at the new one",
    cure=KEEP,
    sentence="The path template has been changed for the operation.",
    old=_GET,
    new=_GET.replace("/orders/{id}", "/shop/orders/{id}"),
    found="new.yaml:2:3: the action of 'GetOrder' has the path '/shop/orders/{id}' now: breaking for Logic Apps",
    good=_GET,
)
VERB_CHANGED = kind(
    "OperationVerbChanged",
    "SRBS",
    "The verb of an operation is another now.",
    happens="Logic Apps and old flows store the verb",
    cure=KEEP,
    sentence="The method has been changed for the operation.",
    old=_GET,
    new=_GET.replace("GET", "POST"),
    found="new.yaml:2:3: the action of 'GetOrder' is POST instead of GET now: breaking for Logic Apps",
    good=_GET,
)
VISIBILITY_CHANGED = kind(
    "VisibilityChanged",
    "SSSS",
    "The visibility of an operation, an input or an output is another now, but not internal.",
    happens="it is at another place of the list or the card",
    old=_GET,
    new=_GET.replace("an order.", "an order., visibility: important"),
    found="new.yaml:2:107: the action of 'GetOrder' has the visibility 'important' now: safe",
    good=_GET,
)
TEXT_CHANGED = kind(
    "TextChanged",
    "SSSS",
    "A label or a description is another now.",
    happens="nothing breaks, but docs and screenshots are stale, and agents choose by these texts",
    old=_GET,
    new=_GET.replace("Returns an order.", "Returns one order."),
    found="new.yaml:2:76: the action of 'GetOrder' has another description now: safe",
    good=_GET,
)
PAGING_CHANGED = kind(
    "PagingChanged",
    "R-RS",
    "`x-ms-pageable` of an operation is another now.",
    happens="flows that have pagination turned on get other numbers of items",
    cure=KEEP,
    old=_TWO,
    new=_TWO.replace("the orders.", "the orders., pageable: {nextLinkName: nextLink}"),
    found="new.yaml:3:92: the action of 'ListOrders' is divided into pages now: risky for flows and Logic Apps",
    good=_TWO,
)
MEDIA_TYPES_CHANGED = kind(
    "MediaTypesChanged",
    "RRRR",
    "`consumes` or `produces` is another now.",
    happens="bodies are written or read in another way",
    cure="keep the first media type",
    old=_GET,
    new=_GET.replace("an order.", "an order., produces: [text/csv]"),
    found="new.yaml:2:95: the action of 'GetOrder' answers with 'text/csv' now: risky for flows, Logic Apps and apps",
    good=_GET,
)
STATUS_CHANGED = kind(
    "OperationStatusChanged",
    "SSSS",
    "The status, family or revision of an operation is another now.",
    happens="the list shows it in another way",
    old=_GET,
    new=_GET.replace("an order.", "an order., x-ms-api-annotation: {status: Preview}"),
    found="new.yaml:2:95: the action of 'GetOrder' has another status now: safe",
    good=_GET,
)
OPERATION_ADDED = kind(
    "OperationAdded",
    "SSSS",
    "An operation is new.",
    happens="nothing that exists uses it",
    old=_GET,
    new=_TWO,
    found="new.yaml:3:3: the action of 'ListOrders' is new: safe",
    good=_GET,
)
SUMMARIES_ALIKE = kind(
    "SummariesAlike",
    "RRSS",
    "An operation has the summary of another one now.",
    happens="people can't tell them apart in the list",
    cure="give it a summary of its own",
    old=_TWO,
    new=_TWO.replace("List orders", "Get order"),
    found="new.yaml:3:47: the action of 'ListOrders' has the summary of 'GetOrder' now: risky for flows",
    good=_TWO,
)
KINDS = (
    OPERATION_REMOVED,
    OPERATION_HIDDEN,
    OPERATION_DEPRECATED,
    OPERATION_ADDED,
    PATH_CHANGED,
    VERB_CHANGED,
    VISIBILITY_CHANGED,
    TEXT_CHANGED,
    PAGING_CHANGED,
    MEDIA_TYPES_CHANGED,
    STATUS_CHANGED,
    SUMMARIES_ALIKE,
)
