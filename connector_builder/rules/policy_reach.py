"""Finds the operations that a policy's template applies to."""

from typing import Any

from connector_builder.platform.plain import items, mapping
from connector_builder.platform.policy_templates import OPERATIONS
from connector_builder.rules.context import Context, once


def reached(template: str, operation: Any, context: Context) -> bool:
    """Checks whether a policy of a template applies to the operation with this id."""
    every, names = _reach(template, context)
    return every or operation in names


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
