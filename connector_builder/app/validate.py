"""Checks many targets."""

from collections.abc import Callable, Sequence
from functools import partial

from connector_builder.app.processes import each
from connector_builder.app.read import check
from connector_builder.app.targets import Target
from connector_builder.app.variables import refuse_unused
from connector_builder.checks.accepted import Met
from connector_builder.checks.engine import Checked, Checks
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables


def check_all(
    targets: Sequence[Target],
    variables: Variables,
    checks: Checks,
    *,
    all_specs: bool = False,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> tuple[Checked, list[Met]]:
    """What is wrong with all targets, and what of the accepted findings each has; `step` is called with the name of each that is done.

    `all_specs` says that all specs of the project are among them. Raises Misuse for a variable that none uses, and Crash, as
    `each` does.
    """
    diagnostics: list[Diagnostic] = []
    files = 0
    used: list[frozenset[str] | None] = []
    mets: list[Met] = []
    results = each(partial(check, variables=variables, checks=checks), targets, jobs=jobs)
    for target, checked in zip(targets, results, strict=True):
        diagnostics += checked.diagnostics
        files += checked.files
        used.append(checked.variables)
        mets.append(checked.met)
        step(str(target))
    refuse_unused(variables, used, all_specs=all_specs)
    return Checked(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key), files), mets
