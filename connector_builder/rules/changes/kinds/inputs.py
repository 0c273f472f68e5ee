"""Changes of what people fill in."""

from connector_builder.rules.changes.change import KEEP, kind

_LIST = """
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    query: {shop!: string, state: string, limit: int}
"""
_CREATE = """
actions:
  CreateOrder:
    request: POST /orders
    description: Creates an order.
    body: {name: order, fields: {customer!: string, note: string}}
"""


def _query(text: str) -> str:
    return _LIST.replace("{shop!: string, state: string, limit: int}", text)


OPTIONAL_INPUT_ADDED = kind(
    "OptionalInputAdded",
    "SSSS",
    "An optional input is new.",
    happens="existing calls don't send it",
    old=_LIST,
    new=_query("{shop!: string, state: string, limit: int, region: string}"),
    found="new.yaml:5:55: the input 'region' of 'ListOrders' is new: safe",
    good=_LIST,
)
REQUIRED_INPUT_ADDED = kind(
    "RequiredInputAdded",
    "BBBB",
    "A required input without a default is new.",
    happens="existing flows and apps don't send it",
    cure="make it optional, or " + KEEP,
    sentence="The required input field has been added. Existing flows will not send this new field.",
    old=_CREATE,
    new=_CREATE.replace("note: string", "note: string, region!: string"),
    found="new.yaml:5:67: the input 'region' of 'CreateOrder' is new and required: breaking for flows, Logic Apps and apps",
    good=_CREATE.replace("note: string", "note: string, region: string"),
)
HIDDEN_INPUT_ADDED = kind(
    "HiddenInputAdded",
    "SSRS",
    "An input that is required and internal, with a default, is new.",
    happens="the platform sends the default, but Logic Apps that were saved before don't",
    cure="let the service do without it",
    old=_LIST,
    new=_LIST.replace("GET /orders", "GET /orders?api-version=2"),
    found="new.yaml:3:5: the input 'api-version' of 'ListOrders' is new, required and internal, with a default: risky for Logic Apps",
    good=_LIST,
)
DEFAULT_INPUT_ADDED = kind(
    "RequiredInputWithDefaultAdded",
    "RRBB",
    "A required input with a default, which people see, is new.",
    happens="the designer fills in a default when people add an action, not in those that exist; in apps the positions shift",
    cure="make it optional, or " + KEEP,
    sentence="The required input field has been added. Existing flows will not send this new field.",
    old=_LIST,
    new=_query("{shop!: string, state: string, limit: int, region!: {default: eu}}"),
    found="new.yaml:5:55: the input 'region' of 'ListOrders' is new and required, with a default: breaking for Logic Apps and apps, risky for flows",
    good=_query("{shop!: string, state: string, limit: int, region: {default: eu}}"),
)
INPUT_REQUIRED = kind(
    "InputRequired",
    "BBBB",
    "An optional input is required now.",
    happens="flows and apps that leave it out fail, and in apps the positions shift",
    cure="leave it optional, or " + KEEP,
    sentence="The input field has been changed from optional to required.",
    old=_LIST,
    new=_query("{shop!: string, state!: string, limit: int}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' is required now: breaking for flows, Logic Apps and apps",
    good=_LIST,
)
INPUT_OPTIONAL = kind(
    "InputOptional",
    "SSSB",
    "A required input is optional now.",
    happens="apps pass it by position, and its place is in the record of optional ones now",
    cure="leave it required if apps use the connector",
    old=_LIST,
    new=_query("{shop: string, state: string, limit: int}"),
    found="new.yaml:5:13: the input 'shop' of 'ListOrders' is optional now: breaking for apps",
    good=_LIST,
)
INPUT_REMOVED = kind(
    "InputRemoved",
    "RRSB",
    "An input was removed.",
    happens="the designer reports a flow's saved value when people open it, Logic Apps go on sending it, and apps have an argument too many",
    cure="leave it, and say in its description that it has no effect",
    old=_LIST,
    new=_query("{shop!: string, limit: int}"),
    found="5:28: the input 'state' of 'ListOrders' was removed: breaking for apps, risky for flows",
    good=_query("{shop!: string, state: {description: It has no effect.}, limit: int}"),
)
INPUT_RENAMED = kind(
    "InputRenamed",
    "BBBB",
    "An input has another name on the wire now. Its label, its description or its spelling shows that it is the same.",
    happens="flows, Logic Apps and apps send it by its old name",
    cure="keep the name, and change the label",
    old=_query("{shop!: string, state: {summary: State of the order}}"),
    new=_query("{shop!: string, status: {summary: State of the order}}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' is called 'status' now: breaking for flows, Logic Apps and apps",
    good=_query("{shop!: string, state: {summary: Status of the order}}"),
)
BODY_RENAMED = kind(
    "BodyRenamed",
    "BBSS",
    "The parameter of the body has another name now.",
    happens="flows store the fields of a body below this name, which people never see",
    cure="keep the name",
    old=_CREATE,
    new=_CREATE.replace("name: order", "name: request"),
    found="new.yaml:5:5: the body 'order' of 'CreateOrder' is called 'request' now: breaking for flows",
    good=_CREATE,
)
INPUT_LOCATION_CHANGED = kind(
    "InputLocationChanged",
    "SSBB",
    "An input is in another place of the request now, such as a header instead of the query.",
    happens="Logic Apps go on sending it in the old place, and in apps positions may shift",
    cure=KEEP,
    sentence="The location has been changed for the parameter. Existing flows will continue to send the parameter in the old location.",
    old=_LIST,
    new=_query("{shop!: string, limit: int}\n    headers: {state: {type: string}}"),
    found="new.yaml:6:15: the input 'state' of 'ListOrders' is in the header instead of the query now: breaking for Logic Apps and apps",
    good=_LIST,
)
REQUIRED_ORDER_CHANGED = kind(
    "RequiredOrderChanged",
    "SSSB",
    "Required inputs have another order now.",
    happens="apps pass them by position, so their values are mixed up",
    cure="restore the order",
    old=_query("{shop!: string, state!: string}"),
    new=_query("{state!: string, shop!: string}"),
    found="new.yaml:2:3: the required inputs of 'ListOrders' have another order now: breaking for apps",
    good=_query("{shop!: string, state!: string}"),
)
OPTIONAL_ORDER_CHANGED = kind(
    "OptionalOrderChanged",
    "SSSS",
    "Optional inputs have another order now.",
    happens="only the card looks different",
    old=_LIST,
    new=_query("{shop!: string, limit: int, state: string}"),
    found="new.yaml:2:3: the optional inputs of 'ListOrders' have another order now: safe",
    good=_LIST,
)
INPUT_TYPE_CHANGED = kind(
    "InputTypeChanged",
    "BBRB",
    "An input has another type now.",
    happens="existing flows send a value of the old type",
    cure=KEEP,
    sentence="The type has been changed for the input field. Existing flows will continue to send the field with the old type.",
    old=_LIST,
    new=_query("{shop!: string, state: boolean, limit: int}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' is a boolean instead of a string now: breaking for flows and apps, risky for Logic Apps",
    good=_LIST,
)
INPUT_FORMAT_CHANGED = kind(
    "InputFormatChanged",
    "RRSR",
    "An input has another format now.",
    happens="apps have another type for dates and files, and files are sent in another way",
    cure=KEEP,
    old=_LIST,
    new=_query("{shop!: string, state: uuid, limit: int}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' has the format 'uuid' instead of no format now: risky for flows and apps",
    good=_LIST,
)
INPUT_ARRAY_CHANGED = kind(
    "InputArrayChanged",
    "BBBB",
    "An input is an array instead of a single value now, or the other way round.",
    happens="existing flows and apps send the old shape",
    cure=KEEP,
    sentence="The type has been changed for the input field. Existing flows will continue to send the field with the old type.",
    old=_CREATE,
    new=_CREATE.replace("note: string", "note: [string]"),
    found="new.yaml:5:53: the input 'note' of 'CreateOrder' is an array instead of a string now: breaking for flows, Logic Apps and apps",
    good=_CREATE,
)
CHOICE_REMOVED = kind(
    "InputChoiceRemoved",
    "RRRR",
    "A value of a drop-down was removed.",
    happens="flows that have chosen it go on sending it",
    cure="keep the value if the service still takes it",
    sentence="An enum value has been removed from the input field. Existing flows may have this value chosen and will continue to send it.",
    old=_query("{state: {enum: [open, closed]}}"),
    new=_query("{state: {enum: [open]}}"),
    found="new.yaml:5:13: the input 'state' of 'ListOrders' has no value 'closed' any more: risky for flows, Logic Apps and apps",
    good=_query("{state: {enum: [open, closed, late]}}"),
)
CHOICE_ADDED = kind(
    "InputChoiceAdded",
    "SSSS",
    "A drop-down has a new value, or other names for its values.",
    happens="chosen values stay",
    old=_query("{state: {enum: [open, closed]}}"),
    new=_query("{state: {enum: [open, closed, late]}}"),
    found="new.yaml:5:13: the input 'state' of 'ListOrders' has the new value 'late': safe",
    good=_query("{state: {enum: [open, closed]}}"),
)
INPUT_BECAME_CHOICE = kind(
    "InputBecameChoice",
    "RRSS",
    "A free text takes only certain values now.",
    happens="other values that flows have become custom values, which the service may refuse",
    cure="take other values too",
    old=_LIST,
    new=_query("{shop!: string, state: {enum: [open, closed]}, limit: int}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' takes only certain values now: risky for flows",
    good=_LIST,
)
INPUT_DEFAULT_CHANGED = kind(
    "InputDefaultChanged",
    "RRSR",
    "The default of an input is another now.",
    happens="new actions get it, and where the input is internal, all calls change at once",
    cure="keep the default of an internal input",
    old=_LIST.replace("GET /orders", "GET /orders?api-version=1"),
    new=_LIST.replace("GET /orders", "GET /orders?api-version=2"),
    found="new.yaml:3:5: the input 'api-version' of 'ListOrders' has the default '2' now: risky for flows and apps",
    good=_LIST.replace("GET /orders", "GET /orders?api-version=1"),
)
INPUT_HIDDEN = kind(
    "InputHidden",
    "RRSB",
    "An input is internal now.",
    happens="saved values stay, but people can't see them, and apps lose the argument",
    cure="make it advanced instead",
    old=_LIST,
    new=_query("{shop!: string, state: {visibility: internal}, limit: int}"),
    found="new.yaml:5:28: the input 'state' of 'ListOrders' is internal now: breaking for apps, risky for flows",
    good=_query("{shop!: string, state: {visibility: advanced}, limit: int}"),
)
INPUT_LIMIT_TIGHTENED = kind(
    "InputLimitTightened",
    "RRSS",
    "An input allows less than before: a smaller maximum, a shorter text, another pattern.",
    happens="the service decides what it does with old values",
    cure="take the old values too",
    old=_LIST,
    new=_query("{shop!: string, state: string, limit: {type: int, maximum: 50}}"),
    found="new.yaml:5:43: the input 'limit' of 'ListOrders' has 'maximum' 50 now: risky for flows",
    good=_LIST,
)
URL_ENCODING_CHANGED = kind(
    "UrlEncodingChanged",
    "RRRR",
    "A path parameter is encoded once instead of twice now, or the other way round.",
    happens="ids with a '/' or a '%' arrive in another form",
    cure="keep the encoding",
    old='actions:\n  GetOrder: {request: "GET /orders/{id}", description: Returns an order., parameters: {id: {urlEncoding: single}}}',
    new='actions:\n  GetOrder: {request: "GET /orders/{id}", description: Returns an order., parameters: {id: {urlEncoding: double}}}',
    found="new.yaml:2:88: the input 'id' of 'GetOrder' is encoded twice now: risky for flows, Logic Apps and apps",
    good='actions:\n  GetOrder: {request: "GET /orders/{id}", description: Returns an order., parameters: {id: {urlEncoding: single}}}',
)
KINDS = (
    OPTIONAL_INPUT_ADDED,
    REQUIRED_INPUT_ADDED,
    HIDDEN_INPUT_ADDED,
    DEFAULT_INPUT_ADDED,
    INPUT_REQUIRED,
    INPUT_OPTIONAL,
    INPUT_REMOVED,
    INPUT_RENAMED,
    BODY_RENAMED,
    INPUT_LOCATION_CHANGED,
    REQUIRED_ORDER_CHANGED,
    OPTIONAL_ORDER_CHANGED,
    INPUT_TYPE_CHANGED,
    INPUT_FORMAT_CHANGED,
    INPUT_ARRAY_CHANGED,
    CHOICE_REMOVED,
    CHOICE_ADDED,
    INPUT_BECAME_CHOICE,
    INPUT_DEFAULT_CHANGED,
    INPUT_HIDDEN,
    INPUT_LIMIT_TIGHTENED,
    URL_ENCODING_CHANGED,
)
