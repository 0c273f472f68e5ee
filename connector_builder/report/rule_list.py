"""Shows all rules to people as a table."""

from collections.abc import Iterable

from connector_builder.findings import Rule


def rule_table(rules: Iterable[Rule]) -> str:
    """Returns one line per rule, sorted by name: name, severity, scope, and what it finds."""
    listed = sorted(rules, key=lambda rule: rule.name)
    widest = max((len(rule.name) for rule in listed), default=0)
    return "".join(f"{rule.name:{widest}}  {rule.severity!s:7}  {rule.scope:13}  {rule.summary}\n" for rule in listed)


def unchecked_page(name: str, why: str) -> str:
    """Returns the page of a rule of Microsoft's that nothing checks: what is unknown about it."""
    return f"{name} (not checked)\n\n{why}\n"
