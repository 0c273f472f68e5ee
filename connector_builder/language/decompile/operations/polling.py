"""Finds the policies of polling triggers, which a trigger's `polling` makes."""

from typing import Any

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.derived import (
    POLLED,
    POLLING_PATH,
    POLLING_STATE,
    POLLING_TITLE,
    TRIGGERS,
    polling_policy,
)
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.policies.templates import OPERATIONS, POLICIES
from connector_builder.platform.swagger.operations import operations


def polling_forms(definition: Entries, properties: Entries | None) -> tuple[list[int], Entries]:
    """Returns the indexes of the policies at the list's end that triggers make, and each `polling` by operation."""
    policies = mapping(mapping(properties).get("properties")).get(POLICIES)
    if not isinstance(policies, list):
        return [], {}
    triggers = {
        one["operationId"]: one
        for one in (each.value for each in operations(definition))
        if one.get("x-ms-trigger") == TRIGGERS["polling"] and isinstance(one.get("operationId"), str)
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
    """Returns the trigger of a policy, and its `polling`; None if `polling` doesn't make that policy."""
    title, given = mapping(policy).get("title"), mapping(mapping(policy).get("parameters"))
    state, path, named = (given.get(key) for key in (POLLING_STATE, POLLING_PATH, OPERATIONS))
    name = named[0] if isinstance(named, list) and named else None
    if not isinstance(title, str) or not isinstance(path, str) or not isinstance(name, str) or name not in triggers:
        return None
    if not isinstance(state, dict) or not all(isinstance(one, str) for one in state.values()):
        return None
    items = path.removeprefix(POLLED).removeprefix(".")
    if not same(policy, polling_policy(name, title, state, items)) or not _hidden(triggers[name], state):
        return None
    form: Entries = {"title": title} if title != POLLING_TITLE else {}
    if state:
        form["state"] = state
    if items:
        form["items"] = items
    return name, form


def _hidden(operation: Entries, state: Entries) -> bool:
    """Checks whether the parameters in the state set their own visibility. Otherwise `polling` would hide them."""
    listed = operation.get("parameters")
    for one in listed if isinstance(listed, list) else ():
        name = one.get("name") if isinstance(one, dict) else None
        if isinstance(name, str) and name in state and "x-ms-visibility" not in one:
            return False
    return True
