"""Every rule of the tool by its name, and by its further names."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from connector_builder.findings import Rule


class Catalogue(Mapping[str, Rule]):
    """Rules by name, which are collected when one is asked for: a run has findings of few, and imports few of their modules."""

    def __init__(self, rules: Callable[[], Iterable[tuple[str, Rule]]]) -> None:
        self._make = rules
        self._made: dict[str, Rule] = {}

    def _rules(self) -> dict[str, Rule]:
        if not self._made:
            self._made = dict(self._make())
        return self._made

    def __getitem__(self, name: str) -> Rule:
        return self._rules()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules())

    def __len__(self) -> int:
        return len(self._rules())


def _every() -> Iterator[tuple[str, Rule]]:
    from connector_builder.checks.rules import ENGINE_RULES
    from connector_builder.checks.second_opinion import SECOND_OPINION
    from connector_builder.language import LANGUAGE_RULES
    from connector_builder.language.update.rules import UPDATE_RULES
    from connector_builder.package.rules import PACKAGE_RULES
    from connector_builder.rules import RULES
    from connector_builder.rules.changes.kinds import CHANGES
    from connector_builder.source.rules import SOURCE_RULES
    from connector_builder.sources.rules import IMPORT_RULES
    from connector_builder.sources.solution.rules import SOLUTION_RULES

    packages = (*SOURCE_RULES, *LANGUAGE_RULES, *PACKAGE_RULES, *RULES, SECOND_OPINION, *ENGINE_RULES)
    for rule in (*packages, *IMPORT_RULES, *UPDATE_RULES, *SOLUTION_RULES, *CHANGES):
        yield rule.name, rule


def _with_aliases() -> Iterator[tuple[str, Rule]]:
    yield from CATALOGUE.items()
    for rule in CATALOGUE.values():
        for alias in rule.aliases:
            yield alias, rule


CATALOGUE = Catalogue(_every)
"""Every rule by name, in the order of the checks: reading, the language, the package, the checks beside it."""

NAMED = Catalogue(_with_aliases)
"""Every rule by each of its names: what people may write for it."""
