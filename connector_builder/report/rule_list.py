"""Shows rules to people: a table of all, or the page of one."""

from collections.abc import Iterable

from connector_builder.findings import Rule


def rule_table(rules: Iterable[Rule]) -> str:
    """Returns one line per rule, sorted by name: name, severity, scope, and what it finds."""
    listed = sorted(rules, key=lambda rule: rule.name)
    widest = max((len(rule.name) for rule in listed), default=0)
    return "".join(f"{rule.name:{widest}}  {rule.severity!s:7}  {rule.scope:13}  {rule.summary}\n" for rule in listed)


def rule_page(rule: Rule) -> str:
    """Returns what a rule finds, why it matters, and how to ignore it."""
    ways = f"--ignore {rule.name}, or at its place in a spec: # connector-builder: ignore[{rule.name}] reason"
    ignoring = "It can't be ignored." if rule.fixed else f"To ignore it: {ways}"
    return f"{rule.name} ({rule.severity}, {rule.scope})\n\n{rule.doc.strip()}\n\n{ignoring}\n"
