"""Checks many targets."""

from collections.abc import Callable, Sequence
from functools import partial

from connector_builder.app.processes import each
from connector_builder.app.read import check
from connector_builder.app.targets import Target
from connector_builder.checks.engine import Checked, Checks
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables


def check_all(
    targets: Sequence[Target],
    variables: Variables,
    checks: Checks,
    *,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Checked:
    """Checks all targets and returns their diagnostics, sorted. Calls `step` with the name of each target that is done.

    Raises Crash, as `each` does.
    """
    diagnostics: list[Diagnostic] = []
    files = 0
    results = each(partial(check, variables=variables, checks=checks), targets, jobs=jobs)
    for target, checked in zip(targets, results, strict=True):
        diagnostics += checked.diagnostics
        files += checked.files
        step(str(target))
    return Checked(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key), files)
