"""How a trigger runs, and the fields that the designer adds to it."""

from connector_builder.platform.data.plain import text
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.model import Trigger
from connector_builder.platform.view.outputs import CONTENT, Answer, split_path

RECURRENCE = ("Interval", "Frequency", "Time zone", "Start time")
"""The fields of a polling trigger for "How often do you want to check for items?"."""


def kind_of(operation: Operation) -> str:
    """Returns `action`, or how a trigger gets its items: `poll`, `webhook` or `notification`."""
    value = operation.value
    if not value.get("x-ms-trigger"):
        return "action"
    if isinstance(operation.item.get(CONTENT), dict):
        return "webhook"
    return "notification" if isinstance(value.get("x-ms-notification"), dict) else "poll"


def trigger_of(operation: Operation, answer: Answer, references: References) -> Trigger | None:
    """Returns how a trigger runs; None for an action."""
    kind = kind_of(operation)
    if kind == "action":
        return None
    batch = text(operation.value.get("x-ms-trigger")).lower() == "batch"
    split = split_of(operation, answer, references)
    path = "" if split is None else "/".join(("body", *split))
    hint = text(operation.value.get("x-ms-trigger-hint"))
    return Trigger(kind, batch, path, hint, RECURRENCE if kind == "poll" else ())


def split_of(operation: Operation, answer: Answer, references: References) -> tuple[str, ...] | None:
    """Returns the steps to the array whose items start a run each; None if the run gets the whole answer."""
    if text(operation.value.get("x-ms-trigger")).lower() != "batch":
        return None
    return split_path(answer.value.get("schema"), references)
