"""The rules of the engine itself: what is wrong with ignore comments and with what lies beside the documents."""

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

ICON_NOT_CERTIFIABLE = Rule(
    "IconNotCertifiable",
    Severity.ERROR,
    Scope.CERTIFICATION,
    """The icon works, but doesn't fit what certification asks for.

It is a square PNG of 100 to 230 pixels, under 1 MB, opaque, on the brand colour. Without `icon` in the spec one that fits is
drawn from the title and the brand colour.""",
)

ENGINE_RULES = (IGNORE_UNUSED, IGNORE_NOT_VALID, ICON_NOT_CERTIFIABLE)
