"""Checks many targets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.processes import each
from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import Target, absolute
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.app.slugs import name_findings
from connector_builder.checks.accepted import Met
from connector_builder.checks.engine import Change, Checked, Checks, examine
from connector_builder.checks.nearness import Measure
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables
from connector_builder.package import Reading


@dataclass(slots=True)
class Result:
    """What a run found, and of each target what it has of the accepted findings and how much of the limits it uses.

    `fixed` are the findings that `changes` of files mend.
    """

    checked: Checked
    mets: list[Met] = field(default_factory=list)
    limits: list[tuple[Measure, ...]] = field(default_factory=list)
    fixed: list[Diagnostic] = field(default_factory=list)
    changes: list[tuple[Target, Change]] = field(default_factory=list)

    @property
    def diffs(self) -> str:
        """Returns what fixes change, as one unified diff."""
        return "".join(change.diff for _, change in self.changes)


def check_all(
    targets: Sequence[Target],
    variables: Variables,
    checks: Checks,
    *,
    all_specs: bool = False,
    limits: bool = False,
    fix: bool = False,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Result:
    """Checks all targets; `step` is called with the name of each that is done.

    With `fix`, it fixes what it can, in memory: `write_fixes` writes the changes.
    `all_specs` says that all specs of the project are among them. Raises Misuse for a variable that none uses, and Crash, as
    `each` does.
    """
    result = Result(Checked([], files=0))
    diagnostics: list[Diagnostic] = []
    files = 0
    used: list[frozenset[str] | None] = []
    one: Callable[[Target], Checked] = partial(check, variables=variables, checks=checks, limits=limits)
    if fix:
        from connector_builder.app.fix import mend  # slow to import, as all that writes

        one = partial(mend, variables=variables, checks=checks)
    results = each(one, targets, jobs=jobs)
    for target, checked in zip(targets, results, strict=True):
        diagnostics += checked.diagnostics
        files += checked.files
        used.append(checked.variables)
        result.mets.append(checked.met)
        result.limits.append(checked.limits)
        result.fixed += checked.fixed
        result.changes += [(target, change) for change in checked.changes]
        step(str(target))
    refuse_unused(variables, used, all_specs=all_specs)
    diagnostics += examine(Reading(None, list(name_findings(targets))), checks, is_spec=True).diagnostics
    result.checked = Checked(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key), files)
    return result


def write_fixes(result: Result) -> None:
    """Writes the changes of a run: all of them, or none. Raises Misuse if one can't be written."""
    from connector_builder.output.errors import OutputError
    from connector_builder.output.rewriting import Rewrite, rewrite

    files = []
    for target, change in result.changes:
        path = absolute(change.path)
        folder = absolute(target.path)
        folder = folder if folder != path else folder.parent
        files.append(Rewrite(folder, path.relative_to(folder).as_posix(), change.before, change.after))
    try:
        rewrite(files)
    except OutputError as error:
        raise Misuse(error.message, error.help) from error
