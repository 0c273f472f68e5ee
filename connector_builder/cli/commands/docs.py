"""`connector-builder docs`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.options import SPECS
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import variable_options, verbose_option

if TYPE_CHECKING:
    from connector_builder.app.docs import Result

_PATH = click.Path(path_type=Path)
_FORMATS = ("markdown", "html")
_KINDS = {"missing": "would be added", "changed": "would change", "stale": "would be removed"}
MANY = 10
"""The most pages that are named one by one."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, metavar="FOLDER", help="Write the pages to this folder.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(_FORMATS),
    help="Write pages of this format; may be repeated. Default: both.",
)
@click.option("--check", is_flag=True, help="Show which pages are out of date, and write nothing. Fail if one is.")
@click.option("--force", is_flag=True, help="Overwrite files that this command didn't write.")
@variable_options("the specs")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Maximum number of processes. Default: one per processor."
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors and differences only.")
@verbose_option()
def docs(
    paths: tuple[Path, ...],
    output: Path,
    formats: tuple[str, ...],
    check: bool,
    force: bool,
    given: tuple[str, ...],
    vars_file: Path | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Write the reference pages of connectors.

    PATH is a spec, the folder of a package, a single definition, or a folder of several of these. Without PATH, the command documents all specs in the
    folder specs. A page has the layout of Microsoft's own connector pages. It is FOLDER/NAME/README.md in Markdown and FOLDER/NAME/index.html in HTML, which
    loads nothing. Several connectors get an index in FOLDER. The command writes all pages or none.

    \b
    connector-builder docs specs/my-connector -o docs/connectors
    connector-builder docs -o docs/connectors --check
    """
    from connector_builder.app.docs import Options, write_docs
    from connector_builder.app.shared.targets import find_targets, holds
    from connector_builder.app.shared.variables import read_variables

    if not paths and not SPECS.is_dir():
        raise Misuse(f"there is no folder '{SPECS}' here", "name a spec or the folder of a package")
    targets = find_targets(paths or (SPECS,))
    chosen = tuple(one for one in _FORMATS if one in (formats or _FORMATS))
    all_specs = not paths or holds(paths, SPECS)
    options = Options(output, read_variables(given, vars_file, os.environ), chosen, all_specs)
    with console.progress("documenting", len(targets), quiet=quiet) as progress:
        result = write_docs(targets, options, whole=not paths, force=force, check=check, jobs=jobs, step=progress.step)
    for line in _problems(result):
        console.say(line)
    if not result.unread:
        for line in (*_differences(result, output), *_done(result, output, check=check, quiet=quiet)):
            console.out(line + "\n")
    return FOUND if result.unread or result.differences else DONE


def _differences(result: "Result", output: Path) -> Iterator[str]:
    """Yields the pages that are out of date, one a line, then how each differs."""
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.report.escape import log_line, terminal

    folder = Locator(Path.cwd()).name(output)
    for one in result.differences:
        yield terminal(f"{folder}/{one.name}: {_KINDS[one.kind]}")
    for one in result.differences:
        yield from map(log_line, one.diff.splitlines())


def _problems(result: "Result") -> Iterator[str]:
    """Yields which connectors can't be read, or not wholly."""
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.report.escape import terminal

    locator = Locator(Path.cwd())
    for job in result.unread:
        name = terminal(locator.name(job.target.path))
        yield f"{name} can't be read: 'connector-builder validate {name}' shows why"
    if result.unread:
        yield "nothing was written"
        return
    for job in result.broken:
        name = terminal(locator.name(job.target.path))
        yield f"{name} has errors, so its page may not have all of it: 'connector-builder validate {name}' shows them"


def _done(result: "Result", output: Path, *, check: bool, quiet: bool) -> Iterator[str]:
    """Yields what the run did, or how many pages are out of date."""
    from connector_builder.findings.diagnostic import Locator
    from connector_builder.findings.wording import counted
    from connector_builder.report.escape import terminal

    folder = Locator(Path.cwd()).name(output)
    if result.differences:
        pages = counted(len(result.differences), "file")
        yield terminal(f"{pages} in {folder} would change: run the command without --check and commit what it writes")
    elif check and not quiet:
        yield terminal(f"{folder} is up to date")
    elif not quiet:
        yield from _said(result, folder)


def _said(result: "Result", folder: str) -> Iterator[str]:
    from connector_builder.findings.wording import counted
    from connector_builder.report.escape import terminal

    written, removed = result.written.written, result.written.removed
    if len(result.entries) <= MANY:
        for one in result.entries:
            numbers = f"{counted(one.actions, 'action')}, {counted(one.triggers, 'trigger')}"
            yield terminal(f"documented '{one.title}' in {folder}/{one.folder}: {numbers}")
    else:
        yield f"documented {counted(len(result.entries), 'connector')} in {terminal(folder)}"
    yield f"{counted(len(written), 'file')} written" + (f", {len(removed)} removed" if removed else "")
    for name in result.written.edited:
        yield terminal(f"note: {folder}/{name} had been changed since it was written, and was replaced")
