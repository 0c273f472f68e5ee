"""Finds rules by the names that users type."""

from collections.abc import Iterable
from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.checks.catalogue import NAMED
from connector_builder.findings import Rule
from connector_builder.rules.not_checked import NOT_CHECKED
from connector_builder.source.suggest import suggest


def rule_named(name: str) -> Rule:
    """Returns the rule with this name or alias, ignoring case.

    Raises Misuse if there is none: with what is unknown for a rule of Microsoft's that isn't checked, else with the
    most similar name.
    """
    found = NAMED.get(name) or next((NAMED[known] for known in NAMED if known.lower() == name.lower()), None)
    unknown = next((known for known in NOT_CHECKED if known.lower() == name.lower()), None)
    if unknown is not None:
        raise Misuse(f"'{unknown}' is a rule of Microsoft's that isn't checked", NOT_CHECKED[unknown])
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
    if to_ignore and rule.fixed and not rule.eased_in_packages:
        raise Misuse(f"'{rule.name}' can't be ignored", "correct what it finds")
    return rule
