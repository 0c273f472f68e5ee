"""The classes of what an import changes, and how a kind of change is made."""

from connector_builder.findings import Rule, Scope, Severity

LOST, NARROWED, CHOSEN, MOVED, RENAMED = "lost", "narrowed", "chosen", "moved", "renamed"
"""The connector can't do it; it can do a part of it; one of several was taken; it is kept in another form; by another name."""
_WARNINGS = (LOST, NARROWED)


def kind(name: str, change: str, doc: str, severity: Severity | None = None) -> Rule:
    """Returns a kind of change as a rule. What is lost or narrowed is a warning, unless nobody would miss it."""
    usual = Severity.WARNING if change in _WARNINGS else Severity.NOTE
    return Rule(name, severity or usual, Scope.LANGUAGE, doc, change=change)
