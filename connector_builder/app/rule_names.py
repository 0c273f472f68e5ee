"""Finds rules by the names that users type."""

from collections.abc import Iterable
from pathlib import Path

from connector_builder.app.misuse import Misuse
from connector_builder.checks.catalogue import NAMED
from connector_builder.findings import Rule
from connector_builder.source.suggest import suggest


def rule_named(name: str) -> Rule:
    """Returns the rule with this name or alias, ignoring case. Raises Misuse, with the most similar name, if there is none."""
    found = NAMED.get(name) or next((NAMED[known] for known in NAMED if known.lower() == name.lower()), None)
    if found is None:
        raise Misuse(f"there is no rule '{name}'", suggest(name, NAMED) or "'connector-builder rules' lists them")
    return found


def rule_names(names: Iterable[str], *, to_ignore: bool = False, file: Path | None = None) -> frozenset[str]:
    """The exact names of rules to select or ignore. Raises Misuse for an unknown one, and for ignoring a fixed one.

    `file` is the configuration that has the names; messages name it.
    """
    try:
        return frozenset(_checked(name, to_ignore=to_ignore).name for name in names)
    except Misuse as reason:
        if file is None:
            raise
        raise Misuse(f"'{file}': {reason.message}", reason.help) from reason


def _checked(name: str, *, to_ignore: bool) -> Rule:
    rule = rule_named(name)
    if to_ignore and rule.fixed:
        raise Misuse(f"'{rule.name}' can't be ignored", "mend what it finds")
    return rule
