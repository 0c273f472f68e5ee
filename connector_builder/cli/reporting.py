"""Where the findings of a run go, and what a build says of itself."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.cli import console
from connector_builder.cli.options import Common
from connector_builder.findings.diagnostic import Locator
from connector_builder.report import counted, render_report, summarise
from connector_builder.report.escape import log_line, terminal
from connector_builder.secrets import mask

if TYPE_CHECKING:
    from connector_builder.app.build import Result
    from connector_builder.checks.engine import Checked

MANY = 10
"""More packages that stayed as they were are counted, not named."""


def report(common: Common, checked: "Checked") -> None:
    """Prints the findings in the format of `--format`, or writes them to `--output-file` and says how many there are."""
    colour = common.output_file is None and console.coloured(sys.stdout)
    text = render_report(common.format, checked.diagnostics, checked.files, colour=colour, brief=common.quiet)
    if common.output_file is None:
        console.out(text)
        return
    console.write_file(common.output_file, text)
    if not common.quiet:
        console.say(f"{summarise(checked.diagnostics, checked.files)}: see '{terminal(str(common.output_file))}'")


def report_build(common: Common, result: "Result", output: Path, *, check: bool) -> None:
    """Says what was built, or how the output differs: on standard output, unless that is for a program."""
    name = Locator(Path.cwd()).name(output)
    lines = list(_check(result, name) if check and not result.failed else _build(result, name, verbose=common.verbose))
    if common.quiet:
        lines = (
            [line for difference in result.differences for line in mask(difference.diff).splitlines()] if check else []
        )
    say: Callable[[str], None] = console.say if common.format != "text" else lambda line: console.out(f"{line}\n")
    for line in lines:
        say(line)


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
    for job in result.left_out:
        yield terminal(f"left out {job}: it can't be built, and {output}/{job.slug} stays as it is")
    for name in result.written.edited:
        yield terminal(f"note: {output}/{name} had been changed since it was built, and was replaced")
    if verbose:
        yield from (terminal(f"wrote {output}/{name}") for name in result.written.written)


def _by_package(names: Iterable[str]) -> Counter[str]:
    return Counter(name.split("/", 1)[0] for name in names)


def _changes(written: int, removed: int) -> str:
    """`7 files written, 1 removed`."""
    said = ([f"{counted(written, 'file')} written"] if written else []) + ([f"{removed} removed"] if removed else [])
    return ", ".join(said) or "unchanged"


def _check(result: "Result", output: str) -> Iterator[str]:
    for difference in result.differences:
        yield from map(log_line, mask(difference.diff).splitlines())
    if result.differences:
        files = counted(len(result.differences), "file")
        foreign = [f"'{output}/{difference.name}'" for difference in result.differences if difference.foreign]
        if not foreign:
            yield terminal(f"{files} in {output} would change: run 'connector-builder build' and commit what it writes")
            return
        named = ", ".join(foreign[:MANY]) + (f" and {len(foreign) - MANY} more" if len(foreign) > MANY else "")
        yield terminal(f"{files} in {output} would change, of which no build wrote {named}")
        yield "move what you want to keep, then run 'connector-builder build --force' and commit what it writes"
    else:
        yield terminal(f"{output} is what would be built")
