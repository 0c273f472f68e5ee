"""Every rule of the tool by its name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from connector_builder.findings import Rule
from connector_builder.importers.reading.rules import IMPORT_RULES
from connector_builder.package.rules import PACKAGE_RULES
from connector_builder.rules import RULES
from connector_builder.source.rules import SOURCE_RULES
from connector_builder.source.suggest import suggest
from connector_builder.spec import LANGUAGE_RULES
from connector_builder.validate.misuse import Misuse
from connector_builder.validate.rules import ENGINE_RULES
from connector_builder.validate.second_opinion import SECOND_OPINION

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            *SOURCE_RULES,
            *LANGUAGE_RULES,
            *PACKAGE_RULES,
            *RULES,
            SECOND_OPINION,
            *ENGINE_RULES,
            *IMPORT_RULES,
        )
    }
)
"""In the order in which things are checked: reading, the language, the package, what is beside it."""


def rule_named(name: str) -> Rule:
    """The rule of that name, whatever its case. Raises Misuse, with the name that was probably meant."""
    found = CATALOGUE.get(name) or next(
        (CATALOGUE[known] for known in CATALOGUE if known.lower() == name.lower()), None
    )
    if found is None:
        raise Misuse(f"there is no rule '{name}'", suggest(name, CATALOGUE) or "'connector-builder rules' lists them")
    return found


def rule_names(names: Iterable[str], *, to_ignore: bool = False) -> frozenset[str]:
    """The exact names of rules to select or ignore. Raises Misuse for an unknown one, and for ignoring a fixed one."""
    found = [rule_named(name) for name in names]
    for rule in found:
        if to_ignore and rule.fixed:
            raise Misuse(f"'{rule.name}' can't be ignored", "mend what it finds")
    return frozenset(rule.name for rule in found)
