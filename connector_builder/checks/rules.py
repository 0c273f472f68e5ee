"""The rules of the engine itself: what is wrong with ignore comments."""

from connector_builder.findings import Rule, Scope, Severity

IGNORE_UNUSED = Rule(
    "IgnoreUnused",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment hides nothing.

What it once hid is mended, or has moved to another line. Remove the comment, or put it on the line of the finding or
alone on the line above; left behind it would hide the next mistake there.""",
)
IGNORE_NOT_VALID = Rule(
    "IgnoreNotValid",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment that can't be followed.

It is `# connector-builder: ignore[RuleName] reason`, with the name of a rule as `connector-builder rules` lists it. The shape of
a spec, secrets, and what can't be compiled can't be ignored.""",
)

ENGINE_RULES = (IGNORE_UNUSED, IGNORE_NOT_VALID)
