"""Checks many targets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from connector_builder.app.processes import each
from connector_builder.app.read import check
from connector_builder.app.targets import Target
from connector_builder.app.variables import refuse_unused
from connector_builder.checks.accepted import Met
from connector_builder.checks.engine import Checked, Checks
from connector_builder.checks.nearness import Measure
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables


@dataclass(slots=True)
class Result:
    """What a run found, and of each target what it has of the accepted findings and how much of the limits it uses."""

    checked: Checked
    mets: list[Met] = field(default_factory=list)
    limits: list[tuple[Measure, ...]] = field(default_factory=list)


def check_all(
    targets: Sequence[Target],
    variables: Variables,
    checks: Checks,
    *,
    all_specs: bool = False,
    limits: bool = False,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Result:
    """Checks all targets; `step` is called with the name of each that is done.

    `all_specs` says that all specs of the project are among them. Raises Misuse for a variable that none uses, and Crash, as
    `each` does.
    """
    result = Result(Checked(files=0))
    diagnostics: list[Diagnostic] = []
    files = 0
    used: list[frozenset[str] | None] = []
    results = each(partial(check, variables=variables, checks=checks, limits=limits), targets, jobs=jobs)
    for target, checked in zip(targets, results, strict=True):
        diagnostics += checked.diagnostics
        files += checked.files
        used.append(checked.variables)
        result.mets.append(checked.met)
        result.limits.append(checked.limits)
        step(str(target))
    refuse_unused(variables, used, all_specs=all_specs)
    result.checked = Checked(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key), files)
    return result
