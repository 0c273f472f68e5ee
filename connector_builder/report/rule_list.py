"""Shows rules to people: a table of all, or the page of one."""

from collections.abc import Iterable

from connector_builder.findings import Rule


def rule_table(rules: Iterable[Rule]) -> str:
    """Returns one line per rule, sorted by name: name, severity, scope, and what it finds."""
    listed = sorted(rules, key=lambda rule: rule.name)
    widest = max((len(rule.name) for rule in listed), default=0)
    return "".join(f"{rule.name:{widest}}  {rule.severity!s:7}  {rule.scope:13}  {rule.summary}\n" for rule in listed)


def rule_page(rule: Rule) -> str:
    """Returns what a rule finds, why it matters, where it comes from, and how to ignore it."""
    ways = f"--ignore {rule.name}, or at its place in a spec: # connector-builder: ignore[{rule.name}] reason"
    ignoring = "It can't be ignored." if rule.fixed else f"To ignore it: {ways}"
    facts = "".join(f"{fact}\n" for fact in rule_facts(rule))
    return f"{rule.name} ({rule.severity}, {rule.scope})\n\n{rule.prose}\n\n{facts}{ignoring}\n"


def rule_facts(rule: Rule) -> list[str]:
    """Returns a line about each of the rule's further names, its sources, and the connectors that break it."""
    facts = [f"Also called: {', '.join(rule.aliases)}"] if rule.aliases else []
    facts += [f"Source: {address}" for address in rule.sources]
    if rule.published is not None:
        broken, of = rule.published
        said = f"{broken:,} of {of:,} published connectors {'breaks' if broken == 1 else 'break'} it."
        facts.append(said if broken else f"None of {of:,} published connectors breaks it.")
    return facts
