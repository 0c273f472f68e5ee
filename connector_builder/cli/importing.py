"""What `import` does with its options, for `init --from` too: sources imported, updated or listed, and reported."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from connector_builder.app.shared.misuse import Misuse, Unreachable
from connector_builder.cli import console
from connector_builder.cli.program import DONE, FOUND, INTERNAL, UNREACHABLE, report_defect
from connector_builder.sources.kinds import Kind
from connector_builder.sources.limits import LARGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connector_builder.app.import_ import Result
    from connector_builder.app.import_.given import Given
    from connector_builder.sources.choosing import Candidate, Wishes


class Asked(NamedTuple):
    """The options of an import."""

    curl: tuple[str, ...] = ()
    output: Path | None = None
    force: bool = False
    update: bool = False
    base: Path | None = None
    diff: bool = False
    repair: bool = False
    kind: str | None = None
    lists: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: Path | None = None
    split: str | None = None
    service: str | None = None
    server: str | None = None
    keep_values: bool = False
    environment: Path | None = None
    format: str = "text"
    reports: tuple[str, ...] = ()
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    title: str | None = None


def run_import(sources: tuple[str, ...], asked: Asked) -> int:
    """Imports sources as the command does, and returns the exit status. Raises Misuse."""
    _check(asked)
    wishes = _wishes(asked)
    from connector_builder.app.import_.given import sources_of

    try:
        given = sources_of(sources, asked.curl, Kind(asked.kind) if asked.kind else None, _stdin)
    except Unreachable as error:
        return _unreachable(error, asked)
    if asked.environment is not None and all(one.kind is not Kind.POSTMAN for one in given.sources):
        raise Misuse("--environment is for a Postman collection", "leave it out, or name a collection")
    strange = [one for one in given.sources if one.kind in (Kind.PACKAGE, Kind.OPENAPI3)]
    if asked.service is not None and strange:
        message = f"--as is for recorded calls and for Azure's Swagger, and '{strange[0]}' is {strange[0].kind.reader.described}"
        raise Misuse(message, "leave it out")
    if asked.lists or asked.output is None:
        from connector_builder.app.import_.choice import listed

        return _list(listed(given.sources, wishes, repair=asked.repair), asked.format)
    if asked.update:
        return _update(given, asked.output, asked, wishes)
    return _import(given, asked.output, asked, wishes)


def _stdin() -> bytes:
    return console.read_stdin(LARGEST)


def _check(asked: Asked) -> None:
    """Raises Misuse for options that don't fit together."""
    if asked.output is None and not asked.lists:
        raise Misuse("the spec has no place", "name it: -o specs/my-connector.yaml")
    if asked.update and asked.force:
        raise Misuse("--update keeps what SPEC says, and --force replaces it", "leave out one of them")
    if not asked.update and (asked.diff or asked.base is not None):
        raise Misuse(f"{'--diff' if asked.diff else '--base'} is for --update", "add --update, or leave it out")
    if asked.split is not None and (asked.update or asked.lists):
        other = "--update" if asked.update else "--list"
        raise Misuse(f"--split-by and {other} don't go together", "leave out one of them; --list shows the tags")


def _wishes(asked: Asked) -> "Wishes":
    from connector_builder.app.import_.choice import wishes_of

    wishes = wishes_of(
        asked.include,
        asked.exclude,
        asked.select,
        asked.server,
        keep_values=asked.keep_values,
        environment=asked.environment,
    )
    return replace(wishes, title=asked.title, flows=asked.service is not None)


def _unreachable(error: Unreachable, asked: Asked) -> int:
    """Reports an address that can't be fetched as a finding."""
    from connector_builder.app.import_.given import not_fetched
    from connector_builder.cli.reporting import Reports, run_of, show

    show(run_of(not_fetched(error), 0, [], results="imports", brief=True), Reports(asked.format))
    return UNREACHABLE


def _import(given: "Given", output: Path, asked: Asked, wishes: "Wishes") -> int:
    """Imports sources to new specs, and returns the exit status."""
    from connector_builder.app.import_ import Options, import_all
    from connector_builder.cli.import_report import (
        fetched_json,
        fetched_lines,
        import_lines,
        outcome,
        report_files,
        with_folder,
    )
    from connector_builder.cli.options import checks_here
    from connector_builder.cli.reporting import Reports, run_of, show

    files = report_files(asked.reports, output)
    options = Options(asked.repair, asked.force, checks_here(), wishes, asked.split is not None)
    with console.progress("importing", len(given.sources), quiet=asked.quiet) as progress:
        result = import_all(given.sources, output, options, several=given.several, jobs=asked.jobs, step=progress.step)
    said = [] if asked.quiet else [*fetched_lines(given.fetched), *import_lines(result.done, verbose=asked.verbose)]
    outcomes = [outcome(done) for done in result.done]
    reports, unwritten = with_folder(files)
    run = run_of(
        result.diagnostics,
        result.files,
        outcomes,
        results="imports",
        said=[*said, *unwritten],
        further=fetched_json(given.fetched),
        brief=True,
        fail_on="never",
    )
    show(run, Reports(asked.format, further=reports))
    return _status(result, verbose=asked.verbose)


def _update(given: "Given", spec: Path, asked: Asked, wishes: "Wishes") -> int:
    """Updates one spec from one source, and returns the exit status."""
    from connector_builder.app.import_.update import source_for
    from connector_builder.app.import_.update import update as update_from
    from connector_builder.cli.import_report import fetched_lines, report_files
    from connector_builder.cli.options import checks_here
    from connector_builder.cli.reporting import Reports, run_of, show
    from connector_builder.cli.update_report import diff_lines, update_lines, update_outcome

    source = source_for(spec, given, asked.base)
    files, written = report_files(asked.reports, spec), not asked.diff
    done, checked = update_from(
        source, spec, checks_here(), base=asked.base, repair=asked.repair, write=written, wishes=wishes
    )
    said = [] if asked.quiet else [*fetched_lines(given.fetched), *update_lines(done, written=written)]
    outcomes = [update_outcome(done, written=written)]
    lines = [*(diff_lines(done) if asked.diff else ()), *said]
    run = run_of(checked.diagnostics, checked.files, outcomes, results="imports", said=lines, brief=True)
    show(run, Reports(asked.format, further=files))
    if done.defect is not None:
        report_defect(f" at '{done.source}'", *done.defect, verbose=False)
        return INTERNAL
    return DONE if done.updated else FOUND


def _list(each: "Sequence[Candidate]", format: str) -> int:
    """Prints the operations that can be chosen: as lines, or as JSON."""
    import json

    from connector_builder.app.import_.choice import as_lines
    from connector_builder.report.escape import terminal
    from connector_builder.secrets import mask, mask_all

    if format == "json":
        click.echo(json.dumps({"operations": mask_all([one._asdict() for one in each])}, indent=2))
    else:
        for line in as_lines(each):
            click.echo(terminal(mask(line)))
    return DONE if each else FOUND


def _status(result: "Result", *, verbose: bool) -> int:
    """Prints our own defects, if there are any, and returns the exit status."""
    defects = [(done.source, *done.defect) for done in result.done if done.defect]
    for source, line, details in defects:
        report_defect(f" at '{source}'", line, details, verbose=verbose)
    if defects:
        return INTERNAL
    return FOUND if any(done.spec is None for done in result.done) else DONE
