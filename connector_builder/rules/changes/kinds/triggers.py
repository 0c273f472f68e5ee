"""Changes of what starts flows."""

from connector_builder.rules.changes.change import KEEP, kind

_HOOK = """
triggers:
  WhenOrderArrives:
    request: POST /hooks
    description: Starts when an order arrives.
    body: {fields: {callbackUrl!: uri}}
    response: {status: 201}
    webhook:
      callback: callbackUrl
      notification: {fields: {id: string, state: string}}
      unsubscribe: {id: EndHook, request: "DELETE /hooks/{id}", description: Ends it., visibility: internal}
"""
_POLL = """
triggers:
  WhenOrderIsPlaced:
    request: GET /orders?since
    description: Starts when an order is placed.
    response: {fields: {'value[].id': string, 'value[].placed': string}}
    polling: {state: {since: "@{triggerBody().value[0].placed}"}, items: value}
"""

TRIGGER_CHANGED = kind(
    "TriggerChanged",
    "-BB-",
    "A trigger runs for each item instead of for all, or the other way round, or is no trigger any more.",
    happens="flows store whether they split the answer, and where",
    cure=KEEP,
    old=_POLL,
    new=_POLL.replace("    polling", "    trigger: single\n    polling"),
    found="new.yaml:6:14: the operation 'WhenOrderIsPlaced' runs for all items together now: breaking for triggers and Logic Apps",
    good=_POLL,
)
NOTIFICATION_CHANGED = kind(
    "NotificationChanged",
    "-RR-",
    "A field of what a webhook receives was removed, or has another type or format.",
    happens="expressions that use it give null or fail",
    cure="keep it, with an empty value if need be",
    sentence="The output field has been deleted. Existing flows may be broken if they are using this field and actual payload has been changed.",
    old=_HOOK,
    new=_HOOK.replace(", state: string", ""),
    found="9:43: the output 'state' of 'WhenOrderArrives' was removed: risky for triggers and Logic Apps",
    good=_HOOK,
)
NOTIFICATION_RETYPED = NOTIFICATION_CHANGED._replace(
    rule=NOTIFICATION_CHANGED.rule._replace(
        sentence="The type has been changed for the output field. Existing flows may be broken if they are using this field and actual payload has been changed."
    ),
    happens="expressions that use it get a value of another kind, and may fail",
    cure=KEEP,
)
"""The same kind of change, for a field that is still there."""
NOTIFICATION_URL_MOVED = kind(
    "NotificationUrlMoved",
    "-BB-",
    "The field for the address that a webhook calls has another name or place.",
    happens="subscriptions of flows that exist were made with the old one",
    cure="take both fields",
    old=_HOOK,
    new=_HOOK.replace("callbackUrl", "notifyUrl"),
    found="new.yaml:5:21: the field for the callback's address of 'WhenOrderArrives' is 'notifyUrl' instead of 'callbackUrl' now: breaking for triggers and Logic Apps",
    good=_HOOK,
)
WEBHOOK_END_REMOVED = kind(
    "WebhookEndRemoved",
    "-RR-",
    "The operation that ends a webhook was removed, or has another id.",
    happens="the subscriptions of flows that exist can't be ended",
    cure="keep the operation",
    sentence="The operation has been deleted. This change breaks existing flows.",
    pull=4168,
    old=_HOOK,
    new=_HOOK[: _HOOK.index("      unsubscribe")],
    found="10:7: the operation 'EndHook' was removed, and ends the webhooks of a trigger: risky for triggers and Logic Apps",
    good=_HOOK,
)
TRIGGER_TEXT_CHANGED = kind(
    "TriggerTextChanged",
    "-SS-",
    "The hint or the metadata of a trigger is another now.",
    happens="people read another text while they test a flow",
    old=_POLL,
    new=_POLL.replace("    polling", "    triggerHint: Place an order.\n    polling"),
    found="new.yaml:6:18: the operation 'WhenOrderIsPlaced' has another hint now: safe",
    good=_POLL,
)
POLLING_CHANGED = kind(
    "PollingChanged",
    "-BB-",
    "The policy of a polling trigger was added, changed or removed: its state, or the array of its items.",
    happens="flows that exist have the old state, and may miss items or get them twice",
    cure="add a trigger with another id, and deprecate this one",
    old=_POLL,
    new=_POLL.replace("[0].placed", "[0].id"),
    found="new.yaml:6:5: the policy 'Trigger configuration' is another now: what it does can't be compared: breaking for triggers and Logic Apps",
    good=_POLL,
)
KINDS = (
    TRIGGER_CHANGED,
    NOTIFICATION_CHANGED,
    NOTIFICATION_URL_MOVED,
    WEBHOOK_END_REMOVED,
    TRIGGER_TEXT_CHANGED,
    POLLING_CHANGED,
)
