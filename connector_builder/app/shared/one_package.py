"""Reads the one spec or package that a command is about."""

from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, find_targets
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.language import Variables
from connector_builder.package import Package


def package_of(path: Path, variables: Variables) -> tuple[Package | None, Checked]:
    """Reads the one spec or package that a path stands for, and checks it. The package is None if it can't be read.

    Raises Misuse as `find_targets` does, for a path that stands for several, and for a variable that the spec doesn't have.
    """
    targets = find_targets([path])
    if len(targets) > 1:
        raise Misuse(f"'{path}' contains {len(targets)} specs and packages", "name one of them")
    reading = read(targets[0], variables)
    refuse_unused(variables, [reading.variables], all_specs=False)
    checked = examine(reading, Checks(), is_spec=targets[0].kind is Kind.SPEC)
    return reading.package, checked
