"""`connector-builder diff`."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli.baselines import baseline_of, baseline_option, write_baseline_option, written
from connector_builder.cli.options import SPECS
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import variable_options, verbose_option
from connector_builder.findings.verdict import CONSUMERS
from connector_builder.report import FORMATS

if TYPE_CHECKING:
    from connector_builder.app.diff import Pair
    from connector_builder.app.shared.accepted import Baseline
    from connector_builder.app.shared.config import Settings
    from connector_builder.checks.changes import Compared
    from connector_builder.checks.engine import Checks
    from connector_builder.findings.diagnostic import Diagnostic

_PATH = click.Path(path_type=Path)
FAIL_ON = {"breaking": "error", "risky": "warning", "never": "never"}
"""The verdicts that fail a run, each with the severity of its findings."""


@click.command()
@click.argument("versions", nargs=-1, metavar="[OLD NEW | PATH...]")
@click.option(
    "--base", metavar="REV", help="Compare everything below PATH with this revision. Default for PATH: specs."
)
@click.option(
    "--for", "consumer", type=click.Choice(CONSUMERS), help="Judge for one consumer only. Default: the worst."
)
@click.option(
    "--fail-on",
    type=click.Choice(tuple(FAIL_ON)),
    default="breaking",
    help="Fail on such changes or worse. Default: breaking.",
)
@click.option("--suggest", is_flag=True, help="Print operations that can stand beside those that break.")
@click.option(
    "--format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    help="Format of the report. Markdown is a changelog. Default: text.",
)
@click.option("--output-file", type=_PATH, metavar="FILE", help="Write the report to this file instead of printing it.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report in this format to this file too; may be repeated.",
)
@click.option("--select", multiple=True, metavar="RULE,...", help="Report only these kinds of change.")
@click.option("--ignore", multiple=True, metavar="RULE,...", help="Don't report these kinds of change.")
@baseline_option
@write_baseline_option
@variable_options("the specs")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
@verbose_option("Print every finding, and the details of internal errors.")
def diff(
    versions: tuple[str, ...],
    base: str | None,
    consumer: str | None,
    fail_on: str,
    suggest: bool,
    format: str,
    output_file: Path | None,
    reports: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    write_baseline: bool,
    given: tuple[str, ...],
    vars_file: Path | None,
    quiet: bool,
) -> int:
    """Compare two versions of a connector: what changed, what it breaks, and for whom.

    OLD and NEW are specs, packages, single definitions, solutions, or one of these in a revision of the repository, such as main:specs/orders.yaml. Connectors of
    two folders or solutions are compared by their names. Each change has a verdict for flows, triggers, Logic Apps and apps: breaking, risky or safe. If one is as bad as --fail-on, the exit status is 1.

    With --base main, the command compares all specs that changed since that revision.

    \b
    connector-builder diff output/my-connector specs/my-connector
    connector-builder diff output/my-connector specs/my-connector --for apps
    """
    from connector_builder.app.shared.config import read_settings
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.checks.engine import fails
    from connector_builder.cli.options import reports_of
    from connector_builder.cli.reporting import run_of, show
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.report import Outcome
    from connector_builder.report.changelog import changelog
    from connector_builder.report.escape import terminal

    variables = read_variables(given, vars_file, os.environ)
    settings = read_settings(Path.cwd(), FORMATS)
    known = baseline_of(baseline or settings.baseline, write=write_baseline)
    checks = _checks(select, ignore, settings, known)
    done = [(pair, pair.compared(checks, consumer or "")) for pair in _pairs(versions, base, variables)]
    if write_baseline and known is not None:
        written(known, _found(done), [each.met for _, each in done], checks, quiet=quiet)
        done, known = [(pair, each._replace(found=())) for pair, each in done], None
    diagnostics = sorted((*_found(done), *_idle(checks, known, done)), key=lambda one: one.sort_key)
    results = [_result(pair, compared) for pair, compared in done]
    suggested = _suggestions(done) if suggest else []
    kept = reports_of(format, output_file, reports, quiet=quiet)
    lines = [] if quiet else [line for one in results for line in _lines(one)]
    if not done and not quiet:
        lines = [f"no connector changed since {terminal(base or '')}"]
    name = Locator(Path.cwd()).name
    run = run_of(
        diagnostics,
        len(done),
        [
            Outcome(name(Path(pair.name)), pair.new.kind or pair.old.kind, result)
            for (pair, _), result in zip(done, results, strict=True)
        ],
        results="comparisons",
        said=[*lines, *suggested],
        further={"suggestions": "\n".join(suggested)} if suggest else {},
        brief=True,
        fail_on=FAIL_ON[fail_on],
    )
    show(run.with_markdown(changelog(results, [each.diagnostics for _, each in done])), kept)
    return FOUND if fails(diagnostics, FAIL_ON[fail_on]) else DONE


def _pairs(versions: Sequence[str], base: str | None, variables: Any) -> "list[Pair]":
    """Returns what to compare. Raises Misuse."""
    from connector_builder.app.diff import pairs_of, pairs_since

    if base is not None:
        return pairs_since(base, [Path(one) for one in versions] or [SPECS], variables)
    if len(versions) != 2:
        raise Misuse("'diff' compares two versions", "name OLD and NEW, or a revision: --base main")
    return pairs_of(versions[0], versions[1], variables)


def _found(done: "Sequence[tuple[Pair, Compared]]") -> "list[Diagnostic]":
    return [one for _, each in done for one in each.diagnostics]


def _idle(
    checks: "Checks", baseline: "Baseline | None", done: "Sequence[tuple[Pair, Compared]]"
) -> "Iterator[Diagnostic]":
    """Yields what the baseline accepts and no comparison found.

    An entry of the configuration may be about another pair of versions, so it isn't reported.
    """
    from connector_builder.app.shared.accepted import unused
    from connector_builder.checks.accepted import Accepted

    ours = checks._replace(accepted=Accepted())
    return unused(ours, baseline, [each.met for _, each in done], None, whole=False)


def _checks(
    select: Iterable[str], ignore: Iterable[str], settings: "Settings", baseline: "Baseline | None"
) -> "Checks":
    """Returns which changes count, without those that the configuration or the baseline accepts. Raises Misuse for unknown rules."""
    from connector_builder.app.shared.accepted import accepted
    from connector_builder.app.shared.rule_names import rule_names
    from connector_builder.checks.engine import Checks
    from connector_builder.cli.options import split

    ignored = split(tuple(ignore))
    names = rule_names(ignored or settings.ignored, to_ignore=True, file=None if ignored else settings.file)
    return Checks(rule_names(split(tuple(select))), names, accepted=accepted(settings, baseline), changes=True)


def _result(pair: "Pair", compared: "Compared") -> dict[str, Any]:
    """Returns the result of a comparison for programs."""
    counts = {"breaking": 0, "risky": 0, "safe": 0}
    for diagnostic in compared.diagnostics:
        counts[{3: "breaking", 2: "risky", 1: "safe"}[diagnostic.severity]] += 1
    version = compared.version
    info = {"old": version.old, "new": version.new, "suggested": version.suggested, "enough": version.is_enough}
    result = {"old": pair.old.name, "new": pair.new.name, **counts, "version": info}
    return {**result, "uncompared": list(compared.uncompared)} if compared.uncompared else result


def _lines(result: dict[str, Any]) -> list[str]:
    """Returns lines for a terminal: how many changes of each verdict, and what the version should become."""
    from connector_builder.report.escape import terminal

    name = terminal(result["new"] or result["old"])
    parts = [f"{result[verdict]} {verdict}" for verdict in ("breaking", "risky", "safe") if result[verdict]]
    said = [f"{name}: {', '.join(parts) or 'no changes'}"]
    if "uncompared" in result:
        named = ", ".join(result["uncompared"][:5])
        said.append(f"  not compared, since they have too many fields: {terminal(named)}")
    version = result["version"]
    if not version["enough"]:
        said.append(f"  the version is {terminal(version['new'])}, and should become {version['suggested']}")
    return said


def _suggestions(done: "Sequence[tuple[Pair, Compared]]") -> list[str]:
    from connector_builder.app.successors import successors
    from connector_builder.report.escape import terminal

    texts = [successors(pair.old.reading, pair.new.reading, compared) for pair, compared in done]
    return [terminal(line) for text in texts for line in text.splitlines()]
