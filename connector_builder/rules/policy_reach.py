"""Finds the operations that a policy's template applies to."""

from typing import Any

from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.policies.templates import OPERATIONS, POLLING
from connector_builder.rules.context import Context, once


def reached(template: str, operation: Any, context: Context) -> bool:
    """Checks whether a policy of a template applies to the operation with this id."""
    every, names = _reach(template, context)
    return every or (isinstance(operation, str) and operation in names)


def polls_untold(operation: dict[str, Any], item: Any, context: Context) -> bool:
    """Checks whether a trigger polls, but neither a policy nor the service (by 202) nor custom code says how."""
    if not isinstance(context.package.properties, dict) or context.package.script is not None:
        return False
    tells = "202" in mapping(operation.get("responses")) or "x-ms-notification-content" in mapping(item)
    return not tells and not reached(POLLING, operation.get("operationId"), context)


def policies_readable(context: Context) -> bool:
    """Checks whether it is known which policies there are: also if there is no apiProperties.json."""
    whole = context.package.properties
    return not isinstance(whole, dict) or isinstance(whole.get("properties"), dict)


def covers_all(template: str, context: Context) -> bool:
    """Checks whether a policy of a template applies to all operations."""
    return _reach(template, context)[0]


@once
def _reach(template: str, context: Context) -> tuple[bool, frozenset[str]]:
    """Whether the template applies to all operations, and the ids of those that it is limited to."""
    properties = mapping(mapping(context.package.properties).get("properties"))
    names: set[str] = set()
    every = False
    for policy in items(properties.get("policyTemplateInstances")):
        if str(mapping(policy).get("templateId")).lower() != template:
            continue
        listed = mapping(policy.get("parameters")).get(OPERATIONS)
        every = every or not listed
        names.update(name for name in items(listed) if isinstance(name, str))
    return every, frozenset(names)
