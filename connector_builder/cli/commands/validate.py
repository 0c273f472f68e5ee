"""`connector-builder validate`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.baselines import baseline_of, write_baseline_option, written
from connector_builder.cli.options import SPECS, Common, common_options
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.reporting import outcomes, run_of, show
from connector_builder.findings.diagnostic import Diagnostic

if TYPE_CHECKING:
    from connector_builder.app.shared.accepted import Baseline
    from connector_builder.app.shared.targets import Target
    from connector_builder.app.validate import Result
    from connector_builder.checks.accepted import Met
    from connector_builder.checks.engine import Checks


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@write_baseline_option
@click.option("--fix", is_flag=True, help="Fix what has one certain cure, in the files themselves.")
@click.option("--diff", is_flag=True, help="With --fix: print what would change as a unified diff, and write nothing.")
@click.option(
    "--limits",
    is_flag=True,
    help="Show how much of each limit of the platform the connectors use, and note what is near.",
)
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The name of what PATH - reads, which need not exist.",
)
@common_options
def validate(
    common: Common,
    paths: tuple[Path, ...],
    write_baseline: bool,
    fix: bool,
    diff: bool,
    limits: bool,
    stdin_filename: Path | None,
) -> int:
    """Check specs and packages.

    PATH is a spec, the folder of a package, a single definition in JSON or YAML, a solution (its zip or unpacked), a package for certification, or a folder of several of these. If PATH is one file
    of a spec or package, the command checks the whole spec or package. PATH - is standard input, which may be a solution's zip. If a finding has the severity of --fail-on or a higher one, the exit
    status is 1.

    \b
    connector-builder validate specs
    connector-builder validate output --certification --format json
    """
    from connector_builder.app.shared.targets import holds
    from connector_builder.app.validate import check_all, write_fixes
    from connector_builder.checks.engine import fails
    from connector_builder.cli.limits_report import limit_lines, limits_for_programs
    from connector_builder.report.escape import terminal

    _refuse(common, paths, fix=fix, diff=diff, others={"--write-baseline": write_baseline, "--limits": limits})
    baseline = baseline_of(common.baseline, write=write_baseline)
    formats = {common.format, *(kind for kind, _ in common.further)}
    checks = common.checks(baseline)._replace(fixes="sarif" in formats)
    targets = _targets(paths, stdin_filename)
    all_specs = holds(paths, SPECS)
    with console.progress("checking", len(targets), quiet=common.quiet) as progress:
        result = check_all(
            targets,
            common.variables(),
            checks,
            all_specs=all_specs,
            limits=limits,
            fix=fix,
            jobs=common.jobs,
            step=progress.step,
        )
    checked = result.checked
    if fix and not diff:
        write_fixes(result)
    told = _told(checked.diagnostics, result.mets, common, checks, baseline, write=write_baseline, whole=all_specs)
    named = outcomes(targets)
    run = run_of(
        told,
        checked.files,
        named,
        said=[*limit_lines(named, result.limits), *(_fixed(result, common) if fix and not diff else ())],
        further={"limits": limits_for_programs(named, result.limits)} if limits else {},
        brief=common.quiet,
        fail_on=common.fail_on,
        fixed=result.fixed if fix else None,
    )
    if diff:
        console.out(result.diffs)
        console.say("\n".join(_fixed(result, common, would=True)))
        return FOUND if result.changes or fails(told, common.fail_on) else DONE
    show(run, common.reports)
    if common.verbose:
        console.say("\n".join(f"checked the {target.kind} {terminal(str(target))}" for target in targets))
    return FOUND if fails(told, common.fail_on) else DONE


def _refuse(common: Common, paths: Sequence[Path], *, fix: bool, diff: bool, others: Mapping[str, bool]) -> None:
    """Raises Misuse for options that can't be combined with `--fix` or `--diff`."""
    from connector_builder.app.shared.held import STDIN

    if diff and not fix:
        raise Misuse("'--diff' shows what '--fix' changes", "add --fix")
    if diff and (common.format != "text" or common.output_file is not None or common.further):
        raise Misuse("'--diff' prints a diff, and no report", "run it by itself")
    for name in (name for name, given in others.items() if fix and given):
        raise Misuse(f"'{name}' and '--fix' can't be combined", "run one after the other")
    if fix and STDIN in paths:
        raise Misuse("standard input can't be fixed", "name a file")


def _fixed(result: "Result", common: Common, *, would: bool = False) -> list[str]:
    """Returns the line that says how much was fixed."""
    from connector_builder.findings.wording import counted

    if common.quiet:
        return []
    fixed, files = len(result.fixed), len(result.changes)
    found = counted(fixed + len(result.checked.diagnostics), "finding")
    where = f" in {counted(files, 'file')}" if fixed else ""
    return [f"{'would fix' if would else 'fixed'} {fixed} of {found}{where}"]


def _targets(paths: Sequence[Path], name: Path | None) -> "list[Target]":
    """Returns the targets of the run. Raises Misuse as `find_targets` does, and for a name without standard input."""
    from connector_builder.app.shared.held import STDIN, find_held
    from connector_builder.app.shared.targets import find_targets
    from connector_builder.source.files import MAX_DOCUMENT

    if STDIN not in paths:
        if name is not None:
            raise Misuse("'--stdin-filename' is a name for standard input", "add '-' to the paths")
        return find_targets(paths)
    if len(paths) > 1:
        raise Misuse("standard input is checked by itself", "name '-' alone")
    from connector_builder.sources.solution.archive import MAX_ARCHIVE

    return [find_held(name, console.read_stdin(MAX_DOCUMENT, MAX_ARCHIVE))]


def _told(
    diagnostics: Sequence[Diagnostic],
    mets: Sequence["Met"],
    common: Common,
    checks: "Checks",
    baseline: "Baseline | None",
    *,
    write: bool,
    whole: bool,
) -> list[Diagnostic]:
    """Returns what to report: what is new, and the entries that hide nothing. Writes the baseline before, if it is to be."""
    from connector_builder.app.shared.accepted import unused

    if write and baseline is not None:
        written(baseline, diagnostics, mets, checks, quiet=common.quiet)
        diagnostics, baseline = [one for one in diagnostics if one.fixed], None
    idle = unused(checks, baseline, mets, common.settings.file, whole=whole)
    return sorted([*diagnostics, *idle], key=lambda diagnostic: diagnostic.sort_key)
