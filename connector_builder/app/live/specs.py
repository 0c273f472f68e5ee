"""Reads the specs that a live command names. One that doesn't build stops the command before anything is sent."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, Target, find_targets
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.checks.engine import Checked, Checks, examine, fails
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables
from connector_builder.package import Package


class Found(NamedTuple):
    """A spec or a package that a live command names, read and checked."""

    target: Target
    package: Package
    checked: Checked


def one(path: Path, variables: Variables) -> Found:
    """Returns the spec or the package at a path. Raises Misuse as `all_of` does, and if there are several."""
    found = all_of([path], variables, Checks())
    if len(found) > 1:
        raise Misuse(f"'{path}' contains {len(found)} connectors, and the command takes one", "name one")
    return found[0]


def all_of(paths: Sequence[Path], variables: Variables, checks: Checks, fail_on: str = "error") -> list[Found]:
    """Returns the specs and packages that paths stand for.

    Raises Misuse if one can't be read, or has a finding of the severity `fail_on` or a higher one, and for a variable that none has.
    """
    targets = find_targets(paths)
    for target in targets:
        if target.kind is Kind.DEFINITION:
            raise Misuse(
                f"'{target}' is a definition, and a connector has more", "name a spec, or the folder of a package"
            )
    readings = [read(target, variables) for target in targets]
    refuse_unused(variables, [reading.variables for reading in readings], all_specs=False)
    found = []
    for target, reading in zip(targets, readings, strict=True):
        is_spec = target.kind is Kind.SPEC
        checked = examine(reading, checks, is_spec=is_spec, build=is_spec)
        if reading.package is None or fails(checked.diagnostics, fail_on):
            first = next((_line(one) for one in checked.diagnostics if one.severity is Severity.ERROR), "")
            help_ = f"connector-builder validate {target}"
            raise Misuse(f"nothing was sent: '{target}' doesn't build{': ' if first else ''}{first}", help_)
        found.append(Found(target, reading.package, checked))
    return found


def _line(one: Diagnostic) -> str:
    return f"{one.location.file}:{one.location.line}: {one.defect.message}"
