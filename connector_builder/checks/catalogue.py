"""Every rule of the tool by its name, and by its further names."""

from collections.abc import Mapping
from types import MappingProxyType

from connector_builder.checks.rules import ENGINE_RULES
from connector_builder.checks.second_opinion import SECOND_OPINION
from connector_builder.findings import Rule
from connector_builder.language import LANGUAGE_RULES
from connector_builder.language.update.rules import UPDATE_RULES
from connector_builder.package.rules import PACKAGE_RULES
from connector_builder.rules import RULES
from connector_builder.rules.changes.kinds import CHANGES
from connector_builder.source.rules import SOURCE_RULES
from connector_builder.sources.rules import IMPORT_RULES
from connector_builder.sources.solution_rules import SOLUTION_RULES

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
            *UPDATE_RULES,
            *SOLUTION_RULES,
            *CHANGES,
        )
    }
)
"""Every rule by name, in the order of the checks: reading, the language, the package, the checks beside it."""

NAMED: Mapping[str, Rule] = MappingProxyType(
    {**CATALOGUE, **{alias: rule for rule in CATALOGUE.values() for alias in rule.aliases}}
)
"""Every rule by each of its names: what people may write for it."""
