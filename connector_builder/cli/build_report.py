"""The lines in which a build reports what it did."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.findings import Defect
from connector_builder.findings.diagnostic import Diagnostic, Location, Locator
from connector_builder.findings.wording import counted
from connector_builder.report.escape import log_line, terminal

if TYPE_CHECKING:
    from connector_builder.app.build import Result

_KINDS = {"missing": "would be added", "changed": "would change", "stale": "would be removed"}
_CHANGES = {
    "missing": "this file is missing, and would be added",
    "changed": "this file would be changed",
    "stale": "this file would be removed",
}
MANY = 10
"""The most unchanged packages that are named; more are counted."""


def build_lines(result: "Result", output: Path, *, check: bool, quiet: bool, verbose: bool) -> list[str]:
    """What was built, or how the output differs, in lines for a terminal; the differences alone where it is to be quiet."""
    name = Locator(Path.cwd()).name(output)
    if quiet:
        return list(_differences(result, name)) if check else []
    return list(_check(result, name) if check and not result.failed else _build(result, name, verbose=verbose))


def _build(result: "Result", output: str, *, verbose: bool) -> Iterator[str]:
    if result.failed:
        yield "nothing was written"
        return
    written, removed = (_by_package(names) for names in (result.written.written, result.written.removed))
    changed = written.keys() | removed.keys()
    unchanged = sum(built.slug not in changed for built in result.built)
    for built in result.built:
        if built.slug in changed or unchanged <= MANY:
            what = _changes(written[built.slug], removed[built.slug])
            operations = counted(built.operations, "operation")
            yield terminal(f"built {built.title} in {output}/{built.slug}: {operations}, {what}")
        yield from (terminal(f"note: {output}/{built.slug}: {note}") for note in built.notes)
    if unchanged > MANY:
        yield f"{unchanged} packages are unchanged"
    for slug in sorted(changed - {built.slug for built in result.built}):
        yield terminal(f"removed {output}/{slug}: its spec is gone")
    yield from (terminal(f"note: {note}") for note in result.notes)
    for job in result.left_out:
        yield terminal(f"left out {job}: it can't be built, and {output}/{job.slug} stays as it is")
    for name in result.written.edited:
        yield terminal(f"note: {output}/{name} had been changed since it was built, and was replaced")
    if verbose:
        yield from (terminal(f"wrote {output}/{name}") for name in result.written.written)


def _by_package(names: Iterable[str]) -> Counter[str]:
    return Counter(name.split("/", 1)[0] for name in names)


def _changes(written: int, removed: int) -> str:
    """Returns a text such as `7 files written, 1 removed`."""
    said = ([f"{counted(written, 'file')} written"] if written else []) + ([f"{removed} removed"] if removed else [])
    return ", ".join(said) or "unchanged"


def differences(result: "Result", output: Path) -> list[dict[str, object]]:
    """The files that a build would change, for programs; `diff` is what `--check` shows for people."""
    name = Locator(Path.cwd()).name(output)
    return [
        {"file": f"{name}/{one.name}", "kind": one.kind, "foreign": one.foreign, "diff": one.diff}
        for one in result.differences
    ]


def changes(result: "Result", output: Path) -> list[Diagnostic]:
    """The same as findings, for formats that have nothing else for them."""
    from connector_builder.checks.rules import OUTPUT_DIFFERS as RULE

    name = Locator(Path.cwd()).name(output)
    cure = "run 'connector-builder build' and commit what it writes"
    defects = [
        Defect(Location(f"{name}/{one.name}"), f"{_CHANGES[one.kind]} by a build", cure) for one in result.differences
    ]
    return [Diagnostic(RULE.name, RULE.severity, RULE.scope, defect, fixed=True) for defect in defects]


def _differences(result: "Result", output: str) -> Iterator[str]:
    """The files first, one a line, then how each differs."""
    for difference in result.differences:
        yield terminal(f"{output}/{difference.name}: {_KINDS[difference.kind]}")
    for difference in result.differences:
        yield from map(log_line, difference.diff.splitlines())


def _check(result: "Result", output: str) -> Iterator[str]:
    yield from _differences(result, output)
    for job in result.left_out:
        yield terminal(f"left out {job}: it can't be built, so {output}/{job.slug} wasn't compared")
    if result.differences:
        files = counted(len(result.differences), "file")
        foreign = [f"'{output}/{difference.name}'" for difference in result.differences if difference.foreign]
        if not foreign:
            yield terminal(f"{files} in {output} would change: run 'connector-builder build' and commit what it writes")
            return
        named = ", ".join(foreign[:MANY]) + (f" and {len(foreign) - MANY} more" if len(foreign) > MANY else "")
        yield terminal(f"{files} in {output} would change, of which no build wrote {named}")
        yield "move what you want to keep, then run 'connector-builder build --force' and commit what it writes"
    elif not result.left_out:
        yield terminal(f"{output} is what would be built")
