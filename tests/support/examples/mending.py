"""Writes the examples of rules to files, as a package and as the spec that it is imported to, and fixes them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import cached_property
from pathlib import Path

from connector_builder.app.fix import mend
from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import find_targets
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.checks.engine import Certification, Checked, Checks
from connector_builder.findings import Rule, Scope
from connector_builder.language import Variables
from connector_builder.package import DEFINITION, PROPERTIES
from connector_builder.rules import RULES
from tests.support.examples import catalogue_examples, rule_examples
from tests.support.examples.fix_seeds import SEEDS
from tests.support.hostile.hostile_cli import import_


@dataclass
class Case:
    """A bad example on disk: the rule that finds it, what it is, and the file or folder to check."""

    rule: str
    what: str
    path: Path
    before: dict[str, bytes] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """Returns how many findings of the rule the example has."""
        checked = check(find_targets([self.path])[0], Variables(), self._checks)
        return sum(one.count for one in checked.diagnostics if one.rule == self.rule)

    @cached_property
    def mended(self) -> Checked:
        """Returns the result of the rule's fixes, which are written to the files."""
        checked = mend(find_targets([self.path])[0], Variables(), self._checks)
        for change in checked.changes:
            self.before[change.path.name] = change.before
            change.path.write_bytes(change.after)
        return checked

    @property
    def is_fixed(self) -> bool:
        """Checks whether a finding of the rule has a fix that mends it and breaks nothing."""
        return any(one.rule == self.rule for one in self.mended.fixed)

    @property
    def lines(self) -> Iterator[str]:
        """Yields the lines that the fixes change, with `-` or `+`."""
        for change in self.mended.changes:
            yield f"  {change.path.name}"
            before, after = (content.decode().splitlines() for content in (change.before, change.after))
            yield from (f"    {line}" for line in list(unified_diff(before, after, n=0))[2:] if line[0] != "@")

    @property
    def _checks(self) -> Checks:
        rule = CATALOGUE[self.rule]
        of_submissions = rule.only_certification or rule.scope is Scope.CERTIFICATION
        # Hardly an example has all that certification requires, which a fix may show.
        judged = Certification.OWN if of_submissions else Certification.HIDDEN
        return Checks(certification=judged, select=frozenset([self.rule]))


def cases(rule: Rule, folder: Path) -> Iterator[Case]:
    """Yields the bad examples of a rule, written below a folder. Those about packages come as a spec too."""
    listed = rule_examples.examples(rule) if rule in RULES else []
    for number, example in enumerate(listed, start=1):
        if not example.good:
            yield from _of_package(example, f"example {number}", folder / f"{rule.name}{number}")
    for number, (definition, properties) in enumerate(SEEDS.get(rule.name, ()), start=1):
        fragment = {name: part for name, part in ((DEFINITION, definition), (PROPERTIES, properties)) if part}
        seed = rule_examples.Example(rule.name, good=False, of="documents", fragment=fragment)
        yield from _of_package(seed, f"seed {number}", folder / f"{rule.name}s{number}")
    for number, one in enumerate([] if listed else catalogue_examples.catalogue_examples(rule), start=1):
        if not one.good and not one.how.startswith("import"):
            place = folder / f"{rule.name}{number}"
            for name, content in one.files.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(content)
            if one.how == "package":
                yield from _imported(rule.name, f"example {number}", place)
            else:
                yield Case(rule.name, f"example {number} spec", place / one.main)


def _of_package(example: rule_examples.Example, what: str, folder: Path) -> Iterator[Case]:
    package = folder / "package"
    package.mkdir(parents=True)
    for name, data in example.package.documents.items():
        (package / name).write_bytes(json.dumps(data, indent=2).encode() + b"\n")
    yield from _imported(example.rule, what, package)


def _imported(rule: str, what: str, package: Path) -> Iterator[Case]:
    spec = package.with_name(f"{package.name}_spec")
    import_(package, spec)  # before the package is fixed
    yield Case(rule, f"{what} package", package)
    if spec.exists():
        yield Case(rule, f"{what} spec", spec)
