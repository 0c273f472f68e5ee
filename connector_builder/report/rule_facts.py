"""What is known of a rule beside its text: further names, sources, and how many published connectors break it."""

from connector_builder.findings import Rule


def rule_facts(rule: Rule) -> list[str]:
    """Returns a line about each of the rule's further names, its verdicts, its sources, and the connectors that break it."""
    facts = [f"Also called: {', '.join(rule.aliases)}"] if rule.aliases else []
    if rule.verdicts is not None:
        facts.append(f"Usually {rule.verdicts}.")
    if rule.sentence:
        facts.append(f'Microsoft\'s own check says: "{rule.sentence}"')
    facts += [f"Source: {address}" for address in rule.sources]
    if rule.published is not None:
        broken, of = rule.published
        said = f"{broken:,} of {of:,} published connectors {'breaks' if broken == 1 else 'break'} it."
        facts.append(said if broken else f"None of {of:,} published connectors breaks it.")
    return facts
