"""The policies of polling triggers, which `polling` of a trigger says."""

from typing import Any

from connector_builder.language.decompile.decisions import Entries
from connector_builder.platform.operations import operations
from connector_builder.platform.policy_templates import OPERATIONS, PARAMETER

_ITEMS = "@triggerBody()"
TITLE = "Trigger configuration"


def polling_forms(definition: Entries, properties: Entries | None) -> tuple[list[int], Entries]:
    """The policies at the end of the list that triggers say, and what each says, by operation."""
    inner = properties.get("properties") if isinstance(properties, dict) else None
    policies = inner.get("policyTemplateInstances") if isinstance(inner, dict) else None
    if not isinstance(policies, list):
        return [], {}
    triggers = {
        one["operationId"]: one
        for one in (each.value for each in operations(definition))
        if one.get("x-ms-trigger") == "batch" and isinstance(one.get("operationId"), str)
    }
    position = {name: index for index, name in enumerate(triggers)}
    forms: Entries = {}
    indexes: list[int] = []
    last = len(position)
    for index in range(len(policies) - 1, -1, -1):
        said = _form(policies[index], triggers)
        if said is None or position[said[0]] >= last:
            break
        last = position[said[0]]
        forms[said[0]] = said[1]
        indexes.insert(0, index)
    return indexes, forms


def _form(policy: Any, triggers: dict[str, Entries]) -> tuple[str, Any] | None:
    match policy:
        case {
            "templateId": "pollingtrigger",
            "title": str(title),
            "type": "PollingTrigger",
            "parameters": dict(given),
            **rest,
        }:
            if rest or given.keys() != {f"{PARAMETER}triggerConfig", f"{PARAMETER}triggerDataPath", OPERATIONS}:
                return None
        case _:
            return None
    state, path, named = given[f"{PARAMETER}triggerConfig"], given[f"{PARAMETER}triggerDataPath"], given[OPERATIONS]
    if not isinstance(named, list) or len(named) != 1 or not isinstance(named[0], str) or named[0] not in triggers:
        return None
    if not isinstance(path, str) or not (path + ".").startswith(_ITEMS + "."):
        return None
    if not isinstance(state, dict) or not all(isinstance(one, str) for one in state.values()):
        return None
    if not _hidden(triggers[named[0]], state):
        return None
    items = path[len(_ITEMS) + 1 :]
    form: Entries = {"title": title} if title != TITLE else {}
    if state:
        form["state"] = state
    if items:
        form["items"] = items
    return named[0], form


def _hidden(operation: Entries, state: Entries) -> bool:
    """Whether the parameters that the state sets say themselves who sees them: those that don't, `polling` hides."""
    listed = operation.get("parameters")
    for one in listed if isinstance(listed, list) else ():
        name = one.get("name") if isinstance(one, dict) else None
        if isinstance(name, str) and name in state and "x-ms-visibility" not in one:
            return False
    return True
