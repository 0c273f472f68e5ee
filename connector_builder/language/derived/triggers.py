"""Derives parts of triggers: their marks, the policy of polling, the operation that ends a subscription."""

from typing import Any

from connector_builder.platform.policies.templates import BY_ID, OPERATIONS, PARAMETER, POLLING

TRIGGERS = {"webhook": "single", "polling": "batch"}
"""The value of `x-ms-trigger`, by the key that makes a trigger."""


_POLICY = BY_ID[POLLING]


POLLING_TITLE = _POLICY.title
"""The portal's title for the policy of a polling trigger."""


POLLING_STATE, POLLING_PATH = f"{PARAMETER}triggerConfig", f"{PARAMETER}triggerDataPath"
"""The parameters of a polling policy for the query of the next poll, and for the path of the array in the answer."""


POLLED = "@triggerBody()"
"""The expression for the answer of a polling trigger."""


def polling_metadata() -> dict[str, str]:
    """Returns the `x-ms-trigger-metadata` of a polling trigger."""
    return {"kind": "query", "mode": "polling"}


def polling_policy(operation_id: Any, title: str, state: dict[str, Any], items: str) -> dict[str, Any]:
    """Returns the policy of a polling trigger.

    `items` is the path of the array in the answer, empty if the answer is the array.
    """
    path = items.replace("/", ".")
    parameters = {
        POLLING_STATE: state,
        POLLING_PATH: f"{POLLED}.{path}" if path else POLLED,
        OPERATIONS: [operation_id],
    }
    return {"templateId": _POLICY.id, "title": title, "type": _POLICY.type, "parameters": parameters}


def unsubscribe_id(trigger: str) -> str:
    """Derives the id of the unsubscribe operation that a webhook's request line makes."""
    return f"Delete{trigger}"
